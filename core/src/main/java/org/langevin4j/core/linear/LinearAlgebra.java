package org.langevin4j.core.linear;

import java.util.Optional;
import java.util.ServiceLoader;
import org.hipparchus.linear.RealMatrix;

/**
 * The operations on dense matrices whose cost grows with the cube of the order. Implementations are safe for use by
 * several threads and do not modify their arguments.
 */
public interface LinearAlgebra {

    /**
     * Who computes, for a person to read.
     *
     * @return such as "pure Java" or "OpenBLAS 0.3.31"
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
     * Solves AX = B by Gaussian elimination with row exchanges.
     *
     * @param a n×n
     * @param b n×m
     * @return X, n×m
     * @throws ArithmeticException if a pivot is exactly zero
     */
    RealMatrix solve(RealMatrix a, RealMatrix b);

    /**
     * The real Schur form; of a matrix that is exactly symmetric the diagonal one.
     *
     * @param a n×n, finite
     * @return Z and T
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    RealSchur schur(RealMatrix a);

    /**
     * The eigenvalues and eigenvectors of a symmetric matrix.
     *
     * @param a n×n, finite; only its lower triangle counts
     * @return Λ and V
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    SymmetricEigen symmetricEigen(RealMatrix a);

    /**
     * The one in Java, which needs nothing else.
     *
     * @return always there
     */
    static LinearAlgebra pureJava() {
        return JavaLinearAlgebra.INSTANCE;
    }

    /**
     * What is fastest for matrices of an order: for small ones pure Java, for others native code if there is any.
     *
     * @param order n
     * @return the operations
     */
    static LinearAlgebra forOrder(int order) {
        if (order < JavaLinearAlgebra.LARGE) {
            return pureJava();
        }
        for (Provider provider : ServiceLoader.load(Provider.class)) {
            Optional<LinearAlgebra> found = provider.load();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return pureJava();
    }

    /** Brings native code; found by {@link ServiceLoader}. */
    interface Provider {

        /**
         * Loads the code, once in the life of the virtual machine.
         *
         * @return the operations, or empty where there is no code for this platform
         */
        Optional<LinearAlgebra> load();
    }
}
