package org.langevin4j.solvers.adaptive;

import java.util.Objects;
import java.util.function.DoubleFunction;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Stepper;

/**
 * Adaptive steps as a scheme, for ensembles: one step of length h, at whose end observables, walls and events look, is made of as
 * many smaller ones as the error asks for, as the page of the package describes. Each path chooses its own.
 *
 * <pre>{@code
 * Ensemble.of(sde).scheme(AdaptiveScheme.of(Sra1::withStep, 0.1).withTolerances(1e-4, 1e-4)).paths(10_000).until(10.0) …
 * }</pre>
 *
 * <p>The Brownian path within a step has the increment and the space-time area that 2m normals of the step give; what is between
 * is keyed by these very numbers. Results are a function of seed, path and settings: the same bits for any number of threads or
 * blocks. A path whose state leaves the finite numbers at the smallest step is given to the ensemble as that.
 *
 * @param scheme the scheme with step h, as {@link AdaptiveSolver#of} takes it
 * @param stepSize h of the whole steps
 * @param absoluteTolerance of a smaller step, > 0
 * @param relativeTolerance of a smaller step, ≥ 0
 * @param finest level l of the smallest step, h/2ˡ
 */
public record AdaptiveScheme(
        DoubleFunction<? extends Scheme> scheme,
        double stepSize,
        double absoluteTolerance,
        double relativeTolerance,
        int finest)
        implements Scheme {

    /** Parts the numbers between from all others. */
    private static final long PART = 0x4144415054L;

    /** Checks all. */
    public AdaptiveScheme {
        Objects.requireNonNull(scheme, "scheme");
        Scheme.requireStepSize(stepSize);
        AdaptiveRun.requireTolerances(absoluteTolerance, relativeTolerance);
        AdaptiveRun.requireLevels(0, finest);
    }

    @Override
    public AdaptiveScheme withStepSize(double value) {
        return new AdaptiveScheme(scheme, value, absoluteTolerance, relativeTolerance, finest);
    }

    /**
     * The scheme with both tolerances 10⁻³ and steps down to h/2³⁰.
     *
     * @param scheme the scheme with step h
     * @param stepSize h of the whole steps, > 0
     * @return the adaptive scheme
     */
    public static AdaptiveScheme of(DoubleFunction<? extends Scheme> scheme, double stepSize) {
        return new AdaptiveScheme(scheme, stepSize, 1e-3, 1e-3, 30);
    }

    /**
     * Sets the tolerances of a smaller step.
     *
     * @param absolute > 0, in the units of the state
     * @param relative ≥ 0, to the state
     * @return the changed scheme
     */
    public AdaptiveScheme withTolerances(double absolute, double relative) {
        return new AdaptiveScheme(scheme, stepSize, absolute, relative, finest);
    }

    /**
     * Sets the smallest step.
     *
     * @param level l ≥ 0, the smallest step is h/2ˡ
     * @return the changed scheme
     */
    public AdaptiveScheme withDeepestLevel(int level) {
        return new AdaptiveScheme(scheme, stepSize, absoluteTolerance, relativeTolerance, level);
    }

    private Scheme whole() {
        return scheme.apply(stepSize);
    }

    /** That of the scheme within. */
    @Override
    public double strongOrder() {
        return whole().strongOrder();
    }

    @Override
    public double strongOrder(Noise noise) {
        return whole().strongOrder(noise);
    }

    /** That of the scheme within. */
    @Override
    public double weakOrder() {
        return whole().weakOrder();
    }

    @Override
    public double weakOrder(Noise noise) {
        return whole().weakOrder(noise);
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the scheme within refuses the equation, has a strong order below 1 for its noise,
     *     or needs Lévy areas
     */
    @Override
    public Stepper stepper(Sde sde) {
        AdaptiveSolver.requireFit(sde, scheme);
        return new IntervalStepper(sde);
    }

    @Override
    public String toString() {
        return "AdaptiveScheme[" + whole() + ", absoluteTolerance=" + absoluteTolerance + ", relativeTolerance="
                + relativeTolerance + ", finest=" + finest + "]";
    }

    private final class IntervalStepper implements Stepper {

        private final int noises;
        private final AdaptiveRun run;

        /** The level at which the last step ended, where the next one begins. */
        private double[][] levels = new double[1][0];

        IntervalStepper(Sde sde) {
            this.noises = sde.diffusion().noiseDimension();
            this.run = new AdaptiveRun(
                    sde, scheme, stepSize, new AdaptiveRun.Settings(absoluteTolerance, relativeTolerance, 0, finest));
        }

        @Override
        public int noises() {
            return 2 * noises;
        }

        @Override
        public void begin(int paths) {
            levels = new double[1][paths];
        }

        @Override
        public double[][] memory() {
            return levels;
        }

        @Override
        public void restart(int p, double t, double[] state) {
            levels[0][p] = 0.0;
        }

        @Override
        public void step(double t, double[][] x, int paths, double[][] xi) {
            if (!(paths <= levels[0].length)) {
                throw new IllegalStateException("begin must have been called with all the " + paths
                        + " paths of the step, it was with " + levels[0].length);
            }
            double[] state = new double[x.length];
            double[] increment = new double[noises];
            double[] area = new double[noises];
            for (int p = 0; p < paths; p++) {
                Seed between = Seed.of(PART);
                for (int k = 0; k < noises; k++) {
                    increment[k] = Math.sqrt(stepSize) * xi[k][p];
                    area[k] = Math.sqrt(stepSize / 12.0) * xi[noises + k][p];
                    between = between.derive(Double.doubleToLongBits(xi[k][p]))
                            .derive(Double.doubleToLongBits(xi[noises + k][p]));
                }
                for (int i = 0; i < state.length; i++) {
                    state[i] = x[i][p];
                }
                BrownianPath path = BrownianPath.between(between, stepSize, increment, area);
                try {
                    AdaptiveRun.Outcome outcome =
                            run.solve(path, t, state.clone(), (int) levels[0][p], (time, point) -> {});
                    levels[0][p] = outcome.last();
                    for (int i = 0; i < state.length; i++) {
                        x[i][p] = outcome.state()[i];
                    }
                } catch (ToleranceException failure) {
                    if (failure.error() <= Double.MAX_VALUE) {
                        throw failure.at(p);
                    }
                    for (double[] row : x) {
                        row[p] = Double.NaN;
                    }
                }
            }
        }
    }
}
