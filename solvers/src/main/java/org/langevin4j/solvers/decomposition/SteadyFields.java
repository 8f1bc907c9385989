package org.langevin4j.solvers.decomposition;

import java.util.Arrays;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.fokkerplanck.Current;

/**
 * The coefficients of an equation and the potential and force of its steady state, as numbers in the cells; NaN outside the
 * region.
 */
final class SteadyFields {

    private final Sde sde;
    private final Region region;
    private final Grid grid;
    private final int d;
    private final Density steady;

    /** Φ. */
    final double[] phi;

    /** ∂Φ. */
    final double[][] gradient;

    final double[][] drift;

    /** D, row-major entries. */
    final double[][] matrix;

    /** ∇·D. */
    final double[][] matrixDivergence;

    /** Jˢˢ/ρˢˢ. */
    final double[][] force;

    /** b + D∇Φ − β⁻¹∇·D. */
    final double[][] definedForce;

    /**
     * Evaluates them.
     *
     * @param sde in Itô form
     */
    SteadyFields(Sde sde, Region region, Density steady, Current current) {
        this.sde = sde;
        this.region = region;
        this.grid = region.grid();
        this.d = grid.dimension();
        this.steady = steady;
        this.phi = values();
        this.gradient = new double[d][];
        this.drift = vectors();
        this.matrix = new double[d * d][grid.cells()];
        this.matrixDivergence = vectors();
        this.force = vectors();
        this.definedForce = vectors();
        evaluate(current);
    }

    Sde sde() {
        return sde;
    }

    Region region() {
        return region;
    }

    Grid grid() {
        return grid;
    }

    Density steady() {
        return steady;
    }

    double inverseBeta() {
        return sde.temperature().value();
    }

    /** A function of the cells that is known nowhere yet. */
    double[] values() {
        double[] values = new double[grid.cells()];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private double[][] vectors() {
        double[][] vectors = new double[d][];
        for (int a = 0; a < d; a++) {
            vectors[a] = values();
        }
        return vectors;
    }

    private void evaluate(Current current) {
        double[] x = new double[d];
        double[] vector = new double[d];
        double[] entries = new double[d * d];
        for (int cell = 0; cell < grid.cells(); cell++) {
            if (!region.contains(cell)) {
                continue;
            }
            grid.centre(cell, x);
            double rho = steady.value(cell);
            phi[cell] = rho > 0.0 ? -inverseBeta() * Math.log(rho) : Double.NaN;
            sde.drift().at(x, vector);
            for (int a = 0; a < d; a++) {
                drift[a][cell] = vector[a];
                force[a][cell] = rho > 0.0 ? current.component(a).value(cell) / rho : Double.NaN;
            }
            sde.diffusion().matrix(x, entries);
            for (int e = 0; e < entries.length; e++) {
                matrix[e][cell] = entries[e];
            }
            sde.diffusion().divergence(x, vector);
            for (int a = 0; a < d; a++) {
                matrixDivergence[a][cell] = vector[a];
            }
        }
        CellDerivatives derivatives = new CellDerivatives(region);
        for (int a = 0; a < d; a++) {
            gradient[a] = derivatives.first(phi, a);
        }
        for (int cell = 0; cell < grid.cells(); cell++) {
            for (int i = 0; i < d; i++) {
                double sum = drift[i][cell] - inverseBeta() * matrixDivergence[i][cell];
                for (int k = 0; k < d; k++) {
                    sum += matrix[i * d + k][cell] * gradient[k][cell];
                }
                definedForce[i][cell] = sum;
            }
        }
    }
}
