package org.langevin4j.solvers.sde;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.core.field.DelayedField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/**
 * Euler and Maruyama's scheme for dx = b(t, x(t), x(t − τ)) dt + √(2β⁻¹) B(t, x(t)) dW with τ = Kh (Küchler and Platen 2000,
 * Math. Comput. Simulation 54, 189): x ← x + b(t, xₙ, xₙ₋ₖ)h + √(2β⁻¹h) Bξ. The K states before the present one are its
 * memory, a ring in which each state takes the place of the one that has just been used.
 */
final class DelayStepper implements Stepper {

    private final Sde sde;
    private final DelayedField drift;
    private final double stepSize;
    private final int d;

    /** K. */
    private final int lag;

    /** Rows id … id + d − 1 hold one state; the last row holds which of them is the oldest, the same for all paths. */
    private double[][] memory = new double[0][0];

    private double[][] change = new double[0][0];
    private double[][] noise = new double[0][0];
    private boolean first = true;

    DelayStepper(Sde sde, DelayedField drift, double stepSize) {
        this.sde = sde;
        this.drift = drift;
        this.stepSize = stepSize;
        this.d = sde.dimension();
        double ratio = drift.lag() / stepSize;
        long steps = Math.round(ratio);
        if (!(steps >= 1 && Math.abs(ratio - steps) <= 1e-9 * ratio)) {
            throw new IllegalArgumentException("lag must be a whole number of steps of " + stepSize + ", got "
                    + drift.lag() + ", which is " + ratio);
        }
        requireMemory(steps, 1);
        this.lag = (int) steps;
    }

    /** The past is kept: a lag of very many steps does not fit. */
    private void requireMemory(long steps, int paths) {
        double needed = 8.0 * d * steps * paths;
        if (!(needed <= 0.5 * Runtime.getRuntime().maxMemory())) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "lag must fit into memory: %d steps of dimension %d for %d paths take %.3g bytes of %.3g",
                    steps,
                    d,
                    paths,
                    needed,
                    (double) Runtime.getRuntime().maxMemory()));
        }
    }

    @Override
    public int noises() {
        return sde.diffusion().noiseDimension();
    }

    @Override
    public void begin(int paths) {
        if (memory.length == 0 || memory[0].length < paths) {
            requireMemory(lag, paths);
            memory = new double[lag * d + 1][paths];
            change = new double[d][paths];
            noise = new double[d][paths];
        }
        first = true;
    }

    @Override
    public void resume(int paths) {
        begin(paths);
        first = false;
    }

    @Override
    public double[][] memory() {
        return memory;
    }

    @Override
    public void restart(int p, double t, double[] state) {
        recall(p, t, state.clone(), (int) memory[lag * d][p]);
    }

    /** Fills the ring of a path with the states at t − τ, t − τ + h, … t − h, the first of them in the oldest place. */
    private void recall(int p, double t, double[] state, int oldest) {
        for (int k = 0; k < lag; k++) {
            double time = t - (lag - k) * stepSize;
            if (drift.history().isPresent()) {
                drift.history().get().at(time, state);
            }
            int row = (oldest + k) % lag * d;
            for (int i = 0; i < d; i++) {
                if (!(Math.abs(state[i]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "history must be finite, got x[" + i + "] = " + state[i] + " at t = " + time);
                }
                memory[row + i][p] = state[i];
            }
        }
        memory[lag * d][p] = oldest;
    }

    @Override
    public void step(double t, double[][] x, int paths, double[][] xi) {
        if (!(memory.length > 0 && paths <= memory[0].length)) {
            throw new IllegalStateException("begin must have been called with all the " + paths + " paths of the step");
        }
        if (first) {
            double[] state = new double[d];
            for (int p = 0; p < paths; p++) {
                for (int i = 0; i < d; i++) {
                    state[i] = x[i][p];
                }
                recall(p, t, state, 0);
            }
            first = false;
        }
        int oldest = (int) memory[lag * d][0];
        double[][] past = Arrays.copyOfRange(memory, oldest * d, oldest * d + d);
        drift.atBlock(t, x, past, paths, change);
        Diffusion diffusion = sde.diffusion().atTime(t);
        diffusion.factorTimesBlock(x, xi, paths, noise);
        double amplitude = Math.sqrt(2.0 * sde.temperature().atTime(t).value() * stepSize);
        for (int i = 0; i < d; i++) {
            double[] state = x[i];
            double[] before = past[i];
            for (int p = 0; p < paths; p++) {
                before[p] = state[p];
                state[p] += change[i][p] * stepSize + amplitude * noise[i][p];
            }
        }
        Arrays.fill(memory[lag * d], 0, paths, oldest + 1 == lag ? 0 : oldest + 1);
    }
}
