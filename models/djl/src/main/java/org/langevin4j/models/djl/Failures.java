package org.langevin4j.models.djl;

import java.util.Arrays;
import java.util.List;

/** What PyTorch says of a failure takes many lines; the one that counts. */
final class Failures {

    private static final int LONGEST = 200;

    private Failures() {}

    /**
     * The line that says what is wrong.
     *
     * @param failure from PyTorch or DJL
     * @return one line
     */
    static String line(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        List<String> lines = Arrays.stream(message.split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String said = lines.stream()
                .filter(line -> line.matches("(RuntimeError|builtins\\.\\w+|\\w+Error): .+"))
                .reduce((first, second) -> second)
                .orElse(lines.get(0))
                .replaceFirst("^(RuntimeError|builtins\\.\\w+): ", "");
        return said.length() <= LONGEST ? said : said.substring(0, LONGEST) + "…";
    }
}
