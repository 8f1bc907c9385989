package org.langevin4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages below docs/ show compiles, runs and prints what they show. README.md has a test of its own. */
class GuidesTest {

    /** {@code [text](target)} and {@code ![text](target)}, outside of code. */
    private static final Pattern LINK = Pattern.compile("\\[[^]\n]*]\\(([^)\\s]+)\\)");

    @TempDir
    private static Path folder;

    private static PagePrograms programs;

    static List<Page> pagesWithJava() throws IOException {
        return Page.all().stream()
                .filter(page -> !page.name().equals("README.md") && !page.java().isEmpty())
                .toList();
    }

    @BeforeAll
    static void compile() throws IOException {
        List<Page> pages = pagesWithJava();
        assertThat(pages).hasSizeGreaterThan(12);
        programs = PagePrograms.compile(pages, folder);
    }

    @ParameterizedTest
    @MethodSource("pagesWithJava")
    void printsWhatItShows(Page page) throws IOException, ReflectiveOperationException {
        List<String> printed = programs.run(page);
        for (int i = 0; i < printed.size(); i++) {
            Page.Block block = page.java().get(i);
            assertThat(Page.masked(printed.get(i)))
                    .as("output of%n%s", block.code())
                    .isEqualTo(Page.masked(block.output().orElse("")));
        }
    }

    /** No statement ends where a line ends before its own end: a paste into JShell would break it there. */
    @Test
    void everyPagePastes() throws IOException {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
            for (Page page : pagesWithJava()) {
                for (Page.Block block : page.java()) {
                    String pending = "";
                    for (String line : block.code().lines().toList()) {
                        pending += line + "\n";
                        SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(pending);
                        while (info.completeness().isComplete()) {
                            assertThat(info.source().strip())
                                    .as(page.name())
                                    .doesNotStartWith(".")
                                    .doesNotStartWith("else")
                                    .doesNotStartWith("catch");
                            info = analysis.analyzeCompletion(info.remaining());
                        }
                        pending = info.remaining();
                    }
                    assertThat(pending).as(page.name()).isBlank();
                }
            }
        }
    }

    @Test
    void theTutorialRunsInJShell() throws IOException {
        try (Shell shell = new Shell()) {
            String printed = shell.paste(Files.readString(Page.ROOT.resolve("docs/guide/tutorial.jsh")));
            // ∫ of Kramers' problem by quadrature: 18.42 for β = 8; e² = 7.389.
            assertThat(printed)
                    .contains("1000 of 1000 paths", "all paths came to the end")
                    .containsPattern("ρ\\(1\\)/ρ\\(0\\) = 7\\.3[789]\\d\\d, e\\^\\(β/4\\) = 7\\.3891")
                    .contains("Kramers 16.41")
                    .contains("barrier 0.2500000")
                    .contains("entropy production rate 0.26667");
        }
    }

    /** Only what needs PyTorch or Spark is not run here, where neither is on the class path; SparkGuideTest runs the latter. */
    @Test
    void noOtherJavaIsLeftOut() throws IOException {
        Stream<String> leftOut = Page.all().stream()
                .flatMap(page -> page.blocks().stream())
                .map(Page.Block::info)
                .filter(info -> info.startsWith("java") && !info.equals("java"));
        assertThat(leftOut.distinct()).containsExactlyInAnyOrder("java langevin4j-models-djl", "java langevin4j-spark");
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        int count = 0;
        for (Page page : Page.all()) {
            Matcher link = LINK.matcher(
                    page.text().replaceAll("(?ms)^```.*?^```$", "").replaceAll("`[^`\n]*`|\\$[^$\n]*\\$", ""));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://") && !target.startsWith("#")) {
                    assertThat(page.path().resolveSibling(target.replaceAll("#.*", "")))
                            .as("%s: %s", page, target)
                            .exists();
                    count++;
                }
            }
        }
        assertThat(count).isGreaterThan(50);
    }

    @Test
    void everyGuideIsInTheIndex() throws IOException {
        String index = Files.readString(Page.ROOT.resolve("docs/guide/README.md"));
        try (Stream<Path> files = Files.list(Page.ROOT.resolve("docs/guide"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
        }
    }
}
