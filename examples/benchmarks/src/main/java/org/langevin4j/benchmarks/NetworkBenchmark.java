package org.langevin4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The networks of Chaudhari and Soatto (2018) on random inputs, time for one sample. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class NetworkBenchmark {

    private static final int SAMPLES = 1024;

    /** Name of the network. */
    @Param({"tiny-fc", "small-fc", "small-lenet", "small-allcnn"})
    public String network = "";

    private Training training;
    private Network trained;
    private DataSet data;

    /** Draws inputs and weights. */
    @Setup
    public void prepare() {
        Architecture architecture = Architectures.byName(network);
        int features = architecture.inputs().size();
        double[][] columns = new double[features][SAMPLES];
        NormalStream.of(Seed.of(3)).fill(0, SAMPLES, 0, columns);
        float[][] inputs = new float[SAMPLES][features];
        int[] labels = new int[SAMPLES];
        for (int n = 0; n < SAMPLES; n++) {
            labels[n] = n % architecture.classes();
            for (int j = 0; j < features; j++) {
                inputs[n][j] = (float) columns[j][n];
            }
        }
        data = DataSet.ofSingles(inputs, labels, architecture.classes());
        trained = Network.initialised(architecture, Seed.of(1));
        training = Training.of(trained, Sgd.withRate(1e-3), data, Seed.of(2));
    }

    /**
     * Steps of training with mini-batches of 128.
     *
     * @return the mean loss
     */
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public double trainingSteps() {
        return training.run();
    }

    /**
     * Gradients of single samples.
     *
     * @param consumer of the gradients
     */
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public void gradientsOfSamples(Blackhole consumer) {
        trained.perSampleGradients(data).forEachBlock((first, rows, count) -> consumer.consume(rows));
    }
}
