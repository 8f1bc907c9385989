package org.langevin4j.solvers.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.langevin4j.core.random.Seed;
import org.langevin4j.solvers.sweep.SweepPlan;
import org.langevin4j.solvers.sweep.SweepResult;

/**
 * The Parquet folder of a sweep. The driver writes it itself, a file at a time, which has its name when it is whole:
 * jobs of Spark's would wait behind the points, and two that write to one folder sweep away each other's halves. Files
 * that begin with {@code _} or {@code .} are nobody's: Spark, Hadoop and this leave them out.
 */
final class SweepFolder {

    private final SweepPlan plan;
    private final Path folder;
    private final Configuration configuration;
    private final FileSystem files;
    private final MessageType schema;
    /** The files whose rows are known, and the seeds of these as they stand there. */
    private final Set<Path> known = new HashSet<>();

    private final List<Seed> order = new ArrayList<>();

    /** Makes the folder, so that an unwritable place is found at the start. */
    SweepFolder(Path folder, Configuration configuration, SweepPlan plan) throws IOException {
        this.plan = plan;
        this.folder = folder;
        this.configuration = configuration;
        this.files = folder.getFileSystem(configuration);
        this.schema = schema(plan);
        if (files.exists(folder) && !files.getFileStatus(folder).isDirectory()) {
            throw new IllegalArgumentException(this + " is a file");
        }
        files.mkdirs(folder);
        Path trial = hidden();
        files.create(trial).close();
        files.delete(trial, false);
    }

    private static MessageType schema(SweepPlan plan) {
        List<String> titles = plan.titles();
        int first = plan.names().size();
        Types.MessageTypeBuilder builder = Types.buildMessage();
        for (int i = 0; i < titles.size(); i++) {
            PrimitiveTypeName type = i == first
                    ? PrimitiveTypeName.INT32
                    : i == first + 1 ? PrimitiveTypeName.INT64 : PrimitiveTypeName.DOUBLE;
            builder.required(type).named(titles.get(i));
        }
        return builder.named("sweep");
    }

    private Path hidden() {
        return new Path(folder, "_" + UUID.randomUUID());
    }

    private Set<Path> there() throws IOException {
        Set<Path> there = new HashSet<>();
        for (FileStatus status : files.listStatus(folder)) {
            String name = status.getPath().getName();
            if (name.startsWith("_") || name.startsWith(".")) {
                continue;
            }
            if (status.isDirectory()) {
                throw new IllegalArgumentException(this + " holds a folder " + name + ", which no sweep writes");
            }
            there.add(status.getPath());
        }
        return there;
    }

    /**
     * Adds the points of the files that are not known yet.
     *
     * @throws IllegalArgumentException if they are not of this sweep
     */
    void read(Map<Seed, List<Double>> finished) throws IOException {
        Map<Seed, List<Double>> found = new HashMap<>();
        Set<Path> fresh = there();
        fresh.removeAll(known);
        for (Path file : fresh) {
            read(file, found);
        }
        plan.requireOurs(toString(), found.keySet());
        found.forEach((seed, values) -> put(finished, seed, values));
        known.addAll(fresh);
    }

    private void read(Path file, Map<Seed, List<Double>> found) throws IOException {
        requireSchema(file);
        try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), file)
                .withConf(configuration)
                .build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                for (String title : plan.titles()) {
                    if (group.getFieldRepetitionCount(title) == 0) {
                        throw new IllegalArgumentException(
                                this + ", file " + file.getName() + ", has a row without " + title);
                    }
                }
                List<Double> values = new ArrayList<>();
                for (String column : plan.columns()) {
                    values.add(group.getDouble(column, 0));
                }
                Seed seed = Seed.of(group.getLong("seed", 0));
                put(found, seed, values);
                order.add(seed);
            }
        } catch (ParquetRuntimeException damaged) {
            throw unreadable(file, damaged);
        }
    }

    /** A row that is there twice counts once; if its numbers differ, another function has been at work. */
    private void put(Map<Seed, List<Double>> finished, Seed seed, List<Double> values) {
        List<Double> other = finished.putIfAbsent(seed, values);
        if (other != null && !other.equals(values)) {
            throw new IllegalArgumentException(
                    this + " holds two rows of seed " + seed.value() + ", " + other + " and " + values);
        }
    }

    private void requireSchema(Path file) throws IOException {
        MessageType found;
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
            found = reader.getFooter().getFileMetaData().getSchema();
        } catch (RuntimeException damaged) {
            throw unreadable(file, damaged);
        }
        if (!described(found).equals(described(schema))) {
            throw new IllegalArgumentException(this + ", file " + file.getName() + ", must have the columns "
                    + described(schema) + ", got " + described(found));
        }
    }

    /** Not whether they may be missing: what Spark has copied says of every column that it may. */
    private static List<String> described(MessageType schema) {
        List<String> columns = new ArrayList<>();
        for (Type field : schema.getFields()) {
            boolean plain = field.isPrimitive()
                    && field.getLogicalTypeAnnotation() == null
                    && !field.isRepetition(Type.Repetition.REPEATED);
            columns.add(field.getName() + ": "
                    + (plain ? field.asPrimitiveType().getPrimitiveTypeName().name() : field.toString()));
        }
        return columns;
    }

    private IllegalArgumentException unreadable(Path file, RuntimeException damaged) {
        return new IllegalArgumentException(
                this + ", file " + file.getName() + ", cannot be read: " + damaged.getMessage(), damaged);
    }

    /** Adds a file with rows that no other has. */
    void append(List<SweepResult.Row> more) throws IOException {
        known.add(write(more));
        order.addAll(seeds(more));
    }

    private Path write(List<SweepResult.Row> more) throws IOException {
        Path unfinished = hidden();
        try {
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(
                            HadoopOutputFile.fromPath(unfinished, configuration))
                    .withConf(configuration)
                    .withType(schema)
                    .build()) {
                SimpleGroupFactory factory = new SimpleGroupFactory(schema);
                for (SweepResult.Row row : more) {
                    writer.write(group(factory.newGroup(), row));
                }
            }
            Path file = files.makeQualified(new Path(folder, "points-" + UUID.randomUUID() + ".parquet"));
            if (!files.rename(unfinished, file)) {
                throw new IOException(unfinished + " cannot be renamed to " + file.getName());
            }
            return file;
        } catch (IOException failed) {
            files.delete(unfinished, false);
            throw failed;
        }
    }

    private static Group group(Group group, SweepResult.Row row) {
        int at = 0;
        for (double value : row.point().values()) {
            group.add(at++, value);
        }
        group.add(at++, row.point().replica());
        group.add(at++, row.point().seed().value());
        for (double value : row.values()) {
            group.add(at++, value);
        }
        return group;
    }

    /** One file in the order of the sweep in place of the known ones, which are there until it is whole. */
    void tidy(List<SweepResult.Row> all) throws IOException {
        if (known.size() <= 1 && order.equals(seeds(all))) {
            return;
        }
        Path whole = write(all);
        for (Path old : known) {
            files.delete(old, false);
        }
        known.clear();
        known.add(whole);
        order.clear();
        order.addAll(seeds(all));
    }

    private static List<Seed> seeds(List<SweepResult.Row> rows) {
        return rows.stream().map(row -> row.point().seed()).toList();
    }

    @Override
    public String toString() {
        return "sweep folder " + folder;
    }
}
