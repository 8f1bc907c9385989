package org.langevin4j.solvers.convergence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.sde.DrivingNoise;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Stepper;

/**
 * A study of the order of convergence of schemes on one equation. Immutable; every setting gives a changed copy.
 *
 * <pre>{@code
 * OrderEstimate strong = ConvergenceStudy.of(sde).startingAt(1.0).until(1.0)
 *         .levels(3, 7).paths(2_000).seed(42)
 *         .strong(Milstein::withStep, exact);
 * }</pre>
 *
 * <p>The steps are h = T/2ˡ for the levels l asked. All steps and the reference see the same Brownian paths.
 */
public final class ConvergenceStudy {

    /** Numbers a block of paths may hold. */
    private static final int BLOCK_NUMBERS = 1 << 21;

    private static final int LARGEST_BLOCK = 64;

    /** The deepest level of a study: 65,536 steps. */
    private static final int MAX_LEVEL = 16;

    private static final int WEAK_BLOCK = 256;

    private final Sde sde;
    private final double[] start;
    private final double end;
    private final int coarsest;
    private final int finest;
    private final int paths;
    private final Seed seed;

    private ConvergenceStudy(Sde sde, double[] start, double end, int coarsest, int finest, int paths, Seed seed) {
        this.sde = sde;
        this.start = start;
        this.end = end;
        this.coarsest = coarsest;
        this.finest = finest;
        this.paths = paths;
        this.seed = seed;
    }

    /**
     * A study of an equation from the origin to time 1, with the steps 2⁻³ … 2⁻⁷, 1,000 paths and a fresh seed.
     *
     * @param sde the equation
     * @return the study
     */
    public static ConvergenceStudy of(Sde sde) {
        sde.requireContinuous("ConvergenceStudy");
        return new ConvergenceStudy(sde, new double[sde.dimension()], 1.0, 3, 7, 1000, Seed.fresh());
    }

    /**
     * Sets the start of all paths.
     *
     * @param x state, finite, length d
     * @return the changed study
     */
    public ConvergenceStudy startingAt(double... x) {
        if (x.length != sde.dimension()) {
            throw new IllegalArgumentException("start must have length " + sde.dimension() + ", got " + x.length);
        }
        for (int i = 0; i < x.length; i++) {
            if (!(Math.abs(x[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("start must be finite, got x[" + i + "] = " + x[i]);
            }
        }
        return new ConvergenceStudy(sde, x.clone(), end, coarsest, finest, paths, seed);
    }

    /**
     * Sets the end.
     *
     * @param value T > 0
     * @return the changed study
     */
    public ConvergenceStudy until(double value) {
        if (!(value > 0.0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("until must be positive and finite, got " + value);
        }
        return new ConvergenceStudy(sde, start, value, coarsest, finest, paths, seed);
    }

    /**
     * Sets the steps h = T/2ˡ, at least three.
     *
     * @param first level of the largest step
     * @param last level of the smallest step, at least {@code first + 2}
     * @return the changed study
     */
    public ConvergenceStudy levels(int first, int last) {
        if (!(first >= 0 && last >= first + 2 && last <= MAX_LEVEL)) {
            throw new IllegalArgumentException(
                    "levels must be three or more within [0, " + MAX_LEVEL + "], got " + first + " to " + last);
        }
        return new ConvergenceStudy(sde, start, end, first, last, paths, seed);
    }

    /**
     * Sets the number of paths.
     *
     * @param value at least 2
     * @return the changed study
     */
    public ConvergenceStudy paths(int value) {
        if (!(value > 1)) {
            throw new IllegalArgumentException("paths must be at least 2, got " + value);
        }
        return new ConvergenceStudy(sde, start, end, coarsest, finest, value, seed);
    }

    /**
     * Sets the seed.
     *
     * @param value any number
     * @return the changed study
     */
    public ConvergenceStudy seed(long value) {
        return new ConvergenceStudy(sde, start, end, coarsest, finest, paths, Seed.of(value));
    }

    /**
     * The seed, to repeat the study.
     *
     * @return the seed
     */
    public Seed seed() {
        return seed;
    }

    /**
     * The strong order, E‖X_T − X_T^h‖ in the Euclidean norm, against the exact solution. Lévy areas, if the scheme asks
     * for them, are sums over the level 2·{@code last}.
     *
     * @param scheme the scheme with step h
     * @param exact the exact solution
     * @return errors and order
     * @throws IllegalArgumentException if the scheme refuses the equation or cannot be driven by a path
     */
    public OrderEstimate strong(DoubleFunction<? extends Scheme> scheme, PathwiseSolution exact) {
        Objects.requireNonNull(exact, "exact");
        return coupled(scheme, exact, null, Math.min(2 * finest, MAX_LEVEL), ConvergenceStudy::distance);
    }

    /**
     * The strong order, E‖X_T − X_T^h‖ in the Euclidean norm, against a fine solution. Lévy areas are sums over the level of
     * the fine solution, of which it and all steps leave out the same.
     *
     * @param scheme the scheme with step h
     * @param reference the scheme of the fine solution, of the same order or better
     * @param referenceLevel its level, above that of the smallest step
     * @return errors and order
     * @throws IllegalArgumentException if a scheme refuses the equation or cannot be driven by a path
     */
    public OrderEstimate strong(
            DoubleFunction<? extends Scheme> scheme, DoubleFunction<? extends Scheme> reference, int referenceLevel) {
        requireReferenceLevel(referenceLevel);
        return coupled(scheme, null, reference, referenceLevel, ConvergenceStudy::distance);
    }

    /**
     * The weak order for one function, by the mean of g(X_T^h) − g(X_T) over paths that the exact solution shares: its
     * statistical error is that of the small difference.
     *
     * @param scheme the scheme with step h
     * @param function g
     * @param exact the exact solution
     * @return absolute errors and order
     * @throws IllegalArgumentException if the scheme refuses the equation or cannot be driven by a path
     */
    public OrderEstimate weak(
            DoubleFunction<? extends Scheme> scheme, ToDoubleFunction<double[]> function, PathwiseSolution exact) {
        Objects.requireNonNull(exact, "exact");
        return coupled(
                scheme,
                exact,
                null,
                Math.min(2 * finest, MAX_LEVEL),
                (x, fine, half) -> function.applyAsDouble(x) - function.applyAsDouble(fine));
    }

    /**
     * The weak order for one function, by the mean of g(X_T^h) − g(X_T) over paths that a fine solution shares. The fine
     * solution's own weak error is removed to the leading order by its solution with twice the step (Talay and Tubaro
     * 1990): g(X_T) is taken as (2ᵞg(X^δ) − g(X^{2δ}))/(2ᵞ − 1) with the weak order γ of the reference.
     *
     * @param scheme the scheme with step h
     * @param function g
     * @param reference the scheme of the fine solution, of the same weak order or better
     * @param referenceLevel its level, above that of the smallest step
     * @return absolute errors and order
     * @throws IllegalArgumentException if a scheme refuses the equation or cannot be driven by a path
     */
    public OrderEstimate weak(
            DoubleFunction<? extends Scheme> scheme,
            ToDoubleFunction<double[]> function,
            DoubleFunction<? extends Scheme> reference,
            int referenceLevel) {
        requireReferenceLevel(referenceLevel);
        double ratio =
                Math.pow(2.0, reference.apply(Math.scalb(end, -referenceLevel)).weakOrder());
        return coupled(scheme, null, reference, referenceLevel, (x, fine, half) -> {
            double g = function.applyAsDouble(fine);
            return function.applyAsDouble(x) - (g + (g - function.applyAsDouble(half)) / (ratio - 1.0));
        });
    }

    private void requireReferenceLevel(int referenceLevel) {
        if (!(referenceLevel > finest && referenceLevel <= MAX_LEVEL)) {
            throw new IllegalArgumentException(
                    "referenceLevel must be in (" + finest + ", " + MAX_LEVEL + "], got " + referenceLevel);
        }
    }

    /**
     * The weak order for one function whose expectation is known, with raw normals, for schemes that need no path.
     *
     * @param scheme the scheme with step h
     * @param function g
     * @param expectation E g(X_T)
     * @return absolute errors and order
     * @throws IllegalArgumentException if the scheme refuses the equation
     */
    public OrderEstimate weak(
            DoubleFunction<? extends Scheme> scheme, ToDoubleFunction<double[]> function, double expectation) {
        List<StepError> errors = new ArrayList<>();
        for (int level = coarsest; level <= finest; level++) {
            double h = Math.scalb(end, -level);
            Stepper stepper = scheme.apply(h).stepper(sde);
            NormalStream normals = NormalStream.of(seed.derive(level));
            Sum sum = new Sum();
            double[] state = new double[start.length];
            for (int first = 0; first < paths; first += WEAK_BLOCK) {
                int count = Math.min(WEAK_BLOCK, paths - first);
                double[][] x = startBlock(count);
                double[][] xi = new double[stepper.noises()][count];
                stepper.begin(count);
                for (int step = 0; step < 1 << level; step++) {
                    normals.fill(first, count, step, xi);
                    stepper.step(step * h, x, count, xi);
                }
                for (int p = 0; p < count; p++) {
                    column(x, p, state);
                    sum.add(finite(function.applyAsDouble(state) - expectation, first + p, h));
                }
            }
            errors.add(sum.error(h));
        }
        return OrderEstimate.fit(errors);
    }

    /** How far an approximation is from the reference. */
    @FunctionalInterface
    private interface Difference {
        double of(double[] approximation, double[] reference, double[] referenceOfTwiceTheStep);
    }

    private static double distance(double[] x, double[] y, double[] half) {
        double square = 0.0;
        for (int i = 0; i < x.length; i++) {
            square += (x[i] - y[i]) * (x[i] - y[i]);
        }
        return Math.sqrt(square);
    }

    private OrderEstimate coupled(
            DoubleFunction<? extends Scheme> scheme,
            @Nullable PathwiseSolution exact,
            @Nullable DoubleFunction<? extends Scheme> reference,
            int deepest,
            Difference difference) {
        List<Stepper> steppers = new ArrayList<>();
        boolean areas = false;
        for (int level = coarsest; level <= finest; level++) {
            Stepper stepper = scheme.apply(Math.scalb(end, -level)).stepper(sde);
            areas |= stepper.detail() == DrivingNoise.Detail.LEVY_AREAS;
            steppers.add(stepper);
        }
        Stepper fine = reference == null
                ? null
                : reference.apply(Math.scalb(end, -deepest)).stepper(sde);
        Stepper half = reference == null
                ? null
                : reference.apply(Math.scalb(end, 1 - deepest)).stepper(sde);
        areas |= fine != null && fine.detail() == DrivingNoise.Detail.LEVY_AREAS;
        int top = fine != null || areas ? deepest : finest;
        int m = sde.diffusion().noiseDimension();
        long numbers = (1L << top) * (2L * m + (areas ? (long) m * (m - 1) / 2 : 0));
        int blockPaths = (int) Math.max(1, Math.min(LARGEST_BLOCK, BLOCK_NUMBERS / numbers));
        Sum[] sums = new Sum[steppers.size()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new Sum();
        }
        double[][] states = new double[blockPaths][start.length];
        double[][] ends = new double[blockPaths][start.length];
        double[][] halfEnds = new double[blockPaths][start.length];
        for (int first = 0; first < paths; first += blockPaths) {
            BrownianPath[] block = new BrownianPath[Math.min(blockPaths, paths - first)];
            for (int p = 0; p < block.length; p++) {
                block[p] = BrownianPath.of(seed, (long) first + p, m, end);
                if (exact != null) {
                    exact.at(block[p], start.clone(), ends[p]);
                }
            }
            BrownianIncrements path = new BrownianIncrements(block, top, areas);
            if (fine != null && half != null) {
                solve(fine, path, ends, block.length);
                path.coarsenTo(deepest - 1);
                solve(half, path, halfEnds, block.length);
            }
            for (int level = finest; level >= coarsest; level--) {
                path.coarsenTo(level);
                solve(steppers.get(level - coarsest), path, states, block.length);
                for (int p = 0; p < block.length; p++) {
                    double error = difference.of(states[p], ends[p], halfEnds[p]);
                    sums[level - coarsest].add(finite(error, first + p, Math.scalb(end, -level)));
                }
            }
        }
        List<StepError> errors = new ArrayList<>();
        for (int level = coarsest; level <= finest; level++) {
            errors.add(sums[level - coarsest].error(Math.scalb(end, -level)));
        }
        return OrderEstimate.fit(errors);
    }

    /** Runs the whole block and hands out the final state of each path. */
    private void solve(Stepper stepper, BrownianIncrements path, double[][] out, int count) {
        double[][] x = startBlock(count);
        BrownianIncrements.Normalised target = path.target();
        stepper.begin(count);
        for (int i = 0; i < path.intervals(); i++) {
            stepper.stepAlong(i * (end / path.intervals()), x, count, path.noise(i, target));
        }
        for (int p = 0; p < count; p++) {
            column(x, p, out[p]);
        }
    }

    private double[][] startBlock(int count) {
        double[][] x = new double[start.length][count];
        for (int i = 0; i < start.length; i++) {
            Arrays.fill(x[i], start[i]);
        }
        return x;
    }

    private static void column(double[][] x, int p, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = x[i][p];
        }
    }

    private static double finite(double value, int path, double h) {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw new NonFiniteSolutionException(path, h);
        }
        return value;
    }

    /** Mean and spread (Welford 1962). */
    private static final class Sum {

        private long count;
        private double mean;
        private double squares;

        void add(double value) {
            count++;
            double delta = value - mean;
            mean += delta / count;
            squares += delta * (value - mean);
        }

        StepError error(double h) {
            return new StepError(h, Math.abs(mean), Math.sqrt(squares / (count - 1.0) / count));
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "convergence of %d paths to time %.6g, 2^%d to 2^%d steps", paths, end, coarsest, finest);
    }
}
