package org.langevin4j.solvers.ensemble;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.sde.Scheme;

/**
 * The noise of a block whose paths follow Brownian paths that do not know the step: unit j of path p is the {@link BrownianPath} of
 * p under a seed of its own, and a step of length unit/2ᵏ is one of its intervals of level k. For one thread.
 */
final class BrownianNoise {

    /** "along" in ASCII: apart from the small numbers with which users derive seeds. */
    private static final long PART = 0x616C6F6E67L << 16;

    /** Largest relative distance of unit/h from a power of two. */
    private static final double WHOLE = 1e-9;

    private final Seed seed;
    private final double unit;
    private final int level;
    private final long first;

    /** Those of the present unit, by place in the block; null where none has been asked for yet. */
    private final @Nullable BrownianPath[] held;

    private long present = -1;
    private final double[] increment;
    private final double[] area;

    BrownianNoise(Seed runSeed, double unit, double stepSize, int components, long first, int size) {
        // The unit is part of the key: other units would stretch the same numbers.
        this.seed = runSeed.derive(PART).derive(Double.doubleToLongBits(unit));
        this.unit = unit;
        this.level = level(unit, stepSize);
        this.first = first;
        this.held = new BrownianPath[size];
        this.increment = new double[components];
        this.area = new double[increment.length];
    }

    /** Refuses steps that are no dyadic part of the unit, and schemes that need more than the path gives. */
    static void requireFit(Sde sde, Scheme scheme, double unit) {
        level(unit, scheme.stepSize());
        int components = sde.diffusion().noiseDimension();
        if (!scheme.stepper(sde.withoutJumps()).followsPath(components)) {
            throw new IllegalArgumentException("alongBrownianPaths needs a scheme whose steps are functions of the"
                    + " increments and space-time areas of the " + components + " noises alone, got " + scheme);
        }
    }

    /** k of h = unit/2ᵏ. */
    private static int level(double unit, double stepSize) {
        double ratio = unit / stepSize;
        long level = Math.round(Math.log(ratio) / Math.log(2.0));
        if (!(level >= 0
                && level <= BrownianPath.MAX_LEVEL
                && Math.abs(Math.scalb(ratio, (int) -level) - 1.0) <= WHOLE)) {
            throw new IllegalArgumentException("stepSize must be the unit of the Brownian paths, " + unit
                    + ", over a power of two, 2^0 to 2^" + BrownianPath.MAX_LEVEL + ", got " + stepSize
                    + ", of which the unit is " + ratio);
        }
        return (int) level;
    }

    /** The numbers of a step of some paths, counted from 0: first all increments, then as many time areas as there are rows for. */
    void fill(long[] paths, int count, long step, double[][] xi) {
        long number = step >> level;
        if (number != present) {
            present = number;
            Arrays.fill(held, null);
        }
        long interval = step & ((1L << level) - 1);
        double h = Math.scalb(unit, -level);
        double perIncrement = 1.0 / Math.sqrt(h);
        double perArea = Math.sqrt(12.0 / h);
        int m = increment.length;
        for (int k = 0; k < count; k++) {
            path(paths[k]).interval(level, interval, increment, area);
            for (int row = 0; row < xi.length; row++) {
                xi[row][k] = row < m ? perIncrement * increment[row] : perArea * area[row - m];
            }
        }
    }

    private BrownianPath path(long index) {
        int place = (int) (index - first);
        BrownianPath path = held[place];
        if (path == null) {
            path = BrownianPath.of(seed.derive(present), index, increment.length, unit);
            held[place] = path;
        }
        return path;
    }
}
