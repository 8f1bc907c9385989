package org.langevin4j.models.file;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.filter.PipelineFilterWithData;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a data set of HDF5 in chunks may take: jHDF's LZ4, LZF and bitshuffle take memory by numbers that stand in the file,
 * which are compared with the length of the chunk before.
 *
 * <p>Source: the filters 32000 (LZF), 32004 (LZ4), 32008 (bitshuffle) of The HDF Group's registry.
 */
final class Hdf5Filters {

    static final String WAY_OUT =
            "; write it in one piece (h5py: create_dataset without chunks and maxshape; or h5repack -l CONTI)";

    /** Numbers that may be claimed without a byte that bears them out: parts never written are zeros. */
    private static final long FREE = 1 << 21;

    /** Deflate makes no more than this of a byte (zlib, "Maximum Compression Factor"). */
    private static final long DEFLATED = 1032;

    /** LZ4 makes 255 of a byte, LZF 88. */
    private static final long PACKED = 256;

    /** Beyond that: the smallest block of bitshuffle may be larger than what is in it. */
    private static final long BLOCK = 1 << 16;

    /** Chunks of such a data set that may be missing; each is looked for. */
    private static final int MISSING = 1 << 14;

    private static final int DEFLATE = 1;
    private static final int FLETCHER = 3;
    private static final int LZF = 32000;
    private static final int LZ4 = 32004;
    private static final int BITSHUFFLE = 32008;

    private static final Set<Integer> COMPRESSING = Set.of(DEFLATE, LZF, LZ4, BITSHUFFLE);

    private Hdf5Filters() {}

    /** Refuses a claim that is far beyond the file. */
    static void requireBorneOut(Claim claim, NumberType type, long fileSize) throws ArrayFileException {
        if (!(claim.count() <= Math.max(FREE, DEFLATED * fileSize / type.size()))) {
            throw new ArrayFileException(
                    claim.shown(),
                    "claims " + claim + ", which the " + fileSize + " bytes of the file cannot be, compressed or not"
                            + WAY_OUT);
        }
    }

    /** Refuses chunks that claim to become more than they can. */
    static void requireBounded(ChunkedDataset data, Claim claim) throws ArrayFileException {
        List<PipelineFilterWithData> filters = data.getFilters();
        long compressing = filters.stream()
                .filter(filter -> COMPRESSING.contains(filter.getId()))
                .count();
        int last = filters.size() - 1;
        while (last >= 0 && filters.get(last).getId() == FLETCHER) {
            last--;
        }
        int id = last < 0 ? 0 : filters.get(last).getId();
        boolean inside = filters.stream()
                .anyMatch(filter ->
                        filter.getId() >= LZF && COMPRESSING.contains(filter.getId()) && filter.getId() != id);
        if (compressing > 1 || inside) {
            throw new ArrayFileException(
                    claim.shown(), "is compressed twice, or shuffled after it was compressed" + WAY_OUT);
        }
        if (id == LZF || id == LZ4 || id == BITSHUFFLE) {
            int[] words = filters.get(last).getFilterData();
            int[] missing = {0};
            forEachChunk(data, claim, chunk -> {
                if (chunk == null && ++missing[0] > MISSING) {
                    throw new ArrayFileException(
                            claim.shown(), "has more than " + MISSING + " chunks that were never written" + WAY_OUT);
                }
                if (chunk != null && !fits(id, words, chunk)) {
                    throw new ArrayFileException(
                            claim.shown(), "has a chunk of " + chunk.limit() + " bytes that claims more than it holds");
                }
            });
        }
    }

    private static boolean fits(int id, int[] words, ByteBuffer chunk) {
        long most = PACKED * chunk.remaining() + BLOCK;
        if (id == LZF) {
            return words.length > 2 && words[2] <= most;
        }
        if (id == BITSHUFFLE && words.length > 4 && words[4] == 0) {
            return true;
        }
        if (chunk.remaining() < Long.BYTES + Integer.BYTES) {
            return false;
        }
        // Both lay LZ4's blocks one after the other behind the length of all and that of each when unpacked.
        ByteBuffer bytes = chunk.duplicate();
        long all = bytes.getLong();
        long block = bytes.getInt();
        if (!(all >= 0 && all <= most && block > 0 && block <= most)) {
            return false;
        }
        long blocks = id == LZ4 ? (all + block - 1) / block : Math.max(1, all / block);
        for (long k = 0; k < blocks; k++) {
            int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
            if (!(length >= 0 && length <= bytes.remaining())) {
                return false;
            }
            bytes.position(bytes.position() + length);
        }
        return true;
    }

    /** Receives chunks as they lie in the file, or null for one that was never written. */
    @FunctionalInterface
    interface ChunkVisitor {

        void accept(@Nullable ByteBuffer chunk) throws ArrayFileException;
    }

    static void forEachChunk(ChunkedDataset data, Claim claim, ChunkVisitor visitor) throws ArrayFileException {
        long[] shape = claim.shape();
        int[] chunk = data.getChunkDimensions();
        int[] at = new int[shape.length];
        int axis = 0;
        while (axis >= 0) {
            visitor.accept(raw(data, at));
            for (axis = shape.length - 1; axis >= 0; axis--) {
                // jHDF has no places beyond those of an int, and damaged chunks may have no extent.
                int next = Math.addExact(at[axis], Math.max(1, chunk[axis]));
                at[axis] = next < shape[axis] ? next : 0;
                if (at[axis] > 0) {
                    break;
                }
            }
        }
    }

    private static @Nullable ByteBuffer raw(ChunkedDataset data, int[] at) {
        try {
            return data.getRawChunkBuffer(at);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
