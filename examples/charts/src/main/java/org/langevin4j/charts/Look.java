package org.langevin4j.charts;

/**
 * How a series looks: numbers into the lists of colours and of dashes or markers.
 *
 * @param colour of the palette
 * @param shape dash of a line or shape of a marker
 */
record Look(int colour, int shape) {

    /** Refuses negative numbers. */
    Look {
        if (!(colour >= 0 && shape >= 0)) {
            throw new IllegalArgumentException(
                    "colour and shape must not be negative, got " + colour + " and " + shape);
        }
    }
}
