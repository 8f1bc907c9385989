package org.langevin4j.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no network are refused in one line, and PyTorch is not given what is damaged. */
class TorchScriptFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "frozen, has no weights with a gradient",
        "half, must have weights of float32 or of float64",
        "weights, is a zip without a graph"
    })
    void networksThatCannotBeUsed(String name, String fault) {
        assertRefused(TorchScriptNetworkTest.file(name), name + ".pt: " + fault);
    }

    @Test
    void otherFiles() throws IOException {
        assertRefused(folder.resolve("missing.pt"), "missing.pt: there is no such file");
        assertRefused(folder, "there is no such file");
        assertRefused(Files.createFile(folder.resolve("empty.pt")), "empty.pt: is no TorchScript file");
        assertRefused(Files.writeString(folder.resolve("text.pt"), "weights"), "text.pt: is no TorchScript file");
    }

    /** A bomb of zeros, a name without a folder (it ended in an index of −1), and names that climb out. */
    @Test
    void entriesThatNoTorchWrites() throws IOException {
        assertRefused(zip("net/code/__torch__.py", new byte[1 << 24]), "damaged.pt: unpacks to more than 100 times");
        for (String entry : List.of("version", "/etc/passwd", "net/../../version", "net\\..\\version/")) {
            assertRefused(zip(entry, new byte[8]), "damaged.pt: is no TorchScript file: its entry");
        }
    }

    private Path zip(String entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(content);
        }
        return write(bytes.toByteArray());
    }

    @Test
    void everyTruncationIsSeen() throws IOException {
        byte[] whole = Files.readAllBytes(TorchScriptNetworkTest.file("dense"));
        for (int length = 0; length < whole.length; length += 97) {
            assertRefused(write(Arrays.copyOf(whole, length)), "damaged.pt: is ");
        }
    }

    /** A changed byte is seen, or is in a field of the zip that nobody reads. */
    @Test
    void changedBytesAreSeen() throws IOException {
        byte[] whole = Files.readAllBytes(TorchScriptNetworkTest.file("dense"));
        int refused = 0;
        for (int place = 0; place < whole.length; place += 97) {
            byte[] changed = whole.clone();
            changed[place] ^= 0x41;
            try {
                assertThat(TorchScriptNetwork.read(write(changed)).dimension()).isEqualTo(63);
            } catch (IOException e) {
                assertThat(e.getMessage()).contains("damaged.pt: ").hasLineCount(1);
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("damaged.pt"), bytes);
    }

    private static void assertRefused(Path file, String fault) {
        assertThatThrownBy(() -> TorchScriptNetwork.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(fault)
                .message()
                .hasLineCount(1);
    }
}
