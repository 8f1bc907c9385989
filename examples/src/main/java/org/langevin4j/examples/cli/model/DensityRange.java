package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FinalStates;
import org.langevin4j.solvers.ensemble.NonFinite;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.FixedPoints;
import org.langevin4j.solvers.orbit.Flow;

/**
 * Where the density of a model lives, by a short simulation: hot paths find the attractors, paths from each of those at the right
 * temperature the range. A guess, to be looked at by the mass at the walls.
 */
final class DensityRange {

    private static final int PATHS = 400;

    /** Steps until the states are taken, twice. */
    private static final int STEPS = 1500;

    /** A step in times of the drift's fastest rate. */
    private static final double STEP = 0.03;

    private static final double HOT = 8.0;

    /** Part of the range that is added on either side: the tails that few paths see. */
    private static final double MARGIN = 0.35;

    /** A range that has grown by this much is one of free diffusion. */
    private static final double GROWN = 1.3;

    private static final int MOST_WELLS = 8;

    private final ChosenModel chosen;
    private final Sde sde;
    private final Seed seed;
    private double[] low;
    private double[] high;

    private DensityRange(ChosenModel chosen, Seed seed) {
        this.chosen = chosen;
        this.sde = chosen.sde().withoutJumps();
        this.seed = seed;
        this.low = new double[0];
        this.high = new double[0];
        clear();
    }

    /** Lower and upper end of each coordinate. */
    static double[][] of(ChosenModel chosen, Seed seed, Consumer<String> say) {
        return new DensityRange(chosen, seed).bounds(say);
    }

    private double[][] bounds(Consumer<String> say) {
        List<double[]> starts = starts();
        Sde hot = new ChosenModel(
                        chosen.model(),
                        Temperature.of(HOT * chosen.temperature().value()))
                .sde()
                .withoutJumps();
        for (double[] start : starts) {
            run(hot, start, STEPS);
        }
        List<double[]> wells = wells(starts);
        clear();
        for (double[] well : wells) {
            run(sde, well, STEPS);
        }
        double[] earlier = spread();
        for (double[] well : wells) {
            run(sde, well, 4 * STEPS);
        }
        double[] later = spread();
        double[][] bounds = new double[low.length][];
        for (int a = 0; a < low.length; a++) {
            if (!(later[a] >= 0.0 && later[a] <= 1e150)) {
                throw new IllegalArgumentException(
                        "a short simulation did not find where the density lives; give --grid, as in --grid "
                                + chosen.coordinates().get(a) + "=-3:3:200");
            }
            if (later[a] > GROWN * earlier[a]) {
                say.accept("langevin4j: " + chosen.coordinates().get(a)
                        + " still spreads at the end of the simulation that looks for the grid; give --grid, or --walls "
                        + chosen.coordinates().get(a) + "=periodic with one period if it is an angle");
            }
            double extra = later[a] > 0.0 ? MARGIN * later[a] : 1.0;
            bounds[a] = new double[] {low[a] - extra, high[a] + extra};
            // What never was below zero may not exist there.
            if (low[a] >= 0.0 && bounds[a][0] < 0.0 && !isDefined(bounds[a][0], a)) {
                bounds[a][0] = 0.0;
            }
        }
        return bounds;
    }

    private void clear() {
        low = new double[chosen.dimension()];
        high = low.clone();
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
    }

    private double[] spread() {
        double[] spread = new double[low.length];
        Arrays.setAll(spread, a -> high[a] - low[a]);
        return spread;
    }

    private List<double[]> starts() {
        List<double[]> known = chosen.model().restingPoints();
        return known.isEmpty() ? List.of(new double[chosen.dimension()]) : known;
    }

    /** Stable resting points in what was seen, and the starts. */
    private List<double[]> wells(List<double[]> starts) {
        List<double[]> wells = new ArrayList<>(starts);
        int d = chosen.dimension();
        Axis[] axes = new Axis[d];
        for (int a = 0; a < d; a++) {
            if (!(high[a] > low[a] && high[a] - low[a] < 1e150)) {
                return wells;
            }
            axes[a] = Axis.uniform(low[a], high[a], d == 1 ? 20 : d == 2 ? 8 : 5);
        }
        try {
            VectorField frozen = sde.atTime(0.0).toIto().drift();
            FixedPoints.in(Flow.of(frozen, d), Grid.of(axes)).points().stream()
                    .filter(FixedPoint::isStable)
                    .limit(MOST_WELLS)
                    .forEach(point -> wells.add(point.location()));
        } catch (RuntimeException noneFound) {
            return wells;
        }
        return wells;
    }

    /** Widens the range by where paths are. */
    private void run(Sde equation, double[] start, int steps) {
        double step = STEP / rate(start);
        FinalStates.States states;
        try {
            states = Ensemble.of(equation)
                    .scheme(NamedScheme.forEquation(equation).withStep(step))
                    .paths(PATHS)
                    .until(steps * step)
                    .startingAt(start)
                    .seed(seed)
                    .onNonFinite(NonFinite.STOP_PATH)
                    .observe(FinalStates.all())
                    .run()
                    .get(FinalStates.all());
        } catch (RuntimeException notFound) {
            return;
        }
        double[] x = new double[low.length];
        for (int k = 0; k < states.paths(); k++) {
            states.copyState(k, x);
            for (int a = 0; a < x.length; a++) {
                if (Math.abs(x[a]) <= 1e150) {
                    low[a] = Math.min(low[a], x[a]);
                    high[a] = Math.max(high[a], x[a]);
                }
            }
        }
    }

    private double rate(double[] x) {
        try {
            double norm = Flow.of(sde.atTime(0.0).toIto().drift(), x.length)
                    .jacobian(x)
                    .getFrobeniusNorm();
            return norm > 1e-3 && norm < 1e9 ? norm : 1.0;
        } catch (RuntimeException unknown) {
            return 1.0;
        }
    }

    private boolean isDefined(double value, int axis) {
        double[] x = new double[low.length];
        Arrays.setAll(x, a -> 0.5 * (low[a] + high[a]));
        x[axis] = value;
        double[] d = new double[x.length * x.length];
        double[] b = new double[x.length];
        sde.atTime(0.0).diffusion().matrix(x, d);
        sde.atTime(0.0).toIto().drift().at(x, b);
        return d[axis * x.length + axis] >= 0.0 && Math.abs(b[axis]) <= Double.MAX_VALUE;
    }
}
