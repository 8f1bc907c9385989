package org.langevin4j.core.density;

import org.hipparchus.special.Erf;

/**
 * A normal distribution on one axis of a grid: whether most of it is there, and whether the cells resolve it. On a periodic
 * axis it is wrapped around, x ↦ Σₖ φ(x + kL).
 */
final class Bell {

    /** Less of it than this on an axis is no normal distribution. A half is left of one about an end of the axis. */
    static final double LEAST_MASS = 0.4;

    /** How far the sums over cells may be from the integrals: in mass, in σ and in σ². */
    private static final double MOST_ERROR = 0.2;

    private final Axis axis;
    private final int number;
    private final boolean periodic;
    private final double mean;
    private final double deviation;
    private final double length;
    private final int turns;

    Bell(Axis axis, int number, boolean periodic, double mean, double deviation) {
        this.axis = axis;
        this.number = number;
        this.periodic = periodic;
        this.deviation = deviation;
        this.length = axis.max() - axis.min();
        this.mean = periodic ? mean - length * Math.floor((mean - axis.min()) / length) : mean;
        // Beyond 9σ the tails are below 1e-18; a bell wider than ten periods is flat to e^(−2π²·100).
        this.turns = periodic && deviation <= 10.0 * length ? (int) Math.ceil(9.0 * deviation / length) + 1 : 0;
    }

    private boolean isFlat() {
        return periodic && deviation > 10.0 * length;
    }

    void require() {
        // The part of a Gaussian that a box catches from outside is no Gaussian.
        if (!periodic && !(mean >= axis.min() && mean <= axis.max())) {
            throw new IllegalArgumentException("mean must be on the grid, from " + axis.min() + " to " + axis.max()
                    + " on axis " + number + ", got " + mean);
        }
        if (!(Math.abs(mean) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("mean must be finite, got " + mean + " on axis " + number);
        }
        if (isFlat()) {
            return;
        }
        double from = (axis.min() - mean) / deviation;
        double to = (axis.max() - mean) / deviation;
        double mass = periodic ? 1.0 : cumulative(to) - cumulative(from);
        if (!(mass >= LEAST_MASS)) {
            throw new IllegalArgumentException("standardDeviation must leave most of the density on the grid, from "
                    + axis.min() + " to " + axis.max() + " on axis " + number + ", got " + deviation
                    + ", which leaves " + mass + "; Density.gibbs takes a part of one");
        }
        double first = periodic ? 0.0 : bell(from) - bell(to);
        double second = periodic ? 1.0 : mass + times(from, bell(from)) - times(to, bell(to));
        double[] sums = new double[3];
        for (int i = 0; i < axis.cells(); i++) {
            for (int k = -turns; k <= turns; k++) {
                double z = (axis.centre(i) + k * length - mean) / deviation;
                double part = bell(z) * axis.width(i) / deviation;
                sums[0] += part;
                sums[1] += times(z, part);
                sums[2] += times(z, times(z, part));
            }
        }
        if (!(Math.abs(sums[0] - mass) <= MOST_ERROR
                && Math.abs(sums[1] - first) <= MOST_ERROR
                && Math.abs(sums[2] - second) <= MOST_ERROR)) {
            int cell = Math.max(0, axis.cellOf(mean));
            throw new IllegalArgumentException(
                    "standardDeviation must be at least about half the width of the cells, " + axis.width(cell)
                            + " at the mean on axis " + number + ", got " + deviation
                            + "; Density.at starts at a point, finer cells take a narrower density");
        }
    }

    /** z²/2 of the nearest image on an axis that is not periodic; −log Σ e^(−z²/2) on one that is. */
    double potential(double x) {
        if (isFlat()) {
            return 0.0;
        }
        double z = (x - mean) / deviation;
        if (!periodic) {
            return 0.5 * z * z;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int k = -turns; k <= turns; k++) {
            double image = z + k * length / deviation;
            least = Math.min(least, 0.5 * image * image);
        }
        double sum = 0.0;
        for (int k = -turns; k <= turns; k++) {
            double image = z + k * length / deviation;
            sum += Math.exp(least - 0.5 * image * image);
        }
        return least - Math.log(sum);
    }

    private static double bell(double z) {
        return Math.exp(-0.5 * z * z) / Math.sqrt(2.0 * Math.PI);
    }

    /** Far out the bell is 0 and z may be infinite. */
    private static double times(double z, double bell) {
        return bell == 0.0 ? 0.0 : z * bell;
    }

    private static double cumulative(double z) {
        return 0.5 * Erf.erfc(-z / Math.sqrt(2.0));
    }
}
