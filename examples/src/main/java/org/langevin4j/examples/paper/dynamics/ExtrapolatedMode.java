package org.langevin4j.examples.paper.dynamics;

import org.hipparchus.complex.Complex;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;

/**
 * An eigenvalue whose error is of second order in the width of the cells: two grids, the first of ¾ as many cells, give it, and it is taken
 * out.
 *
 * @param correction what was taken out, an estimate of what is left
 */
record ExtrapolatedMode(Complex value, Complex correction) {

    /** Of the mode that is nearest on the finer grid, and of the same number on the other: where modes are close the nearest may differ. */
    static ExtrapolatedMode of(RelaxationModes coarse, RelaxationModes fine, Complex near) {
        int mode = numberOf(fine, near);
        Complex value = fine.eigenvalue(mode);
        Complex correction = value.subtract(coarse.eigenvalue(mode)).multiply(9.0 / 7.0);
        return new ExtrapolatedMode(value.add(correction), correction);
    }

    static Complex nearest(RelaxationModes spectrum, Complex value) {
        return spectrum.eigenvalue(numberOf(spectrum, value));
    }

    private static int numberOf(RelaxationModes spectrum, Complex value) {
        int best = 0;
        for (int k = 1; k < spectrum.size(); k++) {
            if (spectrum.eigenvalue(k).subtract(value).norm()
                    < spectrum.eigenvalue(best).subtract(value).norm()) {
                best = k;
            }
        }
        return best;
    }
}
