package org.langevin4j.solvers.ensemble;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.langevin4j.core.statistics.RunningMoments;

/**
 * Reads what a {@link StateWriter} took down. Files may be damaged or forged: every count is compared with what the plan
 * allows and with what is left of the content before anything of its size is made.
 */
public final class StateReader {

    private final Limited limited;
    private final DataInputStream in;
    private final Limits limits;

    /**
     * What a plan allows for.
     *
     * @param blockPaths paths of a block
     * @param paths paths that the content covers
     * @param fewest fewest states that can have been recorded of them
     * @param most most states that can have been recorded of them
     * @param times most recorded times
     */
    record Limits(int blockPaths, long paths, long fewest, long most, long times) {}

    StateReader(InputStream in, long length, Limits limits) {
        this.limited = new Limited(in, length);
        this.in = new DataInputStream(limited);
        this.limits = limits;
    }

    private StateReader(StateReader other, Limits limits) {
        this.limited = other.limited;
        this.in = other.in;
        this.limits = limits;
    }

    /** Ends where the content does, whatever follows in the file. */
    private static final class Limited extends FilterInputStream {

        private long left;

        Limited(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) {
                return -1;
            }
            int value = super.read();
            left -= value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int got = super.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, got);
            return got;
        }
    }

    /** Content that this plan cannot have written. */
    static final class Refusal extends IOException {

        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    /**
     * Refuses content that cannot have been written by an equal observable of this plan.
     *
     * @param holds what must hold of it
     * @param message what is wrong: "counts must number 5, got 7"
     * @throws IOException if it does not hold
     */
    public void require(boolean holds, String message) throws IOException {
        if (!holds) {
            throw new Refusal(message);
        }
    }

    /**
     * The most paths a block has.
     *
     * @return paths
     */
    public int blockPaths() {
        return limits.blockPaths();
    }

    /**
     * The number of paths that the content covers.
     *
     * @return paths
     */
    public long paths() {
        return limits.paths();
    }

    /**
     * The most states that can have been recorded of those paths.
     *
     * @return paths times recorded times
     */
    public long records() {
        return limits.most();
    }

    /**
     * The most times that can have been recorded.
     *
     * @return times
     */
    public long times() {
        return limits.times();
    }

    /** For what is observed at one of the recorded times by itself. */
    StateReader ofOneTime() {
        return new StateReader(this, new Limits(limits.blockPaths(), limits.paths(), 0, limits.paths(), 1));
    }

    /** The next part, which was written with its length before it. */
    StateReader part(Limits of) throws IOException {
        long length = count("length", limited.left);
        return new StateReader(limited, length, of);
    }

    int integer() throws IOException {
        return in.readInt();
    }

    String text() throws IOException {
        return in.readUTF();
    }

    byte[] bytes(String what) throws IOException {
        long left = limited.left - Long.BYTES;
        long length = count(what, Math.min(left, Integer.MAX_VALUE - 16));
        return in.readNBytes((int) length);
    }

    void requireEnd() throws IOException {
        require(limited.left == 0, limited.left + " bytes are left over");
    }

    private static IOException cut(EOFException end) {
        Refusal refusal = new Refusal("content ends too early");
        refusal.initCause(end);
        return refusal;
    }

    /**
     * Reads a number.
     *
     * @return any, NaN too
     * @throws IOException if the content is at its end
     */
    public double number() throws IOException {
        try {
            return in.readDouble();
        } catch (EOFException end) {
            throw cut(end);
        }
    }

    /**
     * Reads a count.
     *
     * @param what what is counted, for the message
     * @param most the most it can be
     * @return 0 … most
     * @throws IOException if it is anything else
     */
    public long count(String what, long most) throws IOException {
        try {
            long value = in.readLong();
            require(value >= 0 && value <= most, what + " must be in [0, " + most + "], got " + value);
            return value;
        } catch (EOFException end) {
            throw cut(end);
        }
    }

    /** The length of a list, of items of so many bytes at least. */
    private int length(String what, int most, long bytes) throws IOException {
        try {
            int length = in.readInt();
            require(
                    length >= 0 && length <= most && length <= limited.left / bytes,
                    what + " must number at most " + Math.min(most, limited.left / bytes) + ", got " + length);
            return length;
        } catch (EOFException end) {
            throw cut(end);
        }
    }

    /**
     * Reads numbers.
     *
     * @param what what they are, for the message
     * @param most the most there can be
     * @return at most that many
     * @throws IOException if there are more
     */
    public double[] numbers(String what, int most) throws IOException {
        double[] values = new double[length(what, most, Double.BYTES)];
        for (int k = 0; k < values.length; k++) {
            values[k] = number();
        }
        return values;
    }

    /**
     * Reads rows of numbers.
     *
     * @param what what they are, for the message
     * @param rows how many there are, or none
     * @param most the most numbers a row can have; all have as many
     * @return rows of one length
     * @throws IOException if it is anything else
     */
    public double[][] rows(String what, int rows, int most) throws IOException {
        int count = length(what, rows, Integer.BYTES);
        require(count == 0 || count == rows, what + " must have " + rows + " rows, got " + count);
        double[][] values = new double[count][];
        for (int r = 0; r < count; r++) {
            values[r] = numbers(what, most);
            require(values[r].length == values[0].length, what + " must have rows of one length");
        }
        return values;
    }

    /**
     * Reads counts.
     *
     * @param what what they count, for the message
     * @param length the most there can be
     * @param most the most that each can be
     * @return at most that many
     * @throws IOException if it is anything else
     */
    public long[] counts(String what, int length, long most) throws IOException {
        long[] values = new long[length(what, length, Long.BYTES)];
        for (int k = 0; k < values.length; k++) {
            values[k] = count(what, most);
        }
        return values;
    }

    /**
     * Reads counts of which there must be as many as in an array.
     *
     * @param what what they count, for the message
     * @param out receives them
     * @param most the most that each can be
     * @throws IOException if it is anything else
     */
    public void countsInto(String what, long[] out, long most) throws IOException {
        long[] values = counts(what, out.length, most);
        require(values.length == out.length, what + " must number " + out.length + ", got " + values.length);
        System.arraycopy(values, 0, out, 0, out.length);
    }

    /**
     * Reads truth values.
     *
     * @param what what they say, for the message
     * @param most the most there can be
     * @return at most that many
     * @throws IOException if it is anything else
     */
    public boolean[] flags(String what, int most) throws IOException {
        boolean[] values = new boolean[length(what, most, 1)];
        for (int k = 0; k < values.length; k++) {
            int value = in.read();
            require(value == 0 || value == 1, what + " must be 0 or 1, got " + value);
            values[k] = value == 1;
        }
        return values;
    }

    /**
     * Refuses a number of samples that cannot be that of all recorded states.
     *
     * @param count number of samples
     * @throws IOException if paths are missing or too many
     */
    public void requireRecords(long count) throws IOException {
        require(
                count >= limits.fewest() && count <= limits.most(),
                "samples must be in [" + limits.fewest() + ", " + limits.most() + "], got " + count);
    }

    /**
     * Reads running moments.
     *
     * @param dimension of the moments
     * @param most the most samples they can have
     * @return the moments
     * @throws IOException if it is anything else
     */
    public RunningMoments moments(int dimension, long most) throws IOException {
        return moments(new RunningMoments(dimension), most);
    }

    /**
     * Reads running moments.
     *
     * @param like moments of the same dimension, with covariances or without; not modified
     * @param most the most samples they can have
     * @return the moments
     * @throws IOException if it is anything else
     */
    public RunningMoments moments(RunningMoments like, long most) throws IOException {
        long count = count("samples", most);
        long length = like.dimension() * (like.hasCovariances() ? like.dimension() + 3L : 4L);
        require(length <= limited.left / Double.BYTES, "moments must have " + length + " sums, the content is shorter");
        double[] sums = new double[(int) length];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = number();
        }
        return like.withExactSums(count, sums);
    }

    /**
     * Reads running moments in place of others of the same dimensions.
     *
     * @param moments receives them
     * @param most the most samples each can have
     * @throws IOException if it is anything else
     */
    public void momentsInto(List<RunningMoments> moments, long most) throws IOException {
        for (int k = 0; k < moments.size(); k++) {
            moments.set(k, moments(moments.get(k), most));
        }
    }
}
