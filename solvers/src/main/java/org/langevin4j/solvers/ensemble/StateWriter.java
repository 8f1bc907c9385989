package org.langevin4j.solvers.ensemble;

import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.langevin4j.core.statistics.RunningMoments;

/** Takes down what a {@link Collector} has collected, bit by bit, for a checkpoint or another process. */
public final class StateWriter {

    private final DataOutput out;

    StateWriter(DataOutput out) {
        this.out = out;
    }

    /** What writes itself. */
    interface Content {
        void write(StateWriter out) throws IOException;
    }

    /** Writes a part with its length before it; it is written twice, the first time to be measured. */
    void part(Content content) throws IOException {
        Measure measure = new Measure();
        content.write(new StateWriter(new DataOutputStream(measure)));
        out.writeLong(measure.length);
        content.write(this);
    }

    void integer(int value) throws IOException {
        out.writeInt(value);
    }

    void text(String value) throws IOException {
        out.writeUTF(value);
    }

    void bytes(byte[] bytes) throws IOException {
        out.writeLong(bytes.length);
        out.write(bytes);
    }

    private static final class Measure extends OutputStream {

        private long length;

        @Override
        public void write(int b) {
            length++;
        }

        @Override
        public void write(byte[] b, int offset, int count) {
            length += count;
        }
    }

    /**
     * Writes a number.
     *
     * @param value any, NaN too
     * @throws IOException if that fails
     */
    public void number(double value) throws IOException {
        out.writeDouble(value);
    }

    /**
     * Writes a count.
     *
     * @param value not negative
     * @throws IOException if that fails
     */
    public void count(long value) throws IOException {
        out.writeLong(value);
    }

    /**
     * Writes a list of numbers with its length.
     *
     * @param values any
     * @throws IOException if that fails
     */
    public void numbers(double... values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    /**
     * Writes rows of numbers of one length.
     *
     * @param rows any
     * @throws IOException if that fails
     */
    public void rows(double[][] rows) throws IOException {
        out.writeInt(rows.length);
        for (double[] row : rows) {
            numbers(row);
        }
    }

    /**
     * Writes a list of counts with its length.
     *
     * @param values none negative
     * @throws IOException if that fails
     */
    public void counts(long... values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    /**
     * Writes a list of truth values with its length.
     *
     * @param values any
     * @throws IOException if that fails
     */
    public void flags(boolean... values) throws IOException {
        out.writeInt(values.length);
        for (boolean value : values) {
            out.writeBoolean(value);
        }
    }

    /**
     * Writes running moments.
     *
     * @param moments any number of them, of dimensions that the reader knows
     * @throws IOException if that fails
     */
    public void moments(RunningMoments... moments) throws IOException {
        for (RunningMoments each : moments) {
            out.writeLong(each.count());
            for (double sum : each.exactSums()) {
                out.writeDouble(sum);
            }
        }
    }

    /**
     * Writes running moments.
     *
     * @param moments any number of them, of a number and dimensions that the reader knows
     * @throws IOException if that fails
     */
    public void moments(List<RunningMoments> moments) throws IOException {
        moments(moments.toArray(RunningMoments[]::new));
    }
}
