package org.langevin4j.models.network;

/**
 * A layer of an {@link Architecture}. What comes in is u, of the {@link Shape} that the layer before gives.
 */
public sealed interface Layer {

    /**
     * y = Wu + c of all numbers of u, whatever their shape. Weights: W row by row, then c.
     *
     * @param outputs length of y, at least 1
     */
    record Dense(int outputs) implements Layer {

        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if there are no outputs
         */
        public Dense {
            require(outputs >= 1, "outputs", outputs);
        }
    }

    /**
     * Cross-correlation with a square window, y[o, p] = c[o] + Σ W[o, i, t] u[i, sp + t − m] over channels i and window positions t, u = 0 outside
     * the image. Weights: W in the order [output][input][row][column], then c.
     *
     * @param outputs channels of y, at least 1
     * @param edge of the window in pixels, at least 1
     * @param stride s ≥ 1
     * @param padding m ≥ 0, less than the edge
     */
    record Convolution(int outputs, int edge, int stride, int padding) implements Layer {

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if one is out of range
         */
        public Convolution {
            require(outputs >= 1, "outputs", outputs);
            require(edge >= 1, "edge", edge);
            require(stride >= 1, "stride", stride);
            require(padding >= 0 && padding < edge, "padding", padding);
        }
    }

    /**
     * Batch normalisation of each channel (Ioffe and Szegedy 2015), y = γ(u − μ)/√(σ² + ε) + δ with ε = 10⁻⁵. In training μ and σ² are those
     * of the mini-batch; in evaluation running averages, which are not weights. Weights: γ, then δ.
     */
    record BatchNorm() implements Layer {}

    /** y = max(u, 0), whose derivative at 0 is taken to be 0. */
    record Relu() implements Layer {}

    /**
     * The largest of each square of pixels; squares do not overlap, and pixels beyond the last whole square are left out. Of equal ones the first
     * carries the derivative.
     *
     * @param edge of the square in pixels, at least 1
     */
    record MaxPool(int edge) implements Layer {

        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public MaxPool {
            require(edge >= 1, "edge", edge);
        }
    }

    /** The mean of each channel over all of its pixels. */
    record AveragePool() implements Layer {}

    /**
     * In training each number is 0 with probability p, and else divided by 1 − p; in evaluation y = u.
     *
     * @param probability p, from 0 to below 1
     */
    record Dropout(double probability) implements Layer {

        /**
         * Checks the probability.
         *
         * @throws IllegalArgumentException if it is not in [0, 1)
         */
        public Dropout {
            if (!(probability >= 0.0 && probability < 1.0)) {
                throw new IllegalArgumentException("probability must be in [0, 1), got " + probability);
            }
        }
    }

    private static void require(boolean holds, String name, int value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is out of range, got " + value);
        }
    }
}
