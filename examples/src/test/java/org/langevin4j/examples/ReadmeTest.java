package org.langevin4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows compiles and runs as it stands. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");

    private static String read() {
        try {
            return Files.readString(README);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String block(String language) {
        Matcher matcher = Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(read());
        assertThat(matcher.find()).as("a block ```%s in README.md", language).isTrue();
        return matcher.group(1);
    }

    @Test
    void theJavaOfTheReadmeRuns(@TempDir Path folder) throws Exception {
        String body = block("java");
        StringBuilder imports = new StringBuilder();
        StringBuilder statements = new StringBuilder();
        body.lines()
                .forEach(line -> (line.startsWith("import ") ? imports : statements)
                        .append(line)
                        .append('\n'));
        Path source = folder.resolve("Readme.java");
        Files.writeString(
                source,
                imports + "public class Readme { public static void main(String[] args) {\n" + statements + "}}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-d", folder.toString(), "-classpath", System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s", messages).isTrue();
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Method main = loader.loadClass("Readme").getMethod("main", String[].class);
            main.invoke(null, (Object) new String[0]);
        }
    }

    @Test
    void theCommandsAreThere() {
        assertThat(block("sh test")).isEqualTo("mvn -B verify\n");
        assertThat(block("sh run")).contains("java -jar examples/target/langevin4j.jar run all --quick");
    }

    @Test
    void picturesOfTheReadmeExist() {
        Matcher matcher = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)").matcher(read());
        int count = 0;
        while (matcher.find()) {
            assertThat(Path.of("..").resolve(matcher.group(1))).exists();
            count++;
        }
        assertThat(count).isPositive();
    }
}
