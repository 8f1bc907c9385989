package org.langevin4j.models.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MiniBatchGradient;
import org.langevin4j.models.network.Network;

/**
 * A network while it is trained. Runs epoch by epoch; what it does depends on the start, the method, the data and the seed alone, to the last bit, also
 * after {@link #save} and {@link #resume}. Not safe for several threads.
 */
public final class Training {

    /** What a mini-batch adds to the running averages. */
    private static final double SHARE = 0.1;

    private static final long MAGIC = 0x4c34_4a54_5241_494eL;

    private final Network start;
    private final Sgd sgd;
    private final DataSet data;
    private final Seed seed;
    private final MiniBatchGradient gradient;
    private final double[] weights;
    private final double[] velocity;
    private final double[] scratch;
    private final double[][] means;
    private final double[][] variances;
    private int epoch;

    private Training(Network start, Sgd sgd, DataSet data, Seed seed) {
        this.start = Objects.requireNonNull(start, "start");
        this.sgd = Objects.requireNonNull(sgd, "sgd");
        this.data = Objects.requireNonNull(data, "data");
        this.seed = Objects.requireNonNull(seed, "seed");
        this.gradient = new MiniBatchGradient(start.architecture(), start.precision(), sgd.batchSize());
        this.weights = start.weights();
        this.velocity = new double[weights.length];
        this.scratch = new double[weights.length];
        this.means = start.means();
        this.variances = start.variances();
    }

    /**
     * Training from the beginning.
     *
     * @param start the first weights and running averages; its precision is that of training
     * @param sgd the method
     * @param data what the mini-batches are drawn from
     * @param seed of the draws and of dropout
     * @return before its first epoch
     * @throws IllegalArgumentException if the data have other features or more classes than the network
     */
    public static Training of(Network start, Sgd sgd, DataSet data, Seed seed) {
        return new Training(start, sgd, data, seed);
    }

    /**
     * Training that goes on where another was saved, to the bits it would have reached.
     *
     * @param start as for {@link #of}, of the same architecture
     * @param sgd as for {@link #of}
     * @param data as for {@link #of}
     * @param seed as for {@link #of}
     * @param saved what {@link #save} has written
     * @return after as many epochs
     * @throws IOException if it cannot be read, or is not what another training of this kind has saved
     */
    public static Training resume(Network start, Sgd sgd, DataSet data, Seed seed, InputStream saved)
            throws IOException {
        Training training = new Training(start, sgd, data, seed);
        DataInputStream in = new DataInputStream(saved);
        try {
            if (in.readLong() != MAGIC) {
                throw new IOException("it is no saved training");
            }
            long identity = in.readLong();
            if (identity != training.identity()) {
                throw new IOException("it was saved by a training with another network, method, data or seed");
            }
            training.epoch = in.readInt();
            if (training.epoch < 0) {
                throw new IOException("it says that " + training.epoch + " epochs have been run");
            }
            training.read(in);
        } catch (EOFException cut) {
            throw new IOException("it ends too early", cut);
        }
        return training;
    }

    /**
     * Writes all that is needed to go on.
     *
     * @param out receives some 16 bytes a weight
     * @throws IOException if that fails
     */
    public void save(OutputStream out) throws IOException {
        DataOutputStream to = new DataOutputStream(out);
        to.writeLong(MAGIC);
        to.writeLong(identity());
        to.writeInt(epoch);
        for (double[] values : state()) {
            for (double value : values) {
                to.writeDouble(value);
            }
        }
        to.flush();
    }

    private void read(DataInputStream in) throws IOException {
        for (double[] values : state()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readDouble();
                if (!(Math.abs(values[i]) <= Double.MAX_VALUE)) {
                    throw new IOException("it holds a number that is not finite");
                }
            }
        }
        if (in.read() >= 0) {
            throw new IOException("it is too long");
        }
        for (double[] values : variances) {
            if (Arrays.stream(values).anyMatch(value -> value < 0.0)) {
                throw new IOException("it holds a negative variance");
            }
        }
    }

    private double[][] state() {
        double[][] state = new double[2 + 2 * means.length][];
        state[0] = weights;
        state[1] = velocity;
        System.arraycopy(means, 0, state, 2, means.length);
        System.arraycopy(variances, 0, state, 2 + means.length, means.length);
        return state;
    }

    /** Of what training depends on, but the rates of single epochs, which have no name. */
    private long identity() {
        return Objects.hash(
                        start.toString(),
                        Arrays.hashCode(start.weights()),
                        sgd.toString(),
                        data.fingerprint(),
                        start.architecture().layers().toString())
                ^ seed.derive(weights.length).value();
    }

    /**
     * Runs one epoch: as many samples as there are, mini-batch by mini-batch.
     *
     * @return the mean over the epoch of the losses of the mini-batches before their steps, in nats
     * @throws ArithmeticException if a weight or a loss is no longer finite; says at which step
     */
    public double run() {
        return run(data);
    }

    /**
     * Runs one epoch on other samples in place of the data, such as these augmented for {@link #epoch()}. They are not saved: who goes on gives
     * the same again.
     *
     * @param samples as many, with the features and classes of the data
     * @return as {@link #run()}
     * @throws ArithmeticException as {@link #run()}
     * @throws IllegalArgumentException if the samples have another shape than the data
     */
    public double run(DataSet samples) {
        return run(samples, weights -> {});
    }

    /**
     * Runs one epoch as {@link #run(DataSet)} does, and shows the weights after each step.
     *
     * @param samples as for {@link #run(DataSet)}
     * @param observer told of the weights after each step, in an array that is used again
     * @return as {@link #run()}
     * @throws ArithmeticException as {@link #run()}
     * @throws IllegalArgumentException if the samples have another shape than the data
     */
    public double run(DataSet samples, Consumer<double[]> observer) {
        if (samples.size() != data.size()
                || samples.features() != data.features()
                || samples.classes() != data.classes()) {
            throw new IllegalArgumentException("samples must be " + data + ", got " + samples);
        }
        int n = data.size();
        int b = sgd.batchSize();
        int[] chosen = sgd.batches().epoch(n, b, seed.derive(0), epoch);
        double eta = sgd.rate(epoch);
        Seed dropout = seed.derive(1);
        int steps = (n + b - 1) / b;
        double sum = 0.0;
        for (int s = 0; s < steps; s++) {
            int count = Math.min(b, n - s * b);
            double loss =
                    gradient.at(weights, samples, chosen, s * b, count, dropout, (long) epoch * steps + s, scratch);
            sum += loss * count;
            if (!(loss <= Double.MAX_VALUE)) {
                throw new ArithmeticException("the loss is " + loss + " in epoch " + epoch + ", step " + s
                        + ": the learning rate " + eta + " is too large");
            }
            sgd.move(weights, velocity, scratch, eta, start.precision());
            average();
            observer.accept(weights);
        }
        epoch++;
        return sum / n;
    }

    /** The running averages, of variances that are not biased, as deep learning has it. */
    private void average() {
        for (int i = 0; i < means.length; i++) {
            double count = gradient.count(i);
            double unbiased = count > 1.0 ? count / (count - 1.0) : 1.0;
            for (int c = 0; c < means[i].length; c++) {
                means[i][c] += SHARE * (gradient.mean(i, c) - means[i][c]);
                variances[i][c] += SHARE * (gradient.variance(i, c) * unbiased - variances[i][c]);
            }
        }
    }

    /**
     * How many epochs have been run.
     *
     * @return from 0
     */
    public int epoch() {
        return epoch;
    }

    /**
     * The network as it is now.
     *
     * @return with the last weights and running averages
     */
    public Network network() {
        return start.withWeights(weights).withStatistics(means, variances);
    }

    @Override
    public String toString() {
        return "training of " + start + " by " + sgd + " on " + data + ", after " + epoch + " epochs";
    }
}
