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

    /** Evaluation. */
    abstract <A> void forward(PassMemory<A> pass, int g);

    /** From δ of what goes out to δ of what comes in, in evaluation. */
    abstract <A> void backward(PassMemory<A> pass, int g);

    /** One row for each weight: its derivative, summed over all groups but not over the sixteen lanes. */
    <A> void gradient(PassMemory<A> pass, A rows) {}

    /** The directional derivative of {@link #forward}, along the weights and what comes in. */
    abstract <A> void forwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g);

    /** The directional derivative of {@link #backward}. */
    abstract <A> void backwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g);

    /** The directional derivative of {@link #gradient}. */
    <A> void gradientTangent(PassMemory<A> pass, PassMemory<A> tangent, A rows) {}

    /** All groups as one mini-batch. */
    <A> void forwardTraining(PassMemory<A> pass) {
        pass.forEachGroup(g -> forward(pass, g));
    }

    /** All groups as one mini-batch, after {@link #gradient}. */
    <A> void backwardTraining(PassMemory<A> pass) {
        pass.forEachGroup(g -> backward(pass, g));
    }
}
