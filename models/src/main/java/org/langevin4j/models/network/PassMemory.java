package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;

/**
 * The working memory of one way forward through a network and back, for a number of groups of sixteen samples.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
class PassMemory<A> {

    /** Below that many numbers in a group threads cost more than they bring. */
    private static final int WORTH_THREADS = 4096;

    /** Arrays that a stage can have of its own. */
    private static final int OWN = 9;

    /** Of 2¹⁴ samples. */
    static final int MOST_GROUPS = 1024;

    final Kernels<A> kernels;
    final A weights;

    /** Whether groups are one mini-batch, with all that stages need for that. */
    final boolean training;

    /** μ and σ² of each batch normalisation: running averages in evaluation, those of the mini-batch in training. */
    final double[][] means;

    final double[][] variances;

    /** Groups in use, at most those there is memory for. */
    int groups;

    /** How many groups there is memory for. */
    final int capacity;

    /** Samples in the groups; the last lanes have none. */
    int samples;

    /** What goes into stage i, and after the last stage the logits. */
    final A[] values;

    /** The derivatives of the loss by them. */
    final A[] deltas;

    /** For each weight its derivative, lane by lane. */
    final A rows;

    /** The class of each sample. */
    final int[] labels;

    /** For each group a row with 1 where there is a sample and 0 where there is none. */
    final A present;

    /** Number of the first sample, of those that were chosen. */
    int first;

    /** What dropout depends on. */
    Seed seed = Seed.of(0);

    long step;

    private final A[][] packed;

    /** For each group but the first its own {@link #rows}, where groups are computed in parallel. */
    private final @Nullable A[] rowsOfGroups;

    private @Nullable A scratch;
    private @Nullable A otherRows;
    private float[] singles = {};
    private double[] doubles = {};
    private final boolean threads;

    /** How many rows of sixteen scratch arrays need for a group. */
    private final int largest;

    /**
     * Makes the memory.
     *
     * @param kernels of one precision
     * @param dimension number of weights
     * @param sizes rows that go into each stage, and after the last out of it
     * @param inPlace for each stage whether what goes out takes the place of what comes in
     * @param groups at most
     * @param statistics number of batch normalisations
     * @param training whether groups are one mini-batch
     */
    @SuppressWarnings("unchecked")
    PassMemory(
            Kernels<A> kernels,
            int dimension,
            int[] sizes,
            boolean[] inPlace,
            int groups,
            int statistics,
            boolean training) {
        this.kernels = kernels;
        this.groups = groups;
        this.training = training;
        this.samples = groups * LANES;
        int last = inPlace.length;
        this.weights = kernels.allocate(dimension);
        this.rows = kernels.allocate(dimension * LANES);
        this.present = kernels.allocate(groups * LANES);
        this.labels = new int[groups * LANES];
        this.means = new double[statistics][];
        this.variances = new double[statistics][];
        this.values = (A[]) new Object[last + 1];
        this.deltas = (A[]) new Object[last + 1];
        this.packed = (A[][]) new Object[last][OWN];
        this.rowsOfGroups = (@Nullable A[]) new Object[groups];
        values[0] = kernels.allocate(groups * sizes[0] * LANES);
        deltas[0] = kernels.allocate(0);
        int most = sizes[0];
        int mostOut = 0;
        for (int i = 0; i < last; i++) {
            int length = groups * sizes[i + 1] * LANES;
            values[i + 1] = inPlace[i] ? values[i] : kernels.allocate(length);
            deltas[i + 1] = inPlace[i] ? deltas[i] : kernels.allocate(length);
            mostOut = Math.max(mostOut, sizes[i + 1]);
        }
        this.largest = Math.max(most, mostOut);
        this.capacity = groups;
        this.threads = mostOut >= WORTH_THREADS && groups > 1;
    }

    /** An array that belongs to a stage; made when first asked for. */
    A packed(int stage, int which, int length) {
        A array = packed[stage][which];
        if (array == null) {
            array = kernels.allocate(length);
            packed[stage][which] = array;
        }
        return array;
    }

    /** As {@link #rows}, for a second term. */
    A otherRows() {
        A array = otherRows;
        if (array == null) {
            array = kernels.allocate(kernels.length(rows));
            otherRows = array;
        }
        return array;
    }

    /** Whether each group has its own derivatives, to be added afterwards. */
    boolean hasRowsOfGroups() {
        return threads;
    }

    /** Where a group puts its derivatives. */
    A rowsOf(int g) {
        if (g == 0 || !threads) {
            return rows;
        }
        A array = rowsOfGroups[g];
        if (array == null) {
            array = kernels.allocate(kernels.length(rows));
            rowsOfGroups[g] = array;
        }
        return array;
    }

    /** Adds what the groups have for some weights. */
    void addRowsOfGroups(int from, int count) {
        for (int g = 1; g < groups && threads; g++) {
            kernels.addMultiple(1.0, rowsOf(g), from * LANES, rows, from * LANES, count * LANES);
        }
    }

    float[] singles(int length) {
        if (singles.length < length) {
            singles = new float[length];
        }
        return singles;
    }

    double[] doubles(int length) {
        if (doubles.length < length) {
            doubles = new double[length];
        }
        return doubles;
    }

    /** For what goes into or out of any stage, of all groups. */
    A scratch() {
        A array = scratch;
        if (array == null) {
            array = kernels.allocate(largest * LANES * capacity);
            scratch = array;
        }
        return array;
    }

    /** For each group in use; in parallel where that is worth it. */
    void forEachGroup(IntConsumer task) {
        forEach(groups, task);
    }

    /** For each index below a number, in parallel where that is worth it. */
    void forEach(int count, IntConsumer task) {
        if (threads) {
            IntStream.range(0, count).parallel().forEach(task);
        } else {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
        }
    }
}
