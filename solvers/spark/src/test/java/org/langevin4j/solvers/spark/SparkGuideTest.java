package org.langevin4j.solvers.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/guide/spark.md compiles, runs and prints what it shows. */
class SparkGuideTest {

    private static final Path GUIDE = Path.of("../../docs/guide/spark.md");

    private static final Pattern BLOCK = Pattern.compile(
            "^```java langevin4j-spark\n(.*?)^```\n\n```text\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern SECONDS = Pattern.compile("\\b[0-9.]+ s\\b");

    private static final String MARK = "=== block ===";

    @Test
    void printsWhatItShows(@TempDir Path folder) throws Exception {
        List<String> code = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(GUIDE));
        while (block.find()) {
            code.add(block.group(1));
            shown.add(block.group(2));
        }
        assertThat(code).hasSize(3);
        String[] printed = run(folder, code).split(MARK, -1);
        for (int k = 0; k < shown.size(); k++) {
            assertThat(masked(printed[k])).as("output of%n%s", code.get(k)).isEqualTo(masked(shown.get(k)));
        }
    }

    private static String run(Path folder, List<String> code) throws Exception {
        String all = String.join("System.out.println(\"" + MARK + "\");\n", code);
        Pattern imports = Pattern.compile("^import .*;$", Pattern.MULTILINE);
        Path source = folder.resolve("Guide.java");
        Files.writeString(
                source,
                imports.matcher(all).results().map(match -> match.group()).collect(Collectors.joining("\n"))
                        + "\npublic class Guide { public static void main(String[] args) throws Exception {\n"
                        + imports.matcher(all).replaceAll("") + "}}");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), "-cp", classPath(), source.toString());
        assertThat(status).isZero();
        PrintStream before = System.out;
        ClassLoader loaderBefore = Thread.currentThread().getContextClassLoader();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, SparkGuideTest.class.getClassLoader())) {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            Thread.currentThread().setContextClassLoader(loader);
            loader.loadClass("Guide").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
            Thread.currentThread().setContextClassLoader(loaderBefore);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** With a manifest-only jar of Surefire's the property holds the whole. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static String masked(String text) {
        return SECONDS.matcher(text).replaceAll("… s").strip();
    }
}
