package org.langevin4j.models.network;

/**
 * A layer at its place in a network: from which rows to which, and where its weights are. Methods work on group g of sixteen samples of a
 * {@link PassMemory}; values[i] comes in and values[i + 1] goes out, and δ, the derivative of the loss by a value, goes the other way.
 */
abstract class Stage {

    /** Its number i among the stages. */
    final int index;

    final Shape in;
    final Shape out;

    /** Where its weights begin. */
    final int first;

    /** How many weights it has. */
    final int weights;

    Stage(int index, Shape in, Shape out, int first, int weights) {
        this.index = index;
        this.in = in;
        this.out = out;
        this.first = first;
        this.weights = weights;
    }

    /** Whether what goes out takes the place of what comes in; {@code before} is the stage from which that comes. */
    boolean inPlace(Stage before, boolean training) {
        return false;
    }

    /** Whether it looks at what went out again on the way back. */
    boolean keepsOutput() {
        return false;
    }

    /** Brings the weights into the order in which they are used. */
    <A> void prepare(PassMemory<A> pass) {}

    /** Takes over μ and σ² of the pass, where they are used. */
    <A> void useStatistics(PassMemory<A> pass) {}

    /** Evaluation. */
    abstract <A> void forward(PassMemory<A> pass, int g);

    /** From δ of what goes out to δ of what comes in, in evaluation. */
    abstract <A> void backward(PassMemory<A> pass, int g);

    /** Whether the derivatives by its weights are best summed over all groups at once, by {@link #gradientOfAll} in place of {@link #gradient}. */
    boolean takesAllGroups() {
        return false;
    }

    /** One row for each weight: its derivative, of one group and not summed over the sixteen lanes, or added to what is there. */
    <A> void gradient(PassMemory<A> pass, int g, A rows, boolean add) {}

    /** After {@link #gradient} of the only group, if that is asked for: the derivatives of each sample, one row of weights for each. */
    <A> void ofSamples(PassMemory<A> pass, double[][] to, int toFirst) {
        pass.kernels.lanes(pass.rows, first, weights, pass.samples, to, toFirst);
    }

    /** The same, summed over all groups. */
    <A> void gradientOfAll(PassMemory<A> pass, A rows) {}

    /** The directional derivative of {@link #forward}, along the weights and what comes in. */
    abstract <A> void forwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g);

    /** The directional derivative of {@link #backward}. */
    abstract <A> void backwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g);

    /** The directional derivative of {@link #gradient}, summed over all groups. */
    <A> void gradientTangent(PassMemory<A> pass, PassMemory<A> tangent, A rows) {}

    /** Whether in training what goes out depends on all groups: then {@link #meet} comes between what goes in and what goes out. */
    boolean couples() {
        return false;
    }

    /** In training, what the others have to know of a group before one can go on. */
    <A> void measure(PassMemory<A> pass, int g) {}

    /** In training, once all groups are measured. */
    <A> void meet(PassMemory<A> pass) {}

    /** In training on the way back, once all groups have their derivatives, which are in {@code pass.rows} as sums over groups. */
    <A> void meetBack(PassMemory<A> pass) {}

    /** In training. */
    <A> void forwardTraining(PassMemory<A> pass, int g) {
        forward(pass, g);
    }

    /** In training. */
    <A> void backwardTraining(PassMemory<A> pass, int g) {
        backward(pass, g);
    }
}
