package org.langevin4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.models.network.DataSet;

class CifarFilesTest {

    @TempDir
    private Path folder;

    /** Red, green and blue one after the other; byte p of the image is (p + shift) mod 256. */
    private static byte[] image(int shift, int... labels) {
        byte[] pixels = new byte[3072];
        for (int p = 0; p < pixels.length; p++) {
            pixels[p] = (byte) (p + shift);
        }
        return Bytes.concat(Bytes.of(labels), pixels);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areRead(boolean compressed) throws IOException {
        byte[] first = Bytes.concat(image(0, 3), image(5, 9));
        byte[] second = image(100, 0);
        DataSet data = CifarFiles.readCifar10(List.of(
                write("a", compressed ? Bytes.gzip(first) : first),
                write("b", compressed ? Bytes.gzip(second) : second)));
        assertThat(data.labels()).containsExactly(3, 9, 0);
        assertThat(data.classes()).isEqualTo(10);
        assertThat(data.features()).isEqualTo(3072);
        for (int p = 0; p < 3072; p++) {
            assertThat(data.single(1)[p]).isEqualTo((p + 5) % 256 / 255.0f);
            assertThat(data.single(2)[p]).isEqualTo((p + 100) % 256 / 255.0f);
        }
    }

    @Test
    void haveTwoKindsOfLabels() throws IOException {
        List<Path> files = List.of(write("a", Bytes.concat(image(0, 19, 99), image(1, 0, 50))));
        DataSet fine = CifarFiles.readCifar100(files, CifarFiles.Labels.FINE);
        DataSet coarse = CifarFiles.readCifar100(files, CifarFiles.Labels.COARSE);
        assertThat(fine.labels()).containsExactly(99, 50);
        assertThat(fine.classes()).isEqualTo(100);
        assertThat(coarse.labels()).containsExactly(19, 0);
        assertThat(coarse.classes()).isEqualTo(20);
        assertThat(fine.single(1)[0]).isEqualTo(1 / 255.0f);
    }

    @Test
    void areRefusedIfDamaged() throws IOException {
        byte[] two = Bytes.concat(image(0, 3), image(5, 9));
        for (int length : new int[] {1, 2, 3072, 3074, 4000, 6145}) {
            byte[] cut = Arrays.copyOf(two, length);
            assertThat(refusal(cut))
                    .isEqualTo(folder.resolve("b") + ": is truncated or of another format: its " + length
                            + " bytes are no whole number of images of 3073");
            assertThat(refusal(Bytes.gzip(cut)))
                    .isEqualTo(folder.resolve("b") + ": is truncated or of another format: image " + length / 3073
                            + " (counted from 0) has " + length % 3073 + " bytes in place of 3073");
        }
        byte[] packed = Bytes.gzip(two);
        for (int length = 0; length < packed.length; length++) {
            assertThat(refusal(Arrays.copyOf(packed, length))).startsWith(folder.resolve("b") + ": ");
        }
        assertThat(refusal(Arrays.copyOf(packed, packed.length - 3)))
                .endsWith(": is truncated: its gzip data end too early");
        assertThat(refusal(Bytes.concat(packed, new byte[5])))
                .endsWith(": has trailing bytes: it goes on after the end of its gzip data");
        assertThat(refusal(Bytes.concat(two, new byte[1])))
                .endsWith("its 6147 bytes are no whole number of images of 3073");
        byte[] wrong = packed.clone();
        wrong[wrong.length - 6]++;
        assertThat(refusal(wrong)).contains(": is damaged: ");
        assertThat(refusal(new byte[0])).endsWith(": is empty");
        assertThat(refusal(Bytes.gzip(new byte[0]))).endsWith(": holds no images");
    }

    /** A file with a hole in it, which takes no space: more images than the heap holds are not read one by one. */
    @Test
    void areRefusedIfTheHeapIsTooSmall() throws IOException {
        long images = Runtime.getRuntime().maxMemory() / 4 / 3072 + 1;
        Path path = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(images * 3073);
        }
        assertThat(Bytes.refusal(() -> CifarFiles.readCifar10(List.of(path))))
                .isEqualTo(path + ": is too large: " + images + " images, as numbers, take more than the heap of "
                        + Runtime.getRuntime().maxMemory() + " bytes (option -Xmx)");
    }

    @Test
    void areRefusedIfALabelIsOutOfRange() throws IOException {
        assertThat(refusal(Bytes.concat(image(0, 3), image(0, 10))))
                .endsWith(": gives image 1 (counted from 0) the label 10, but there are 10 classes");
        Path coarse = write("coarse", image(0, 20, 0));
        Path fine = write("fine", image(0, 0, 255));
        for (CifarFiles.Labels labels : CifarFiles.Labels.values()) {
            assertThat(Bytes.refusal(() -> CifarFiles.readCifar100(List.of(coarse), labels)))
                    .isEqualTo(
                            coarse + ": gives image 0 (counted from 0) the coarse label 20, but there are 20 classes");
            assertThat(Bytes.refusal(() -> CifarFiles.readCifar100(List.of(fine), labels)))
                    .isEqualTo(fine + ": gives image 0 (counted from 0) the fine label 255, but there are 100 classes");
        }
        assertThatThrownBy(() -> CifarFiles.readCifar10(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("files must be at least 1, got 0");
    }

    /** After a good one. */
    private String refusal(byte[] bytes) throws IOException {
        List<Path> files = List.of(write("a", image(0, 1)), write("b", bytes));
        return Bytes.refusal(() -> CifarFiles.readCifar10(files));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
