package org.langevin4j.solvers.domain;

import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;

/**
 * Crossings of a level g = 0 within a step, by a path that is on the same side before and after it. The level is taken as flat
 * over the step: a path between g₀ and g₁ of one sign has touched it with the probability e^(−2g₀g₁/(2β⁻¹ ∇gᵀD∇g h)), all
 * at the start of the step (Gobet 2000, Stoch. Process. Appl. 87, 167; weak order 1). For one thread.
 */
public final class LevelCrossing {

    private final int dimension;
    private final VectorField gradient;

    /** ∇g where it is one for all states, else empty. */
    private final double[] normal;

    private final Bridge bridge;
    private final NormalVariance variance;
    private double[][] slopes = new double[0][0];
    private double[] exponents = new double[0];

    /**
     * Prepares a level for an equation.
     *
     * @param sde the equation
     * @param gradient ∇g, not zero near the level
     * @param stepSize h
     * @param seed seed of the run; chance is keyed by (seed, number, path, step)
     * @param number which level of the run, 0 ≤ number &lt; 2¹⁵
     */
    public LevelCrossing(Sde sde, VectorField gradient, double stepSize, Seed seed, int number) {
        // Faces of domains have the smaller numbers.
        this(sde, gradient, new double[0], stepSize, new Bridge(seed, (1 << 15) + number));
    }

    LevelCrossing(Sde sde, VectorField gradient, double[] normal, double stepSize, Bridge bridge) {
        this.dimension = sde.dimension();
        this.gradient = gradient;
        this.normal = normal;
        this.variance = new NormalVariance(sde, stepSize);
        this.bridge = bridge;
    }

    /**
     * Looks at one step of a block, about which {@link #touches} is then asked.
     *
     * @param t time at which the step began; it matters for a driven equation only
     * @param value0 g before the step, {@code value0[p]}
     * @param value1 g after the step
     * @param before states before the step, {@code before[i][p]}
     * @param paths number of paths in the block
     */
    public void look(double t, double[] value0, double[] value1, double[][] before, int paths) {
        if (exponents.length < paths) {
            exponents = new double[paths];
            slopes = new double[normal.length > 0 ? 0 : before.length][paths];
        }
        variance.at(t);
        if (normal.length > 0) {
            variance.along(normal, before, paths, exponents);
        } else {
            gradient.atBlock(before, paths, slopes);
            variance.along(slopes, before, paths, exponents);
        }
        exponents(value0, value1, paths, exponents);
    }

    /** From the variances of a step to 2g₀g₁/s, for all paths. */
    private static void exponents(double[] value0, double[] value1, int paths, double[] variances) {
        for (int p = 0; p < paths; p++) {
            variances[p] = 2.0 * value0[p] * value1[p] / variances[p];
        }
    }

    /**
     * Whether a path, on the same side before and after the step, has touched the level in between.
     *
     * @param p which path of the block
     * @param path its index in the ensemble
     * @param step index of the step, from 0
     * @return whether it has
     */
    public boolean touches(int p, long path, long step) {
        return bridge.touches(exponents[p], path, step);
    }

    @Override
    public String toString() {
        return "level in " + dimension + " dimensions, crossings within a step by a bridge";
    }
}
