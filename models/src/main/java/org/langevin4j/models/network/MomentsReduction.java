package org.langevin4j.models.network;

import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;

/** D from second moments. Sums are computed in Java, whose bits are the same on every processor and for any number of threads. */
record MomentsReduction(Sampling sampling) implements SampleReduction<GradientMoments, MeasuredDiffusion> {

    private static final long serialVersionUID = 1L;

    /** So many that the d²/2 numbers of a partial result are made and merged in little of the time. */
    private static final int STEP = 256;

    @Override
    public int step() {
        return STEP;
    }

    @Override
    public Block<GradientMoments> block(int samples, double[] centre) {
        CentredSum sum = new CentredSum(LinearAlgebra.pureJava().gram(centre.length), Math.min(STEP, samples), centre);
        return new Block<>() {
            @Override
            public void accept(int first, double[][] rows, int count) {
                sum.accept(first, rows, count);
            }

            @Override
            public GradientMoments partial() {
                sum.flush();
                return GradientMoments.of(sum);
            }
        };
    }

    @Override
    public GradientMoments merge(GradientMoments left, GradientMoments right) {
        return left.merge(right);
    }

    @Override
    public MeasuredDiffusion result(GradientMoments root, PerSampleGradients gradients, double[] centre) {
        int d = centre.length;
        CentredSum sum = new CentredSum(LinearAlgebra.forOrder(d).gram(d), 1, centre);
        root.restore(sum);
        double[] mean = Vectors.moved(root.mean(), centre, 1.0);
        return new MeasuredDiffusion(root.count(), mean, SummedNoises.of(gradients, sampling, sum, mean));
    }
}
