package org.langevin4j.solvers.spark;

import org.apache.spark.sql.SparkSession;

/** Sessions in the process of a test. */
final class LocalSpark {

    private LocalSpark() {}

    /** Without its page, on the loopback interface, with few shuffle partitions for few rows. */
    static SparkSession session(String master) {
        return SparkSession.builder()
                .master(master)
                .appName("langevin4j")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
    }
}
