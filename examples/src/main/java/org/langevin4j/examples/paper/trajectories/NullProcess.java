package org.langevin4j.examples.paper.trajectories;

import java.util.stream.IntStream;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Sheet;

/** Processes in one coordinate without loops, against which Fig. 3 is to be read. */
enum NullProcess {
    /** xₖ₊₁ = xₖ + ξ. */
    WALK("Brownian motion"),
    /** xₖ = ξ. */
    NOISE("white noise"),
    /** xₖ₊₁ = φxₖ + √(1 − φ²) ξ. */
    RELAXATION("reversible, φ = 0.995");

    /** Epochs of Fig. 3 after its burn-in. */
    static final int STEPS = 99_000;

    static final double PHI = 0.995;

    private final String words;

    NullProcess(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    private void run(double[] x) {
        double decay = Math.sqrt(1.0 - PHI * PHI);
        for (int t = 1; t < x.length; t++) {
            switch (this) {
                case WALK -> x[t] += x[t - 1];
                case RELAXATION -> x[t] = PHI * x[t - 1] + decay * x[t];
                case NOISE -> {}
            }
        }
    }

    /** Independent paths, in parallel. */
    double[][] paths(Sheet sheet, int part, int count) {
        NormalStream stream = NormalStream.of(sheet.seed().derive(part));
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(path -> {
                    double[][] out = new double[1][STEPS];
                    // Times are the block: all normals of a path in one call.
                    stream.fill(0, STEPS, path, out);
                    run(out[0]);
                    return out[0];
                })
                .toArray(double[][]::new);
    }

    /** Of the increments, exact. */
    double spectrum(double omega) {
        double rise = 2.0 * (1.0 - Math.cos(omega));
        return switch (this) {
            case WALK -> 1.0;
            case NOISE -> rise;
            case RELAXATION -> (1.0 - PHI * PHI) * rise / (1.0 - 2.0 * PHI * Math.cos(omega) + PHI * PHI);
        };
    }

    interface Statistic {
        double of(double[] path);
    }

    /** Moments of a statistic over paths. */
    static RunningMoments moments(double[][] paths, Statistic statistic) {
        RunningMoments moments = new RunningMoments(1);
        for (double[] path : paths) {
            moments.add(statistic.of(path));
        }
        return moments;
    }
}
