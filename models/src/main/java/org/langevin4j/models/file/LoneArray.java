package org.langevin4j.models.file;

import java.nio.file.Path;
import java.util.List;

/** A file that is one array, which has no name. */
record LoneArray(Path path, StoredArray only) implements ArrayFile {

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public StoredArray array(String name) throws ArrayFileException {
        throw new ArrayFileException(path.toString(), "is one array, which has no name, got '" + name + "'");
    }
}
