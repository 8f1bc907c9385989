package org.langevin4j.solvers.sde;

import java.util.Arrays;
import java.util.Optional;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.FactorDerivative;
import org.langevin4j.core.sde.Noise;

/**
 * The commutativity condition Lʲbᵏ = Lᵏbʲ (Kloeden and Platen 1992, section 10.3), checked where it was declared, and
 * likewise that additive noise does not depend on the state. For all j and k at once it says (∂_{Bu}B)v = (∂_{Bv}B)u for
 * all u and v: it is tried with u and v at random, which takes two derivatives whatever m. Where the derivative of the
 * factor is not known, central differences stand in for it, with a bound of their own error.
 *
 * <p>One of these goes with each stepper and looks at several paths of its steps 1, 2, 4, 8 …
 */
final class Commutativity {

    /** Relative to the largest derivative. */
    private static final double ROUNDING = 1e-9;

    /** Of a central difference, relative to the size of the state: near the cube root of the rounding. */
    private static final double SHIFT = 1e-5;

    /** Paths of a block that are looked at. */
    private static final int STATES = 4;

    private static final NormalStream DIRECTIONS = NormalStream.of(Seed.of(0x434F4D4DL));

    private long steps;

    /** B(x)u at the first state, for noise that is said not to depend on it. */
    private double[] first = new double[0];

    /** Looks at some states of a step before it is taken, if it is this step's turn. */
    void watch(Diffusion diffusion, double[][] x, int paths) {
        steps++;
        Noise noise = diffusion.noise();
        if (Long.bitCount(steps) != 1 || noise == Noise.GENERAL || noise == Noise.SCALAR) {
            return;
        }
        double[] state = new double[x.length];
        int states = Math.min(STATES, paths);
        for (int s = 0; s < states; s++) {
            int p = states == 1 ? 0 : (int) ((long) s * (paths - 1) / (states - 1));
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][p];
            }
            if (noise == Noise.ADDITIVE) {
                checkConstant(diffusion, state, s == 0);
            } else {
                checkAt(diffusion, state);
            }
        }
    }

    private void checkConstant(Diffusion diffusion, double[] x, boolean start) {
        double[] value = new double[x.length];
        diffusion.factorTimes(x, direction(0, diffusion.noiseDimension()), value);
        if (start) {
            first = value;
            // A block of one path has no other state at this time: one at hand will do.
            double[] moved = x.clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += 0.25 * Math.max(1.0, Math.abs(moved[i]));
            }
            try {
                value = new double[x.length];
                diffusion.factorTimes(moved, direction(0, diffusion.noiseDimension()), value);
            } catch (IllegalArgumentException outside) {
                return;
            }
        }
        for (int i = 0; i < value.length; i++) {
            if (!(Math.abs(value[i] - first[i]) <= ROUNDING * Math.max(Math.abs(value[i]), Math.abs(first[i])))) {
                throw new IllegalArgumentException("noise must not depend on the state as declared, ADDITIVE, got a"
                        + " component " + i + " of Bu = " + first[i] + " and " + value[i] + " at two states, one x = "
                        + Arrays.toString(x) + "; declare GENERAL");
            }
        }
    }

    /**
     * Checks the condition at one state.
     *
     * @throws IllegalArgumentException if it does not hold
     */
    static void checkAt(Diffusion diffusion, double[] x) {
        int m = diffusion.noiseDimension();
        double[] u = direction(0, m);
        double[] v = direction(1, m);
        double[] bu = new double[x.length];
        double[] bv = new double[x.length];
        double[] uv = new double[x.length];
        double[] vu = new double[x.length];
        double bound;
        try {
            diffusion.factorTimes(x, u, bu);
            diffusion.factorTimes(x, v, bv);
            Optional<FactorDerivative> derivative = diffusion.factorDerivative();
            if (derivative.isPresent()) {
                derivative.get().at(x, bu, v, uv);
                derivative.get().at(x, bv, u, vu);
                bound = 0.0;
            } else {
                bound = differences(diffusion, x, bu, v, uv) + differences(diffusion, x, bv, u, vu);
            }
        } catch (IllegalArgumentException outside) {
            // B is not defined here, or not close by: nothing can be said.
            return;
        }
        double scale = 0.0;
        for (int i = 0; i < x.length; i++) {
            scale = Math.max(scale, Math.max(Math.abs(uv[i]), Math.abs(vu[i])));
        }
        for (int i = 0; i < x.length; i++) {
            double difference = uv[i] - vu[i];
            if (Math.abs(difference) > bound + ROUNDING * scale) {
                throw new IllegalArgumentException("noise must commute as declared, " + diffusion.noise()
                        + ", got a commutator of two combinations of its columns with component " + i + " = "
                        + difference + " at x = " + Arrays.toString(x) + "; declare GENERAL");
            }
        }
    }

    /** out ← (∂ᵥB)w by central differences with two steps; returns a bound of the error. */
    private static double differences(Diffusion diffusion, double[] x, double[] v, double[] w, double[] out) {
        double size = 1e-3;
        double length = 0.0;
        for (int i = 0; i < x.length; i++) {
            size = Math.max(size, Math.abs(x[i]));
            length = Math.max(length, Math.abs(v[i]));
        }
        if (!(length > 0.0)) {
            Arrays.fill(out, 0.0);
            return 0.0;
        }
        double shift = SHIFT * size / length;
        double[] wide = new double[x.length];
        double value = central(diffusion, x, v, w, 2.0 * shift, wide);
        value = Math.max(value, central(diffusion, x, v, w, shift, out));
        double error = 0.0;
        for (int i = 0; i < x.length; i++) {
            error = Math.max(error, Math.abs(out[i] - wide[i]));
        }
        return 4.0 * error + 64.0 * Math.ulp(value) / shift;
    }

    private static double central(Diffusion diffusion, double[] x, double[] v, double[] w, double shift, double[] out) {
        double[] moved = new double[x.length];
        double[] before = new double[x.length];
        double largest = 0.0;
        for (int i = 0; i < x.length; i++) {
            moved[i] = x[i] - shift * v[i];
        }
        diffusion.factorTimes(moved, w, before);
        for (int i = 0; i < x.length; i++) {
            moved[i] = x[i] + shift * v[i];
        }
        diffusion.factorTimes(moved, w, out);
        for (int i = 0; i < x.length; i++) {
            largest = Math.max(largest, Math.max(Math.abs(out[i]), Math.abs(before[i])));
            out[i] = (out[i] - before[i]) / (2.0 * shift);
        }
        return largest;
    }

    private static double[] direction(int which, int m) {
        double[][] numbers = new double[m][1];
        DIRECTIONS.fill(0, 1, which, numbers);
        double[] direction = new double[m];
        for (int k = 0; k < m; k++) {
            direction[k] = numbers[k][0];
        }
        return direction;
    }
}
