package org.langevin4j.examples.paper.potential;

/**
 * A number taken to cells of no width from two grids, the second twice as fine, by a scheme of second order.
 *
 * @param value the extrapolated number
 * @param error of the finer grid, estimated: that of the extrapolated number is smaller
 */
record Extrapolated(double value, double error) {

    static Extrapolated of(double coarse, double fine) {
        return new Extrapolated(fine + (fine - coarse) / 3.0, Math.abs(fine - coarse) / 3.0);
    }
}
