package org.langevin4j.models.file;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What a file says of an array in it. */
final class Claim {

    private final String shown;
    private final String type;
    private final long[] shape;
    private final long count;

    private Claim(String shown, String type, long[] shape, long count) {
        this.shown = shown;
        this.type = type;
        this.shape = shape;
        this.count = count;
    }

    static Claim of(String shown, String type, List<Long> shape) throws ArrayFileException {
        return of(shown, type, shape.stream().mapToLong(Long::longValue).toArray());
    }

    /** Checks the shape. */
    static Claim of(String shown, String type, long[] shape) throws ArrayFileException {
        String text = text(shape);
        for (long extent : shape) {
            if (!(extent >= 1)) {
                throw new ArrayFileException(
                        shown, extent < 0 ? "has a negative shape, " + text : "is an empty array of shape " + text);
            }
        }
        long count = 1;
        for (long extent : shape) {
            if (!(extent <= Long.MAX_VALUE / Double.BYTES / count)) {
                throw new ArrayFileException(shown, "claims shape " + text + ", whose product overflows");
            }
            count *= extent;
        }
        return new Claim(shown, type, shape.clone(), count);
    }

    /** File and array, for messages. */
    String shown() {
        return shown;
    }

    /** Such as float32. */
    String type() {
        return type;
    }

    /** Not to be modified; every extent is at least 1. */
    long[] shape() {
        return shape;
    }

    /** The product of the shape; eight times that is a long. */
    long count() {
        return count;
    }

    /** As Python writes it. */
    static String text(long[] shape) {
        String start = LongStream.of(shape).limit(8).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return "(" + start + (shape.length == 1 ? ",)" : shape.length > 8 ? ", …)" : ")");
    }

    ArrayFileException truncated(int size, long present) {
        return new ArrayFileException(
                shown,
                "is truncated: its header claims " + this + ", " + count * size + " bytes of data, of which " + present
                        + " are there");
    }

    /** Shape and type. */
    @Override
    public String toString() {
        return "shape " + text(shape) + " of " + type;
    }
}
