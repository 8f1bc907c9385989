package org.langevin4j.solvers.domain;

import java.util.Arrays;

/**
 * A map π of the states onto a manifold, π(π(x)) = π(x), with which each step ends: x ← π(x). Must be thread-safe.
 *
 * <p>Where the solution of the Itô equation stays on the manifold by itself, a projection takes away what a scheme drifts off
 * it, and the scheme keeps its weak order up to 1. Where the noise points off the manifold, the projection is part of the
 * problem: for D = I and the nearest point as π the limit h → 0 is the motion with the noise of the tangent space,
 * on a sphere its Brownian motion, with weak order 1 (Milstein and Tretyakov 2004, Stochastic Numerics for Mathematical
 * Physics; Lelièvre, Rousset and Stoltz 2010, Free Energy Computations, section 3.2).
 */
@FunctionalInterface
public interface Projection {

    /**
     * Projects one state.
     *
     * @param x state, length d; replaced by π(x)
     */
    void apply(double[] x);

    /**
     * Projects a block of states. The default calls {@link #apply} for one finite state after the other; one that overrides
     * it for speed must give the same bits.
     *
     * @param x states, {@code x[i][p]}; replaced
     * @param paths number of states
     */
    default void applyBlock(double[][] x, int paths) {
        double[] state = new double[x.length];
        for (int p = 0; p < paths; p++) {
            boolean finite = true;
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][p];
                finite &= Math.abs(state[i]) <= Double.MAX_VALUE;
            }
            if (finite) {
                apply(state);
            }
            for (int i = 0; i < state.length; i++) {
                x[i][p] = state[i];
            }
        }
    }

    /**
     * The nearest point of a sphere about the origin, x ← Rx/‖x‖. For a complex vector stored as real and imaginary parts it
     * keeps the norm ‖ψ‖ = R.
     *
     * @param radius R, positive
     * @return the projection; the centre, which has no nearest point, becomes NaN
     */
    static Projection sphere(double radius) {
        return new Sphere(radius);
    }

    /**
     * The nearest point of the simplex {x ≥ 0, Σxᵢ = 1} of probabilities (Held, Wolfe and Crowder 1974, Math. Program. 6, 62):
     * xᵢ ← max(xᵢ − θ, 0) with the θ that makes the sum 1. A path that would leave through a face is put back on it; for
     * coefficients that are not Lipschitz there, as √x is not, no order is claimed near the faces.
     *
     * @return the projection
     */
    static Projection simplex() {
        return new Simplex();
    }

    /**
     * x ← Rx/‖x‖.
     *
     * @param radius R
     */
    record Sphere(double radius) implements Projection {

        private static final double SMALLEST = 0x1p-600;

        /**
         * Checks the radius.
         *
         * @throws IllegalArgumentException if it is not positive and finite
         */
        public Sphere {
            if (!(radius > 0.0 && radius <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("radius must be positive and finite, got " + radius);
            }
        }

        @Override
        public void apply(double[] x) {
            double squares = 0.0;
            for (double value : x) {
                squares += value * value;
            }
            if (!(squares >= SMALLEST && squares <= 1.0 / SMALLEST)) {
                squares = rescale(x);
            }
            double factor = radius / Math.sqrt(squares);
            for (int i = 0; i < x.length; i++) {
                x[i] *= factor;
            }
        }

        /** Divides by the largest coordinate, so that no square is lost; the new sum of squares. */
        private static double rescale(double[] x) {
            double largest = 0.0;
            for (double value : x) {
                largest = Math.max(largest, Math.abs(value));
            }
            double squares = 0.0;
            for (int i = 0; i < x.length; i++) {
                // The centre, and what is not finite, becomes NaN.
                x[i] /= largest;
                squares += x[i] * x[i];
            }
            return squares;
        }

        @Override
        public void applyBlock(double[][] x, int paths) {
            double[] factor = new double[paths];
            for (double[] coordinate : x) {
                for (int p = 0; p < paths; p++) {
                    factor[p] += coordinate[p] * coordinate[p];
                }
            }
            for (int p = 0; p < paths; p++) {
                if (!(factor[p] >= SMALLEST && factor[p] <= 1.0 / SMALLEST)) {
                    double[] state = new double[x.length];
                    for (int i = 0; i < state.length; i++) {
                        state[i] = x[i][p];
                    }
                    factor[p] = rescale(state);
                    for (int i = 0; i < state.length; i++) {
                        x[i][p] = state[i];
                    }
                }
                factor[p] = radius / Math.sqrt(factor[p]);
            }
            for (double[] coordinate : x) {
                for (int p = 0; p < paths; p++) {
                    coordinate[p] *= factor[p];
                }
            }
        }
    }

    /** xᵢ ← max(xᵢ − θ, 0). */
    record Simplex() implements Projection {

        @Override
        public void apply(double[] x) {
            double[] falling = x.clone();
            Arrays.sort(falling);
            double sum = 0.0;
            double theta = Double.NaN;
            for (int k = 1; k <= x.length; k++) {
                double next = falling[x.length - k];
                sum += next;
                double candidate = (sum - 1.0) / k;
                // The largest set of coordinates that stay positive together.
                if (next > candidate) {
                    theta = candidate;
                }
            }
            for (int i = 0; i < x.length; i++) {
                x[i] = Math.max(x[i] - theta, 0.0);
            }
        }
    }
}
