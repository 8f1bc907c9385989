package org.langevin4j.solvers.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.langevin4j.core.statistics.RunningMoments;

/** Running moments in the bytes of a checkpoint, for collectors that are {@link Saved}. */
public final class SavedMoments {

    private SavedMoments() {}

    /**
     * Writes moments, bit by bit.
     *
     * @param moments what to write
     * @param out where to
     * @throws IOException if that fails
     */
    public static void write(RunningMoments moments, DataOutput out) throws IOException {
        out.writeLong(moments.count());
        for (double sum : moments.exactSums()) {
            out.writeDouble(sum);
        }
    }

    /**
     * Writes several, one after the other.
     *
     * @param moments what to write
     * @param out where to
     * @throws IOException if that fails
     */
    public static void writeAll(List<RunningMoments> moments, DataOutput out) throws IOException {
        for (RunningMoments each : moments) {
            write(each, out);
        }
    }

    /**
     * Replaces moments by what {@link #writeAll} wrote of as many, of the same dimensions.
     *
     * @param moments receives them
     * @param in where from
     * @throws IOException if that fails
     */
    public static void readAll(List<RunningMoments> moments, DataInput in) throws IOException {
        for (int k = 0; k < moments.size(); k++) {
            moments.set(k, read(moments.get(k).dimension(), in));
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param dimension of the moments
     * @param in where from
     * @return the moments
     * @throws IOException if that fails
     */
    public static RunningMoments read(int dimension, DataInput in) throws IOException {
        long count = in.readLong();
        double[] sums = new double[dimension * (dimension + 3)];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = in.readDouble();
        }
        return RunningMoments.ofExactSums(dimension, count, sums);
    }
}
