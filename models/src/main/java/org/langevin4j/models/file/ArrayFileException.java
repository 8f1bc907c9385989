package org.langevin4j.models.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file of arrays (gradients, Hessians, states) that cannot be used. The message is one line that names the file, the
 * array and the fault. It is checked: a file comes from outside, and its faults are no fault of the program.
 */
public final class ArrayFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Enough for any honest fault; what a hostile file says of itself may be long. */
    private static final int LONGEST_FAULT = 400;

    /**
     * A fault that was seen.
     *
     * @param file which file, for people
     * @param fault what is wrong with it, as the rest of a sentence that begins with the file
     */
    public ArrayFileException(String file, String fault) {
        this(file, fault, null);
    }

    /**
     * A fault that something else has reported.
     *
     * @param file which file, for people
     * @param fault what is wrong with it, as the rest of a sentence that begins with the file
     * @param cause what was reported
     */
    public ArrayFileException(String file, String fault, @Nullable Throwable cause) {
        super(
                oneLine(file + ": "
                        + (fault.length() <= LONGEST_FAULT ? fault : fault.substring(0, LONGEST_FAULT) + "…")),
                cause);
    }

    /** The failure itself if it says all that is to be said. */
    static ArrayFileException of(String file, IOException failure) {
        if (failure instanceof ArrayFileException said) {
            return said;
        }
        return new ArrayFileException(file, "cannot be read: " + failure, failure);
    }

    private static String oneLine(String message) {
        StringBuilder line = new StringBuilder(message.length());
        message.codePoints().forEach(c -> line.appendCodePoint(breaksLine(c) ? '?' : c));
        return line.toString();
    }

    private static boolean breaksLine(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == '\u2028' || codePoint == '\u2029';
    }
}
