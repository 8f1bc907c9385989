package org.langevin4j.models.file;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.chunked.ChunkedDatasetV4;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Numbers of a data set of HDF5 that is not in one piece, a few indices of the first axis at a time. jHDF 0.13.0 misreads two
 * sorts without a word, which are refused here: chunks whose index is made for larger extents than there are now, and chunks that are not there
 * where the fill value is not 0.
 */
final class Hdf5Chunks implements NumberReader {

    /** Numbers that are read at once, if a chunk does not hold more. */
    private static final int BLOCK = 1 << 19;

    private final Hdf5Storage storage;
    private final Dataset data;
    private final Claim claim;

    /** Indices of the first axis that are read at once, or −1 where all is read at once. */
    private final int slab;

    private double[] block = new double[0];
    private int filled;
    private int position;
    private long next;

    Hdf5Chunks(Hdf5Storage storage, Dataset data, Claim claim) throws ArrayFileException {
        this.storage = storage;
        this.data = data;
        this.claim = claim;
        this.slab = data instanceof ChunkedDataset chunked && claim.shape().length > 0 ? slab(chunked, claim) : -1;
    }

    private static int slab(ChunkedDataset data, Claim claim) throws ArrayFileException {
        requireKnownIndex(data, claim);
        Hdf5Filters.requireBounded(data, claim);
        if (data.getFillValue() instanceof Number fill && fill.doubleValue() != 0.0) {
            requireAllChunks(data, claim);
        }
        long[] shape = claim.shape();
        int chunk = data.getChunkDimensions()[0];
        long width = claim.count() / shape[0];
        long chunks = Math.max(1, BLOCK / width / chunk);
        return (int) Math.min(shape[0], Math.min(chunks * chunk, Integer.MAX_VALUE));
    }

    /** Arrays of chunks (layout of version 4) are numbered by the largest extents, jHDF takes those of now. */
    private static void requireKnownIndex(ChunkedDataset data, Claim claim) throws ArrayFileException {
        long[] most = data.getMaxSize();
        long[] shape = claim.shape();
        int unlimited = 0;
        int axis = 0;
        for (int k = 0; k < shape.length; k++) {
            unlimited += most[k] < 0 ? 1 : 0;
            axis = k > 0 && most[k] != shape[k] ? k : axis;
        }
        if (data instanceof ChunkedDatasetV4 && axis > 0 && unlimited < 2) {
            throw new ArrayFileException(
                    claim.shown(),
                    "is kept in chunks so that it may grow along axis " + axis + ", which jHDF misreads"
                            + Hdf5Filters.WAY_OUT);
        }
    }

    private static void requireAllChunks(ChunkedDataset data, Claim claim) throws ArrayFileException {
        Hdf5Filters.forEachChunk(data, claim, chunk -> {
            if (chunk == null) {
                throw new ArrayFileException(claim.shown(), "was written in parts only" + Hdf5Filters.WAY_OUT);
            }
        });
    }

    /** In one line, with the innermost reason. */
    static ArrayFileException unreadable(String shown, Throwable e) {
        if (e instanceof ArrayFileException said) {
            return said;
        }
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ArrayFileException(shown, "cannot be read as HDF5: " + what, e);
    }

    @Override
    public void read(double[] to, int offset, int count) throws IOException {
        for (int done = 0; done < count; ) {
            if (position == filled) {
                load();
            }
            int some = Math.min(count - done, filled - position);
            System.arraycopy(block, position, to, offset + done, some);
            position += some;
            done += some;
        }
    }

    @Override
    public void skip(long count) throws IOException {
        int held = (int) Math.min(count, filled - position);
        position += held;
        long left = count - held;
        if (slab > 0) {
            // Whole slabs only, so that no chunk is unpacked for two of them.
            long ofSlab = slab * (claim.count() / claim.shape()[0]);
            next += left / ofSlab * slab;
            left %= ofSlab;
        }
        NumberReader.super.skip(left);
    }

    private void load() throws ArrayFileException {
        long[] shape = claim.shape();
        try {
            filled = 0;
            position = 0;
            if (slab < 0) {
                Growing.requireFits(claim.count(), claim);
                block = new double[(int) claim.count()];
                flatten(data.getData());
                return;
            }
            long[] from = new long[shape.length];
            int[] extents = new int[shape.length];
            for (int axis = 1; axis < shape.length; axis++) {
                extents[axis] = Math.toIntExact(shape[axis]);
            }
            from[0] = next;
            extents[0] = (int) Math.min(slab, shape[0] - next);
            long length = extents[0] * (claim.count() / shape[0]);
            Growing.requireFits(length, claim);
            if (block.length < length) {
                block = new double[(int) length];
            }
            flatten(data.getData(from, extents));
            next += extents[0];
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw unreadable(claim.shown(), e);
        }
    }

    /** Arrays in arrays, as jHDF gives them; unsigned integers come as the next larger type. */
    private void flatten(Object part) {
        if (part instanceof float[] numbers) {
            for (float number : numbers) {
                block[filled++] = number;
            }
        } else if (part instanceof double[] numbers) {
            for (double number : numbers) {
                block[filled++] = number;
            }
        } else if (part instanceof byte[] numbers) {
            for (byte number : numbers) {
                block[filled++] = number;
            }
        } else if (part instanceof short[] numbers) {
            for (short number : numbers) {
                block[filled++] = number;
            }
        } else if (part instanceof int[] numbers) {
            for (int number : numbers) {
                block[filled++] = number;
            }
        } else if (part instanceof long[] numbers) {
            for (long number : numbers) {
                block[filled++] = number;
            }
        } else if (part instanceof BigInteger[] numbers) {
            for (BigInteger number : numbers) {
                block[filled++] = number.doubleValue();
            }
        } else if (part instanceof Object[] parts) {
            for (Object inner : parts) {
                flatten(inner);
            }
        } else if (part instanceof Number number) {
            block[filled++] = number.doubleValue();
        } else {
            throw new IllegalArgumentException("not an array of numbers");
        }
    }

    @Override
    public void close() {
        storage.close();
    }
}
