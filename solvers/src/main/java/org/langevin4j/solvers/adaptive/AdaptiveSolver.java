package org.langevin4j.solvers.adaptive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.linear.VectorText;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.sde.DrivingNoise;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Stepper;

/**
 * Solves dx = b dt + √(2β⁻¹)B dW on one Brownian path with steps that keep the error of each below a tolerance, as the page
 * of the package describes. Immutable, safe for any number of threads; every setting gives a changed copy.
 *
 * <pre>{@code
 * AdaptiveSolver solver = AdaptiveSolver.of(sde, Sri1w1::withStep)
 *         .startingAt(1.0).tolerances(1e-6, 1e-6);
 * AdaptiveSolution x = solver.along(BrownianPath.of(Seed.of(42), 0, m, 10.0));
 * }</pre>
 *
 * <p>The solution is a function of the path and the settings: the same seed and index of the path give the same bits. The
 * tolerance bounds the estimate for each step, not the error at the end. Where errors of steps add up at random, that one
 * goes as tolerance^(γ/(γ+½)) for the strong order γ. An equation that amplifies the small errors of one region in another
 * may be served better by equal steps.
 */
public final class AdaptiveSolver {

    /** Half a step is one level deeper. */
    private static final int MAX_LEVEL = BrownianPath.MAX_LEVEL - 1;

    private final Sde sde;
    private final DoubleFunction<? extends Scheme> scheme;
    private final double[] start;
    private final double absoluteTolerance;
    private final double relativeTolerance;
    private final int coarsest;
    private final int finest;
    private final boolean keepTrajectory;

    private AdaptiveSolver(
            Sde sde,
            DoubleFunction<? extends Scheme> scheme,
            double[] start,
            double absoluteTolerance,
            double relativeTolerance,
            int coarsest,
            int finest,
            boolean keepTrajectory) {
        this.sde = sde;
        this.scheme = scheme;
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
        return new AdaptiveSolver(sde, scheme, new double[sde.dimension()], 1e-3, 1e-3, 4, 30, false);
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
                sde, scheme, x.clone(), absoluteTolerance, relativeTolerance, coarsest, finest, keepTrajectory);
    }

    /**
     * Sets the tolerances of a step.
     *
     * @param absolute > 0, in the units of the state
     * @param relative ≥ 0, to the state
     * @return the changed solver
     */
    public AdaptiveSolver tolerances(double absolute, double relative) {
        if (!(absolute > 0.0 && absolute <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("absoluteTolerance must be positive and finite, got " + absolute);
        }
        if (!(relative >= 0.0 && relative <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("relativeTolerance must be finite and not negative, got " + relative);
        }
        return new AdaptiveSolver(sde, scheme, start, absolute, relative, coarsest, finest, keepTrajectory);
    }

    /**
     * Sets the range of the steps, h = T/2ˡ. The first step tried is the largest.
     *
     * @param first level l of the largest step, not negative
     * @param last level of the smallest step, at least {@code first}, at most 38
     * @return the changed solver
     */
    public AdaptiveSolver levels(int first, int last) {
        if (!(first >= 0 && last >= first && last <= MAX_LEVEL)) {
            throw new IllegalArgumentException(
                    "levels must be ordered within [0, " + MAX_LEVEL + "], got " + first + " to " + last);
        }
        return new AdaptiveSolver(
                sde, scheme, start, absoluteTolerance, relativeTolerance, first, last, keepTrajectory);
    }

    /**
     * Asks for the trajectory as well as the final state.
     *
     * @return the changed solver
     */
    public AdaptiveSolver keepingTrajectory() {
        return new AdaptiveSolver(sde, scheme, start, absoluteTolerance, relativeTolerance, coarsest, finest, true);
    }

    /**
     * Solves on a path, from time 0 to its horizon T.
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
        return new Run(path).solve();
    }

    /** One solution in the making. */
    private final class Run {

        private final BrownianPath path;
        private final @Nullable Stepper[] steppers = new @Nullable Stepper[finest + 2];
        private final OneInterval noise;
        private final List<AdaptiveSolution.Point> trajectory = new ArrayList<>();

        Run(BrownianPath path) {
            this.path = path;
            this.noise = new OneInterval(path);
        }

        AdaptiveSolution solve() {
            double growth =
                    Math.pow(2.0, scheme.apply(1.0).strongOrder(sde.diffusion().noise()) + 0.5);
            double[] x = start;
            long accepted = 0;
            long rejected = 0;
            int deepest = coarsest;
            int shallowest = finest;
            int level = coarsest;
            long index = 0;
            keep(0.0, x);
            // After a rejection the first half becomes the whole, already computed.
            double[] whole = step(x, level, index);
            while (true) {
                double[] middle = isFinite(whole) ? step(x, level + 1, 2 * index) : whole;
                double[] halves = isFinite(middle) ? step(middle, level + 1, 2 * index + 1) : middle;
                double error = error(x, whole, halves);
                if (!(error <= 1.0)) {
                    rejected++;
                    if (!(level < finest)) {
                        throw new ToleranceException(
                                error,
                                absoluteTolerance,
                                relativeTolerance,
                                Math.scalb(path.horizon(), -level),
                                time(level, index),
                                x,
                                path.path());
                    }
                    level++;
                    index *= 2;
                    whole = isFinite(whole) ? middle : step(x, level, index);
                    continue;
                }
                accepted++;
                deepest = Math.max(deepest, level);
                shallowest = Math.min(shallowest, level);
                x = halves;
                index++;
                keep(time(level, index), x);
                if (index == 1L << level) {
                    return new AdaptiveSolution(
                            x,
                            accepted,
                            rejected,
                            Math.scalb(path.horizon(), -deepest),
                            Math.scalb(path.horizon(), -shallowest),
                            trajectory);
                }
                if (level > coarsest && (index & 1L) == 0 && growth * error <= 0.5) {
                    level--;
                    index /= 2;
                }
                whole = step(x, level, index);
            }
        }

        private void keep(double time, double[] x) {
            if (keepTrajectory) {
                trajectory.add(new AdaptiveSolution.Point(time, x));
            }
        }

        private double time(int level, long index) {
            return index == 1L << level ? path.horizon() : Math.scalb(path.horizon(), -level) * index;
        }

        /** The state after one step of the scheme over an interval of the path. */
        private double[] step(double[] from, int level, long index) {
            Stepper stepper = steppers[level];
            if (stepper == null) {
                stepper = scheme.apply(Math.scalb(path.horizon(), -level)).stepper(sde);
                stepper.begin(1);
                steppers[level] = stepper;
            }
            double[][] block = new double[from.length][1];
            for (int i = 0; i < from.length; i++) {
                block[i][0] = from[i];
            }
            noise.load(level, index);
            stepper.stepAlong(time(level, index), block, 1, noise);
            double[] to = new double[from.length];
            for (int i = 0; i < to.length; i++) {
                to[i] = block[i][0];
            }
            return to;
        }

        private double error(double[] x, double[] whole, double[] halves) {
            if (!(isFinite(whole) && isFinite(halves))) {
                return Double.POSITIVE_INFINITY;
            }
            double largest = 0.0;
            for (int i = 0; i < x.length; i++) {
                double size = Math.max(Math.abs(x[i]), Math.abs(halves[i]));
                largest = Math.max(
                        largest, Math.abs(halves[i] - whole[i]) / (absoluteTolerance + relativeTolerance * size));
            }
            return largest;
        }
    }

    private static boolean isFinite(double[] x) {
        for (double value : x) {
            if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    /** One interval of one path, without units. */
    private static final class OneInterval implements DrivingNoise {

        private final BrownianPath path;
        private final double[] increment;
        private final double[] area;
        private final double[][] xi;
        private final double[][] zeta;

        OneInterval(BrownianPath path) {
            this.path = path;
            this.increment = new double[path.components()];
            this.area = new double[path.components()];
            this.xi = new double[path.components()][1];
            this.zeta = new double[path.components()][1];
        }

        void load(int level, long index) {
            path.interval(level, index, increment, area);
            double h = Math.scalb(path.horizon(), -level);
            for (int k = 0; k < increment.length; k++) {
                xi[k][0] = increment[k] / Math.sqrt(h);
                zeta[k][0] = area[k] * Math.sqrt(12.0 / h);
            }
        }

        @Override
        public double[][] increments() {
            return xi;
        }

        @Override
        public double[][] timeAreas() {
            return zeta;
        }

        @Override
        public double[][] levyAreas() {
            throw new UnsupportedOperationException("schemes that need Lévy areas are refused");
        }
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
