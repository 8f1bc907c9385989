package org.langevin4j.solvers.path;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LuFactors;

/**
 * What the paths beside one of least action add to the probability of being beyond the hyperplane that its momentum is normal to. With J, P
 * the solution of the linearised equations of Hamilton that begins as the Gaussian density of the well, J = 1 and P = Z₀, and Z = PJ⁻¹ = ∂²V:
 *
 * <pre>
 * ρ = (β/2π)^(d/2) (det Z₀)^½ (det J)^(−½) e^(−½∫tr ∂²H/∂x∂p dt) e^(−βV)
 * P = ∫ρ over p·δx &gt; 0 = (2πβ)^(−½) (det Z₀)^½ (det J · e^(∫tr ∂²H/∂x∂p dt) · pᵀadj(Z)p)^(−½) e^(−βS)
 * </pre>
 *
 * which becomes constant where the path stays at the edge of the basin (Lehmann, Reimann and Hänggi 2003, phys. stat. sol. (b) 237, 53).
 */
final class PathFluctuations {

    /** ln of √(2πβ)·P·e^(βS) at each point of the path; NaN from a conjugate point on. */
    private final double[] logFactors;

    private PathFluctuations(double[] logFactors) {
        this.logFactors = logFactors;
    }

    static PathFluctuations along(ExtremalEquations equations, double[] t, double[][] z, RealMatrix z0) {
        int d = z0.getRowDimension();
        double[][][][] steps = equations.derivatives(t, z);
        double[] logs = new double[t.length];
        RealMatrix hessian = z0;
        double spread = -Math.log(LuFactors.of(z0).determinant());
        logs[0] = -0.5 * (spread + Math.log(cofactor(hessian, z[0])));
        for (int k = 0; k + 1 < t.length; k++) {
            RealMatrix frame = new Array2DRowRealMatrix(2 * d, d);
            frame.setSubMatrix(identity(d), 0, 0);
            frame.setSubMatrix(hessian.getData(), d, 0);
            RealMatrix right =
                    new Array2DRowRealMatrix(steps[k][0], false).multiply(frame).scalarMultiply(-1.0);
            RealMatrix next =
                    LuFactors.of(new Array2DRowRealMatrix(steps[k][1], false)).solve(right);
            LuFactors positions = LuFactors.of(next.getSubMatrix(0, d - 1, 0, d - 1));
            double determinant = positions.determinant();
            if (!(determinant > 0.0)) {
                Arrays.fill(logs, k + 1, logs.length, Double.NaN);
                break;
            }
            hessian = next.getSubMatrix(d, 2 * d - 1, 0, d - 1).multiply(positions.inverse());
            hessian = hessian.add(hessian.transpose()).scalarMultiply(0.5);
            spread += Math.log(determinant) + equations.divergence(t, z, k);
            logs[k + 1] = -0.5 * (spread + Math.log(cofactor(hessian, z[k + 1])));
        }
        return new PathFluctuations(logs);
    }

    private static double[][] identity(int d) {
        double[][] one = new double[d][d];
        for (int i = 0; i < d; i++) {
            one[i][i] = 1.0;
        }
        return one;
    }

    /** pᵀadj(Z)p = −det((Z, p), (pᵀ, 0)). */
    private static double cofactor(RealMatrix hessian, double[] z) {
        int d = hessian.getRowDimension();
        RealMatrix bordered = new Array2DRowRealMatrix(d + 1, d + 1);
        bordered.setSubMatrix(hessian.getData(), 0, 0);
        for (int i = 0; i < d; i++) {
            bordered.setEntry(i, d, z[d + i]);
            bordered.setEntry(d, i, z[d + i]);
        }
        return -LuFactors.of(bordered).determinant();
    }

    double logFactor(int k) {
        return logFactors[k];
    }
}
