package org.langevin4j.examples.paper.networks;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.network.MeasuredDiffusion;

/**
 * The flow ẋ = −Ax with A = F + δI symmetric and stable, and the stationary covariance of its noisy version. With
 * A = UΛUᵀ the Lyapunov equation AΣ + ΣA = 2β⁻¹D has the solution (UᵀΣU)ᵢⱼ = 2β⁻¹(UᵀDU)ᵢⱼ/(λᵢ + λⱼ).
 */
final class SymmetricFlow {

    private final RealMatrix hessian;
    private final Eigenpairs eigen;
    private final double[] valuesOfHessian;
    private final double weightDecay;

    private SymmetricFlow(RealMatrix hessian, Eigenpairs eigen, double[] valuesOfHessian, double weightDecay) {
        this.hessian = hessian;
        this.eigen = eigen;
        this.valuesOfHessian = valuesOfHessian;
        this.weightDecay = weightDecay;
    }

    /**
     * The flow with the least weight decay that makes λ_min(F + δI) the given fraction of λ_max(F), or none if F is that
     * stable already.
     */
    static SymmetricFlow of(RealMatrix hessian, double stability) {
        Eigenpairs eigen = LinearAlgebra.forOrder(hessian.getRowDimension()).symmetricEigen(hessian);
        double[] values = eigen.values();
        double largest = values[0];
        if (!(largest > 0.0)) {
            throw new IllegalArgumentException("hessian must have a positive eigenvalue, its largest is " + largest);
        }
        return new SymmetricFlow(
                hessian, eigen, values, Math.max(0.0, stability * largest - values[values.length - 1]));
    }

    double weightDecay() {
        return weightDecay;
    }

    double smallestOfHessian() {
        return valuesOfHessian[valuesOfHessian.length - 1];
    }

    double smallestRate() {
        return rate(valuesOfHessian.length - 1);
    }

    double largestRate() {
        return rate(0);
    }

    /** The eigenvalues of A, descending. */
    double rate(int k) {
        return valuesOfHessian[k] + weightDecay;
    }

    /** −A. */
    RealMatrix drift() {
        return hessian.add(MatrixUtils.createRealIdentityMatrix(valuesOfHessian.length)
                        .scalarMultiply(weightDecay))
                .scalarMultiply(-1.0);
    }

    /**
     * vᵀΣv for the columns v of a matrix. With a step h > 0, Σ is the stationary covariance of Euler–Maruyama instead,
     * where λᵢ + λⱼ − hλᵢλⱼ stands for λᵢ + λⱼ.
     */
    double[] variances(MeasuredDiffusion diffusion, RealMatrix columns, Temperature temperature, double stepSize) {
        int d = valuesOfHessian.length;
        LinearAlgebra algebra = LinearAlgebra.forOrder(d);
        RealMatrix rotated = rotated(diffusion);
        RealMatrix projected = algebra.multiply(eigen.vectors().transpose(), columns);
        double[] variances = new double[columns.getColumnDimension()];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double denominator = rate(i) + rate(j) - stepSize * rate(i) * rate(j);
                double entry = 2.0 * temperature.value() * rotated.getEntry(i, j) / denominator;
                for (int k = 0; k < variances.length; k++) {
                    variances[k] += projected.getEntry(i, k) * entry * projected.getEntry(j, k);
                }
            }
        }
        return variances;
    }

    private RealMatrix rotated(MeasuredDiffusion diffusion) {
        LinearAlgebra algebra = LinearAlgebra.forOrder(valuesOfHessian.length);
        return algebra.multiply(algebra.multiply(eigen.vectors().transpose(), diffusion.toMatrix()), eigen.vectors());
    }

    /** The diagonal of UᵀDU, in the order of the rates. */
    double[] strengths(MeasuredDiffusion diffusion) {
        RealMatrix rotated = rotated(diffusion);
        double[] strengths = new double[valuesOfHessian.length];
        for (int i = 0; i < strengths.length; i++) {
            strengths[i] = rotated.getEntry(i, i);
        }
        return strengths;
    }

    /** vᵀΣv for the columns v of a matrix if Σ = β⁻¹A⁻¹, as it is for Φ = ½xᵀAx. */
    double[] ofLoss(RealMatrix columns, Temperature temperature) {
        RealMatrix projected = LinearAlgebra.forOrder(columns.getRowDimension())
                .multiply(eigen.vectors().transpose(), columns);
        double[] variances = new double[columns.getColumnDimension()];
        for (int k = 0; k < variances.length; k++) {
            for (int i = 0; i < valuesOfHessian.length; i++) {
                variances[k] += temperature.value() * Math.pow(projected.getEntry(i, k), 2) / rate(i);
            }
        }
        return variances;
    }
}
