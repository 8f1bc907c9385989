package org.langevin4j.models.network;

/**
 * How the mini-batches are drawn, and so which matrix is called D. Everywhere g = (1/N)Σₖ gₖ and
 * C = (1/N)Σₖ gₖgₖᵀ − ggᵀ.
 */
public enum Sampling {
    /**
     * With replacement, D = C: Chaudhari and Soatto (2018), eq. 2. The mean of a mini-batch of size b has the variance
     * D/b.
     */
    WITH_REPLACEMENT {
        @Override
        double centred(int samples) {
            return 1.0;
        }

        @Override
        double meanGradient(int samples) {
            return 0.0;
        }
    },

    /**
     * Without replacement, D = C·N/(N − 1) = (1/(N − 1))Σₖ gₖgₖᵀ − (1 + 1/(N − 1)) ggᵀ. The mean of a mini-batch of size
     * b has the variance (1 − b/N)D/b.
     */
    WITHOUT_REPLACEMENT {
        @Override
        double centred(int samples) {
            return samples / (samples - 1.0);
        }

        @Override
        double meanGradient(int samples) {
            return 0.0;
        }
    },

    /**
     * Eq. A2 letter by letter, (1/(N − 1))Σₖ gₖgₖᵀ − (1 − 1/(N − 1)) ggᵀ = C·N/(N − 1) + (2/(N − 1)) ggᵀ. The sign before
     * 1/(N − 1) is a misprint: this matrix is the variance of no way of drawing. For comparison with published figures
     * only.
     */
    EQUATION_A2_AS_PRINTED {
        @Override
        double centred(int samples) {
            return samples / (samples - 1.0);
        }

        @Override
        double meanGradient(int samples) {
            return 2.0 / (samples - 1.0);
        }
    };

    /** The coefficient of C in D. */
    abstract double centred(int samples);

    /** The coefficient of ggᵀ in D. */
    abstract double meanGradient(int samples);
}
