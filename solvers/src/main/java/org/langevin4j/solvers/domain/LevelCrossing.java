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

    private final VectorField gradient;
    private final Bridge bridge;
    private final NormalVariance variance;
    private final double[] state;
    private final double[] slope;

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
        this.gradient = gradient;
        this.variance = new NormalVariance(sde, stepSize);
        // Faces of domains have the smaller numbers.
        this.bridge = new Bridge(seed, (1 << 15) + number);
        this.state = new double[sde.dimension()];
        this.slope = new double[sde.dimension()];
    }

    /**
     * Tells the time, which matters for a driven equation only.
     *
     * @param t time at which the step began
     */
    public void at(double t) {
        variance.at(t);
    }

    /**
     * Whether a path has touched the level in between.
     *
     * @param value0 g before the step
     * @param value1 g after the step, of the same sign
     * @param before states before the step, {@code before[i][p]}
     * @param p which path of the block
     * @param path its index in the ensemble
     * @param step index of the step, from 0
     * @return whether it has
     */
    public boolean touches(double value0, double value1, double[][] before, int p, long path, long step) {
        for (int i = 0; i < state.length; i++) {
            state[i] = before[i][p];
        }
        gradient.at(state, slope);
        return bridge.touches(2.0 * value0 * value1 / variance.along(slope, before, p), path, step);
    }

    @Override
    public String toString() {
        return "level in " + state.length + " dimensions, crossings within a step by a bridge";
    }
}
