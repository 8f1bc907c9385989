package org.langevin4j.models.file;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HDF5, read by jHDF, and with it MATLAB's {@code .mat} of version 7.3, whose arrays lie there in Fortran order with
 * their extents reversed. Names are paths without the first slash. Data in one piece are mapped into memory; those in chunks are
 * read a few rows at a time.
 */
record Hdf5File(Path path, List<String> names, boolean matlab) implements ArrayFile {

    static Hdf5File open(Path file, boolean matlab) throws ArrayFileException {
        return reading(file, file.toString(), hdf -> {
            List<String> names = new ArrayList<>();
            collect(hdf, "", names, new HashSet<>());
            return new Hdf5File(file, names, matlab);
        });
    }

    /** What jHDF throws at a damaged file is of many kinds. */
    private static <T> T reading(Path file, String shown, Function<HdfFile, T> work) throws ArrayFileException {
        try (HdfFile hdf = mapped(file)) {
            return work.apply(hdf);
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            throw Hdf5Chunks.unreadable(shown, e);
        }
    }

    /**
     * Of a buffer jHDF takes slices, where of a file it takes memory for as much as a header claims: 2 GB at most, which a
     * file that is too long for a buffer has.
     */
    private static HdfFile mapped(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.size() > Integer.MAX_VALUE
                    ? new HdfFile(file)
                    : HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    /** Links are not followed, for they may lead to other files; nor is a group entered twice, for it may be in itself. */
    private static void collect(Group group, String prefix, List<String> names, Set<Long> entered) {
        if (!entered.add(group.getAddress())) {
            return;
        }
        for (Node node : group) {
            String name = prefix + node.getName();
            if (node.isLink() || name.startsWith("#")) {
                continue;
            }
            if (node instanceof Group inner) {
                collect(inner, name + "/", names, entered);
            } else if (node instanceof Dataset dataset && type(dataset.getDataType()) != null) {
                names.add(name);
            }
        }
    }

    private static @Nullable NumberType type(DataType type) {
        int bits = 8 * type.getSize();
        if (type instanceof FloatingPoint real && real.getBitOffset() == 0 && real.getBitPrecision() == bits) {
            return switch (100 * bits + real.getExponentSize()) {
                case 1605 -> NumberType.FLOAT16;
                case 1608 -> NumberType.BFLOAT16;
                case 3208 -> NumberType.FLOAT32;
                case 6411 -> NumberType.FLOAT64;
                default -> null;
            };
        }
        if (type instanceof FixedPoint integer && integer.getBitOffset() == 0 && integer.getBitPrecision() == bits) {
            return switch (integer.isSigned() ? bits : -bits) {
                case 8 -> NumberType.INT8;
                case 16 -> NumberType.INT16;
                case 32 -> NumberType.INT32;
                case 64 -> NumberType.INT64;
                case -8 -> NumberType.UINT8;
                case -16 -> NumberType.UINT16;
                case -32 -> NumberType.UINT32;
                case -64 -> NumberType.UINT64;
                default -> null;
            };
        }
        return null;
    }

    /** What is needed of a data set after its file is closed. */
    private record Found(List<Long> shape, NumberType type, OrderedDataType order, long place) {}

    @Override
    public StoredArray array(String asked) throws ArrayFileException {
        String name = asked.startsWith("/") ? asked.substring(1) : asked;
        if (!names.contains(name)) {
            throw Names.missing(path, name, names);
        }
        String shown = Names.shown(path, name);
        Found found = reading(path, shown, hdf -> {
            Dataset data = hdf.getDatasetByPath(name);
            NumberType type = type(data.getDataType());
            if (type == null || !(data.getDataType() instanceof OrderedDataType order)) {
                throw new IllegalArgumentException("it is no array of numbers");
            }
            if (data.isEmpty() || (data instanceof ContiguousDataset piece && piece.getDataAddress() < 0)) {
                throw new IllegalArgumentException("it was made, but never written");
            }
            long place = data instanceof ContiguousDataset piece ? piece.getDataAddress() + hdf.getUserBlockSize() : -1;
            return new Found(Arrays.stream(data.getDimensionsAsLong()).boxed().toList(), type, order, place);
        });
        boolean reversed = matlab && found.shape.size() > 1;
        Claim stored = Claim.of(shown, found.type.toString(), found.shape);
        Claim claim = reversed ? Claim.of(shown, stored.type(), backwards(stored.shape())) : stored;
        if (found.place >= 0) {
            return new StoredArray(claim, true, () -> {
                MappedNumbers numbers =
                        MappedNumbers.open(path, claim, found.place, found.type, found.order.getByteOrder());
                return reversed ? ColumnMajor.gathering(numbers, claim) : numbers;
            });
        }
        Hdf5Filters.requireBorneOut(stored, found.type, size());
        return new StoredArray(claim, false, () -> {
            NumberReader numbers = chunks(name, stored);
            return reversed ? ColumnMajor.inMemory(numbers, claim) : numbers;
        });
    }

    private long size() throws ArrayFileException {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw ArrayFileException.of(path.toString(), e);
        }
    }

    private NumberReader chunks(String name, Claim claim) throws IOException {
        HdfFile hdf = null;
        try {
            hdf = mapped(path);
            return new Hdf5Chunks(hdf, hdf.getDatasetByPath(name), claim);
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            if (hdf != null) {
                hdf.close();
            }
            throw Hdf5Chunks.unreadable(claim.shown(), e);
        }
    }

    private static long[] backwards(long[] shape) {
        long[] reversed = new long[shape.length];
        for (int axis = 0; axis < shape.length; axis++) {
            reversed[axis] = shape[shape.length - 1 - axis];
        }
        return reversed;
    }
}
