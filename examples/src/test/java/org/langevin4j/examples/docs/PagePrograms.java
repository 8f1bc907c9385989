package org.langevin4j.examples.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The Java of pages as programs: each page a class, its blocks one method, compiled together in one call, for a start of
 * JShell's own machine and a compilation of each line would take minutes.
 */
final class PagePrograms {

    /** What JShell imports by itself. */
    static final List<String> IMPORTS = List.of(
            "java.io",
            "java.math",
            "java.net",
            "java.nio.file",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.prefs",
            "java.util.regex",
            "java.util.stream");

    private static final char END_OF_BLOCK = '\u0001';

    private final Path folder;

    private PagePrograms(Path folder) {
        this.folder = folder;
    }

    private static String className(Page page) {
        return "Page_" + page.name().replaceAll("\\W", "_");
    }

    private static String source(Page page) {
        StringBuilder imports = new StringBuilder();
        IMPORTS.forEach(each -> imports.append("import ").append(each).append(".*;\n"));
        StringBuilder body = new StringBuilder();
        for (Page.Block block : page.java()) {
            block.code()
                    .lines()
                    .forEach(line -> (line.startsWith("import ") ? imports : body)
                            .append(line)
                            .append('\n'));
            body.append("System.out.print((char) ").append((int) END_OF_BLOCK).append(");\n");
        }
        return imports + "public final class " + className(page) + " {\npublic static void run() throws Exception {\n"
                + body + "}\n}\n";
    }

    static PagePrograms compile(List<Page> pages, Path folder) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Page page : pages) {
            sources.add(Files.writeString(folder.resolve(className(page) + ".java"), source(page)));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    folder.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-encoding",
                                    "UTF-8"),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiled) {
                throw new AssertionError(messages);
            }
        }
        return new PagePrograms(folder);
    }

    /** What each block prints. */
    List<String> run(Page page) throws IOException, ReflectiveOperationException {
        PrintStream usual = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(className(page)).getMethod("run").invoke(null);
        } catch (InvocationTargetException e) {
            throw new AssertionError(page + " fails after " + printed.toString(StandardCharsets.UTF_8), e.getCause());
        } finally {
            System.setOut(usual);
        }
        String all = printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        List<String> outputs = List.of(all.split(String.valueOf(END_OF_BLOCK), -1));
        return outputs.subList(0, page.java().size());
    }
}
