package org.langevin4j.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of Markdown with its blocks of code. Blocks {@code java} of a page run one after the other; a block {@code text} right
 * after one is what it prints.
 */
public record Page(Path path, String text, List<Block> blocks) {

    private static final Pattern FENCE =
            Pattern.compile("^```([^\n]*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** What takes another time each time. */
    private static final Pattern SECONDS = Pattern.compile("\\b[0-9.]+(e-[0-9]+)? s\\b");

    /** What is rounding and nothing else: below 1e-13. */
    private static final Pattern ROUNDING = Pattern.compile("-?\\b[0-9.]+e-(1[4-9]|[2-9][0-9]|[1-3][0-9]{2})\\b");

    /** A fenced block: its info string, its text, and the output shown below it. */
    public record Block(String info, String code, Optional<String> output) {

        public boolean isJava() {
            return info.equals("java");
        }
    }

    /** Where Maven runs the tests of this module: the folder of the project is one up. */
    public static final Path ROOT = Path.of("..");

    public static Page read(Path path) throws IOException {
        String text = Files.readString(path);
        List<Block> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(text);
        int end = 0;
        while (fence.find()) {
            String info = fence.group(1);
            int last = blocks.size() - 1;
            if (info.equals("text")
                    && last >= 0
                    && blocks.get(last).isJava()
                    && blocks.get(last).output().isEmpty()
                    && text.substring(end, fence.start()).isBlank()) {
                blocks.set(last, new Block("java", blocks.get(last).code(), Optional.of(fence.group(2))));
            } else {
                blocks.add(new Block(info, fence.group(2), Optional.empty()));
            }
            end = fence.end();
        }
        return new Page(path, text, List.copyOf(blocks));
    }

    /** README.md and all pages below docs/. */
    public static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>(List.of(read(ROOT.resolve("README.md"))));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(read(file));
            }
        }
        return pages;
    }

    public List<Block> java() {
        return blocks.stream().filter(Block::isJava).toList();
    }

    /** Such as {@code guide/first-sde.md}. */
    String name() {
        return ROOT.relativize(path).toString().replace('\\', '/');
    }

    /** The same output but for its times and its rounding errors. */
    public static String masked(String output) {
        return ROUNDING.matcher(SECONDS.matcher(output).replaceAll("… s"))
                .replaceAll("…")
                .strip();
    }

    @Override
    public String toString() {
        return name();
    }
}
