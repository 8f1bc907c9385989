package org.langevin4j.models.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder whose files are parts of the same arrays, rows below rows, in the order of the numbers in their names
 * ({@code g-0.npy}, {@code g-1.npy}, …; {@code g-00001-of-00003.safetensors}, …). A gap in the numbers is a missing
 * part. Files without a number in their name, and hidden ones, are left aside.
 */
record ShardFolder(Path path, List<ArrayFile> shards) implements ArrayFile {

    /** Endings such as {@code .npy.gz} and {@code .h5}, whose digits are no number. */
    private static final Pattern ENDING = Pattern.compile("(\\.[a-zA-Z][a-zA-Z0-9]*)+$");

    /** The last number is that of the part. */
    private static final Pattern NUMBER = Pattern.compile("(|.*\\D)([0-9]{1,18})(\\D*)");

    /** As Hugging Face has it: the last number is how many parts there are. */
    private static final Pattern NUMBER_OF = Pattern.compile("(|.*\\D)([0-9]{1,18})-of-([0-9]{1,18})(\\D*)");

    /** A file, the number in its name, how many there should be, and the rest of the name. */
    private record Shard(Path file, long number, long total, String rest) {

        static Optional<Shard> of(Path file) {
            String name = file.getFileName().toString();
            String stem = ENDING.matcher(name).replaceFirst("");
            String ending = name.substring(stem.length());
            Matcher of = NUMBER_OF.matcher(stem);
            if (of.matches()) {
                return Optional.of(new Shard(
                        file,
                        Long.parseLong(of.group(2)),
                        Long.parseLong(of.group(3)),
                        of.group(1) + "#" + of.group(4) + ending));
            }
            Matcher plain = NUMBER.matcher(stem);
            return plain.matches() && !name.startsWith(".")
                    ? Optional.of(new Shard(
                            file, Long.parseLong(plain.group(2)), -1, plain.group(1) + "#" + plain.group(3) + ending))
                    : Optional.empty();
        }
    }

    static ShardFolder open(Path folder) throws ArrayFileException {
        List<Shard> shards = list(folder);
        Shard first = shards.get(0);
        for (int k = 0; k < shards.size(); k++) {
            Shard shard = shards.get(k);
            if (!shard.rest.equals(first.rest) || shard.total != first.total) {
                throw fault(
                        folder,
                        "must hold parts whose names differ in their number only, got " + first.file.getFileName()
                                + " and " + shard.file.getFileName());
            }
            long expected = first.number + k;
            if (shard.number != expected) {
                throw fault(
                        folder,
                        shard.number < expected
                                ? "has two parts of the number " + shard.number
                                : "lacks the part of the number " + expected + ", before " + shard.file.getFileName());
            }
        }
        if (first.total >= 0 && first.total != shards.size()) {
            throw fault(folder, "must hold " + first.total + " parts by their names, got " + shards.size());
        }
        List<ArrayFile> files = new ArrayList<>();
        for (Shard shard : shards) {
            files.add(ArrayFile.open(shard.file));
        }
        return new ShardFolder(folder, files);
    }

    private static List<Shard> list(Path folder) throws ArrayFileException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Shard> shards = files.filter(Files::isRegularFile)
                    .flatMap(file -> Shard.of(file).stream())
                    .sorted(Comparator.comparingLong(Shard::number).thenComparing(Shard::file))
                    .toList();
            if (shards.isEmpty()) {
                throw fault(folder, "is a folder, and no file in it has a number in its name");
            }
            return shards;
        } catch (IOException e) {
            throw ArrayFileException.of(folder.toString(), e);
        }
    }

    private static ArrayFileException fault(Path folder, String fault) {
        return new ArrayFileException(folder.toString(), fault);
    }

    @Override
    public List<String> names() {
        return shards.get(0).names();
    }

    @Override
    public StoredArray array(String name) throws ArrayFileException {
        List<StoredArray> parts = new ArrayList<>();
        for (ArrayFile shard : shards) {
            parts.add(shard.array(name));
        }
        return Joined.rows(Names.shown(path, name), parts);
    }

    @Override
    public StoredArray only() throws ArrayFileException {
        List<StoredArray> parts = new ArrayList<>();
        for (ArrayFile shard : shards) {
            parts.add(shard.only());
        }
        return Joined.rows(path.toString(), parts);
    }
}
