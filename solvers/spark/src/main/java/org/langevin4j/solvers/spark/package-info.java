/**
 * The work of the library on Apache Spark, bit for bit that of one machine: ensembles of paths, by a
 * {@link org.langevin4j.solvers.cluster.DistributedEnsemble} on a {@link org.langevin4j.solvers.spark.SparkCluster}; sweeps
 * ({@link org.langevin4j.solvers.spark.SparkSweep}); and D(x) of gradients ({@link org.langevin4j.solvers.spark.SparkDiffusion}).
 */
@NullMarked
package org.langevin4j.solvers.spark;

import org.jspecify.annotations.NullMarked;
