package org.langevin4j.models.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.format.Mat5Reader;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

/** MATLAB's {@code .mat} of the versions 5 to 7, read by MFL: arrays of at most 2 GB, which are read whole. */
record MatlabFile(Path path, Map<String, Variable> variables) implements ArrayFile {

    private static final Set<MatlabType> NUMBERS = Set.of(
            MatlabType.Double,
            MatlabType.Single,
            MatlabType.Int8,
            MatlabType.Int16,
            MatlabType.Int32,
            MatlabType.Int64,
            MatlabType.UInt8,
            MatlabType.UInt16,
            MatlabType.UInt32,
            MatlabType.UInt64);

    /** Deflate makes no more than this of a byte. */
    private static final long MOST_INFLATED = 1032;

    /** What a variable says of itself. */
    record Variable(String type, List<Long> shape, boolean numbers) {}

    static MatlabFile open(Path file) throws ArrayFileException {
        Map<String, Variable> variables = new LinkedHashMap<>();
        List<String> twice = new ArrayList<>();
        read(file, file.toString(), header -> {
            List<Long> shape =
                    Arrays.stream(header.getDimensions()).asLongStream().boxed().toList();
            boolean numbers = NUMBERS.contains(header.getType());
            String type = numbers && header.isComplex()
                    ? "complex"
                    : numbers && header.isLogical() ? "bool" : name(header.getType());
            Variable variable = new Variable(type, shape, numbers && !header.isComplex());
            if (variables.put(header.getName(), variable) != null) {
                twice.add(header.getName());
            }
            return false;
        });
        if (!twice.isEmpty()) {
            throw new ArrayFileException(file.toString(), "holds two variables of the name " + twice.get(0));
        }
        return new MatlabFile(file, variables);
    }

    private static String name(MatlabType type) {
        return type == MatlabType.Double
                ? "float64"
                : type == MatlabType.Single ? "float32" : type.name().toLowerCase(Locale.ROOT);
    }

    /** What MFL throws at a damaged file is of many kinds. */
    private static Mat5File read(Path file, String shown, Mat5Reader.EntryFilter filter) throws ArrayFileException {
        try (Source source = Sources.openFile(file.toFile())) {
            return Mat5.newReader(source)
                    .setEntryFilter(filter)
                    .setBufferAllocator(new Bounded(Files.size(file) * MOST_INFLATED))
                    .disableSubsystemProcessing()
                    .readMat();
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            Throwable cause = e;
            while (cause.getCause() != null && cause.getCause() != cause) {
                cause = cause.getCause();
            }
            String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new ArrayFileException(shown, "cannot be read as .mat of version 5: " + what, e);
        }
    }

    /** Gives no memory on the word of a header that the file cannot bear out. */
    private record Bounded(long most) implements BufferAllocator {

        @Override
        public ByteBuffer allocate(int size) {
            if (!(size >= 0 && size <= most)) {
                throw new IllegalArgumentException(size + " bytes are claimed, more than can be in the file");
            }
            return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        }

        @Override
        public void release(ByteBuffer buffer) {}
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        variables.forEach((name, variable) -> {
            if (variable.numbers) {
                names.add(name);
            }
        });
        return names;
    }

    @Override
    public StoredArray array(String name) throws ArrayFileException {
        Variable variable = variables.get(name);
        if (variable == null) {
            throw Names.missing(path, name, names());
        }
        String shown = Names.shown(path, name);
        if (!variable.numbers) {
            throw new ArrayFileException(shown, "is " + variable.type + "; only arrays of real numbers are read");
        }
        Claim claim = Claim.of(shown, variable.type, variable.shape);
        return new StoredArray(claim, false, () -> new MemoryNumbers(numbers(name, claim)));
    }

    private double[] numbers(String name, Claim claim) throws ArrayFileException {
        Growing.requireFits(claim.count(), claim);
        Mat5File file = read(path, claim.shown(), header -> header.getName().equals(name));
        Matrix matrix = file.getMatrix(name);
        try {
            double[] numbers = new double[matrix.getNumElements()];
            for (int k = 0; k < numbers.length; k++) {
                // MFL takes the highest bit of 64 for a sign.
                numbers[k] = matrix.getType() == MatlabType.UInt64
                        ? NumberType.unsigned(matrix.getLong(k))
                        : matrix.getDouble(k);
            }
            return ColumnMajor.transposed(numbers, claim.shape(), claim);
        } catch (OutOfMemoryError e) {
            throw Growing.tooLarge(claim.count(), claim, e);
        }
    }
}
