package org.langevin4j.solvers.discretisation;

import java.util.BitSet;

/**
 * D at the centres of a range of cells with its offsets and, where it is singular, b: evaluated once. Written cell by cell, then read
 * only.
 */
final class KnownDiffusion {

    private static final double[] NONE = {};

    private final int from;
    private final int cells;
    private final int d;

    /** Offsets that a D in d dimensions can have. */
    private final int most;

    /** Entries kept of D: the diagonal in more dimensions than may have others. */
    private final int entries;

    private double[] matrices;

    /** Empty as long as D has an inverse everywhere. */
    private double[] drifts = NONE;

    private final BitSet singular = new BitSet();
    private final BitSet quiet = new BitSet();

    /** How many offsets D has where it is not diagonal, else 0; this and what follows is empty as long as D is diagonal everywhere. */
    private byte[] counts = {};

    private short[] offsets = {};
    private double[] weights = NONE;
    private double[] thicknesses = NONE;

    KnownDiffusion(int from, int to, int dimension) {
        this.from = from;
        this.cells = to - from;
        this.d = dimension;
        this.most = d * (d + 1) / 2;
        this.entries = d > 3 ? d : d * d;
        this.matrices = new double[entries * cells];
    }

    /** Keeps what was found at the centre of a cell. */
    void put(int cell, Coefficients centre, Selling selling) {
        int k = cell - from;
        for (int i = 0; i < entries; i++) {
            matrices[k * entries + i] = centre.matrix[entries < d * d ? i * (d + 1) : i];
        }
        for (int a = 0; a < d; a++) {
            quiet.set(k * d + a, !(centre.matrix[a * (d + 1)] > 0.0));
        }
        if (centre.singular) {
            if (drifts.length == 0) {
                drifts = new double[d * cells];
            }
            singular.set(k);
            System.arraycopy(centre.drift, 0, drifts, k * d, d);
        }
        if (!centre.isDiagonal()) {
            if (counts.length == 0) {
                counts = new byte[cells];
                offsets = new short[most * d * cells];
                weights = new double[most * cells];
                thicknesses = new double[cells];
            }
            counts[k] = (byte) selling.count;
            thicknesses[k] = selling.thickness;
            System.arraycopy(selling.weights, 0, weights, k * most, selling.count);
            for (int i = 0; i < selling.count * d; i++) {
                offsets[k * most * d + i] = (short) selling.offsets[i];
            }
        }
    }

    /** Fills in D at the centre of a cell, and b where D is singular; ω is kept elsewhere. */
    void get(int cell, Coefficients centre) {
        int k = cell - from;
        for (int i = 0; i < entries; i++) {
            centre.matrix[entries < d * d ? i * (d + 1) : i] = matrices[k * entries + i];
        }
        centre.singular = singular.get(k);
        if (centre.singular) {
            System.arraycopy(drifts, k * d, centre.drift, 0, d);
        }
    }

    /** Fills in the offsets of a cell; false if its D is diagonal, whose offsets are found at once. */
    boolean get(int cell, Selling selling) {
        int k = cell - from;
        if (counts.length == 0 || counts[k] == 0) {
            return false;
        }
        selling.count = counts[k];
        selling.thickness = thicknesses[k];
        System.arraycopy(weights, k * most, selling.weights, 0, selling.count);
        for (int i = 0; i < selling.count * d; i++) {
            selling.offsets[i] = offsets[k * most * d + i];
        }
        return true;
    }

    /** Whether there is no noise along an axis at the centre of a cell; known for ever. */
    boolean isQuiet(int cell, int axis) {
        return quiet.get((cell - from) * d + axis);
    }

    /** Forgets the rest, when it is no longer needed. */
    void forget() {
        matrices = NONE;
        drifts = NONE;
        counts = new byte[0];
        offsets = new short[0];
        weights = NONE;
        thicknesses = NONE;
    }
}
