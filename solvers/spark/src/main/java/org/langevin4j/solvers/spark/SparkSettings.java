package org.langevin4j.solvers.spark;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.langevin4j.solvers.cluster.Cluster;

/** What a session gets that nobody set up. */
final class SparkSettings {

    private static final String LOOPBACK = "127.0.0.1";

    private static final String LOGGING = "log4j2.configurationFile";

    private static final String PROVIDER = "slf4j.provider";

    private SparkSettings() {}

    /** A session at a master. Settings of {@code spark-submit} stay as they are. */
    static SparkSession session(String master) {
        if (System.getProperty(LOGGING) == null) {
            // Heard if nothing has been logged yet, as under spark-submit something has.
            System.setProperty(LOGGING, "classpath:langevin4j-spark-log4j2.properties");
        }
        if (System.getProperty(PROVIDER) == null) {
            // Otherwise SLF4J says that it has found others as well.
            System.setProperty(PROVIDER, "org.apache.logging.slf4j.SLF4JServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
        SparkConf settings = new SparkConf();
        if (!master.isEmpty()) {
            settings.setMaster(master);
        }
        settings.setIfMissing("spark.master", "local[*]");
        settings.setIfMissing("spark.app.name", "langevin4j");
        settings.setIfMissing("spark.ui.enabled", "false");
        // Answers are put away one by one, so that their sum need not fit.
        settings.setIfMissing("spark.driver.maxResultSize", "0");
        settings.setIfMissing("spark.executor.extraJavaOptions", "--add-modules jdk.incubator.vector");
        if (settings.get("spark.master").startsWith("local")) {
            // A machine whose own name nothing resolves can do it as well.
            settings.setIfMissing("spark.driver.bindAddress", LOOPBACK);
            settings.setIfMissing("spark.driver.host", LOOPBACK);
        } else {
            settings.setIfMissing("spark.jars", String.join(",", ownJars()));
        }
        return SparkSession.builder().config(settings).getOrCreate();
    }

    /** The jars on the class path that executors do not have: the library's, and that of the program. */
    private static Set<String> ownJars() {
        Set<String> jars = new LinkedHashSet<>();
        jar(Cluster.class).ifPresent(jars::add);
        jar(SparkSettings.class).ifPresent(jars::add);
        return jars;
    }

    private static Optional<String> jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(source.getLocation().toURI());
            return path.toString().endsWith(".jar") ? Optional.of(path.toUri().toString()) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
