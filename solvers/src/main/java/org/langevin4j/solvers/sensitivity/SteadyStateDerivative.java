package org.langevin4j.solvers.sensitivity;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.Passage;
import org.langevin4j.solvers.markov.StationaryDistribution;

/**
 * The derivatives of a stationary mean E[f] with respect to parameters, all from one Poisson equation on a grid (Glynn and Olvera-Cravioto 2019; Hairer and Majda 2010,
 * Nonlinearity 23, 909):
 *
 * <pre>Lψ = −(f − E[f]),   dE[f]/dθ = ∫ρˢˢ (∂L/∂θ)ψ</pre>
 *
 * <p>ψ is found without subtraction as the sum of f − min f and of 1 until a cell of large probability is hit. ∂L/∂θ is the central difference of the rates; the error of the grid is
 * estimated by cells of twice the width. Immutable.
 */
public final class SteadyStateDerivative {

    /** Of a parameter, relative. */
    private static final double STEP = 1e-4;

    /** What rounding and the difference in θ leave of the digits. */
    private static final double OF_MEAN = 1e-13;

    private static final double OF_DERIVATIVE = 1e-7;

    private final double mean;
    private final double meanError;
    private final double[] derivatives;
    private final double[] errors;

    private SteadyStateDerivative(double[] fine, double[] coarse) {
        this.mean = fine[0];
        this.meanError = Math.abs(fine[0] - coarse[0]) / 3.0 + OF_MEAN * Math.abs(fine[0]);
        this.derivatives = Arrays.copyOfRange(fine, 1, fine.length);
        this.errors = new double[derivatives.length];
        Arrays.setAll(errors, k -> Math.abs(fine[k + 1] - coarse[k + 1]) / 3.0 + OF_DERIVATIVE * Math.abs(fine[k + 1]));
    }

    /**
     * The derivatives at given parameters.
     *
     * @param model the equation with the parameters θ, Itô or converted to it
     * @param parameters θ
     * @param region Ω, with reflecting or periodic faces; at least 4 cells an axis
     * @param f the function
     * @return E[f] and its derivatives
     */
    public static SteadyStateDerivative of(
            Function<double[], Sde> model, double[] parameters, Region region, ScalarField f) {
        Axis[] axes = new Axis[region.grid().dimension()];
        Arrays.setAll(axes, a -> region.grid().axis(a).coarsened());
        return new SteadyStateDerivative(
                solve(model, parameters, region, f), solve(model, parameters, region.coarsened(Grid.of(axes)), f));
    }

    /** E[f], then its derivatives. */
    private static double[] solve(Function<double[], Sde> model, double[] parameters, Region region, ScalarField f) {
        FokkerPlanck equation = FokkerPlanck.of(model.apply(parameters.clone()), region);
        double[] p = StationaryDistribution.of(equation.generator()).probabilities();
        double[] values = new double[p.length];
        double[] x = new double[region.grid().dimension()];
        int mode = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < p.length; k++) {
            region.grid().centre(region.cell(k), x);
            values[k] = f.at(x);
            least = Math.min(least, values[k]);
            mode = p[k] > p[mode] ? k : mode;
        }
        double above = 0.0;
        for (int k = 0; k < p.length; k++) {
            values[k] -= least;
            above += p[k] * values[k];
        }
        Passage passage = Passage.to(equation.generator(), new int[] {mode});
        double[] psi = passage.probabilityOfExit(values);
        double[] time = passage.meanTime();
        for (int k = 0; k < psi.length; k++) {
            psi[k] -= above * time[k];
        }
        double[] result = new double[parameters.length + 1];
        result[0] = least + above;
        double[] up = new double[p.length];
        double[] down = new double[p.length];
        for (int i = 0; i < parameters.length; i++) {
            double[] shifted = parameters.clone();
            double step = STEP * Math.max(1.0, Math.abs(parameters[i]));
            shifted[i] = parameters[i] + step;
            generator(model, shifted, region).backwardTimes(psi, up);
            shifted[i] = parameters[i] - step;
            generator(model, shifted, region).backwardTimes(psi, down);
            for (int k = 0; k < p.length; k++) {
                result[i + 1] += p[k] * (up[k] - down[k]) / (2.0 * step);
            }
        }
        return result;
    }

    private static Generator generator(Function<double[], Sde> model, double[] parameters, Region region) {
        return FokkerPlanck.of(model.apply(parameters), region).generator();
    }

    /**
     * The stationary mean.
     *
     * @return E[f]
     */
    public double mean() {
        return mean;
    }

    /**
     * The error of the mean that comes from the grid.
     *
     * @return estimate
     */
    public double meanError() {
        return meanError;
    }

    /**
     * A derivative.
     *
     * @param k number of the parameter
     * @return dE[f]/dθₖ
     */
    public double derivative(int k) {
        return derivatives[k];
    }

    /**
     * The error of a derivative that comes from the grid.
     *
     * @param k number of the parameter
     * @return estimate
     */
    public double error(int k) {
        return errors[k];
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "stationary mean %.6g ± %.2g, derivatives", mean, meanError));
        for (int k = 0; k < derivatives.length; k++) {
            text.append(String.format(Locale.ROOT, " %.6g ± %.2g", derivatives[k], errors[k]));
        }
        return text.toString();
    }
}
