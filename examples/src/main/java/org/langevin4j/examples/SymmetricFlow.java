package org.langevin4j.examples;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.network.MeasuredDiffusion;

/**
 * The flow ẋ = −Ax with A = F + δI symmetric and stable, and the stationary covariance of its noisy version. With
 * A = UΛUᵀ the Lyapunov equation AΣ + ΣA = 2β⁻¹D has the solution (UᵀΣU)ᵢⱼ = 2β⁻¹(UᵀDU)ᵢⱼ/(λᵢ + λⱼ).
 */
final class SymmetricFlow {

    private final RealMatrix hessian;
    private final double weightDecay;
    private final double smallestOfHessian;

    /** Eigenvalues of A, and its eigenvectors as rows. */
    private final double[] rates;

    private final DMatrixRMaj vectors;

    private SymmetricFlow(
            RealMatrix hessian, double weightDecay, double smallestOfHessian, double[] rates, DMatrixRMaj vectors) {
        this.hessian = hessian;
        this.weightDecay = weightDecay;
        this.smallestOfHessian = smallestOfHessian;
        this.rates = rates;
        this.vectors = vectors;
    }

    /**
     * The flow with the least weight decay that makes λ_min(F + δI) the given fraction of λ_max(F), or none if F is that
     * stable already.
     */
    static SymmetricFlow of(RealMatrix hessian, double stability) {
        int d = hessian.getRowDimension();
        DMatrixRMaj f = new DMatrixRMaj(hessian.getData());
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(f)) {
            throw new ArithmeticException("the eigenvalues of the Hessian of order " + d + " did not converge");
        }
        double[] values = new double[d];
        DMatrixRMaj vectors = new DMatrixRMaj(d, d);
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < d; i++) {
            values[i] = eigen.getEigenvalue(i).getReal();
            System.arraycopy(eigen.getEigenVector(i).getData(), 0, vectors.getData(), i * d, d);
            smallest = Math.min(smallest, values[i]);
            largest = Math.max(largest, values[i]);
        }
        if (!(largest > 0.0)) {
            throw new IllegalArgumentException("hessian must have a positive eigenvalue, its largest is " + largest);
        }
        double weightDecay = Math.max(0.0, stability * largest - smallest);
        for (int i = 0; i < d; i++) {
            values[i] += weightDecay;
        }
        return new SymmetricFlow(hessian, weightDecay, smallest, values, vectors);
    }

    double weightDecay() {
        return weightDecay;
    }

    double smallestOfHessian() {
        return smallestOfHessian;
    }

    double smallestRate() {
        return smallestOfHessian + weightDecay;
    }

    double largestRate() {
        double largest = 0.0;
        for (double rate : rates) {
            largest = Math.max(largest, rate);
        }
        return largest;
    }

    /** −A. */
    RealMatrix drift() {
        int d = rates.length;
        return hessian.add(MatrixUtils.createRealIdentityMatrix(d).scalarMultiply(weightDecay))
                .scalarMultiply(-1.0);
    }

    /**
     * vᵀΣv for the columns v of a matrix. With a step h > 0, Σ is the stationary covariance of Euler–Maruyama instead,
     * where λᵢ + λⱼ − hλᵢλⱼ stands for λᵢ + λⱼ.
     */
    double[] variances(MeasuredDiffusion diffusion, RealMatrix columns, Temperature temperature, double stepSize) {
        int d = rates.length;
        double[] entries = new double[d * d];
        diffusion.matrix(new double[d], entries);
        DMatrixRMaj half = new DMatrixRMaj(d, d);
        DMatrixRMaj rotated = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(vectors, DMatrixRMaj.wrap(d, d, entries), half);
        CommonOps_DDRM.multTransB(half, vectors, rotated);
        DMatrixRMaj projected = new DMatrixRMaj(d, columns.getColumnDimension());
        CommonOps_DDRM.mult(vectors, new DMatrixRMaj(columns.getData()), projected);
        double[] variances = new double[columns.getColumnDimension()];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double denominator = rates[i] + rates[j] - stepSize * rates[i] * rates[j];
                double entry = 2.0 * temperature.value() * rotated.get(i, j) / denominator;
                for (int k = 0; k < variances.length; k++) {
                    variances[k] += projected.get(i, k) * entry * projected.get(j, k);
                }
            }
        }
        return variances;
    }
}
