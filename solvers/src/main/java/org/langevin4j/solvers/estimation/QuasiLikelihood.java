package org.langevin4j.solvers.estimation;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.linear.Cholesky;
import org.langevin4j.core.sde.Sde;

/**
 * Parameters θ of a stochastic differential equation from a record at the interval τ, by the normal likelihood with mean and covariance of each state given those before,
 *
 * <pre>log L(θ) = −½ Σₜ (eₜᵀCₜ⁻¹eₜ + log det 2πCₜ),   eₜ = yₜ − E[yₜ|…],   Cₜ = Cov[yₜ|…]</pre>
 *
 * <p>Where mean and covariance are right, so is the estimate in long records, also if the law is not normal: its score is a martingale (Wedderburn 1974; Bibby and Sørensen 1995,
 * Bernoulli 1, 17). There is then no bias of the interval. Two ways to them:
 *
 * <ul>
 *   <li>{@link #of}: the equations of mean and covariance linearised along the mean. Exact for a linear drift and constant D, where this is the likelihood itself; otherwise with a
 *       bias of order τ², in any dimension. Measurement noise is part of it by the filter of Kalman (1960) and Bucy.
 *   <li>{@link #onGrid}: the backward equation of Fokker and Planck on a grid, at any τ, as in Lade (2009, Phys. Lett. A 373, 3705) and Honisch and Friedrich (2011, Phys. Rev. E 83,
 *       066701), who fit its moments to those of cells. The states themselves must be known.
 * </ul>
 *
 * <p>Immutable.
 */
public final class QuasiLikelihood {

    private static final int SUBSTEPS = 4;

    private final Function<double[], Sde> model;
    private final ConditionalMoments moments;
    private final Optional<Function<double[], double[]>> measurement;

    private QuasiLikelihood(
            Function<double[], Sde> model,
            ConditionalMoments moments,
            Optional<Function<double[], double[]>> measurement) {
        this.model = Objects.requireNonNull(model, "model");
        this.moments = moments;
        this.measurement = measurement;
    }

    /**
     * By linearisation, with four steps of Runge and Kutta's method to an interval.
     *
     * @param model the equation with the parameters θ; it may refuse some by an {@link IllegalArgumentException}
     * @return the likelihood
     */
    public static QuasiLikelihood of(Function<double[], Sde> model) {
        return new QuasiLikelihood(model, new LocalLinearisation(SUBSTEPS), Optional.empty());
    }

    /**
     * By the backward equation on a grid.
     *
     * @param model the equation with the parameters θ; it may refuse some by an {@link IllegalArgumentException}
     * @param grid which reaches well beyond the record, with cells that resolve the changes of mean and covariance
     * @return the likelihood
     */
    public static QuasiLikelihood onGrid(Function<double[], Sde> model, Grid grid) {
        return new QuasiLikelihood(model, new GridMoments(grid), Optional.empty());
    }

    /**
     * With other steps to an interval, by linearisation.
     *
     * @param count at least 1
     * @return the changed likelihood
     */
    public QuasiLikelihood withSubsteps(int count) {
        if (!(count >= 1)) {
            throw new IllegalArgumentException("count must be at least 1, got " + count);
        }
        requireLinearisation("withSubsteps");
        return new QuasiLikelihood(model, new LocalLinearisation(count), measurement);
    }

    /**
     * With independent normal errors of measurement in each coordinate.
     *
     * @param variances of the errors, one a coordinate, positive, as a function of θ
     * @return the changed likelihood
     */
    public QuasiLikelihood withMeasurementNoise(Function<double[], double[]> variances) {
        requireLinearisation("withMeasurementNoise");
        return new QuasiLikelihood(model, moments, Optional.of(variances));
    }

    private void requireLinearisation(String who) {
        if (!(moments instanceof LocalLinearisation)) {
            throw new IllegalArgumentException(who + " is for the likelihood by linearisation");
        }
    }

    /**
     * The likelihood of a record, given its first state.
     *
     * @param samples {@code samples[t][i]}, coordinate i at time tτ, finite
     * @param interval τ, positive
     * @param parameters θ
     * @return log L(θ); NaN where a covariance is not positive definite
     */
    public double logLikelihood(double[][] samples, double interval, double... parameters) {
        require(samples, interval);
        return ParameterEstimate.sum(parts(samples, interval, parameters));
    }

    /**
     * The parameters of largest likelihood near a start.
     *
     * @param samples {@code samples[t][i]}, coordinate i at time tτ, finite; more than parameters
     * @param interval τ, positive
     * @param start θ to begin with
     * @return estimate with its errors
     * @throws IllegalArgumentException if the record is not finite, or the start has no likelihood
     * @throws org.langevin4j.solvers.ConvergenceException if no maximum is found
     */
    public ParameterEstimate fit(double[][] samples, double interval, double... start) {
        require(samples, interval);
        if (!(samples.length > start.length + 1)) {
            throw new IllegalArgumentException(
                    "samples must be more than the parameters, got " + samples.length + " and " + start.length);
        }
        return LikelihoodMaximum.from(start, parameters -> {
            try {
                return parts(samples, interval, parameters);
            } catch (IllegalArgumentException refused) {
                if (Arrays.equals(parameters, start)) {
                    throw refused;
                }
                return new double[0];
            }
        });
    }

    private static void require(double[][] samples, double interval) {
        if (!(interval > 0.0 && interval <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("interval must be positive and finite, got " + interval);
        }
        for (int t = 0; t < samples.length; t++) {
            for (double value : samples[t]) {
                if (!(Math.abs(value) <= Double.MAX_VALUE) || samples[t].length != samples[0].length) {
                    throw new IllegalArgumentException("samples must be finite and of one dimension, got "
                            + Arrays.toString(samples[t]) + " in row " + t);
                }
            }
        }
    }

    private double[] parts(double[][] samples, double interval, double[] parameters) {
        Sde sde = model.apply(parameters).requireAutonomous("QuasiLikelihood").requireContinuous("QuasiLikelihood");
        ConditionalMoments.Step step = moments.of(sde.toIto(), interval);
        int d = sde.dimension();
        double[] errors = measurement.map(f -> f.apply(parameters)).orElse(new double[d]);
        double[] mean = samples[0].clone();
        double[] covariance = new double[d * d];
        for (int i = 0; i < d; i++) {
            if (!(errors[i] >= 0.0)) {
                throw new IllegalArgumentException("variances must not be negative, got " + errors[i]);
            }
            covariance[i * d + i] = errors[i];
        }
        double[] parts = new double[samples.length - 1];
        double[] c = new double[d * d];
        double[] error = new double[d];
        double[] column = new double[d];
        for (int t = 0; t < parts.length; t++) {
            step.advance(mean, covariance);
            System.arraycopy(covariance, 0, c, 0, c.length);
            double part = d * Math.log(2.0 * Math.PI);
            for (int i = 0; i < d; i++) {
                c[i * d + i] += errors[i];
                error[i] = samples[t + 1][i] - mean[i];
                column[i] = error[i];
            }
            if (Cholesky.definite(c, d) >= 0) {
                Arrays.fill(parts, Double.NaN);
                return parts;
            }
            Cholesky.solve(c, column);
            for (int i = 0; i < d; i++) {
                part += error[i] * column[i] + 2.0 * Math.log(c[i * d + i]);
            }
            parts[t] = -0.5 * part;
            if (measurement.isPresent()) {
                filter(mean, covariance, errors, c, column);
            } else {
                System.arraycopy(samples[t + 1], 0, mean, 0, d);
                Arrays.fill(covariance, 0.0);
            }
        }
        return parts;
    }

    /** m ← m + PC⁻¹e, P ← RC⁻¹P, in the form R − RC⁻¹R. */
    private static void filter(double[] mean, double[] covariance, double[] errors, double[] c, double[] solved) {
        int d = mean.length;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                mean[i] += covariance[i * d + j] * solved[j];
            }
        }
        double[] unit = new double[d];
        for (int j = 0; j < d; j++) {
            Arrays.fill(unit, 0.0);
            unit[j] = errors[j];
            Cholesky.solve(c, unit);
            for (int i = 0; i < d; i++) {
                covariance[i * d + j] = (i == j ? errors[j] : 0.0) - errors[i] * unit[i];
            }
        }
    }

    @Override
    public String toString() {
        return "normal likelihood by " + moments + (measurement.isPresent() ? " with measurement noise" : "");
    }
}
