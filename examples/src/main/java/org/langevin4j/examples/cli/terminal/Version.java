package org.langevin4j.examples.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version from the manifest of the jar, and the commit that it was built from. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String commit = commit();
        return new String[] {
            "langevin4j " + number() + (commit.isEmpty() ? "" : " (" + commit + ")"),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name", "unknown system")
        };
    }

    public static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }

    /** Written by the build; empty where it was not built from a repository. */
    public static String commit() {
        try (@Nullable InputStream in = Version.class.getResourceAsStream("/langevin4j-git.properties")) {
            if (in == null) {
                return "";
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("git.commit.id.describe", "");
        } catch (IOException e) {
            return "";
        }
    }
}
