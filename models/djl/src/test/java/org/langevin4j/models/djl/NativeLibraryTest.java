package org.langevin4j.models.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said in a virtual machine of its own that has no native library, or nowhere to put it. */
class NativeLibraryTest {

    @TempDir
    private Path folder;

    /** Reads a network and prints what is wrong. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] files) {
            try {
                System.out.println("read " + TorchScriptNetwork.read(Path.of(files[0])));
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void withoutItTheLineSaysWhatToAdd() throws Exception {
        Path cache = folder.resolve("cache");
        assertThat(printed(cache, "pytorch-native-cpu"))
                .matches("PyTorch's native library is not on the class path: "
                        + "add ai.djl.pytorch:pytorch-native-cpu:2\\.7\\.1 with the classifier \\w+-\\w+")
                .hasLineCount(1);
        assertThat(cache).doesNotExist();
    }

    @Test
    void withoutDjlTheLineSaysSo() throws Exception {
        assertThat(printed(folder, "ai" + File.separator + "djl"))
                .startsWith("the class path lacks a part of DJL (")
                .hasLineCount(1);
    }

    @Test
    void whereItCannotBeUnpackedTheLineSaysWhere() throws Exception {
        Path cache = Files.createFile(folder.resolve("file"));
        assertThat(printed(cache, " "))
                .startsWith("PyTorch's native library cannot be loaded from " + cache.resolve("pytorch"))
                .contains("DJL_CACHE_DIR")
                .hasLineCount(1);
    }

    /** What the reader prints on this class path without the entries that hold the given text. */
    private static String printed(Path cache, String without) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String left = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.contains(without))
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                left,
                Reader.class.getName(),
                TorchScriptNetworkTest.file("dense").toString()));
        builder.environment().put("DJL_CACHE_DIR", cache.toString());
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
