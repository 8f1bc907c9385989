package org.langevin4j.examples.cli.terminal;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the output goes: with a person watching, one line that comes and goes, and colour unless {@code NO_COLOR} is set. */
public final class Terminal {

    private static final int USUAL_WIDTH = 100;
    private static final String ERASE = "\r\u001b[2K";

    private final boolean watched;
    private final boolean colour;
    private final int width;
    private final PrintStream err =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

    private Terminal(boolean watched, boolean colour, int width) {
        this.watched = watched;
        this.colour = colour;
        this.width = width;
    }

    public static Terminal standard() {
        boolean watched = isTerminal(System.console());
        boolean colour = watched
                && Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty();
        return new Terminal(watched, colour, columns().orElse(USUAL_WIDTH));
    }

    /** What the shell says, if it exports it. */
    private static Optional<Integer> columns() {
        try {
            return Optional.ofNullable(System.getenv("COLUMNS"))
                    .map(Integer::valueOf)
                    .filter(columns -> columns >= 40);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
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

    public boolean isWatched() {
        return watched;
    }

    public int width() {
        return width;
    }

    public PrintStream err() {
        return err;
    }

    /** Shows what is under way, over what was shown before. */
    public void running(String words) {
        if (watched) {
            err.print(ERASE + words + " …");
            err.flush();
        }
    }

    /** Takes away what is shown. */
    public void erase() {
        if (watched) {
            err.print(ERASE);
            err.flush();
        }
    }

    /** Green or red where there is colour. */
    public String coloured(String line, boolean good) {
        return colour ? (good ? "\u001b[32m" : "\u001b[31m") + line + "\u001b[0m" : line;
    }
}
