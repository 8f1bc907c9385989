package org.langevin4j.models.network;

import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;

/** Eigenvalues of a symmetric matrix, largest first, and their orthonormal eigenvectors. Immutable. */
public final class Eigenpairs {

    private final double[] values;
    private final RealMatrix vectors;

    /** Neither argument is copied. */
    Eigenpairs(double[] values, RealMatrix vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * The eigenvalues.
     *
     * @return a copy, length k, descending
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The eigenvectors, up to the sign of each.
     *
     * @return a copy, d×k; column j belongs to value j; VᵀV = I
     */
    public RealMatrix vectors() {
        return vectors.copy();
    }

    @Override
    public String toString() {
        return "eigenvalues " + VectorText.of(values);
    }
}
