package org.langevin4j.solvers.sweep;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.langevin4j.core.random.Seed;
import org.langevin4j.solvers.file.AtomicFile;

/**
 * The CSV file of a sweep: a header; then, while the sweep runs, a line for each point as it is finished; at the end the
 * same lines in the order of the sweep. Numbers are written so that they are read back to the last bit. A line without its
 * end, which a killed process may leave, is no line.
 */
final class SweepFile {

    private static final String REPLICA = "replica";
    private static final String SEED = "seed";

    private final Path file;
    private final List<String> names;
    private final List<String> columns;
    private final String header;

    SweepFile(Path file, List<String> names, List<String> columns) {
        this.file = file;
        this.names = names;
        this.columns = columns;
        this.header = String.join(",", titles(names, columns));
    }

    static List<String> titles(List<String> names, List<String> columns) {
        List<String> titles = new ArrayList<>(names);
        titles.add(REPLICA);
        titles.add(SEED);
        titles.addAll(columns);
        return titles;
    }

    /** Names must survive a comma-separated header. */
    static void requireName(String name) {
        boolean plain = !name.isBlank()
                && name.chars().noneMatch(c -> c == ',' || c == '"' || Character.isISOControl(c))
                && !name.equals(REPLICA)
                && !name.equals(SEED);
        if (!plain) {
            throw new IllegalArgumentException("name must be plain text without commas, quotes and control characters,"
                    + " and neither \"replica\" nor \"seed\", got \"" + name + "\"");
        }
    }

    /**
     * The finished points in the file, by their seeds; none if there is no file. What a kill left of a line is cut off.
     *
     * @throws IllegalArgumentException if the file is no sweep of these parameters and columns
     */
    Map<Seed, List<Double>> read() {
        if (!Files.exists(file)) {
            return new HashMap<>();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, end))
                    .toString();
            List<String> lines = text.lines().toList();
            if (lines.isEmpty() || !lines.get(0).equals(header)) {
                throw foreign(
                        1,
                        "its header must be \"" + header + "\", got \""
                                + (lines.isEmpty() ? "" : abbreviated(lines.get(0))) + "\"");
            }
            Map<Seed, List<Double>> finished = new HashMap<>();
            for (int k = 1; k < lines.size(); k++) {
                readLine(k + 1, lines.get(k), finished);
            }
            if (end < bytes.length) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(end);
                }
            }
            return finished;
        } catch (CharacterCodingException exception) {
            throw new IllegalArgumentException("sweep file " + file + " must be text in UTF-8", exception);
        } catch (IOException exception) {
            throw new UncheckedIOException("sweep file " + file + " cannot be read", exception);
        }
    }

    private void readLine(int number, String line, Map<Seed, List<Double>> finished) {
        String[] fields = line.split(",", -1);
        int first = names.size() + 2;
        if (fields.length != first + columns.size()) {
            throw foreign(number, "it must have " + (first + columns.size()) + " fields, got " + abbreviated(line));
        }
        try {
            Seed seed = Seed.of(Long.parseLong(fields[names.size() + 1]));
            List<Double> values = new ArrayList<>();
            for (int i = first; i < fields.length; i++) {
                values.add(Double.parseDouble(fields[i]));
            }
            finished.put(seed, values);
        } catch (NumberFormatException exception) {
            throw new IllegalArgumentException(
                    foreign(number, "it must hold numbers, got " + abbreviated(line))
                            .getMessage(),
                    exception);
        }
    }

    private IllegalArgumentException foreign(int line, String fault) {
        return new IllegalArgumentException("sweep file " + file + ", line " + line + ": " + fault);
    }

    private static String abbreviated(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }

    /** Opens the file to append; a new one gets its header at once, so that an unwritable place is found at the start. */
    BufferedWriter append() {
        try {
            boolean isNew = !Files.exists(file);
            BufferedWriter writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (isNew) {
                writer.write(header + "\n");
                writer.flush();
            }
            return writer;
        } catch (IOException exception) {
            throw new UncheckedIOException("sweep file " + file + " cannot be written", exception);
        }
    }

    String line(SweepResult.Row row) {
        List<String> fields = new ArrayList<>();
        row.point().values().forEach(value -> fields.add(Double.toString(value)));
        fields.add(Integer.toString(row.point().replica()));
        fields.add(Long.toString(row.point().seed().value()));
        row.values().forEach(value -> fields.add(Double.toString(value)));
        return String.join(",", fields) + "\n";
    }

    /** Puts the lines into the order of the sweep; the old file is there until the new one is whole. */
    void rewrite(List<SweepResult.Row> rows) throws IOException {
        StringBuilder text = new StringBuilder(header).append('\n');
        rows.forEach(row -> text.append(line(row)));
        AtomicFile.write(file, text.toString());
    }
}
