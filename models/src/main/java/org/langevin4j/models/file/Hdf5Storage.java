package org.langevin4j.models.file;

import io.jhdf.Superblock;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What jHDF reads an HDF5 file from. Its own takes memory for all that a header claims before it looks whether that is there;
 * here each piece must lie within the file, and all pieces together are not much more than the file: parts that lead to each
 * other are not followed for ever.
 */
final class Hdf5Storage implements HdfBackingStorage, AutoCloseable {

    /** Bytes that may be read of any file. */
    private static final long FREE = 16L << 20;

    /** Times that a larger file may be read: headers and trees a few times, data once. */
    private static final long TIMES = 16;

    /** What a piece costs besides its bytes. */
    private static final long EACH = 64;

    private final FileChannel channel;
    private final Superblock superblock;
    private final long size;
    private long left;

    private Hdf5Storage(FileChannel channel, Superblock superblock, long size) {
        this.channel = channel;
        this.superblock = superblock;
        this.size = size;
        this.left = FREE + TIMES * size;
    }

    static Hdf5Storage open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long start = FileKind.hdf5Start(channel);
            Superblock superblock = Superblock.readSuperblock(channel, start);
            if (superblock.getBaseAddressByte() != start) {
                throw new HdfException(
                        "its addresses count from " + superblock.getBaseAddressByte() + ", not " + start);
            }
            return new Hdf5Storage(channel, superblock, channel.size());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public ByteBuffer readBufferFromAddress(long address, int length) {
        return map(address, length);
    }

    @Override
    public ByteBuffer map(long address, long length) {
        // −1 is nowhere, also where a user block is before all addresses.
        return mapNoOffset(address < 0 ? address : address + superblock.getBaseAddressByte(), length);
    }

    @Override
    public ByteBuffer mapNoOffset(long address, long length) {
        if (!(address >= 0 && length >= 0 && length <= Integer.MAX_VALUE && address <= size - length)) {
            throw new HdfException(length + " bytes are claimed at " + address + " of a file of " + size);
        }
        left -= length + EACH;
        if (left < 0) {
            throw new HdfException("its parts lead to each other many times");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, address + bytes.position()) < 0) {
                    throw new HdfException("it was cut while it was read");
                }
            }
        } catch (IOException e) {
            throw new HdfException("it cannot be read at " + address, e);
        }
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long getUserBlockSize() {
        return superblock.getBaseAddressByte();
    }

    @Override
    public Superblock getSuperblock() {
        return superblock;
    }

    @Override
    public FileChannel getFileChannel() {
        return channel;
    }

    @Override
    public int getSizeOfOffsets() {
        return superblock.getSizeOfOffsets();
    }

    @Override
    public int getSizeOfLengths() {
        return superblock.getSizeOfLengths();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new HdfException("it cannot be closed", e);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean inMemory() {
        return false;
    }
}
