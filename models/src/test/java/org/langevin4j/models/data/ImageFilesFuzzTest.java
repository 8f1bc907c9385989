package org.langevin4j.models.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.models.Budget;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.network.DataSet;

/** Any bytes give images or an {@link ArrayFileException} of one line, within the {@link Budget}. */
class ImageFilesFuzzTest {

    private static final Path FIRST = temporary();
    private static final Path SECOND = temporary();

    private static final byte[] IMAGES = Bytes.of(
            0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6, 128, 127, 0, 0,
            0, 9);

    private static final byte[] LABELS = Bytes.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9);

    private static Path temporary() {
        try {
            Path path = Files.createTempFile("fuzz", "");
            path.toFile().deleteOnExit();
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** The first byte is the length of the file of labels, the rest that file and then that of images. */
    @MethodSource("idxSeeds")
    @FuzzTest(maxDuration = "")
    void idx(byte[] bytes) throws IOException {
        int labels = bytes.length == 0 ? 0 : Math.min(bytes.length - 1, bytes[0] & 0xff);
        int start = Math.min(1, bytes.length);
        write(FIRST, Arrays.copyOfRange(bytes, start, start + labels));
        write(SECOND, Arrays.copyOfRange(bytes, start + labels, bytes.length));
        reading(bytes.length, () -> IdxFiles.read(SECOND, FIRST, 10));
    }

    @MethodSource("cifarSeeds")
    @FuzzTest(maxDuration = "")
    void cifar(byte[] bytes) throws IOException {
        write(FIRST, bytes);
        reading(bytes.length, () -> CifarFiles.readCifar10(List.of(FIRST)));
        reading(bytes.length, () -> CifarFiles.readCifar100(List.of(FIRST), CifarFiles.Labels.FINE));
    }

    /** Four bytes of a float for each of the file, which may be a thousand times longer than it was packed. */
    private static void reading(int length, Bytes.Reading reading) throws IOException {
        Budget.within(10L * 1032 * length, () -> {
            try {
                DataSet data = reading.run();
                for (int n = 0; n < data.size(); n += Math.max(1, data.size() - 1)) {
                    float first = data.single(n)[0];
                    if (!(first >= 0 && first <= 1 && data.labels()[n] < data.classes())) {
                        throw new AssertionError("pixel " + first + ", label " + data.labels()[n]);
                    }
                }
            } catch (ArrayFileException refused) {
                if (String.valueOf(refused.getMessage()).lines().count() != 1) {
                    throw new AssertionError("not one line", refused);
                }
            }
        });
    }

    static List<byte[]> idxSeeds() {
        byte[] packed = Bytes.gzip(LABELS);
        return List.of(
                Bytes.concat(Bytes.of(LABELS.length), LABELS, IMAGES),
                Bytes.concat(Bytes.of(packed.length), packed, Bytes.gzip(IMAGES)),
                // Claims of 2³² − 1 labels, and of 2³¹ − 1 images of 65,536 pixels.
                Bytes.concat(Bytes.of(11, 0, 0, 8, 1, 255, 255, 255, 255, 7, 0, 9), IMAGES),
                Bytes.concat(
                        Bytes.of(LABELS.length),
                        LABELS,
                        Bytes.of(0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 255, 255, 0, 0, 255, 255, 1)));
    }

    static List<byte[]> cifarSeeds() {
        byte[] ten = Bytes.filled(3073, 7);
        byte[] hundred = Bytes.filled(3074, 9);
        return List.of(
                ten,
                hundred,
                Bytes.gzip(ten),
                Bytes.gzip(hundred),
                Bytes.concat(ten, ten),
                // A bomb: a thousand images in some kilobytes.
                Bytes.gzip(Bytes.filled(3073 * 1000, 7)));
    }
}
