package org.langevin4j.solvers.fokkerplanck;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.markov.Resolvent;

/**
 * Steps of dp/dt = A(t)p with the generators at the times of the stages. Each step is linear in p, of either sign, and what
 * it needs is kept for the next time that it is taken, if asked. Not safe for several threads.
 */
final class DrivenSteps {

    /** τ and the abscissa of the first stage, in units of the step; that of a second one is 1. */
    private static final double SDIRK2 = 1.0 - Math.sqrt(0.5);

    private static final double ROOT = Math.sqrt(2.0);

    private final Sde sde;
    private final Region region;
    private final Integrator integrator;
    private final double longest;
    private final boolean keep;

    /** By the time of the stage. */
    private final Map<Double, Stage> kept = new HashMap<>();

    /** Its order of elimination serves the next. */
    private @Nullable GridGenerator last;

    /** Of the last stage. */
    private @Nullable GridGenerator used;

    private double largestOutflow;
    private double absorbed;
    private int steps;
    private int factorisations;
    private int solves;

    private record Stage(GridGenerator chain, Resolvent resolvent) {}

    DrivenSteps(Sde sde, Region region, Integrator integrator, boolean keep) {
        this.sde = sde;
        this.region = region;
        this.integrator = integrator;
        this.keep = keep;
        if (integrator instanceof Integrator.ImplicitEuler method) {
            this.longest = method.stepSize();
        } else if (integrator instanceof Integrator.Sdirk2 method) {
            this.longest = method.stepSize();
        } else if (integrator instanceof Integrator.CrankNicolson method) {
            this.longest = method.stepSize();
        } else {
            throw new IllegalArgumentException(
                    "integrator must be implicitEuler, sdirk2 or crankNicolson for an equation"
                            + " that depends on time, got " + integrator);
        }
    }

    /** The number of equal steps into which an interval is divided. */
    int count(double interval) {
        // An interval that is a multiple of the step but for rounding is not divided once more.
        double count = Math.max(1.0, Math.ceil(interval / longest * (1.0 - 1e-10)));
        if (!(count <= Integer.MAX_VALUE - steps)) {
            throw new IllegalArgumentException(
                    "stepSize must be larger, it divides an interval of " + interval + " into " + count + " steps");
        }
        return (int) count;
    }

    /** The number of generators that a step needs. */
    int stages() {
        return integrator instanceof Integrator.Sdirk2 ? 2 : 1;
    }

    /** p(t + h) from p(t). */
    double[] step(double t, double h, double[] p) {
        steps++;
        largestOutflow = 0.0;
        if (integrator instanceof Integrator.ImplicitEuler) {
            Stage stage = stage(t + h);
            double[] next = solve(stage, h, p);
            absorbed += h * absorption(stage, next);
            return next;
        }
        if (integrator instanceof Integrator.CrankNicolson) {
            Stage stage = stage(t + 0.5 * h);
            double[] middle = solve(stage, 0.5 * h, p);
            absorbed += h * absorption(stage, middle);
            return combine(2.0, middle, -1.0, p);
        }
        // Alexander's method: y₁ = p + τA₁y₁, y₂ = p + (h − τ)A₁y₁ + τA₂y₂, and A₁y₁ = (y₁ − p)/τ.
        double tau = SDIRK2 * h;
        Stage inner = stage(t + tau);
        Stage outer = stage(t + h);
        double[] first = solve(inner, tau, p);
        double[] second = solve(outer, tau, first);
        double[] start = solve(outer, tau, p);
        absorbed += tau
                * ((1.0 + ROOT) * (absorption(inner, first) + absorption(outer, second))
                        - ROOT * absorption(outer, start));
        return combine(1.0 + ROOT, second, -ROOT, start);
    }

    private Stage stage(double time) {
        Stage stage = kept.get(time);
        if (stage == null) {
            GridGenerator frozen = last == null
                    ? GridGenerator.byDrift(sde.atTime(time), region)
                    : last.withEquation(sde.atTime(time));
            last = frozen;
            stage = new Stage(frozen, new Resolvent(frozen));
            if (keep) {
                kept.put(time, stage);
            }
        }
        used = stage.chain;
        largestOutflow = Math.max(largestOutflow, stage.chain.generator().largestOutflow());
        return stage;
    }

    /** Sτp; the linear solvers take what is ≥ 0. */
    private double[] solve(Stage stage, double tau, double[] p) {
        boolean signed = false;
        for (double value : p) {
            signed |= value < 0.0;
        }
        int before = stage.resolvent.factorisations();
        double[] result;
        if (signed) {
            double[] positive = new double[p.length];
            double[] negative = new double[p.length];
            for (int cell = 0; cell < p.length; cell++) {
                positive[cell] = Math.max(p[cell], 0.0);
                negative[cell] = Math.max(-p[cell], 0.0);
            }
            result = combine(1.0, stage.resolvent.apply(tau, positive), -1.0, stage.resolvent.apply(tau, negative));
            solves += 2;
        } else {
            result = stage.resolvent.apply(tau, p);
            solves++;
        }
        factorisations += stage.resolvent.factorisations() - before;
        return result;
    }

    private static double[] combine(double a, double[] u, double b, double[] v) {
        double[] sum = new double[u.length];
        for (int cell = 0; cell < sum.length; cell++) {
            sum[cell] = a * u[cell] + b * v[cell];
        }
        return sum;
    }

    private static double absorption(Stage stage, double[] p) {
        return stage.chain.generator().absorption(p);
    }

    /** A step up to which the last one was certain to leave densities positive; see {@link Integrator}. */
    double safeStep() {
        double limit = integrator instanceof Integrator.CrankNicolson ? 2.0 : 1.0 + ROOT;
        return integrator instanceof Integrator.ImplicitEuler ? Double.POSITIVE_INFINITY : limit / largestOutflow;
    }

    /** The probability absorbed by all steps so far. */
    double absorbed() {
        return absorbed;
    }

    /** The frozen equation of the last stage taken. */
    GridGenerator last() {
        return Objects.requireNonNull(used, "no step was taken");
    }

    int steps() {
        return steps;
    }

    int factorisations() {
        return factorisations;
    }

    int solves() {
        return solves;
    }
}
