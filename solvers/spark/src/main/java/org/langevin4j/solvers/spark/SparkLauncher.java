package org.langevin4j.solvers.spark;

import org.langevin4j.solvers.cluster.Cluster;

/** Spark as a service. */
public final class SparkLauncher implements Cluster.Launcher {

    /** For the service loader. */
    public SparkLauncher() {}

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public Cluster launch(String address) {
        return SparkCluster.launch(address);
    }
}
