package org.langevin4j.solvers.adaptive;

import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.sde.DrivingNoise;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Stepper;

/** Adaptive solutions over paths of one horizon, with the steppers of all levels. For one thread. */
final class AdaptiveRun {

    /** Half a step is one level deeper. */
    private static final int MAX_LEVEL = BrownianPath.MAX_LEVEL - 1;

    private final Sde sde;
    private final DoubleFunction<? extends Scheme> scheme;
    private final double horizon;
    private final Settings settings;
    private final @Nullable Stepper[] steppers;

    /** By how much the error of a step of twice the length is larger. */
    private final double growth;

    /** Whether the scheme estimates its own error; otherwise steps are tried as a whole and as two halves. */
    private final boolean embedded;

    /** The difference to the embedded scheme after the last step. */
    private final double[][] difference;

    /**
     * Tolerances and levels.
     *
     * @param absolute absolute tolerance
     * @param relative relative tolerance
     * @param coarsest level of the largest step
     * @param finest level of the smallest step
     */
    record Settings(double absolute, double relative, int coarsest, int finest) {}

    /**
     * What came out.
     *
     * @param state the state at the end
     * @param accepted steps taken
     * @param rejected steps tried and not taken
     * @param deepest level of the smallest step taken
     * @param shallowest level of the largest step taken
     * @param last level of the last step
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Outcome(double[] state, long accepted, long rejected, int deepest, int shallowest, int last) {}

    /** Sees the start and the end of each step that is taken. */
    @FunctionalInterface
    interface Visitor {
        void point(double t, double[] x);
    }

    AdaptiveRun(Sde sde, DoubleFunction<? extends Scheme> scheme, double horizon, Settings settings) {
        this.sde = sde;
        this.scheme = scheme;
        this.horizon = horizon;
        this.settings = settings;
        this.steppers = new @Nullable Stepper[settings.finest + 2];
        this.difference = new double[sde.dimension()][1];
        this.embedded = stepper(settings.coarsest).estimates();
        // An embedded scheme of strong order 1 errs by h^{3/2} in a step.
        double order =
                embedded ? 1.0 : scheme.apply(1.0).strongOrder(sde.diffusion().noise());
        this.growth = Math.pow(2.0, order + 0.5);
    }

    static void requireTolerances(double absolute, double relative) {
        if (!(absolute > 0.0 && absolute <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("absoluteTolerance must be positive and finite, got " + absolute);
        }
        if (!(relative >= 0.0 && relative <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("relativeTolerance must be finite and not negative, got " + relative);
        }
    }

    static void requireLevels(int first, int last) {
        if (!(first >= 0 && last >= first && last <= MAX_LEVEL)) {
            throw new IllegalArgumentException(
                    "levels must be ordered within [0, " + MAX_LEVEL + "], got " + first + " to " + last);
        }
    }

    /**
     * Solves on a path.
     *
     * @param path the path, of the horizon of this run
     * @param beginning time at which it begins
     * @param start state there
     * @param firstLevel level of the first step tried
     * @param visitor is shown the points
     * @throws ToleranceException if the error of the smallest step is above the tolerance
     */
    Outcome solve(BrownianPath path, double beginning, double[] start, int firstLevel, Visitor visitor) {
        OneInterval noise = new OneInterval(path);
        double[] x = start;
        long accepted = 0;
        long rejected = 0;
        int deepest = settings.coarsest;
        int shallowest = settings.finest;
        int level = firstLevel;
        long index = 0;
        visitor.point(beginning, x);
        // After a rejection the first half becomes the whole, already computed, unless the scheme estimates its error.
        double[] whole = step(noise, beginning, x, level, index);
        while (true) {
            double[] middle = whole;
            double[] end = whole;
            double error;
            if (embedded) {
                error = error(x, end, i -> difference[i][0]);
            } else {
                double[] tried = whole;
                middle = isFinite(whole) ? step(noise, beginning, x, level + 1, 2 * index) : whole;
                end = isFinite(middle) ? step(noise, beginning, middle, level + 1, 2 * index + 1) : middle;
                double[] halves = end;
                error = isFinite(tried) ? error(x, end, i -> halves[i] - tried[i]) : Double.POSITIVE_INFINITY;
            }
            if (!(error <= 1.0)) {
                rejected++;
                if (!(level < settings.finest)) {
                    throw new ToleranceException(
                            error,
                            settings.absolute,
                            settings.relative,
                            Math.scalb(horizon, -level),
                            beginning + time(level, index),
                            x,
                            path.path());
                }
                boolean known = !embedded && isFinite(whole);
                level++;
                index *= 2;
                whole = known ? middle : step(noise, beginning, x, level, index);
                continue;
            }
            accepted++;
            deepest = Math.max(deepest, level);
            shallowest = Math.min(shallowest, level);
            x = end;
            index++;
            visitor.point(beginning + time(level, index), x);
            if (index == 1L << level) {
                return new Outcome(x, accepted, rejected, deepest, shallowest, level);
            }
            if (level > settings.coarsest && (index & 1L) == 0 && growth * error <= 0.5) {
                level--;
                index /= 2;
            }
            whole = step(noise, beginning, x, level, index);
        }
    }

    private double time(int level, long index) {
        return index == 1L << level ? horizon : Math.scalb(horizon, -level) * index;
    }

    private Stepper stepper(int level) {
        Stepper stepper = steppers[level];
        if (stepper == null) {
            stepper = scheme.apply(Math.scalb(horizon, -level)).stepper(sde);
            stepper.begin(1);
            steppers[level] = stepper;
        }
        return stepper;
    }

    /** The state after one step of the scheme over an interval of the path. */
    private double[] step(OneInterval noise, double beginning, double[] from, int level, long index) {
        double[][] block = new double[from.length][1];
        for (int i = 0; i < from.length; i++) {
            block[i][0] = from[i];
        }
        noise.load(level, index);
        double t = beginning + time(level, index);
        if (embedded) {
            stepper(level).stepEstimating(t, block, 1, noise, difference);
        } else {
            stepper(level).stepAlong(t, block, 1, noise);
        }
        double[] to = new double[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = block[i][0];
        }
        return to;
    }

    /** One coordinate of an estimate. */
    @FunctionalInterface
    private interface Estimate {
        double of(int i);
    }

    private double error(double[] x, double[] end, Estimate estimate) {
        if (!isFinite(end)) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0.0;
        for (int i = 0; i < x.length; i++) {
            double size = Math.max(Math.abs(x[i]), Math.abs(end[i]));
            double error = Math.abs(estimate.of(i)) / (settings.absolute + settings.relative * size);
            // NaN is no small error.
            largest = error <= largest ? largest : error;
        }
        return largest;
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
}
