package org.langevin4j.examples.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version from the manifest of the jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(development)");
        return new String[] {
            "langevin4j " + version,
            "Java " + Runtime.version() + ", " + System.getProperty("os.name", "unknown system")
        };
    }
}
