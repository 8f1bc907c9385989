package org.langevin4j.solvers.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;

/**
 * The region {g &gt; 0} of a smooth function, at whose boundary paths stop or are reflected. One face, number 0.
 *
 * <p>Absorbing: the boundary is taken as flat over a step, a path between g₀ and g₁ has crossed with the probability
 * e^(−2g₀g₁/(2β⁻¹ ∇gᵀD∇g h)), all at the start of the step (Gobet 2000, half-space approximation; weak order 1). The
 * absorbed state is moved to g = 0 by a step of Newton's along ∇g.
 *
 * <p>Reflecting along γ, the normal ∇g or another direction with γ·∇g &gt; 0: a state x outside goes to x + 2sγ(π), where π =
 * x + sγ(π) is its projection to the boundary along γ (symmetrised scheme of Bossy, Gobet and Talay 2004; weak order 1).
 * No probability flows through the boundary if γ is the co-normal D∇g.
 *
 * @param dimension d
 * @param function g
 * @param gradient ∇g, not zero near the boundary
 * @param face what happens at the boundary; not periodic
 * @param direction γ, of which a face that absorbs makes no use
 */
public record LevelSet(int dimension, ScalarField function, VectorField gradient, Face face, VectorField direction)
        implements Domain {

    /** More reflections in a step than a path needs that does not jump over the whole region. */
    private static final int MOST = 20;

    /** Checks the parts. */
    public LevelSet {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        Objects.requireNonNull(function, "function");
        gradient.requireAutonomous("LevelSet");
        direction.requireAutonomous("LevelSet");
        if (face == Face.PERIODIC) {
            throw new IllegalArgumentException("face of a level set must absorb or reflect, got " + face);
        }
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
        return new LevelSet(dimension, function, gradient, Face.ABSORBING, gradient);
    }

    /**
     * The region in which a function is not negative, with reflection along its normal.
     *
     * @param dimension d
     * @param function g; must be thread-safe
     * @param gradient ∇g; must be thread-safe
     * @return the domain
     */
    public static LevelSet reflecting(int dimension, ScalarField function, VectorField gradient) {
        return new LevelSet(dimension, function, gradient, Face.REFLECTING, gradient);
    }

    /**
     * The region in which a function is not negative, with oblique reflection.
     *
     * @param dimension d
     * @param function g; must be thread-safe
     * @param gradient ∇g; must be thread-safe
     * @param direction γ along which paths are pushed back, of any length, γ·∇g &gt; 0 near the boundary; must be
     *     thread-safe
     * @return the domain
     */
    public static LevelSet reflecting(
            int dimension, ScalarField function, VectorField gradient, VectorField direction) {
        return new LevelSet(dimension, function, gradient, Face.REFLECTING, direction);
    }

    @Override
    public List<Hypersurface> surfaces() {
        return List.of(Hypersurface.of(face, function, gradient, direction));
    }

    @Override
    public boolean contains(double[] x) {
        double g = function.at(x);
        return face == Face.REFLECTING ? g >= 0.0 : g > 0.0;
    }

    @Override
    public Confinement confinement(Sde sde, double stepSize, Seed seed) {
        return face == Face.REFLECTING ? new Mirror(this, sde) : absorption(new double[0], sde, stepSize, seed);
    }

    /** A boundary that absorbs, of a given normal where ∇g is one for all states. */
    Confinement absorption(double[] normal, Sde sde, double stepSize, Seed seed) {
        return new Absorption(this, new LevelCrossing(sde, gradient, normal, stepSize, new Bridge(seed, 0)));
    }

    private static final class Mirror implements Confinement {

        private final LevelSet set;
        private final NoiseReach reach;
        private final double[] outside;
        private final double[] wall;
        private final double[] slope;
        private final double[] push;
        private double[] values = new double[0];

        Mirror(LevelSet set, Sde sde) {
            this.set = set;
            this.reach = new NoiseReach(sde);
            this.outside = new double[set.dimension];
            this.wall = new double[set.dimension];
            this.slope = new double[set.dimension];
            this.push = new double[set.dimension];
        }

        @Override
        public void apply(double t, double[][] before, double[][] x, int paths, long[] path, long step, int[] exits) {
            Arrays.fill(exits, 0, paths, INSIDE);
            if (values.length < paths) {
                values = new double[paths];
            }
            set.function.atBlock(x, paths, values);
            for (int p = 0; p < paths; p++) {
                double g = values[p];
                if (g >= 0.0) {
                    continue;
                }
                for (int i = 0; i < outside.length; i++) {
                    outside[i] = x[i][p];
                }
                for (int k = 0; k < MOST && !(g >= 0.0); k++) {
                    mirror(t, before, p);
                    g = set.function.at(outside);
                }
                for (int i = 0; i < outside.length; i++) {
                    // Beyond the far side again and again: the wall is as good as any place.
                    x[i][p] = g >= 0.0 ? outside[i] : wall[i];
                }
            }
        }

        /** x ← x + 2sγ(π), π = x + sγ(π): Newton's method in s, and γ taken anew at each π. */
        private void mirror(double t, double[][] before, int p) {
            double s = 0.0;
            System.arraycopy(outside, 0, wall, 0, wall.length);
            for (int k = 0; k < 4; k++) {
                set.gradient.at(wall, slope);
                double g = set.function.at(wall);
                set.direction.at(wall, push);
                double product = 0.0;
                for (int i = 0; i < wall.length; i++) {
                    product += push[i] * slope[i];
                }
                if (!(product > 0.0)) {
                    throw new IllegalArgumentException("direction must have a positive product with the gradient, got "
                            + product + " at " + Arrays.toString(wall));
                }
                s -= g / product;
                for (int i = 0; i < wall.length; i++) {
                    wall[i] = outside[i] + s * push[i];
                }
            }
            reach.requireHere(t, slope, before, p);
            for (int i = 0; i < wall.length; i++) {
                outside[i] = 2.0 * wall[i] - outside[i];
            }
        }
    }

    private static final class Absorption implements Confinement {

        private final LevelSet set;
        private final LevelCrossing crossing;
        private final double[] end;
        private final double[] slope;
        private double[] values0 = new double[0];
        private double[] values1 = new double[0];

        Absorption(LevelSet set, LevelCrossing crossing) {
            this.set = set;
            this.crossing = crossing;
            this.end = new double[set.dimension];
            this.slope = new double[set.dimension];
        }

        @Override
        public void apply(double t, double[][] before, double[][] x, int paths, long[] path, long step, int[] exits) {
            Arrays.fill(exits, 0, paths, INSIDE);
            boolean bridged = set.face == Face.ABSORBING;
            if (values1.length < paths) {
                values0 = new double[paths];
                values1 = new double[paths];
            }
            set.function.atBlock(x, paths, values1);
            if (bridged) {
                set.function.atBlock(before, paths, values0);
                crossing.look(t, values0, values1, before, paths);
            }
            for (int p = 0; p < paths; p++) {
                if (!(values1[p] > 0.0) || (bridged && crossing.touches(p, path[p], step))) {
                    exits[p] = 0;
                    stop(x, p, values1[p]);
                }
            }
        }

        /** Puts a path on the boundary. */
        private void stop(double[][] x, int p, double value) {
            for (int i = 0; i < end.length; i++) {
                end[i] = x[i][p];
            }
            project(value);
            for (int i = 0; i < end.length; i++) {
                x[i][p] = end[i];
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
