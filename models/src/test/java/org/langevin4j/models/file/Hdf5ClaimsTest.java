package org.langevin4j.models.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.models.Budget;

/** HDF5 whose headers and chunks claim more than there is. */
class Hdf5ClaimsTest {

    private static final int LARGE = 2_000_000_000;

    @TempDir
    private Path folder;

    @Test
    void readsWhatIsCompressed() throws IOException {
        double[] numbers = IntStream.range(0, 64).asDoubleStream().toArray();
        assertThat(read(OtherFiles.HDF5_LZ4, "x")).containsExactly(numbers);
        assertThat(read(OtherFiles.HDF5_BITSHUFFLE, "x")).containsExactly(numbers);
        assertThat(read(OtherFiles.HDF5_LZF, "x")).hasSize(1024).containsOnly(7);
    }

    /** What was never written is zero, up to a limit. */
    @Test
    void refusesWhatTheFileCannotHold() throws IOException {
        double[] read = read(OtherFiles.HDF5_VAST, "y");
        assertThat(read).hasSize(1_000_000);
        assertThat(read[1]).isEqualTo(2.5);
        Path file = Files.write(folder.resolve("a.h5"), OtherFiles.HDF5_VAST);
        assertThatThrownBy(() -> ArrayFile.open(file).array("x"))
                .isInstanceOf(ArrayFileException.class)
                .hasMessageContaining("claims shape (3000, 3000) of float64, which the " + Files.size(file) + " bytes");
    }

    /** All of a chunk, its blocks, and one of them as packed; LZF says the first in the header. */
    @Test
    void refusesChunksThatClaimToBecomeTooLarge() throws IOException {
        assertRefused(OtherFiles.HDF5_LZ4, words(ByteOrder.BIG_ENDIAN, 0, 64), words(ByteOrder.BIG_ENDIAN, 0, LARGE));
        assertRefused(OtherFiles.HDF5_LZ4, words(ByteOrder.BIG_ENDIAN, 40, 40), words(ByteOrder.BIG_ENDIAN, LARGE, 40));
        assertRefused(OtherFiles.HDF5_LZ4, words(ByteOrder.BIG_ENDIAN, 40, 40), words(ByteOrder.BIG_ENDIAN, 40, LARGE));
        assertRefused(OtherFiles.HDF5_LZ4, words(ByteOrder.BIG_ENDIAN, 40, 40), words(ByteOrder.BIG_ENDIAN, 0, 40));
        byte[] block = words(ByteOrder.BIG_ENDIAN, 64, 64, 66);
        assertRefused(OtherFiles.HDF5_BITSHUFFLE, block, words(ByteOrder.BIG_ENDIAN, LARGE, 64, 66));
        assertRefused(OtherFiles.HDF5_BITSHUFFLE, block, words(ByteOrder.BIG_ENDIAN, 64, LARGE, 66));
        assertRefused(OtherFiles.HDF5_BITSHUFFLE, block, words(ByteOrder.BIG_ENDIAN, 64, 64, LARGE));
        byte[] lzf = words(ByteOrder.LITTLE_ENDIAN, 512, 0);
        assertRefused(OtherFiles.HDF5_LZF, lzf, words(ByteOrder.LITTLE_ENDIAN, LARGE, 0));
    }

    /** Sixty nodes of a tree, each of which leads twice to the next. */
    @Test
    void refusesPartsThatLeadToEachOther() throws IOException {
        byte[] sound = OtherFiles.HDF5_LZF;
        int root = new String(sound, ISO_8859_1).indexOf("TREE\0");
        ByteBuffer bytes = ByteBuffer.allocate(sound.length + 70 * 64).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(sound);
        for (int k = 0; k < 60; k++) {
            putNode(bytes, sound.length + 64 * k, sound.length + 64 * (k + 1));
        }
        bytes.put(sound.length + 64 * 60, Arrays.copyOfRange(sound, root, root + 64));
        putNode(bytes, root, sound.length);
        Path file = Files.write(folder.resolve("a.h5"), bytes.array());
        Budget.within(
                100_000L * Files.size(file),
                () -> assertThatThrownBy(() -> ArrayFile.open(file))
                        .isInstanceOf(ArrayFileException.class)
                        .hasMessageContaining("its parts lead to each other many times"));
    }

    private static void putNode(ByteBuffer bytes, int place, long next) {
        bytes.put(place, "TREE".getBytes(ISO_8859_1)).put(place + 4, (byte) 0).put(place + 5, (byte) 1);
        bytes.putShort(place + 6, (short) 2).putLong(place + 8, -1).putLong(place + 16, -1);
        bytes.putLong(place + 32, next).putLong(place + 48, next);
    }

    private void assertRefused(byte[] sound, byte[] from, byte[] to) throws IOException {
        Path file = Files.write(folder.resolve("a.h5"), replaced(sound, from, to));
        Budget.within(
                0,
                () -> assertThatThrownBy(() -> ArrayFile.open(file).array("x").read())
                        .isInstanceOf(ArrayFileException.class)
                        .hasMessageMatching(".*has a chunk of \\d+ bytes that claims more than it holds"));
    }

    private double[] read(byte[] bytes, String name) throws IOException {
        return ArrayFile.open(Files.write(folder.resolve("a.h5"), bytes))
                .array(name)
                .read()
                .values();
    }

    private static byte[] words(ByteOrder order, int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * words.length).order(order);
        for (int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }

    /** The one place with these bytes is changed. */
    private static byte[] replaced(byte[] bytes, byte[] from, byte[] to) {
        ByteBuffer changed = ByteBuffer.wrap(bytes.clone());
        int[] places = IntStream.rangeClosed(0, bytes.length - from.length)
                .filter(place -> ByteBuffer.wrap(from).equals(changed.slice(place, from.length)))
                .toArray();
        assertThat(places).hasSize(1);
        return changed.put(places[0], to).array();
    }
}
