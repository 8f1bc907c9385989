package org.langevin4j.models.file;

import java.nio.file.Path;
import java.util.List;

/** Names of arrays in messages. */
final class Names {

    private static final int SHOWN = 12;

    private Names() {}

    static String shown(Path file, String name) {
        return file + ", array '" + name + "'";
    }

    static String held(List<String> names) {
        if (names.isEmpty()) {
            return "holds no arrays";
        }
        List<String> some = names.size() > SHOWN ? names.subList(0, SHOWN) : names;
        return "holds " + String.join(", ", some)
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }

    static ArrayFileException missing(Path file, String name, List<String> names) {
        return new ArrayFileException(file.toString(), "has no array '" + name + "'; it " + held(names));
    }
}
