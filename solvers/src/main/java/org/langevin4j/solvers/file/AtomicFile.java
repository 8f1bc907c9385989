package org.langevin4j.solvers.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that a reader finds either old or new, never half written, also after a kill or a power cut.
 *
 * <p>The content goes to a file of another name in the same folder, that file to the disk, and then it is renamed in one go, and
 * the folder goes to the disk. The other name belongs to this process and this call alone, so that two runs that write one
 * file do not meet: the later one is found. No link is followed: one that stands in place of the file is replaced.
 * What a killed process has left of the same file is removed by the next who writes it.
 */
public final class AtomicFile {

    private static final int MOST_NAMES = 10_000;

    /** A process of another machine may still write; nobody needs longer between two writes than this. */
    private static final Duration FORSAKEN = Duration.ofMinutes(10);

    private AtomicFile() {}

    /** What is to be in a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes all of it.
         *
         * @param out buffered; need not be flushed, must not be closed
         * @throws IOException if that fails; the old file is then left as it is
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, or replaces it.
     *
     * @param file where to; its folder must exist
     * @param content what is to be in it
     * @throws IOException if it cannot be written; what was there before is still there
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        removeForsaken(target);
        Path aside = create(target);
        boolean moved = false;
        try {
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            moved = true;
        } catch (FileSystemException named) {
            throw named;
        } catch (IOException failed) {
            // Such as a full disk, of which the system does not say where.
            FileSystemException named = new FileSystemException(file.toString(), null, failed.getMessage());
            named.initCause(failed);
            throw named;
        } finally {
            // Once moved, the name may be that of another writer.
            if (!moved) {
                Files.deleteIfExists(aside);
            }
        }
        syncFolder(target);
    }

    /**
     * Writes a text file in UTF-8, or replaces it.
     *
     * @param file where to; its folder must exist
     * @param text what is to be in it
     * @throws IOException if it cannot be written; what was there before is still there
     */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Finds out whether a file can be written, before work is done for it. The file itself is not touched.
     *
     * @param file which one
     * @throws IOException if not
     */
    public static void requireWritable(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder");
        }
        Path target = file.toAbsolutePath();
        removeForsaken(target);
        Files.delete(create(target));
    }

    private static Path create(Path target) throws IOException {
        Path name = Objects.requireNonNull(target.getFileName(), "file");
        for (int k = 0; ; k++) {
            Path aside =
                    target.resolveSibling(name + "." + ProcessHandle.current().pid() + "-" + k + ".new");
            try {
                return Files.createFile(aside);
            } catch (FileAlreadyExistsException taken) {
                if (k == MOST_NAMES) {
                    throw taken;
                }
            }
        }
    }

    /** Those of processes that are no longer there. */
    private static void removeForsaken(Path target) {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        Pattern ours = Pattern.compile(Pattern.quote(target.getFileName() + ".") + "(\\d{1,18})-\\d+\\.new");
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(folder)) {
            for (Path path : beside) {
                Matcher matcher = ours.matcher(path.getFileName().toString());
                if (matcher.matches()
                        && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()
                        && Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                                .toInstant()
                                .isBefore(Instant.now().minus(FORSAKEN))) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // Rubbish that cannot be removed is no reason not to write.
        }
    }

    /** The rename too is to survive a power cut. Some systems do not let a folder be opened; there is nothing to do then. */
    private static void syncFolder(Path target) {
        Path folder = target.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // The file itself is whole either way.
        }
    }
}
