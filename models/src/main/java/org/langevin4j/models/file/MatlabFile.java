package org.langevin4j.models.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * MATLAB's {@code .mat} of the versions 5 to 7: arrays of less than 4 GB, which are read whole. Only numbers are read;
 * of cells, structures and objects no more than the name.
 *
 * <p>Source: MathWorks, MAT-File Format (2019), chapter 1.
 */
record MatlabFile(Path path, Map<String, Variable> variables) implements ArrayFile {

    /** Bytes before the first element: text, the place of the data of objects, the version, the order of bytes. */
    private static final int HEADER = 128;

    private static final int OBJECTS_AT = 116;
    private static final int ORDER_AT = 126;

    private static final int COMPLEX = 0x800;
    private static final int LOGICAL = 0x200;

    private static final int OPAQUE = 17;

    /** By their numbers. */
    private static final List<String> CLASSES = List.of(
            "unknown",
            "cell",
            "structure",
            "object",
            "character",
            "sparse",
            "float64",
            "float32",
            "int8",
            "uint8",
            "int16",
            "uint16",
            "int32",
            "uint32",
            "int64",
            "uint64",
            "function",
            "opaque");

    /**
     * What a variable says of itself.
     *
     * @param place bytes between the header of the file and the element
     */
    record Variable(String name, String type, List<Long> shape, boolean numbers, long place) {}

    /** Works on one element at the top. */
    @FunctionalInterface
    private interface Work<T> {

        T on(MatlabElement matrix) throws IOException;
    }

    static MatlabFile open(Path file) throws ArrayFileException {
        String shown = file.toString();
        Map<String, Variable> variables = new LinkedHashMap<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteBuffer header = header(in);
            long objects = header.getLong(OBJECTS_AT) - HEADER;
            MatlabElement all = MatlabElement.row(in, Files.size(file) - HEADER, header.order());
            while (all.hasNext()) {
                long place = all.position();
                Variable variable = inflated(all.next(), matrix -> describe(matrix, place));
                if (place != objects && variables.put(variable.name, variable) != null) {
                    throw new ArrayFileException(shown, "holds two variables of the name " + variable.name);
                }
            }
        } catch (IOException | OutOfMemoryError e) {
            throw unreadable(shown, e);
        }
        return new MatlabFile(file, variables);
    }

    private static ByteBuffer header(InputStream in) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER));
        if (header.remaining() < HEADER) {
            throw new IOException("it ends within its header");
        }
        return header.order(header.get(ORDER_AT) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    private static <T> T inflated(MatlabElement element, Work<T> work) throws IOException {
        Inflater inflater = new Inflater();
        try {
            return work.on(element.matrix(inflater));
        } finally {
            inflater.end();
        }
    }

    /** What comes before the content; what follows in the matrix are its numbers. */
    private static Variable describe(MatlabElement matrix, long place) throws IOException {
        int[] flags = matrix.next(MatlabElement.UINT32).integers();
        if (flags.length != 2) {
            throw new IOException("an array has " + flags.length + " words of flags, not 2");
        }
        int number = flags[0] & 0xFF;
        String type = CLASSES.get(number < CLASSES.size() ? number : 0);
        // Objects of the newer kinds have no shape.
        int[] shape =
                number == OPAQUE ? new int[0] : matrix.next(MatlabElement.INT32).integers();
        String name = new String(matrix.next(MatlabElement.INT8).bytes(), StandardCharsets.ISO_8859_1);
        int end = name.indexOf('\0');
        boolean numbers = type.contains("int") || type.startsWith("float");
        boolean complex = numbers && (flags[0] & COMPLEX) != 0;
        boolean logical = numbers && (flags[0] & LOGICAL) != 0;
        return new Variable(
                end < 0 ? name : name.substring(0, end),
                complex ? "complex" : logical ? "bool" : type,
                Arrays.stream(shape).asLongStream().boxed().toList(),
                numbers && !complex,
                place);
    }

    private static ArrayFileException unreadable(String shown, Throwable e) {
        if (e instanceof ArrayFileException known) {
            return known;
        }
        String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new ArrayFileException(shown, "cannot be read as .mat of version 5: " + what, e);
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
        return new StoredArray(claim, false, () -> numbers(variable, claim));
    }

    private NumberReader numbers(Variable variable, Claim claim) throws ArrayFileException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            ByteOrder order = header(in).order();
            in.skipNBytes(variable.place);
            MatlabElement rest = MatlabElement.row(in, Files.size(path) - HEADER - variable.place, order);
            return inflated(rest.next(), matrix -> {
                describe(matrix, variable.place);
                MatlabElement data = matrix.next();
                NumberType type = stored(data.type());
                if (type == null || data.size() != claim.count() * type.size()) {
                    throw new ArrayFileException(
                            claim.shown(),
                            "is damaged: it claims " + claim + ", and has " + data.size() + " bytes of "
                                    + (type == null ? "no numbers" : type));
                }
                return ColumnMajor.inMemory(
                        new StreamNumbers(data.stream(), claim, type, order, matrix::finish), claim);
            });
        } catch (IOException | OutOfMemoryError e) {
            throw unreadable(claim.shown(), e);
        }
    }

    /** Numbers of any class may be stored as smaller ones. */
    private static @Nullable NumberType stored(int type) {
        return switch (type) {
            case MatlabElement.INT8 -> NumberType.INT8;
            case 2 -> NumberType.UINT8;
            case 3 -> NumberType.INT16;
            case 4 -> NumberType.UINT16;
            case MatlabElement.INT32 -> NumberType.INT32;
            case MatlabElement.UINT32 -> NumberType.UINT32;
            case 7 -> NumberType.FLOAT32;
            case 9 -> NumberType.FLOAT64;
            case 12 -> NumberType.INT64;
            case 13 -> NumberType.UINT64;
            default -> null;
        };
    }
}
