package org.langevin4j.models.file;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * An element of MATLAB's files of the versions 5 to 7: a tag with type and size, then as many bytes, which may be
 * elements again. One that claims more than is left of the element that holds it is refused by its tag; what is read
 * of it takes memory as it comes. For one pass.
 *
 * <p>Source: MathWorks, MAT-File Format (2019), chapter 1.
 */
final class MatlabElement {

    static final int INT8 = 1;
    static final int INT32 = 5;
    static final int UINT32 = 6;
    static final int MATRIX = 14;
    static final int COMPRESSED = 15;

    private static final int TAG = 8;

    /** Bytes of an element that lies in the second half of its own tag. */
    private static final int SMALL = 4;

    /** Deflate makes no more than this of a byte (zlib, "Maximum Compression Factor"). */
    private static final long MOST_INFLATED = 1032;

    private final int type;
    private final long size;
    private final Within in;
    private final ByteOrder order;

    /** At its end a checksum is compared, if there is one. */
    private InputStream whole;

    /** What is left of this element behind the one in it that was given last. */
    private long behind;

    private MatlabElement(int type, long size, Within in, ByteOrder order) {
        this.type = type;
        this.size = size;
        this.in = in;
        this.order = order;
        this.whole = in;
        this.behind = size;
    }

    /** Elements one after the other, which have so many bytes together. */
    static MatlabElement row(InputStream in, long size, ByteOrder order) {
        return new MatlabElement(0, size, new Within(in, size), order);
    }

    int type() {
        return type;
    }

    /** Bytes of content. */
    long size() {
        return size;
    }

    /** Bytes before the tag of the element that {@link #next} gives. */
    long position() {
        return size - behind;
    }

    boolean hasNext() {
        return behind >= TAG;
    }

    /** The next element in this one; the one before is skipped. */
    MatlabElement next() throws IOException {
        in.skipNBytes(in.left - behind);
        ByteBuffer tag = ByteBuffer.wrap(in.readNBytes(TAG)).order(order);
        if (tag.remaining() < TAG) {
            throw new IOException("it ends within an element");
        }
        int first = tag.getInt();
        int small = first >>> Short.SIZE;
        if (small > 0) {
            if (small > SMALL) {
                throw new IOException("an element of " + small + " bytes is said to lie in its tag");
            }
            behind = in.left;
            byte[] content = {tag.get(), tag.get(), tag.get(), tag.get()};
            Within bytes = new Within(new ByteArrayInputStream(content), small);
            return new MatlabElement(first & 0xFFFF, small, bytes, order);
        }
        long claimed = Integer.toUnsignedLong(tag.getInt());
        if (claimed > in.left) {
            throw new IOException("an element claims " + claimed + " bytes where " + in.left + " are left");
        }
        long padding = first == COMPRESSED || first == MATRIX ? 0 : -claimed & (TAG - 1);
        behind = Math.max(0, in.left - claimed - padding);
        return new MatlabElement(first, claimed, new Within(in, claimed), order);
    }

    /** The next element in this one, of which only one type is right. */
    MatlabElement next(int expected) throws IOException {
        MatlabElement element = next();
        if (element.type != expected) {
            throw new IOException("an element has type " + element.type + ", not " + expected);
        }
        return element;
    }

    /** The matrix that this element is or has in it under deflate. */
    MatlabElement matrix(Inflater inflater) throws IOException {
        if (type == MATRIX) {
            return this;
        }
        if (type != COMPRESSED) {
            throw new IOException("an element has type " + type + ", neither a matrix nor compressed");
        }
        InputStream inflated = new InflaterInputStream(in, inflater);
        MatlabElement matrix = row(inflated, MOST_INFLATED * size, order).next(MATRIX);
        matrix.whole = inflated;
        return matrix;
    }

    /** Reads what is left, and with it the checksum. */
    void finish() throws IOException {
        whole.transferTo(OutputStream.nullOutputStream());
    }

    /** All bytes of it. */
    byte[] bytes() throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(size, Integer.MAX_VALUE));
        if (bytes.length < size) {
            throw new IOException("it ends within an element");
        }
        return bytes;
    }

    /** All of it as integers of 32 bits. */
    int[] integers() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes()).order(order);
        int[] integers = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(integers);
        return integers;
    }

    /** The bytes, for one pass. */
    InputStream stream() {
        return in;
    }

    /** So many bytes of a stream, or fewer if it ends. */
    private static final class Within extends FilterInputStream {

        private long left;

        Within(InputStream in, long size) {
            super(in);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            int got = left > 0 ? in.read() : -1;
            left -= got >= 0 ? 1 : 0;
            return got;
        }

        @Override
        public int read(byte[] to, int offset, int count) throws IOException {
            int got = left > 0 ? in.read(to, offset, (int) Math.min(count, left)) : -1;
            left -= Math.max(0, got);
            return got;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
