package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.BlockMath;

/**
 * One way forward through the stages of a network and back, in its working memory. Not safe for several threads.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Pass<A> extends PassMemory<A> {

    private final List<Stage> stages;

    Pass(Kernels<A> kernels, List<Stage> stages, int groups, int statistics, boolean training) {
        super(kernels, dimension(stages), sizes(stages), inPlace(stages, training), groups, statistics, training);
        this.stages = stages;
    }

    private static int dimension(List<Stage> stages) {
        Stage end = stages.get(stages.size() - 1);
        return end.first + end.weights;
    }

    private static int[] sizes(List<Stage> stages) {
        int[] sizes = new int[stages.size() + 1];
        sizes[0] = stages.get(0).in.size();
        for (int i = 0; i < stages.size(); i++) {
            sizes[i + 1] = stages.get(i).out.size();
        }
        return sizes;
    }

    private static boolean[] inPlace(List<Stage> stages, boolean training) {
        boolean[] inPlace = new boolean[stages.size()];
        for (int i = 1; i < inPlace.length; i++) {
            inPlace[i] = stages.get(i).inPlace(stages.get(i - 1), training);
        }
        return inPlace;
    }

    /** Sets the weights. */
    void prepare(double[] x) {
        for (int i = 0; i < x.length; i++) {
            kernels.set(weights, i, x[i]);
        }
        stages.forEach(stage -> stage.prepare(this));
    }

    /** Takes samples into the first lanes. */
    void load(DataSet data, int[] chosen, int from, int count) {
        first = from;
        samples = count;
        groups = (count + LANES - 1) / LANES;
        Shape shape = stages.get(0).in;
        kernels.fill(present, 0, groups * LANES, 0.0);
        kernels.fill(present, 0, count, 1.0);
        for (int s = 0; s < count; s++) {
            labels[s] = data.label(chosen[from + s]);
        }
        for (int g = 0; g < groups; g++) {
            int own = Math.min(LANES, count - g * LANES);
            data.interleave(chosen, from + g * LANES, own, this, shape, values[0], g * shape.size() * LANES);
        }
    }

    /** Takes over μ and σ² of the batch normalisations. */
    void useStatistics() {
        stages.forEach(stage -> stage.useStatistics(this));
    }

    /** All samples as one mini-batch: each group on its own to the next stage where they meet. */
    void forwardTraining() {
        int start = 0;
        for (int i = 0; i <= stages.size(); i++) {
            if (i == stages.size() || stages.get(i).couples()) {
                int from = start;
                int to = i;
                forEachGroup(g -> {
                    for (Stage stage : stages.subList(from, to)) {
                        stage.forwardTraining(this, g);
                    }
                    if (to < stages.size()) {
                        stages.get(to).measure(this, g);
                    }
                });
                if (i < stages.size()) {
                    stages.get(i).meet(this);
                }
                start = i;
            }
        }
    }

    void forward() {
        forEachGroup(g -> stages.forEach(stage -> stage.forward(this, g)));
    }

    /** From δ of the logits to that of each weight, in {@link #rows}, and back to the inputs but for the first stage. */
    void backward() {
        int top = stages.size();
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (i == 0 || (training && stages.get(i).couples())) {
                int from = top;
                int to = i;
                forEachGroup(g -> backward(from, to, g));
                if (training && stages.get(i).couples()) {
                    addRowsOfGroups(stages.get(i).first, stages.get(i).weights);
                    stages.get(i).meetBack(this);
                }
                top = i;
            }
        }
        forEach(stages.size(), i -> {
            Stage stage = stages.get(i);
            if (stage.takesAllGroups()) {
                stage.gradientOfAll(this, rows);
            } else if (!(training && stage.couples())) {
                addRowsOfGroups(stage.first, stage.weights);
            }
        });
    }

    /** From δ of the logits to the derivative of each sample of the only group by each weight, one row for each sample. */
    void backwardOfSamples(double[][] to, int first) {
        backward(stages.size(), 0, 0);
        stages.forEach(stage -> stage.ofSamples(this, to, first));
    }

    /** One group, from where the derivatives by the weights of a stage are known to where those of another are. */
    private void backward(int from, int to, int g) {
        for (int i = from; i >= to; i--) {
            if (i < from && !stages.get(i).takesAllGroups()) {
                stages.get(i).gradient(this, g, rowsOf(g), g > 0 && !hasRowsOfGroups());
            }
            if (i < stages.size() && i > to) {
                back(stages.get(i), g);
            }
        }
    }

    private void back(Stage stage, int g) {
        if (training) {
            stage.backwardTraining(this, g);
        } else {
            stage.backward(this, g);
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
}
