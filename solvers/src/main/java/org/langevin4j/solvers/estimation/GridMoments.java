package org.langevin4j.solvers.estimation;

import java.util.function.ToDoubleFunction;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.markov.Uniformisation;

/** E[xᵢ] and Cov[xᵢ, xⱼ] an interval later from the backward equation on a grid, e^(τL) applied to xᵢ and xᵢxⱼ. */
record GridMoments(Grid grid) implements ConditionalMoments {

    private static final double ERROR = 1e-10;

    @Override
    public Step of(Sde sde, double interval) {
        int d = grid.dimension();
        FokkerPlanck equation = FokkerPlanck.of(sde, Region.of(grid, Boundary.REFLECTING));
        Uniformisation later = new Uniformisation(equation.generator());
        CellFunction[] shifts = new CellFunction[d];
        CellFunction[] covariances = new CellFunction[d * d];
        double[][] means = new double[d][];
        for (int i = 0; i < d; i++) {
            int c = i;
            means[i] = later.expectation(interval, values(x -> x[c]), ERROR);
            double[] now = values(x -> x[c]);
            double[] shift = new double[now.length];
            for (int k = 0; k < shift.length; k++) {
                shift[k] = means[i][k] - now[k];
            }
            shifts[i] = CellFunction.of(grid, shift);
            for (int j = 0; j <= i; j++) {
                int e = j;
                double[] products = later.expectation(interval, values(x -> x[c] * x[e]), ERROR);
                for (int k = 0; k < products.length; k++) {
                    products[k] -= means[i][k] * means[j][k];
                }
                covariances[i * d + j] = CellFunction.of(grid, products);
                covariances[j * d + i] = covariances[i * d + j];
            }
        }
        return (mean, covariance) -> {
            for (int k = 0; k < covariance.length; k++) {
                covariance[k] = covariances[k].at(mean);
            }
            double[] x = mean.clone();
            for (int i = 0; i < d; i++) {
                mean[i] += shifts[i].at(x);
            }
            if (Double.isNaN(mean[0])) {
                throw new IllegalArgumentException("samples must lie on the grid, got " + VectorText.of(x));
            }
        };
    }

    private double[] values(ToDoubleFunction<double[]> function) {
        double[] values = new double[grid.cells()];
        double[] x = new double[grid.dimension()];
        for (int cell = 0; cell < values.length; cell++) {
            grid.centre(cell, x);
            values[cell] = function.applyAsDouble(x);
        }
        return values;
    }
}
