package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * The probabilities of a Poisson variable where they matter, scaled to sum to one. They are built up from the mode on with
 * the value 1 there, so that none overflows or loses digits, however large the mean (Fox and Glynn 1988).
 */
final class PoissonWeights {

    private final long first;
    private final double[] weights;

    private PoissonWeights(long first, double[] weights) {
        this.first = first;
        this.weights = weights;
    }

    /**
     * The weights of a Poisson variable.
     *
     * @param mean q > 0
     * @param error bound of Σₖ|weight − probability| over all k
     */
    static PoissonWeights of(double mean, double error) {
        long mode = (long) Math.floor(mean);
        double[] above = new double[16];
        above[0] = 1.0;
        int up = 1;
        double sum = 1.0;
        // To leave out a part ε and to scale the rest changes the weights by 2ε: a quarter of the error on each side.
        for (long k = mode; ; k++) {
            double ratio = mean / (k + 1.0);
            double weight = above[up - 1];
            if (weight * ratio / (1.0 - ratio) <= 0.25 * error * sum) {
                break;
            }
            if (up == above.length) {
                above = Arrays.copyOf(above, 2 * up);
            }
            above[up] = weight * ratio;
            sum += above[up++];
        }
        double[] below = new double[16];
        int down = 0;
        double weight = 1.0;
        for (long k = mode; k > 0; k--) {
            double ratio = k / mean;
            if (ratio < 1.0 && weight * ratio / (1.0 - ratio) <= 0.25 * error * sum) {
                break;
            }
            if (down == below.length) {
                below = Arrays.copyOf(below, 2 * down);
            }
            weight *= ratio;
            below[down++] = weight;
        }
        double[] weights = new double[down + up];
        for (int i = 0; i < down; i++) {
            weights[down - 1 - i] = below[i];
        }
        System.arraycopy(above, 0, weights, down, up);
        // From both ends inwards: the small ones first.
        double total = 0.0;
        for (int i = 0; i < down; i++) {
            total += weights[i];
        }
        double upper = 0.0;
        for (int i = weights.length - 1; i >= down; i--) {
            upper += weights[i];
        }
        total += upper;
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= total;
        }
        return new PoissonWeights(mode - down, weights);
    }

    /** The least k with a weight. */
    long first() {
        return first;
    }

    /** The largest k with a weight. */
    long last() {
        return first + weights.length - 1;
    }

    /** The weight of k, between {@link #first()} and {@link #last()}. */
    double of(long k) {
        return weights[(int) (k - first)];
    }
}
