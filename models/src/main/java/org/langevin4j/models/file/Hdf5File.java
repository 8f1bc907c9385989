package org.langevin4j.models.file;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HDF5, read by jHDF, and with it MATLAB's {@code .mat} of version 7.3, whose arrays lie there in Fortran order with
 * their extents reversed. Names are paths without the first slash. Data in one piece are mapped into memory; those in chunks are
 * read a few rows at a time.
 *
 * @param places where the headers of the data sets are, by their names
 */
record Hdf5File(Path path, Map<String, Long> places, boolean matlab) implements ArrayFile {

    static Hdf5File open(Path file, boolean matlab) throws ArrayFileException {
        return reading(file, file.toString(), storage -> {
            Map<String, Long> places = Hdf5Tree.datasets(storage, data -> type(data.getDataType()) != null);
            return new Hdf5File(file, places, matlab);
        });
    }

    /** What jHDF throws at a damaged file is of many kinds. */
    private static <T> T reading(Path file, String shown, Function<Hdf5Storage, T> work) throws ArrayFileException {
        try (Hdf5Storage storage = Hdf5Storage.open(file)) {
            return work.apply(storage);
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw Hdf5Chunks.unreadable(shown, e);
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
    private record Found(List<Long> shape, NumberType type, OrderedDataType order, long place, long fileSize) {}

    @Override
    public List<String> names() {
        return List.copyOf(places.keySet());
    }

    @Override
    public StoredArray array(String asked) throws ArrayFileException {
        String name = asked.startsWith("/") ? asked.substring(1) : asked;
        Long header = places.get(name);
        if (header == null) {
            throw Names.missing(path, name, names());
        }
        String shown = Names.shown(path, name);
        Found found = reading(path, shown, storage -> {
            Dataset data = Hdf5Tree.dataset(storage, name, header);
            NumberType type = type(data.getDataType());
            if (type == null || !(data.getDataType() instanceof OrderedDataType order)) {
                throw new IllegalArgumentException("it is no array of numbers");
            }
            if (data.isEmpty() || (data instanceof ContiguousDataset piece && piece.getDataAddress() < 0)) {
                throw new IllegalArgumentException("it was made, but never written");
            }
            long place =
                    data instanceof ContiguousDataset piece ? piece.getDataAddress() + storage.getUserBlockSize() : -1;
            return new Found(
                    Arrays.stream(data.getDimensionsAsLong()).boxed().toList(), type, order, place, storage.size());
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
        Hdf5Filters.requireBorneOut(stored, found.type, found.fileSize);
        return new StoredArray(claim, false, () -> {
            NumberReader numbers = chunks(name, header, stored);
            return reversed ? ColumnMajor.inMemory(numbers, claim) : numbers;
        });
    }

    private NumberReader chunks(String name, long header, Claim claim) throws IOException {
        Hdf5Storage storage = Hdf5Storage.open(path);
        try {
            return new Hdf5Chunks(storage, Hdf5Tree.dataset(storage, name, header), claim);
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            storage.close();
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
