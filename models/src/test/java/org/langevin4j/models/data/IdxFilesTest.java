package org.langevin4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.network.DataSet;

class IdxFilesTest {

    /** Three images of 2×3 pixels. */
    private static final byte[] IMAGES = Bytes.of(
            0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6, 128, 127, 0, 0,
            0, 9);

    private static final byte[] LABELS = Bytes.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areRead(boolean compressed) throws IOException {
        DataSet data = IdxFiles.read(
                write("images", compressed ? Bytes.gzip(IMAGES) : IMAGES),
                write("labels", compressed ? Bytes.gzip(LABELS) : LABELS),
                10);
        assertThat(data.labels()).containsExactly(7, 0, 9);
        assertThat(data.classes()).isEqualTo(10);
        assertThat(data.single(0)).containsExactly(0.0f, 0.2f, 0.4f, 0.6f, 0.8f, 1.0f);
        assertThat(data.single(2)).containsExactly(128 / 255.0f, 127 / 255.0f, 0.0f, 0.0f, 0.0f, 9 / 255.0f);
    }

    /** Wherever the file is cut, with its content or its compressed bytes. */
    @Test
    void areRefusedWhereverTheyAreCut() throws IOException {
        for (byte[] whole : List.of(IMAGES, Bytes.gzip(IMAGES))) {
            for (int length = 0; length < whole.length; length++) {
                assertThat(ofImages(Arrays.copyOf(whole, length))).contains(folder.resolve("images") + ": ");
            }
        }
        for (byte[] whole : List.of(LABELS, Bytes.gzip(LABELS))) {
            for (int length = 0; length < whole.length; length++) {
                assertThat(ofLabels(Arrays.copyOf(whole, length))).contains(folder.resolve("labels") + ": ");
            }
        }
        // Compressed after it was cut: gzip is whole, the content is not.
        for (int length = 0; length < IMAGES.length; length++) {
            assertThat(ofImages(Bytes.gzip(Arrays.copyOf(IMAGES, length)))).contains(folder.resolve("images") + ": ");
        }
    }

    /**
     * A changed byte of a compressed file is seen, or is one of those that say when, on what and by what it was
     * compressed.
     */
    @Test
    void areRefusedWithAnyByteChanged() throws IOException {
        byte[] whole = Bytes.gzip(IMAGES);
        Path labels = write("labels", LABELS);
        float[] last = IdxFiles.read(write("images", whole), labels, 10).single(2);
        int harmless = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x15;
            try {
                assertThat(IdxFiles.read(write("images", damaged), labels, 10).single(2))
                        .as("byte %d", at)
                        .containsExactly(last);
                harmless++;
            } catch (ArrayFileException e) {
                assertThat(e.getMessage())
                        .startsWith(folder.resolve("images") + ": ")
                        .hasLineCount(1);
            }
        }
        assertThat(harmless).isBetween(1, 10);
    }

    @Test
    void areRefusedIfSomethingFollows() throws IOException {
        byte[] one = new byte[1];
        assertThat(ofImages(Bytes.concat(IMAGES, one)))
                .endsWith("has trailing bytes: its header claims 3 images of 2×3, 18 bytes, but 19 are there");
        assertThat(ofLabels(Bytes.concat(LABELS, one)))
                .endsWith("has trailing bytes: its header claims 3 labels, 3 bytes, but 4 are there");
        assertThat(ofImages(Bytes.gzip(Bytes.concat(IMAGES, one))))
                .endsWith("has trailing bytes: more than the 34 that belong to it");
        for (int more : new int[] {1, 7, 8, 9, 100}) {
            assertThat(ofImages(Bytes.concat(Bytes.gzip(IMAGES), Bytes.filled(more, 0))))
                    .endsWith("has trailing bytes: it goes on after the end of its gzip data");
        }
        assertThat(ofImages(Bytes.concat(Bytes.gzip(IMAGES), Bytes.gzip(IMAGES))))
                .endsWith("has trailing bytes: more than the 34 that belong to it");
    }

    @Test
    void areRefusedIfTheyAreSomethingElse() throws IOException {
        assertThat(ofImages(LABELS))
                .endsWith("is no IDX file of images as unsigned bytes: it begins with 00000801 in place of 00000803; it"
                        + " holds labels");
        assertThat(ofLabels(IMAGES))
                .endsWith("is no IDX file of labels as unsigned bytes: it begins with 00000803 in place of 00000801; it"
                        + " holds images");
        assertThat(ofImages(changed(IMAGES, 2, 13)))
                .endsWith("is no IDX file of images as unsigned bytes: it begins with 00000d03 in place of 00000803");
        String unknown = "is no IDX file: it does not begin with two zeros, a type and a number of dimensions";
        assertThat(ofImages(changed(IMAGES, 0, 1))).endsWith(unknown);
        assertThat(ofImages(changed(IMAGES, 1, 255))).endsWith(unknown);
        assertThat(ofImages(Bytes.of(0, 0, 8))).endsWith(unknown);
        assertThat(ofImages(Bytes.of(0, 0, 8, 3, 0, 0))).endsWith("is truncated: it ends inside its IDX header");
        assertThat(ofImages(new byte[0])).endsWith("is empty");
        assertThat(Bytes.refusal(() -> IdxFiles.read(folder.resolve("none"), write("labels", LABELS), 10)))
                .isEqualTo(folder.resolve("none") + ": does not exist");
        assertThat(Bytes.refusal(() -> IdxFiles.read(folder, write("labels", LABELS), 10)))
                .isEqualTo(folder + ": is a directory");
    }

    @Test
    void areRefusedIfTheirPartsDoNotFit() throws IOException {
        Path two = write("two", Bytes.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 0));
        assertThat(Bytes.refusal(() -> IdxFiles.read(write("images", IMAGES), two, 10)))
                .isEqualTo(folder.resolve("images") + ": holds 3 images, but there are 2 labels in " + two);
        assertThat(Bytes.refusal(() -> IdxFiles.read(write("images", IMAGES), write("labels", LABELS), 9)))
                .isEqualTo(folder.resolve("labels")
                        + ": gives image 2 (counted from 0) the label 9, but there are 9 classes");
        assertThat(ofLabels(changed(LABELS, 9, 200)))
                .endsWith("gives image 1 (counted from 0) the label 200, but there are 10 classes");
        assertThat(ofImages(changed(IMAGES, 7, 0))).endsWith("holds nothing: its header claims 0 images of 2×3");
        assertThat(ofImages(changed(IMAGES, 15, 0))).endsWith("holds nothing: its header claims 3 images of 2×0");
        assertThat(ofLabels(changed(LABELS, 7, 0))).endsWith("holds nothing: its header claims 0 labels");
    }

    /** Nothing is allocated for what cannot be there: 2³² − 1 each way is 10²⁹ bytes. */
    @Test
    void areRefusedIfTheyClaimMoreThanTheyHold() throws IOException {
        byte[] all = IMAGES.clone();
        Arrays.fill(all, 4, 16, (byte) 255);
        String each = "cannot be used: its header claims 4294967295 images of 4294967295×4294967295, more than 16777216"
                + " pixels each";
        assertThat(ofImages(all)).endsWith(each);
        assertThat(ofImages(Bytes.gzip(all))).endsWith(each);
        byte[] count = IMAGES.clone();
        Arrays.fill(count, 4, 8, (byte) 255);
        assertThat(ofImages(count))
                .endsWith("is truncated: its header claims 4294967295 images of 2×3, 25769803770 bytes, of which 18 are"
                        + " there");
        assertThat(ofImages(Bytes.gzip(count)))
                .endsWith(
                        "is truncated: its header claims 4294967295 images of 2×3, 25769803770 bytes, more than it can"
                                + " be unpacked to");
        Path four = write("four", Bytes.of(0, 0, 8, 1, 0, 0, 0, 4, 7, 0, 9, 1));
        Path cut = write("images", Bytes.gzip(changed(IMAGES, 7, 4)));
        assertThat(Bytes.refusal(() -> IdxFiles.read(cut, four, 10)))
                .endsWith("is truncated: its header claims 4 images, of which 3 are there");
        byte[] labels = LABELS.clone();
        Arrays.fill(labels, 4, 8, (byte) 255);
        assertThat(ofLabels(labels))
                .endsWith("is truncated: its header claims 4294967295 labels, 4294967295 bytes, of which 3 are there");
        assertThat(ofLabels(Bytes.gzip(changed(LABELS, 6, 3))))
                .endsWith("is truncated: its header claims 771 labels, of which 3 are there");
    }

    /**
     * Bytes that no compression makes shorter, enough that the claim could be true, but more numbers than the heap
     * holds.
     */
    @Test
    void areRefusedIfTheHeapIsTooSmall() throws IOException {
        long count = Runtime.getRuntime().maxMemory() / 4 / 60_000 + 1;
        byte[] header = ByteBuffer.allocate(16)
                .putInt(0x803)
                .putInt((int) count)
                .putInt(200)
                .putInt(300)
                .array();
        byte[] noise = new byte[(int) (count * 60_000 / 1032) + 1];
        new SplittableRandom(1).nextBytes(noise);
        assertThat(ofImages(Bytes.gzip(Bytes.concat(header, noise))))
                .endsWith(": is too large: " + count + " images, as numbers, take more than the heap of "
                        + Runtime.getRuntime().maxMemory() + " bytes (option -Xmx)");
    }

    /** Any shape and content, compressed or not, comes back; cut or lengthened, it does not. */
    @Property(tries = 100)
    void comeBack(
            @ForAll @IntRange(min = 1, max = 40) int images,
            @ForAll @IntRange(min = 1, max = 9) int height,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll boolean compressed,
            @ForAll @LongRange(min = 0) long seed)
            throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[images * height * width];
        random.nextBytes(pixels);
        byte[] classes = new byte[images];
        for (int n = 0; n < images; n++) {
            classes[n] = (byte) random.nextInt(256);
        }
        byte[] ofImages = ByteBuffer.allocate(16 + pixels.length)
                .putInt(0x803)
                .putInt(images)
                .putInt(height)
                .putInt(width)
                .put(pixels)
                .array();
        byte[] ofLabels = ByteBuffer.allocate(8 + images)
                .putInt(0x801)
                .putInt(images)
                .put(classes)
                .array();
        Path home = Files.createTempDirectory("idx");
        try {
            Path first = Files.write(home.resolve("images"), compressed ? Bytes.gzip(ofImages) : ofImages);
            Path second = Files.write(home.resolve("labels"), compressed ? Bytes.gzip(ofLabels) : ofLabels);
            DataSet data = IdxFiles.read(first, second, 256);
            assertThat(data.size()).isEqualTo(images);
            for (int n = 0; n < images; n++) {
                assertThat(data.labels()[n]).isEqualTo(Byte.toUnsignedInt(classes[n]));
                float[] image = data.single(n);
                assertThat(image).hasSize(height * width);
                for (int p = 0; p < image.length; p++) {
                    assertThat(image[p]).isEqualTo(Byte.toUnsignedInt(pixels[n * image.length + p]) / 255.0f);
                }
            }
            byte[] written = Files.readAllBytes(first);
            int other = random.nextInt(2 * written.length);
            Files.write(first, Arrays.copyOf(written, other == written.length ? other + 1 : other));
            assertThat(Bytes.refusal(() -> IdxFiles.read(first, second, 256))).startsWith(first + ": ");
        } finally {
            Files.delete(home.resolve("images"));
            Files.delete(home.resolve("labels"));
            Files.delete(home);
        }
    }

    private static byte[] changed(byte[] bytes, int at, int to) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) to;
        return changed;
    }

    private String ofImages(byte[] bytes) throws IOException {
        Path images = write("images", bytes);
        Path labels = write("labels", LABELS);
        return Bytes.refusal(() -> IdxFiles.read(images, labels, 10));
    }

    private String ofLabels(byte[] bytes) throws IOException {
        Path images = write("images", IMAGES);
        Path labels = write("labels", bytes);
        return Bytes.refusal(() -> IdxFiles.read(images, labels, 10));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
