package org.langevin4j.examples.paper.potential;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LuFactors;

/**
 * Taylor coefficients at the minimum (1, 1) of the loss f = (x₁² − 1)²/4 + (x₂ − x₁)²/2 for D = diag(1, a): Φ = Φ₀ + β⁻¹Φ₁ + …,
 * where b·∇Φ₀ + ∇Φ₀·D∇Φ₀ = 0 and (b + 2D∇Φ₀)·∇Φ₁ = ∇·b + D:∇²Φ₀.
 */
final class LossExpansion {

    /** Of the critical point of Φ from that of the loss, over β⁻¹. */
    final double[] displacement;

    final double entropyProduction;

    /** E|j|² over β⁻¹. */
    final double force;

    /** Of the two coordinates, times β. */
    final double[] variances;

    private LossExpansion(double[] displacement, double entropyProduction, double force, double... variances) {
        this.displacement = displacement;
        this.entropyProduction = entropyProduction;
        this.force = force;
        this.variances = variances;
    }

    static LossExpansion of(double a) {
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{-3.0, 1.0}, {1.0, -1.0}});
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.0}, {0.0, a}});
        // FΣ + ΣFᵀ + 2D = 0 for Σ₁₁, Σ₁₂, Σ₂₂; S = Σ⁻¹ is the Hessian of Φ₀.
        double[] sigma =
                solve(new double[][] {{-6.0, 2.0, 0.0}, {1.0, -4.0, 1.0}, {0.0, 2.0, -2.0}}, -2.0, 0.0, -2.0 * a);
        RealMatrix covariance =
                MatrixUtils.createRealMatrix(new double[][] {{sigma[0], sigma[1]}, {sigma[1], sigma[2]}});
        RealMatrix s = LuFactors.of(covariance).inverse();
        RealMatrix back = f.add(d.multiply(s).scalarMultiply(2.0));
        // (back·x)·∇t = −½ (Sx)·b₂(x, x) for the cubic part t of Φ₀, where b₂ = (−6x₁², 0).
        double[][] rows = new double[4][4];
        for (int m = 0; m < 4; m++) {
            int p = 3 - m;
            rows[m][m] += p * back.getEntry(0, 0) + m * back.getEntry(1, 1);
            if (p > 0) {
                rows[m + 1][m] += p * back.getEntry(0, 1);
            }
            if (m > 0) {
                rows[m - 1][m] += m * back.getEntry(1, 0);
            }
        }
        double[] t = solve(rows, 3.0 * s.getEntry(0, 0), 3.0 * s.getEntry(0, 1), 0.0, 0.0);
        // backᵀg = ∇(∇·b + D:∇²Φ₀) for the gradient g of Φ₁.
        double[] right = {-6.0 + 6.0 * t[0] + a * 2.0 * t[2], 2.0 * t[1] + a * 6.0 * t[3]};
        double[] g = LuFactors.of(back.transpose()).inverse().operate(right);
        double[] displacement = covariance.scalarMultiply(-1.0).operate(g);
        // The force j = (F + DS)x, and β⟨j·D⁻¹j⟩ with the covariance Σ/β.
        RealMatrix j = f.add(d.multiply(s));
        double rate = j.transpose()
                .multiply(LuFactors.of(d).inverse())
                .multiply(j)
                .multiply(covariance)
                .getTrace();
        double force = j.transpose().multiply(j).multiply(covariance).getTrace();
        return new LossExpansion(displacement, rate, force, sigma[0], sigma[2]);
    }

    private static double[] solve(double[][] matrix, double... right) {
        return LuFactors.of(MatrixUtils.createRealMatrix(matrix)).solve(right);
    }
}
