package org.langevin4j.solvers.domain;

import java.util.Arrays;
import java.util.Objects;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;

/**
 * The region {g &gt; 0} of a smooth function, at whose boundary paths stop. The boundary is taken as flat over a step: a
 * path between g₀ and g₁ has crossed with the probability e^(−2g₀g₁/(2β⁻¹ ∇gᵀD∇g h)), all at the start of the step (Gobet
 * 2000, half-space approximation; weak order 1). The absorbed state is moved to g = 0 by a step of Newton's along ∇g. One
 * face, number 0.
 *
 * @param dimension d
 * @param function g
 * @param gradient ∇g, not zero near the boundary
 */
public record LevelSet(int dimension, ScalarField function, VectorField gradient) implements Domain {

    /** Checks the parts. */
    public LevelSet {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        Objects.requireNonNull(function, "function");
        gradient.requireAutonomous("LevelSet");
    }

    /**
     * The region in which a function is positive.
     *
     * @param dimension d
     * @param function g; must be thread-safe
     * @param gradient ∇g; must be thread-safe
     * @return the domain
     */
    public static LevelSet absorbing(int dimension, ScalarField function, VectorField gradient) {
        return new LevelSet(dimension, function, gradient);
    }

    @Override
    public boolean contains(double[] x) {
        return function.at(x) > 0.0;
    }

    @Override
    public Confinement confinement(Sde sde, double stepSize, Seed seed) {
        return new LevelSetConfinement(this, sde, stepSize, seed);
    }

    private static final class LevelSetConfinement implements Confinement {

        private final LevelSet set;
        private final Bridge bridge;
        private final NormalVariance variance;
        private final double[] start;
        private final double[] end;
        private final double[] slope;

        LevelSetConfinement(LevelSet set, Sde sde, double stepSize, Seed seed) {
            this.set = set;
            this.bridge = new Bridge(seed, 0);
            this.variance = new NormalVariance(sde, stepSize);
            this.start = new double[set.dimension];
            this.end = new double[set.dimension];
            this.slope = new double[set.dimension];
        }

        @Override
        public void apply(double t, double[][] before, double[][] x, int paths, long[] path, long step, int[] exits) {
            Arrays.fill(exits, 0, paths, INSIDE);
            variance.at(t);
            for (int p = 0; p < paths; p++) {
                for (int i = 0; i < start.length; i++) {
                    start[i] = before[i][p];
                    end[i] = x[i][p];
                }
                double g0 = set.function.at(start);
                double g1 = set.function.at(end);
                boolean out = !(g1 > 0.0);
                if (!out) {
                    set.gradient.at(start, slope);
                    double exponent = 2.0 * g0 * g1 / variance.along(slope, before, p);
                    out = bridge.touches(exponent, path[p], step);
                }
                if (out) {
                    exits[p] = 0;
                    project(g1);
                    for (int i = 0; i < end.length; i++) {
                        x[i][p] = end[i];
                    }
                }
            }
        }

        private void project(double value) {
            set.gradient.at(end, slope);
            double squared = 0.0;
            for (double component : slope) {
                squared += component * component;
            }
            if (squared > 0.0) {
                for (int i = 0; i < end.length; i++) {
                    end[i] -= value * slope[i] / squared;
                }
            }
        }
    }
}
