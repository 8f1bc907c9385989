package org.langevin4j.solvers.fokkerplanck;

import java.time.Duration;
import java.util.Arrays;
import org.langevin4j.solvers.ConvergenceException;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.Resolvent;
import org.langevin4j.solvers.markov.Uniformisation;

/**
 * Probabilities on their way through time: the methods of {@link Integrator} at work, with what they count. The fixed steps
 * and the adaptive ones are all p′ = Σₖ cₖ Sτᵏp with Σₖ cₖ = 1. Not safe for several threads.
 */
final class Propagation {

    /** p′ = Σₖ cₖ Sτᵏp with τ a fraction of the step, positive for hΛ up to a limit. */
    private record Resolvents(double fraction, double zeroth, double first, double second, double limit) {

        static final Resolvents IMPLICIT_EULER = new Resolvents(1.0, 0.0, 1.0, 0.0, Double.POSITIVE_INFINITY);
        static final Resolvents CRANK_NICOLSON = new Resolvents(0.5, -1.0, 2.0, 0.0, 2.0);
        static final Resolvents SDIRK2 =
                new Resolvents(1.0 - Math.sqrt(0.5), 0.0, -Math.sqrt(2.0), 1.0 + Math.sqrt(2.0), 1.0 + Math.sqrt(2.0));
    }

    /**
     * The third-order term of e^z − R(z) for {@link Resolvents#SDIRK2} is (1/6 − a³(4 + 3√2))z³, a = 1 − 1/√2, and that of
     * (1 − (1 − az)⁻¹)³ is −(az)³.
     */
    private static final double ERROR_CONSTANT =
            (4.0 + 3.0 * Math.sqrt(2.0)) - 1.0 / (6.0 * Math.pow(Resolvents.SDIRK2.fraction(), 3));

    /** An adaptive step is never shorter than the interval divided by two to this power. */
    private static final int DEEPEST = 60;

    /** What shorter steps cannot bring down: the estimate of one that changes nothing, in units of the accuracy of a solve: 1.61·(1 + 3 + 3 + 1), and a reserve. */
    private static final double NOISE = 60.0;

    /** Steps that must succeed after a rejected one before they are made longer. */
    private static final int PATIENCE = 4;

    private final GridGenerator chain;
    private final Generator generator;
    private final Resolvent resolvent;
    private final Uniformisation uniformisation;
    private final double largestOutflow;
    private final double[] volumes;

    /** Mass that comes in, one rate a cell; empty if there is none. */
    private final double[] source;

    private double[] p;
    private double time;
    private double absorbed;
    private double lowest;
    private int steps;
    private int rejected;

    /** Bound of the sum of h/(t + h) over all adaptive steps, 0 before the first. */
    private double decades;

    /** Length of the last adaptive step, 0 before the first. */
    private double lastStep;

    Propagation(GridGenerator chain, double[] start, double[] source) {
        this.source = source;
        this.chain = chain;
        this.generator = chain.generator();
        this.resolvent = new Resolvent(chain);
        this.uniformisation = new Uniformisation(generator);
        this.largestOutflow = generator.largestOutflow();
        this.volumes = chain.volumes();
        this.p = start;
        this.lowest = lowestDensity(start);
    }

    /** Times of snapshots must be finite and increase from that of the start on. */
    static void requireTimes(double from, double[] times) {
        if (!(times.length > 0)) {
            throw new IllegalArgumentException("times must number at least 1, got 0");
        }
        for (int n = 0; n < times.length; n++) {
            if (!(times[n] >= from && times[n] <= Double.MAX_VALUE && (n == 0 || times[n] > times[n - 1]))) {
                throw new IllegalArgumentException(
                        "times must be finite, not " + (from == 0.0 ? "negative" : "before " + from)
                                + " and increasing, got " + Arrays.toString(times));
            }
        }
    }

    double[] probabilities() {
        return p;
    }

    /** The resolvent of d(p, 1)/dt = (Ap + s·1, 0): all methods are sums of its powers, and so hold with a source too. */
    private double[] resolve(double tau, double[] right) {
        if (source.length == 0) {
            return resolvent.apply(tau, right);
        }
        double[] sum = right.clone();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += tau * source[k];
        }
        return resolvent.apply(tau, sum);
    }

    /** The probability absorbed so far, as the method itself counts it. */
    double absorbed() {
        return absorbed + uniformisation.absorbed();
    }

    EvolutionDiagnostics diagnostics(Integrator integrator, Duration wallTime) {
        return new EvolutionDiagnostics(
                integrator,
                steps,
                rejected,
                resolvent.factorisations(),
                resolvent.solves(),
                uniformisation.products(),
                lowest,
                wallTime);
    }

    /**
     * Goes on to a later time.
     *
     * @param integrator the method
     * @param until the time, later than the present one
     * @param end T, at which a tolerance is meant
     */
    void advance(Integrator integrator, double until, double end) {
        if (integrator instanceof Integrator.ImplicitEuler method) {
            steps(Resolvents.IMPLICIT_EULER, method.stepSize(), until);
        } else if (integrator instanceof Integrator.Sdirk2 method) {
            steps(Resolvents.SDIRK2, method.stepSize(), until);
        } else if (integrator instanceof Integrator.CrankNicolson method) {
            steps(Resolvents.CRANK_NICOLSON, method.stepSize(), until);
        } else if (integrator instanceof Integrator.Adaptive method) {
            adapt(method.tolerance(), until, end);
        } else if (integrator instanceof Integrator.Uniformisation method) {
            uniformise(method.tolerance() / end, until);
        }
        time = until;
    }

    private void steps(Resolvents method, double longest, double until) {
        double interval = until - time;
        // An interval that is a multiple of the step but for rounding is not divided once more.
        long count = Math.max(1, (long) Math.ceil(interval / longest * (1.0 - 1e-10)));
        if (!(count <= Integer.MAX_VALUE - steps)) {
            throw new IllegalArgumentException("stepSize must be larger, it divides the interval from " + time + " to "
                    + until + " into " + count + " steps");
        }
        double h = interval / count;
        for (int n = 0; n < count; n++) {
            double[] first = resolve(method.fraction() * h, p);
            double[] second = method.second() == 0.0 ? new double[0] : resolve(method.fraction() * h, first);
            double[] next = combine(method, p, first, second);
            int cell = mostNegative(next);
            if (next[cell] < 0.0) {
                throw negative(cell, next[cell], time + n * h, h, method);
            }
            accept(method, h, next, first, second);
        }
    }

    private static double[] combine(Resolvents method, double[] p, double[] first, double[] second) {
        if (method.equals(Resolvents.IMPLICIT_EULER)) {
            return first;
        }
        double[] next = new double[p.length];
        for (int cell = 0; cell < next.length; cell++) {
            double sum = method.first() * first[cell];
            if (second.length > 0) {
                sum = method.second() * second[cell] + sum;
            }
            next[cell] = method.zeroth() == 0.0 ? sum : sum + method.zeroth() * p[cell];
        }
        return next;
    }

    private void accept(Resolvents method, double h, double[] next, double[] first, double[] second) {
        if (!generator.isConservative()) {
            // Sτ takes out τ times the rate of absorption from its own result.
            double byFirst = method.fraction() * h * generator.absorption(first);
            double bySecond = second.length == 0 ? 0.0 : byFirst + method.fraction() * h * generator.absorption(second);
            absorbed += method.first() * byFirst + method.second() * bySecond;
        }
        p = next;
        steps++;
        lowest = Math.min(lowest, lowestDensity(p));
    }

    private static int mostNegative(double[] probabilities) {
        int worst = 0;
        for (int cell = 1; cell < probabilities.length; cell++) {
            if (probabilities[cell] < probabilities[worst]) {
                worst = cell;
            }
        }
        return worst;
    }

    private NegativeDensityException negative(int cell, double value, double from, double h, Resolvents method) {
        double[] centre = new double[chain.grid().dimension()];
        int number = chain.region().cell(cell);
        chain.grid().centre(number, centre);
        double density = value / volumes[cell];
        return new NegativeDensityException(from, h, density, centre, method.limit() / largestOutflow);
    }

    /** The position within the interval is counted in units of its 2^level-th part. */
    private void adapt(double tolerance, double until, double end) {
        Resolvents method = Resolvents.SDIRK2;
        double interval = until - time;
        int level = 0;
        double wish = lastStep > 0.0 ? lastStep : interval / 16.0;
        while (level < DEEPEST && interval / (1L << level) > wish * (1.0 + 1e-9)) {
            level++;
        }
        long position = 0;
        int patience = 0;
        if (decades == 0.0) {
            decades = 1.0 + DEEPEST * Math.log(2.0) + Math.log(end / interval);
        }
        double mass = Arrays.stream(p).sum() + interval * Arrays.stream(source).sum();
        double floor = NOISE * resolvent.accuracy() * mass;
        while (position < 1L << level) {
            double h = interval / (1L << level);
            double tau = method.fraction() * h;
            double[] first = resolve(tau, p);
            double[] second = resolve(tau, first);
            double[] next = combine(method, p, first, second);
            double error = Double.POSITIVE_INFINITY;
            if (next[mostNegative(next)] >= 0.0) {
                error = error(tau, first, second);
            }
            double allowed = Math.max(tolerance * share(time + position * h, h, end), floor);
            if (!(error <= allowed)) {
                rejected++;
                if (level == DEEPEST) {
                    throw new ConvergenceException(
                            "no step down to " + h + " at t = " + (time + position * h) + " meets the tolerance",
                            error,
                            rejected,
                            allowed);
                }
                // The error per unit of time goes like h².
                int deeper = error < Double.POSITIVE_INFINITY
                        ? (int) Math.ceil(0.5 * Math.log(error / allowed) / Math.log(2.0) + 0.1)
                        : 1;
                deeper = Math.min(Math.max(deeper, 1), Math.min(5, DEEPEST - level));
                level += deeper;
                position <<= deeper;
                patience = PATIENCE;
                continue;
            }
            accept(method, h, next, first, second);
            lastStep = h;
            position++;
            patience--;
            while (patience <= 0 && level > 0 && position % 2 == 0 && error * 5.0 <= allowed) {
                level--;
                position >>= 1;
                error *= 8.0;
                double longer = interval / (1L << level);
                allowed = Math.max(tolerance * share(time + position * longer, longer, end), floor);
            }
        }
    }

    /**
     * A step's share of the tolerance, half by time and half by the logarithm of time, as what is sharp at the start is soon smooth:
     * Σ h/(t + h) ≤ 1 + log(T/h₁) ≤ decades. The sum over all steps is at most 1.
     */
    private double share(double t, double h, double end) {
        return 0.5 * (h / end + h / ((t + h) * decades));
    }

    /** Of the third order, and damped by one more resolvent, as the error itself is, where modes are stiff. */
    private double error(double tau, double[] first, double[] second) {
        double[] third = resolve(tau, second);
        double[] fourth = resolve(tau, third);
        double sum = 0.0;
        for (int cell = 0; cell < first.length; cell++) {
            sum += Math.abs((first[cell] - fourth[cell]) - 3.0 * (second[cell] - third[cell]));
        }
        return ERROR_CONSTANT * sum;
    }

    private void uniformise(double tolerancePerTime, double until) {
        if (source.length > 0) {
            throw new IllegalArgumentException("uniformisation has no sources; take another integrator");
        }
        double interval = until - time;
        p = uniformisation.apply(interval, p, tolerancePerTime * interval);
        steps++;
        lowest = Math.min(lowest, lowestDensity(p));
    }

    private double lowestDensity(double[] probabilities) {
        double least = Double.POSITIVE_INFINITY;
        for (int cell = 0; cell < probabilities.length; cell++) {
            // In this form NaN is not passed over, and few divisions are made.
            if (!(probabilities[cell] >= least * volumes[cell])) {
                least = Math.min(least, probabilities[cell] / volumes[cell]);
            }
        }
        return least;
    }
}
