package org.langevin4j.solvers.adaptive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.sde.DrivingNoise;
import org.langevin4j.solvers.sde.Scheme;

/**
 * Solves dx = b dt + √(2β⁻¹)B dW on one Brownian path with steps that keep the error of each below a tolerance, as the page
 * of the package describes. Immutable, safe for any number of threads; every setting gives a changed copy.
 *
 * <pre>{@code
 * AdaptiveSolver solver = AdaptiveSolver.of(sde, Sri1w1::withStep)
 *         .startingAt(1.0).withTolerances(1e-6, 1e-6);
 * AdaptiveSolution x = solver.along(BrownianPath.of(Seed.of(42), 0, m, 10.0));
 * }</pre>
 *
 * <p>The solution is a function of the path and the settings: the same seed and index of the path give the same bits. The
 * tolerance bounds the estimate for each step, not the error at the end. Where errors of steps add up at random, that one
 * goes as tolerance^(γ/(γ+½)) for the strong order γ, or as the tolerance itself with embedded estimates. An equation that
 * amplifies the small errors of one region in another
 * may be served better by equal steps.
 */
public final class AdaptiveSolver {

    private final Sde sde;
    private final DoubleFunction<? extends Scheme> scheme;
    private final double beginning;
    private final double[] start;
    private final double absoluteTolerance;
    private final double relativeTolerance;
    private final int coarsest;
    private final int finest;
    private final boolean keepTrajectory;

    private AdaptiveSolver(
            Sde sde,
            DoubleFunction<? extends Scheme> scheme,
            double beginning,
            double[] start,
            double absoluteTolerance,
            double relativeTolerance,
            int coarsest,
            int finest,
            boolean keepTrajectory) {
        this.sde = sde;
        this.scheme = scheme;
        this.beginning = beginning;
        this.start = start;
        this.absoluteTolerance = absoluteTolerance;
        this.relativeTolerance = relativeTolerance;
        this.coarsest = coarsest;
        this.finest = finest;
        this.keepTrajectory = keepTrajectory;
    }

    /**
     * A solver from the origin, with both tolerances 10⁻³ and steps between T/2⁴ and T/2³⁰.
     *
     * @param sde the equation
     * @param scheme the scheme with step h
     * @return the solver
     * @throws IllegalArgumentException if the scheme refuses the equation, has a strong order below 1 for its noise, or needs
     *     Lévy areas
     */
    public static AdaptiveSolver of(Sde sde, DoubleFunction<? extends Scheme> scheme) {
        requireFit(sde, scheme);
        return new AdaptiveSolver(sde, scheme, 0.0, new double[sde.dimension()], 1e-3, 1e-3, 4, 30, false);
    }

    /** Refuses schemes that are no function of increments and time areas, or of too low an order. */
    static void requireFit(Sde sde, DoubleFunction<? extends Scheme> scheme) {
        sde.requireContinuous("AdaptiveSolver").requireMemoryless("AdaptiveSolver");
        Scheme example = scheme.apply(1.0);
        double order = example.strongOrder(sde.diffusion().noise());
        if (!(order >= 1.0)) {
            throw new IllegalArgumentException("scheme must have a strong order of at least 1 for adaptive steps, "
                    + example.getClass().getSimpleName() + " has " + order + " for "
                    + sde.diffusion().noise() + " noise");
        }
        if (!(example.stepper(sde).detail() != DrivingNoise.Detail.LEVY_AREAS)) {
            throw new IllegalArgumentException("scheme must do without Lévy areas, "
                    + example.getClass().getSimpleName() + " needs them for "
                    + sde.diffusion().noise() + " noise");
        }
    }

    /**
     * Sets the time at which paths begin; it matters for a driven equation only.
     *
     * @param t time, finite
     * @return the changed solver
     */
    public AdaptiveSolver beginningAt(double t) {
        if (!(Math.abs(t) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("beginning must be finite, got " + t);
        }
        return new AdaptiveSolver(
                sde, scheme, t, start, absoluteTolerance, relativeTolerance, coarsest, finest, keepTrajectory);
    }

    /**
     * Sets the start.
     *
     * @param x state, finite, length d
     * @return the changed solver
     */
    public AdaptiveSolver startingAt(double... x) {
        if (!(x.length == sde.dimension())) {
            throw new IllegalArgumentException("start must have length " + sde.dimension() + ", got " + x.length);
        }
        for (int i = 0; i < x.length; i++) {
            if (!(Math.abs(x[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("start must be finite, got x[" + i + "] = " + x[i]);
            }
        }
        return new AdaptiveSolver(
                sde,
                scheme,
                beginning,
                x.clone(),
                absoluteTolerance,
                relativeTolerance,
                coarsest,
                finest,
                keepTrajectory);
    }

    /**
     * Sets the tolerances of a step.
     *
     * @param absolute > 0, in the units of the state
     * @param relative ≥ 0, to the state
     * @return the changed solver
     */
    public AdaptiveSolver withTolerances(double absolute, double relative) {
        AdaptiveRun.requireTolerances(absolute, relative);
        return new AdaptiveSolver(sde, scheme, beginning, start, absolute, relative, coarsest, finest, keepTrajectory);
    }

    /**
     * Sets the range of the steps, h = T/2ˡ. The first step tried is the largest.
     *
     * @param first level l of the largest step, not negative
     * @param last level of the smallest step, at least {@code first}, at most 38
     * @return the changed solver
     */
    public AdaptiveSolver withLevels(int first, int last) {
        AdaptiveRun.requireLevels(first, last);
        return new AdaptiveSolver(
                sde, scheme, beginning, start, absoluteTolerance, relativeTolerance, first, last, keepTrajectory);
    }

    /**
     * Asks for the trajectory as well as the final state.
     *
     * @return the changed solver
     */
    public AdaptiveSolver withTrajectory() {
        return new AdaptiveSolver(
                sde, scheme, beginning, start, absoluteTolerance, relativeTolerance, coarsest, finest, true);
    }

    /**
     * Solves on a path, from the beginning over its horizon T.
     *
     * @param path the path, with as many components as the equation has noises
     * @return the solution
     * @throws IllegalArgumentException if the path has another number of components, or if the scheme cannot be driven by a
     *     path
     * @throws ToleranceException if the error of the smallest step is above the tolerance
     */
    public AdaptiveSolution along(BrownianPath path) {
        int noises = sde.diffusion().noiseDimension();
        if (!(path.components() == noises)) {
            throw new IllegalArgumentException("path must have " + noises + " components, got " + path.components());
        }
        List<AdaptiveSolution.Point> trajectory = new ArrayList<>();
        AdaptiveRun run = new AdaptiveRun(
                sde,
                scheme,
                path.horizon(),
                new AdaptiveRun.Settings(absoluteTolerance, relativeTolerance, coarsest, finest));
        AdaptiveRun.Outcome outcome = run.solve(path, beginning, start, coarsest, (t, x) -> {
            if (keepTrajectory) {
                trajectory.add(new AdaptiveSolution.Point(t, x));
            }
        });
        return new AdaptiveSolution(
                outcome.state(),
                outcome.accepted(),
                outcome.rejected(),
                Math.scalb(path.horizon(), -outcome.deepest()),
                Math.scalb(path.horizon(), -outcome.shallowest()),
                trajectory);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "adaptive steps from %s to tolerances %.3g absolute, %.3g relative",
                VectorText.of(start),
                absoluteTolerance,
                relativeTolerance);
    }
}
