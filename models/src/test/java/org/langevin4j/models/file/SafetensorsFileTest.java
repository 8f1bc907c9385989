package org.langevin4j.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files made by hand after the format's README: length, header, data. */
class SafetensorsFileTest {

    private static final String TWO = "{'w':{'dtype':'F32','shape':[2,1],'data_offsets':[0,8]},"
            + "'b':{'dtype':'BF16','shape':[2],'data_offsets':[8,12]}, '__metadata__':{'made by':'\\u00fc\\n'}}  ";

    @TempDir
    Path folder;

    /** 1, −2 as float32 and bfloat16. */
    private static final byte[] DATA = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0, (byte) 0x80, 0x3f, 0, (byte) 0xc0
    };

    private Path file(String header, byte[] data) throws IOException {
        byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text).put(data);
        return Files.write(folder.resolve("a"), bytes.array());
    }

    @Test
    void readsArraysByName() throws IOException {
        Path file = file(TWO, DATA);
        assertThat(ArrayFile.open(file).names()).containsExactly("w", "b");
        assertThat(ArrayFile.find(file + ":w").read().toRows()).isDeepEqualTo(new double[][] {{1}, {-2}});
        assertThat(ArrayFile.find(file + ":b").read().toRows()).isDeepEqualTo(new double[][] {{1, -2}});
        assertThat(ArrayFile.find(file + ":w,b").read().toRows()).isDeepEqualTo(new double[][] {{1, 1}, {-2, -2}});
        assertThat(ArrayFile.find(file + ":b").type()).isEqualTo("bfloat16");
        assertThatThrownBy(() -> ArrayFile.find(file.toString())).hasMessageContaining("it holds w, b");
        assertThatThrownBy(() -> ArrayFile.find(file + ":c")).hasMessage(file + ": has no array 'c'; it holds w, b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}, 'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}} | the name 'a' comes twice
                    {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}} | array 'b': begins at byte 4 of the data, inside the array before it
                    {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}} | array 'b': begins at byte 8 of the data, and no array holds those from 4
                    {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}    | has 4 bytes after its last array
                    {'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}   | array 'a': is truncated: it ends at byte 16 of the data, of which 12 are there
                    {'a':{'dtype':'F32','shape':[4],'data_offsets':[0,12]}}   | claims shape (4,) of float32, 16 bytes, but its offsets span 12
                    {'a':{'dtype':'F32','shape':[3],'data_offsets':[12,0]}}   | has impossible offsets, 12 and 0
                    {'a':{'dtype':'F32','shape':[3],'data_offsets':[-4,8]}}   | has impossible offsets, -4 and 8
                    {'a':{'dtype':'F32','shape':[-3],'data_offsets':[0,12]}}  | has a negative shape
                    {'a':{'dtype':'F32','shape':[4294967296,4294967296,0],'data_offsets':[0,12]}} | is an empty array
                    {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,12]}} | product overflows
                    {'a':{'dtype':'F8_E4M3','shape':[12],'data_offsets':[0,12]}} | has dtype 'F8_E4M3'; only real numbers of 16 to 64 bits
                    {'a':{'dtype':'F32','shape':[3]}}                         | must have a dtype, a shape and two data_offsets
                    {'a':{'dtype':'F32','shape':3,'data_offsets':[0,12]}}     | must have a dtype, a shape and two data_offsets
                    {'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,12]}} | ',' is missing
                    {'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,12]}} | an integer of 64 bits
                    {'a':[[[[[[[[[[1]]]]]]]]]]}                               | too many brackets
                    {'a':'b                                                   | a string is not closed
                    {'a'                                                      | ':' is missing
                    {} x                                                      | text after the closing brace
                    """)
    void refusesFalseHeaders(String header, String fault) throws IOException {
        Path file = file(header, DATA);
        assertThatThrownBy(() -> ArrayFile.find(file + ":a"))
                .isInstanceOf(ArrayFileException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(fault);
    }

    @Test
    void refusesFalseLengths() throws IOException {
        Path file = file(TWO, DATA);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 9; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ArrayFile.find(file + ":b"))
                    .isInstanceOf(ArrayFileException.class)
                    .hasMessageContaining("is truncated");
        }
        whole[5] = 1;
        Files.write(file, whole);
        assertThatThrownBy(() -> ArrayFile.find(file + ":b"))
                .hasMessageContaining("is truncated: it claims a header of");
    }

    @Test
    void refusesEntriesThatAreNotFinite() throws IOException {
        byte[] data = DATA.clone();
        data[11] = 0x7f;
        data[10] = (byte) 0x80;
        Path file = file(TWO, data);
        assertThatThrownBy(() -> ArrayFile.find(file + ":b").read())
                .hasMessage(
                        file + ", array 'b': has the entry Infinity in row 0, column 1 (counted from 0); all must be"
                                + " finite");
    }

    @Test
    void survivesAnyBytes() throws IOException {
        Random random = new Random(20261129);
        byte[] whole = Files.readAllBytes(file(TWO, DATA));
        int refused = 0;
        for (int trial = 0; trial < 1000; trial++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            Path file = Files.write(folder.resolve("any"), bytes);
            try {
                ArrayFile.find(file + ":w").read();
            } catch (ArrayFileException e) {
                assertThat(e).hasMessageStartingWith(file.toString()).hasMessageMatching("\\P{Cntrl}+");
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 990);
    }
}
