package org.langevin4j.models.network;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A result that is put together from blocks of samples, on one machine or on many: partial results of blocks, whose size follows from the number
 * of samples alone, are merged along the one {@link PartialTree} over the blocks, in pure Java. So the result is to the bit a function of the gradients,
 * however the blocks are shared out.
 *
 * <p>Gradients are taken from a centre that is the same for all, the gradient of the first sample, so that no digits are lost where their spread is small beside their mean.
 *
 * @param <P> partial result
 * @param <R> result
 */
public interface SampleReduction<P extends Serializable, R> extends Serializable {

    /** Blocks are no more than that, so that few partial results are under way. */
    int MOST_BLOCKS = 1024;

    /**
     * D itself, from exact sums: d(d + 1)/2 numbers a partial result.
     *
     * @param sampling which matrix is meant
     * @return the reduction
     */
    static SampleReduction<?, MeasuredDiffusion> exact(Sampling sampling) {
        return new MomentsReduction(Objects.requireNonNull(sampling, "sampling"));
    }

    /**
     * A sketch of D, where d·d numbers are too many: (ℓ + 1)·d numbers a partial result.
     *
     * @param directions ℓ, at least 1; the error falls as 1/ℓ and faster where the spectrum does
     * @param sampling which matrix is meant
     * @return the reduction
     * @throws IllegalArgumentException if there are no directions
     */
    static SampleReduction<?, SketchedDiffusion> sketch(int directions, Sampling sampling) {
        return new SketchReduction(directions, Objects.requireNonNull(sampling, "sampling"));
    }

    /** Receives the gradients of the samples of a block, in their order. */
    interface Block<P> extends PerSampleGradients.Visitor {

        /**
         * The end of the block.
         *
         * @return of all that was received
         */
        P partial();
    }

    /**
     * How many samples are taken together in one step.
     *
     * @return at least 1
     */
    int step();

    /**
     * Begins a block.
     *
     * @param samples how many will come
     * @param centre length d
     * @return without samples
     */
    Block<P> block(int samples, double[] centre);

    /**
     * Merges neighbours.
     *
     * @param left of some samples, used up
     * @param right of the samples that follow, used up
     * @return of both
     */
    P merge(P left, P right);

    /**
     * The result.
     *
     * @param root of all samples, used up
     * @param gradients of all samples; only kept, not asked for
     * @param centre as for the blocks
     * @return what was wanted
     * @throws IllegalArgumentException if it overflows or underflows
     */
    R result(P root, PerSampleGradients gradients, double[] centre);

    /**
     * The number of samples in a block; fewer in the last.
     *
     * @param samples N
     * @return a multiple of {@link #step}
     */
    default int blockSize(int samples) {
        long most = (long) MOST_BLOCKS * step();
        return Math.toIntExact(step() * ((samples + most - 1) / most));
    }

    /**
     * The number of blocks.
     *
     * @param samples N
     * @return at most {@value #MOST_BLOCKS}
     */
    default int blocks(int samples) {
        int size = blockSize(samples);
        return (int) (((long) samples + size - 1) / size);
    }

    /**
     * The gradient of the first sample, from which the others are taken.
     *
     * @param gradients N×d
     * @return a copy
     * @throws IllegalArgumentException if there are fewer than two samples, or it is not finite
     */
    static double[] centre(PerSampleGradients gradients) {
        int d = gradients.dimension();
        MeasuredDiffusion.requireShape(gradients.samples(), d);
        double[] centre = new double[d];
        gradients.forEachBlock(0, 1, (first, rows, count) -> {
            NoiseFactor.requireFinite(rows[0], first, d);
            System.arraycopy(rows[0], 0, centre, 0, d);
        });
        return centre;
    }

    /**
     * The part of the tree that some blocks make up, in one pass over their samples.
     *
     * @param gradients N×d
     * @param centre as {@link #centre(PerSampleGradients)} has it
     * @param from number of the first block
     * @param to one more than that of the last
     * @return the largest nodes
     * @throws IllegalArgumentException if an entry is not finite, or too large to be squared
     */
    default List<PartialTree.Node<P>> nodes(PerSampleGradients gradients, double[] centre, int from, int to) {
        int n = gradients.samples();
        int size = blockSize(n);
        PartialTree<P> tree = new PartialTree<>(blocks(n), this::merge);
        int end = (int) Math.min(n, (long) to * size);
        gradients.forEachBlock(from * size, end, new PerSampleGradients.Visitor() {

            private int next = from * size;
            private Block<P> block = block(Math.min(size, end - next), centre);

            @Override
            public void accept(int first, double[][] rows, int count) {
                for (int done = 0; done < count; ) {
                    int of = next / size;
                    int stop = (int) Math.min(end, (of + 1L) * size);
                    int some = Math.min(count - done, stop - next);
                    block.accept(next, done == 0 ? rows : Arrays.copyOfRange(rows, done, done + some), some);
                    done += some;
                    next += some;
                    if (next == stop) {
                        tree.add(of, block.partial());
                        if (next < end) {
                            block = block(Math.min(size, end - next), centre);
                        }
                    }
                }
            }
        });
        return tree.nodes();
    }

    /**
     * All of it on this machine, in one thread.
     *
     * @param gradients N×d; N ≥ 2, all finite
     * @return the result
     * @throws IllegalArgumentException if there are fewer than two samples, an entry is not finite, or the result overflows or underflows
     */
    default R run(PerSampleGradients gradients) {
        double[] centre = centre(gradients);
        P root = nodes(gradients, centre, 0, blocks(gradients.samples())).get(0).partial();
        return result(root, gradients, centre);
    }
}
