package org.langevin4j.examples.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.langevin4j.core.model.DidYouMean;

/** How a result becomes a file. */
public enum ResultFormat {
    /** The table as one matrix, or else the first array; without names and units. */
    NPY("npy", NumpyFormat::writeTable),
    /** Every array by its name, and {@code metadata.json}. */
    NPZ("npz", NumpyFormat::writeAll),
    /** The table under a line of names; the rest in lines that begin with #. */
    CSV("csv", CsvFormat::write),
    /** Everything. */
    JSON("json", JsonFormat::write),
    /** A data set for each array with its unit as attribute; the rest as attributes of the file. */
    HDF5("h5", Hdf5Format::write);

    /** Writes all of a result. */
    @FunctionalInterface
    private interface Writer {
        void write(Result result, OutputStream out) throws IOException;
    }

    private final String suffix;

    @SuppressWarnings("ImmutableEnumChecker") // A method without state.
    private final Writer writer;

    ResultFormat(String suffix, Writer writer) {
        this.suffix = suffix;
        this.writer = writer;
    }

    /**
     * The format of a name.
     *
     * @param name of a file, or of a format alone
     * @return by what comes after the last point
     * @throws IllegalArgumentException if that is none
     */
    public static ResultFormat of(String name) {
        String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        List<String> known =
                Arrays.stream(values()).map(format -> format.suffix).toList();
        return Arrays.stream(values())
                .filter(format -> format.suffix.equals(suffix) || (format == HDF5 && suffix.equals("hdf5")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("format must be one of "
                        + known.stream().map(each -> "." + each).collect(Collectors.joining(", ")) + ", got '" + name
                        + "'" + (name.equals(suffix) ? DidYouMean.among(known, suffix) : "")));
    }

    /**
     * Whether the bytes are text.
     *
     * @return true for CSV and JSON
     */
    public boolean isText() {
        return this == CSV || this == JSON;
    }

    /**
     * Writes a result.
     *
     * @param result what
     * @param out where to; not closed
     * @throws IOException if it cannot be written
     */
    public void write(Result result, OutputStream out) throws IOException {
        writer.write(result, out);
    }
}
