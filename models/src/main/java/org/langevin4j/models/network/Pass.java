package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.random.Seed;

/**
 * The working memory of one way forward through a network and back, for a number of groups of sixteen samples. Not safe for several threads.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Pass<A> {

    /** Below that many numbers in a group threads cost more than they bring. */
    private static final int WORTH_THREADS = 4096;

    /** Of 2¹⁴ samples. */
    static final int MOST_GROUPS = 1024;

    final Kernels<A> kernels;
    final List<Stage> stages;
    final A weights;

    /** μ and σ² of each batch normalisation: running averages in evaluation, those of the mini-batch in training. */
    final double[][] means;

    final double[][] variances;

    /** Groups in use, at most those there is memory for. */
    int groups;

    /** Samples in the groups; the last lanes have none. */
    int samples;

    /** What goes into stage i, and after the last stage the logits. */
    final A[] values;

    /** The derivatives of the loss by them. */
    final A[] deltas;

    /** For each weight its derivative, lane by lane. */
    final A rows;

    /** A row of ones. */
    final A ones;

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
    private @Nullable A scratch;
    private @Nullable A otherRows;
    private float[] singles = {};
    private double[] doubles = {};
    private final boolean threads;

    @SuppressWarnings("unchecked")
    Pass(Kernels<A> kernels, List<Stage> stages, int groups, int statistics, boolean training) {
        this.kernels = kernels;
        this.stages = stages;
        this.groups = groups;
        this.samples = groups * LANES;
        int last = stages.size();
        Stage end = stages.get(last - 1);
        this.weights = kernels.allocate(end.first + end.weights);
        this.rows = kernels.allocate((end.first + end.weights) * LANES);
        this.ones = kernels.allocate(LANES);
        kernels.fill(ones, 0, LANES, 1.0);
        this.present = kernels.allocate(groups * LANES);
        this.labels = new int[groups * LANES];
        this.means = new double[statistics][];
        this.variances = new double[statistics][];
        this.values = (A[]) new Object[last + 1];
        this.deltas = (A[]) new Object[last + 1];
        this.packed = (A[][]) new Object[last][2];
        values[0] = kernels.allocate(groups * stages.get(0).in.size() * LANES);
        deltas[0] = kernels.allocate(0);
        int largest = 0;
        for (int i = 0; i < last; i++) {
            Stage stage = stages.get(i);
            boolean inPlace = i > 0 && stage.inPlace(stages.get(i - 1), training);
            int length = groups * stage.out.size() * LANES;
            values[i + 1] = inPlace ? values[i] : kernels.allocate(length);
            deltas[i + 1] = inPlace ? deltas[i] : kernels.allocate(length);
            largest = Math.max(largest, stage.out.size());
        }
        this.threads = largest >= WORTH_THREADS && groups > 1;
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
            Stage end = stages.get(stages.size() - 1);
            array = kernels.allocate((end.first + end.weights) * LANES);
            otherRows = array;
        }
        return array;
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

    A scratch(int length) {
        A array = scratch;
        if (array == null) {
            int largest = stages.stream()
                    .mapToInt(stage -> Math.max(stage.in.size(), stage.out.size()))
                    .max()
                    .orElseThrow();
            array = kernels.allocate(Math.max(length, largest * LANES * groups));
            scratch = array;
        }
        return array;
    }

    /** Sets the weights. */
    void prepare(double[] x) {
        for (int i = 0; i < x.length; i++) {
            kernels.set(weights, i, x[i]);
        }
        prepare();
    }

    /** After the weights have changed. */
    void prepare() {
        stages.forEach(stage -> stage.prepare(this));
    }

    /** Takes samples into the first lanes. */
    void load(DataSet data, int[] chosen, int from, int count) {
        first = from;
        samples = count;
        groups = (count + LANES - 1) / LANES;
        int features = stages.get(0).in.size();
        kernels.fill(present, 0, groups * LANES, 0.0);
        kernels.fill(present, 0, count, 1.0);
        for (int s = 0; s < count; s++) {
            labels[s] = data.label(chosen[from + s]);
        }
        for (int g = 0; g < groups; g++) {
            int own = Math.min(LANES, count - g * LANES);
            data.interleave(chosen, from + g * LANES, own, this, values[0], g * features * LANES);
        }
    }

    void forward() {
        forEachGroup(g -> stages.forEach(stage -> stage.forward(this, g)));
    }

    /** From δ of the logits to that of each weight, in {@link #rows}, and back to the inputs but for the first stage. */
    void backward(boolean training) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            Stage stage = stages.get(i);
            stage.gradient(this, rows);
            if (i > 0 && training) {
                stage.backwardTraining(this);
            } else if (i > 0) {
                forEachGroup(g -> stage.backward(this, g));
            }
        }
    }

    /** After {@link #forward}: the change of the logits along the weights of another pass, into the logits of that. */
    void logitsAlongWeights(Pass<A> tangent) {
        tangent.groups = groups;
        kernels.fill(tangent.values[0], 0, groups * stages.get(0).in.size() * LANES, 0.0);
        for (Stage stage : stages) {
            for (int g = 0; g < groups; g++) {
                stage.forwardTangent(this, tangent, g);
            }
        }
    }

    /** After these and {@link #crossEntropy} with w = 1: the directional derivative (p − e_y)·z′ of the loss of each sample. */
    void lossesAlongWeights(Pass<A> tangent, double[] changes) {
        int last = stages.size();
        int classes = stages.get(last - 1).out.size();
        for (int s = 0; s < samples; s++) {
            int start = s / LANES * classes * LANES + s % LANES;
            changes[s] = 0.0;
            for (int c = 0; c < classes; c++) {
                int i = start + c * LANES;
                changes[s] += kernels.get(deltas[last], i) * kernels.get(tangent.values[last], i);
            }
        }
    }

    /** After {@link #backward}: the change of {@link #rows} along the weights of another pass, into the rows of that. */
    void alongWeights(Pass<A> tangent) {
        logitsAlongWeights(tangent);
        crossEntropyTangent(tangent);
        for (int i = stages.size() - 1; i >= 0; i--) {
            Stage stage = stages.get(i);
            stage.gradientTangent(this, tangent, tangent.rows);
            for (int g = 0; g < groups && i > 0; g++) {
                stage.backwardTangent(this, tangent, g);
            }
        }
    }

    /**
     * The cross-entropy −log p_y of each sample, and δ = w(p − e_y) of the logits.
     *
     * @param weights w of each sample, all 1 if null
     * @param losses receives the losses
     * @param right receives whether the most probable class is y, the first of equal ones
     */
    void crossEntropy(double @Nullable [] weights, double[] losses, boolean[] right) {
        int last = stages.size();
        int classes = stages.get(last - 1).out.size();
        double[] p = new double[classes * LANES];
        double[] sum = new double[LANES];
        for (int g = 0; g < groups; g++) {
            for (int lane = 0; lane < LANES; lane++) {
                int s = g * LANES + lane;
                int best = 0;
                for (int c = 0; c < classes; c++) {
                    p[c * LANES + lane] = kernels.get(values[last], (g * classes + c) * LANES + lane);
                    best = p[c * LANES + lane] > p[best * LANES + lane] ? c : best;
                }
                double top = p[best * LANES + lane];
                for (int c = 0; c < classes; c++) {
                    p[c * LANES + lane] -= top;
                }
                if (s < samples) {
                    right[s] = best == labels[s];
                    losses[s] = -p[labels[s] * LANES + lane];
                }
            }
            BlockMath.exp(p, p.length, p);
            for (int lane = 0; lane < LANES; lane++) {
                int s = g * LANES + lane;
                sum[lane] = 0.0;
                for (int c = 0; c < classes; c++) {
                    sum[lane] += p[c * LANES + lane];
                }
                double own = s >= samples ? 0.0 : weights == null ? 1.0 : weights[s];
                for (int c = 0; c < classes; c++) {
                    double delta =
                            own == 0.0 ? 0.0 : own * (p[c * LANES + lane] / sum[lane] - (c == labels[s] ? 1.0 : 0.0));
                    kernels.set(deltas[last], (g * classes + c) * LANES + lane, delta);
                }
            }
            BlockMath.log(sum, LANES, sum);
            for (int lane = 0; lane < LANES && g * LANES + lane < samples; lane++) {
                losses[g * LANES + lane] += sum[lane];
            }
        }
    }

    /** The directional derivative of δ of the logits with w = 1: p ∘ (z′ − pᵀz′) for the change z′ of the logits. */
    void crossEntropyTangent(Pass<A> tangent) {
        int last = stages.size();
        int classes = stages.get(last - 1).out.size();
        for (int s = 0; s < groups * LANES; s++) {
            int start = s / LANES * classes * LANES + s % LANES;
            double mean = 0.0;
            for (int c = 0; c < classes; c++) {
                mean += probability(s, c, start) * kernels.get(tangent.values[last], start + c * LANES);
            }
            for (int c = 0; c < classes; c++) {
                double change = kernels.get(tangent.values[last], start + c * LANES) - mean;
                double value = s < samples ? probability(s, c, start) * change : 0.0;
                kernels.set(tangent.deltas[last], start + c * LANES, value);
            }
        }
    }

    /** From δ = p − e_y. */
    private double probability(int sample, int c, int start) {
        return kernels.get(deltas[stages.size()], start + c * LANES) + (c == labels[sample] ? 1.0 : 0.0);
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
