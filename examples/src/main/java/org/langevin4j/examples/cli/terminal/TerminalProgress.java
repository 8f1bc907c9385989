package org.langevin4j.examples.cli.terminal;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.langevin4j.examples.experiment.ProgressReporter;

/** A progress bar on standard error that vanishes when the work is done. */
public final class TerminalProgress implements ProgressReporter {

    private final Terminal terminal;

    private TerminalProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A progress bar if a person is watching, else nothing. */
    public static ProgressReporter on(Terminal terminal) {
        return terminal.isWatched() ? new TerminalProgress(terminal) : ProgressReporter.silent();
    }

    @Override
    public Task start(String title, long total) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(title)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .clearDisplayOnFinish()
                // A fixed width keeps the library from loading native code to ask the terminal.
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), terminal.width() - 1))
                .build();
        return new Task() {
            @Override
            public void advanceTo(long done) {
                bar.stepTo(done);
            }

            @Override
            public void close() {
                bar.close();
                terminal.erase();
            }
        };
    }
}
