package org.langevin4j.examples.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.experiment.ProgressReporter;

/** A progress bar on standard error. */
final class TerminalProgress implements ProgressReporter {

    private static final int WIDTH = 79;

    private TerminalProgress() {}

    /** A progress bar if a person is watching, else nothing. */
    static ProgressReporter ifTerminal() {
        return isTerminal(System.console()) ? new TerminalProgress() : ProgressReporter.silent();
    }

    /** Since Java 22 there can be a console without a terminal, and a method to tell. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    @Override
    public Task start(String title, long total) {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(title)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                // A fixed width keeps the library from loading native code to ask the terminal.
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .build();
        return new Task() {
            @Override
            public void advanceTo(long done) {
                bar.stepTo(done);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }
}
