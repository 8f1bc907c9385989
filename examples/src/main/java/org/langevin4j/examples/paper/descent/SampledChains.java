package org.langevin4j.examples.paper.descent;

import java.util.List;
import java.util.stream.IntStream;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.random.UniformStream;
import org.langevin4j.core.sde.StochasticGradientDescent;
import org.langevin4j.core.statistics.RunningMoments;

/** Independent chains of stochastic gradient descent, and moments of functions of where they end. */
final class SampledChains {

    /** Chains of one share of the work. */
    private static final int SHARE = 4096;

    private SampledChains() {}

    /** The gradient of one sample, times a factor, added. */
    interface SampleGradient {
        void add(int sample, double[] x, double factor, double[] out);
    }

    /** From {@code start}; mini-batches with replacement. */
    static RunningMoments run(
            SampleGradient gradient,
            int samples,
            StochasticGradientDescent descent,
            int batch,
            double[] start,
            int steps,
            int chains,
            Seed seed,
            VectorField function,
            int values) {
        UniformStream stream = UniformStream.of(seed);
        List<RunningMoments> shares = IntStream.range(0, (chains + SHARE - 1) / SHARE)
                .parallel()
                .mapToObj(share -> {
                    RunningMoments moments = new RunningMoments(values);
                    double[] out = new double[values];
                    for (int chain = share * SHARE; chain < Math.min(chains, (share + 1) * SHARE); chain++) {
                        double[] x = start.clone();
                        double[] v = new double[x.length];
                        for (int step = 0; step < steps; step++) {
                            double[] g = new double[x.length];
                            for (int j = 0; j < batch; j++) {
                                gradient.add((int) (samples * stream.at(chain, step, j)), x, 1.0 / batch, g);
                            }
                            descent.step(x, v, g);
                        }
                        function.at(x, out);
                        moments.add(out);
                    }
                    return moments;
                })
                .toList();
        RunningMoments all = new RunningMoments(values);
        shares.forEach(all::merge);
        return all;
    }
}
