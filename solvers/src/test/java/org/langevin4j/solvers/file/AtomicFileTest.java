package org.langevin4j.solvers.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesAndReplaces() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.requireWritable(file);
        assertThat(file).doesNotExist();
        AtomicFile.write(file, "first, β");
        AtomicFile.write(file, "second");
        AtomicFile.requireWritable(file);
        assertThat(file).hasContent("second");
        assertThat(names()).containsExactly("a.txt");
        // As readable as any file of this process.
        Path plain = Files.createFile(folder.resolve("plain"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[200_000]);
                    throw new IOException("no more");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": no more");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    throw new IllegalStateException("a fault");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a.txt");
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("none/a.txt"), "x"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AtomicFile.requireWritable(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("it is a folder");
        assertThatThrownBy(() -> AtomicFile.write(folder, "x")).isInstanceOf(IOException.class);
    }

    /** Whoever is last is found, whole; nobody fails because of the others. */
    @Test
    void manyWritersOfOneFile() throws Exception {
        Path file = folder.resolve("a.txt");
        List<String> texts = IntStream.range(0, 8)
                .mapToObj(k -> ("writer " + k + " ").repeat(4000))
                .toList();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> writers = texts.stream()
                    .<Future<?>>map(text -> pool.submit(() -> {
                        for (int k = 0; k < 5; k++) {
                            AtomicFile.write(file, text);
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(texts).contains(Files.readString(file));
        assertThat(names()).containsExactly("a.txt");
    }

    /** Links that somebody has planted in place of the file or beside it lead nowhere. */
    @Test
    void noLinkIsFollowed() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "untouched");
        Path file = folder.resolve("a.txt");
        long pid = ProcessHandle.current().pid();
        Files.createSymbolicLink(file, victim);
        for (String beside : List.of("a.txt.tmp", "a.txt.new", "a.txt." + pid + "-0.new", "a.txt." + pid + "-1.new")) {
            Files.createSymbolicLink(folder.resolve(beside), victim);
        }
        AtomicFile.requireWritable(file);
        AtomicFile.write(file, "content");
        assertThat(victim).hasContent("untouched");
        assertThat(file).hasContent("content");
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(names()).hasSize(6);
    }

    @Test
    void whatAKilledProcessHasLeftIsRemoved() throws IOException {
        Path file = folder.resolve("a.txt");
        long gone = 4_000_000_000L;
        long pid = ProcessHandle.current().pid();
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        for (String name : List.of("a.txt." + gone + "-0.new", "a.txt." + pid + "-3.new", "b.txt." + gone + "-0.new")) {
            Files.setLastModifiedTime(Files.writeString(folder.resolve(name), "half"), old);
        }
        Files.writeString(folder.resolve("a.txt." + gone + "-7.new"), "of another machine, perhaps");
        AtomicFile.write(file, "content");
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "a.txt", "a.txt." + gone + "-7.new", "a.txt." + pid + "-3.new", "b.txt." + gone + "-0.new");
    }
}
