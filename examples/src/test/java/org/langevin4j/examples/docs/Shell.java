package org.langevin4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;

/** JShell with the class path and the imports of the tool, into which lines are pasted. */
public final class Shell implements AutoCloseable {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final JShell shell;

    public Shell() {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        shell = JShell.builder()
                .out(out)
                .err(out)
                .remoteVMOptions("-Dfile.encoding=UTF-8", "-Xmx1g")
                .build();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            shell.addToClasspath(entry);
        }
        // What the tool itself imports: a star import of ours must get along with these.
        PagePrograms.IMPORTS.forEach(each -> evaluate("import " + each + ".*;"));
        // The control: with the dot on the next line the statement would end here.
        assertThat(shell.sourceCodeAnalysis()
                        .analyzeCompletion("var y = 1\n")
                        .completeness()
                        .isComplete())
                .isTrue();
    }

    /**
     * Line by line, as a paste does: a line that could be the end of a statement is one.
     *
     * @return what is printed
     */
    public String paste(String lines) {
        printed.reset();
        String pending = "";
        for (String line : lines.lines().toList()) {
            pending += line + "\n";
            SourceCodeAnalysis.CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(pending);
            while (info.completeness().isComplete()) {
                evaluate(info.source());
                info = shell.sourceCodeAnalysis().analyzeCompletion(info.remaining());
            }
            pending = info.remaining();
        }
        assertThat(pending.lines()
                        .map(String::strip)
                        .filter(line -> !line.startsWith("//"))
                        .reduce("", String::concat))
                .isBlank();
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private void evaluate(String source) {
        for (SnippetEvent event : shell.eval(source)) {
            assertThat(event.status())
                    .as("%s: %s", source, shell.diagnostics(event.snippet()).toList())
                    .isEqualTo(Snippet.Status.VALID);
            assertThat(event.exception()).as(source).isNull();
        }
    }

    @Override
    public void close() {
        shell.close();
    }
}
