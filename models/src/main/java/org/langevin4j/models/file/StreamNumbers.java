package org.langevin4j.models.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of a stream that may end before its header says so. */
final class StreamNumbers implements NumberReader {

    /** Bytes taken at once; a multiple of the size of a number. */
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final Claim claim;
    private final NumberType type;
    private final End end;
    private final byte[] chunk = new byte[CHUNK];
    private final ByteBuffer bytes;
    private long taken;

    /** What is checked when all of the stream has been read. */
    @FunctionalInterface
    interface End {

        void check() throws IOException;
    }

    StreamNumbers(InputStream in, Claim claim, NumberType type, ByteOrder order, End end) {
        this.in = in;
        this.claim = claim;
        this.type = type;
        this.end = end;
        this.bytes = ByteBuffer.wrap(chunk).order(order);
    }

    @Override
    public void read(double[] to, int offset, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int some = Math.min(CHUNK / type.size(), count - done);
            int got = in.readNBytes(chunk, 0, some * type.size());
            if (got < some * type.size()) {
                throw claim.truncated(type.size(), taken * type.size() + got);
            }
            type.decode(bytes, 0, to, offset + done, some);
            done += some;
            taken += some;
        }
        if (taken == claim.count()) {
            // What follows is not looked at, as by NumPy, but a checksum has to see it.
            in.transferTo(OutputStream.nullOutputStream());
            end.check();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
