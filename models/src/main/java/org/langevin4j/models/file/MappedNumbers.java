package org.langevin4j.models.file;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Numbers one after the other in a file, mapped into memory window by window: what the heap holds does not grow with
 * the file.
 */
final class MappedNumbers implements NumberReader {

    /** A multiple of the size of every number, so that none lies across a border. */
    private static final long WINDOW = 1L << 30;

    private final Claim claim;
    private final long start;
    private final NumberType type;
    private final ByteOrder order;
    private final long bytes;
    private final FileChannel channel;
    private final @Nullable MappedByteBuffer[] windows;
    private long next;

    private MappedNumbers(Claim claim, long start, NumberType type, ByteOrder order, FileChannel channel) {
        this.claim = claim;
        this.start = start;
        this.type = type;
        this.order = order;
        this.bytes = claim.count() * type.size();
        this.channel = channel;
        this.windows = new MappedByteBuffer[Math.toIntExact((bytes - 1) / WINDOW + 1)];
    }

    /**
     * Opens the file.
     *
     * @param start place of the first number in the file
     */
    static MappedNumbers open(Path file, Claim claim, long start, NumberType type, ByteOrder order) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            requireThere(channel.size(), claim, start, type);
            return new MappedNumbers(claim, start, type, order, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Refuses a file that is shorter than it says. */
    static void requireThere(long fileSize, Claim claim, long start, NumberType type) throws ArrayFileException {
        long present = Math.max(0, fileSize - start);
        if (present < claim.count() * type.size()) {
            throw claim.truncated(type.size(), present);
        }
    }

    @Override
    public void read(double[] to, int offset, int count) throws IOException {
        read(next, to, offset, count);
        next += count;
    }

    @Override
    public void skip(long count) {
        next += count;
    }

    /** Numbers from any place, in the order of the file. */
    void read(long first, double[] to, int offset, int count) throws IOException {
        int done = 0;
        try {
            while (done < count) {
                long place = (first + done) * type.size();
                int within = (int) (place % WINDOW);
                MappedByteBuffer window = window((int) (place / WINDOW));
                int some = Math.min(count - done, (window.limit() - within) / type.size());
                type.decode(window, within, to, offset + done, some);
                done += some;
            }
        } catch (InternalError e) {
            // What the virtual machine says of a mapped file that another program has cut.
            throw new ArrayFileException(claim.shown(), "was changed while it was read", e);
        }
    }

    private MappedByteBuffer window(int number) throws IOException {
        MappedByteBuffer window = windows[number];
        if (window == null) {
            long from = number * WINDOW;
            window = channel.map(FileChannel.MapMode.READ_ONLY, start + from, Math.min(WINDOW, bytes - from));
            window.order(order);
            windows[number] = window;
        }
        return window;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
