package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reflecting walls that the noise does not reach, nᵀDn = 0, and the drift that meets them. There J·n = 0 makes probability stop at the
 * wall, with whatever momentum it has, which is the law of no bounce. Harmless where there is no probability at such walls.
 */
final class QuietWalls {

    /** Beyond this the law is not that of the equation between walls; below, the upwind flow is no more exact. */
    private static final double NEGLIGIBLE = 1e-2;

    /** Empty where no drift meets such a wall. */
    private final double[] stopped;

    private final double[] carried;

    private QuietWalls(double[] stopped, double[] carried) {
        this.stopped = stopped;
        this.carried = carried;
    }

    static QuietWalls of(List<ColumnRange> columns, int cells) {
        if (columns.stream()
                .flatMapToDouble(range -> Arrays.stream(range.stopped))
                .noneMatch(rate -> rate > 0.0)) {
            return new QuietWalls(new double[0], new double[0]);
        }
        double[] stopped = new double[cells];
        double[] carried = new double[cells];
        for (ColumnRange range : columns) {
            System.arraycopy(range.stopped, 0, stopped, range.from(), range.stopped.length);
            System.arraycopy(range.carried, 0, carried, range.from(), range.carried.length);
        }
        return new QuietWalls(stopped, carried);
    }

    /** Whether the drift meets such a wall anywhere. */
    boolean exist() {
        return stopped.length > 0;
    }

    /** What of the flow along axes without noise the walls stop: 1 if it all ends there. */
    double stoppedFlow(double[] p) {
        double stops = 0.0;
        double flows = 0.0;
        for (int cell = 0; cell < stopped.length; cell++) {
            stops += p[cell] * stopped[cell];
            flows += p[cell] * carried[cell];
        }
        return stops > 0.0 ? stops / flows : 0.0;
    }

    /** Refuses probabilities of which the walls stop too much. */
    void require(double[] p, String what) {
        double part = stoppedFlow(p);
        if (!(part <= NEGLIGIBLE)) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "%s is not that of the equation: reflecting walls which the noise does not reach (D n = 0) stop %.2g of the"
                            + " mean flow; give the faces of a position Boundary.SPECULAR, take a box that ends where"
                            + " there is no probability, or the form (Φ, D, Q)",
                    what,
                    part));
        }
    }
}
