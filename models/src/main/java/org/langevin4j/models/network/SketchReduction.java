package org.langevin4j.models.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.linear.Vectors;

/** A sketch of D, by frequent directions. */
record SketchReduction(int directions, Sampling sampling)
        implements SampleReduction<GradientSketch, SketchedDiffusion> {

    private static final long serialVersionUID = 1L;

    /** Least size of a deviation whose square is a number with all its digits. */
    private static final double SMALLEST = 0x1p-400;

    SketchReduction {
        if (!(directions >= 1)) {
            throw new IllegalArgumentException("directions must be at least 1, got " + directions);
        }
    }

    @Override
    public int step() {
        return directions;
    }

    @Override
    public Block<GradientSketch> block(int samples, double[] centre) {
        return new Rows(directions, centre);
    }

    /** ℓ rows at a time. */
    private static final class Rows implements Block<GradientSketch> {

        private final int limit;
        private final double[] centre;
        private final double[][] waiting;
        private int held;
        private @Nullable GradientSketch sketch;

        Rows(int limit, double[] centre) {
            this.limit = limit;
            this.centre = centre;
            this.waiting = new double[limit][];
        }

        @Override
        public void accept(int first, double[][] rows, int count) {
            for (int k = 0; k < count; k++) {
                NoiseFactor.requireFinite(rows[k], first + k, centre.length);
                double[] row = Arrays.copyOf(rows[k], centre.length);
                Vectors.addMultiple(-1.0, centre, row);
                waiting[held++] = row;
                if (held == limit) {
                    sketch = taken();
                }
            }
        }

        private GradientSketch taken() {
            GradientSketch next = new GradientSketch(limit, Arrays.copyOf(waiting, held));
            held = 0;
            return sketch == null ? next : sketch.merge(next);
        }

        @Override
        public GradientSketch partial() {
            return sketch != null && held == 0 ? sketch : taken();
        }
    }

    @Override
    public GradientSketch merge(GradientSketch left, GradientSketch right) {
        return left.merge(right);
    }

    @Override
    public SketchedDiffusion result(GradientSketch root, PerSampleGradients gradients, double[] centre) {
        if (root.largest() > 0.0 && root.largest() < SMALLEST) {
            throw new IllegalArgumentException(
                    "gradients must differ by more than 2^-400 for a sketch of D, got at most " + root.largest());
        }
        int n = root.count();
        double[] mean = Vectors.moved(root.mean(), centre, 1.0);
        double factor = sampling.centred(n) / n;
        FrequentDirections found = root.directions();
        found.multiply(factor);
        double trace = factor * root.squares();
        double weight = sampling.meanGradient(n);
        if (weight != 0.0) {
            double[] row = Vectors.scaled(mean, Math.sqrt(weight));
            trace += Vectors.dot(row, row);
            found.merge(new FrequentDirections(directions, new double[0][]), row);
        }
        return SketchedDiffusion.of(n, mean, trace, found);
    }
}
