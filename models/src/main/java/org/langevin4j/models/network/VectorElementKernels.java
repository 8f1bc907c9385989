package org.langevin4j.models.network;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Single precision on the vector unit: what batch normalisation and pooling do with each number. The compiler vectorises such loops too, but with
 * scalar steps before and after, and the loops are short. Every operation has its twin in {@link FloatKernels}.
 */
class VectorElementKernels extends FloatKernels {

    /** Twice that is a row. */
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

    /** Lanes of a vector. */
    static final int HALF = LANES / 2;

    @Override
    boolean isWide() {
        return FloatVector.SPECIES_PREFERRED.length() >= HALF;
    }

    private static FloatVector at(float[] array, int index) {
        return FloatVector.fromArray(SPECIES, array, index);
    }

    /** The place in the period that comes after j. */
    private static int next(int j, int period) {
        return j + HALF == period ? 0 : j + HALF;
    }

    /** 1 for every positive number, 0 for 0. */
    private static FloatVector isPositive(FloatVector x) {
        return x.mul(0x1p127f).mul(0x1p24f).min(1f);
    }

    @Override
    public void standardise(
            float[] centre,
            float[] scale,
            float[] shift,
            int period,
            float[] x,
            int start,
            float[] out,
            int outStart,
            int length) {
        for (int i = 0, j = 0; i < length; i += HALF, j = next(j, period)) {
            at(x, start + i).sub(at(centre, j)).fma(at(scale, j), at(shift, j)).intoArray(out, outStart + i);
        }
    }

    @Override
    public void standardiseCut(
            float[] centre,
            float[] scale,
            float[] shift,
            int period,
            float[] x,
            int start,
            float[] out,
            int outStart,
            int length) {
        for (int i = 0, j = 0; i < length; i += HALF, j = next(j, period)) {
            at(x, start + i)
                    .sub(at(centre, j))
                    .fma(at(scale, j), at(shift, j))
                    .max(0f)
                    .intoArray(out, outStart + i);
        }
    }

    @Override
    public void cutBack(
            float[] centre,
            float[] inverse,
            float[] scale,
            float[] shift,
            int period,
            float[] x,
            int start,
            float[] delta,
            int deltaStart,
            int length,
            float[] out,
            int outStart) {
        for (int i = 0, j = 0; i < length; i += HALF, j = next(j, period)) {
            FloatVector off = at(x, start + i).sub(at(centre, j));
            FloatVector y = off.fma(at(scale, j), at(shift, j)).max(0f);
            FloatVector left = at(delta, deltaStart + i).mul(isPositive(y));
            left.intoArray(delta, deltaStart + i);
            int to = outStart + j;
            off.mul(at(inverse, j)).fma(left, at(out, to)).intoArray(out, to);
            at(out, to + period).add(left).intoArray(out, to + period);
        }
    }

    @Override
    public void standardiseBack(
            float[] centre,
            float[] slope,
            float[] shift,
            float[] scale,
            int period,
            float[] x,
            int start,
            float[] delta,
            int deltaStart,
            float[] out,
            int outStart,
            int length) {
        for (int i = 0, j = 0; i < length; i += HALF, j = next(j, period)) {
            FloatVector mean = at(x, start + i).sub(at(centre, j)).fma(at(slope, j), at(shift, j));
            at(scale, j).fma(at(delta, deltaStart + i), mean).intoArray(out, outStart + i);
        }
    }

    @Override
    public void addPeriods(float[] x, int start, int length, float[] out, int outStart, int period) {
        for (int i = 0, j = 0; i < length; i += HALF, j = next(j, period)) {
            at(out, outStart + j).add(at(x, start + i)).intoArray(out, outStart + j);
        }
    }

    @Override
    public void addSquares(
            float[] centre, int centreStart, float[] x, int start, int length, float[] out, int outStart, int period) {
        for (int i = 0, j = 0; i < length; i += HALF, j = next(j, period)) {
            FloatVector off = at(x, start + i).sub(at(centre, centreStart + j));
            off.fma(off, at(out, outStart + j)).intoArray(out, outStart + j);
        }
    }

    @Override
    public void maximum(float[] x, int start, float[] out, int outStart, int length) {
        for (int j = 0; j < length; j += HALF) {
            at(out, outStart + j).max(at(x, start + j)).intoArray(out, outStart + j);
        }
    }

    @Override
    public void takeBack(
            float[] x,
            int start,
            float[] largest,
            int largestStart,
            float[] delta,
            int deltaStart,
            float[] out,
            int outStart,
            int length) {
        for (int j = 0; j < length; j += HALF) {
            FloatVector left = at(delta, deltaStart + j);
            FloatVector other =
                    left.mul(isPositive(at(largest, largestStart + j).sub(at(x, start + j))));
            left.sub(other).intoArray(out, outStart + j);
            other.intoArray(delta, deltaStart + j);
        }
    }
}
