package org.langevin4j.solvers.spark;

import org.apache.spark.TaskContext;
import org.langevin4j.solvers.cluster.Cluster;

/** The task of Spark that the calling thread does. */
final class SparkWorker implements Cluster.Worker {

    private final TaskContext task = TaskContext.get();

    @Override
    public int threads() {
        return task.cpus();
    }

    @Override
    public boolean isStopped() {
        return task.isInterrupted();
    }

    @Override
    public String toString() {
        return "task " + task.taskAttemptId();
    }
}
