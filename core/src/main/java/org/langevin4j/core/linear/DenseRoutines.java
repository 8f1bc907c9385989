package org.langevin4j.core.linear;

import org.hipparchus.linear.RealMatrix;

/**
 * What computes behind {@link LinearAlgebra}: pure Java, or native code that a {@link LinearAlgebra.Provider} brings. What
 * arrives here has been checked and scaled: matrices are finite and of fitting shape, symmetric ones are symmetric to the
 * last bit, and the largest entry of what is decomposed is near 2⁴⁰⁰, from which neither squares nor sums of them overflow.
 * Safe for use by several threads; arguments are not modified.
 */
public interface DenseRoutines {

    /**
     * Who computes, for a person to read.
     *
     * @return such as "pure Java" or "LAPACK (OpenBLAS 0.3.31, 2 threads)"
     */
    String name();

    /**
     * The product.
     *
     * @param a n×k
     * @param b k×m
     * @return AB, n×m
     */
    RealMatrix multiply(RealMatrix a, RealMatrix b);

    /**
     * The inner products of the columns.
     *
     * @param a n×k
     * @return AᵀA, k×k
     */
    RealMatrix columnProducts(RealMatrix a);

    /**
     * The inner products of the rows.
     *
     * @param a n×k
     * @return AAᵀ, n×n
     */
    RealMatrix rowProducts(RealMatrix a);

    /**
     * Solves AX = B by Gaussian elimination with row exchanges.
     *
     * @param a n×n
     * @param b n×m
     * @return X, n×m
     * @throws ArithmeticException if a pivot is exactly zero
     */
    RealMatrix solve(RealMatrix a, RealMatrix b);

    /**
     * The real Schur form.
     *
     * @param a n×n
     * @return Z and T
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    RealSchur schur(RealMatrix a);

    /**
     * The eigenvalues and eigenvectors of a symmetric matrix.
     *
     * @param a n×n
     * @return Λ, descending, and V
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    Eigenpairs symmetricEigen(RealMatrix a);

    /**
     * The eigenvalues of a symmetric matrix without the vectors, which takes a fraction of the time.
     *
     * @param a n×n
     * @return Λ, descending
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    double[] symmetricEigenvalues(RealMatrix a);

    /**
     * Memory for a symmetric matrix that is summed up from products.
     *
     * @param order n
     * @return the zero matrix
     * @throws IllegalArgumentException if there is not enough memory
     */
    SymmetricStorage symmetric(int order);
}
