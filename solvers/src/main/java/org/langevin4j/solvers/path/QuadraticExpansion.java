package org.langevin4j.solvers.path;

import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.LinearDecomposition;

/** V ≈ ½yᵀUy around a stable resting point in the plane: F = −∂b = (D+Q)U (Chaudhari and Soatto 2018, Lemma 20). */
record QuadraticExpansion(double u11, double u12, double u22) {

    /** From ∂b and D at the resting point, both row-major. */
    static QuadraticExpansion of(double[] jacobian, double[] d) {
        double f11 = -jacobian[0];
        double f12 = -jacobian[1];
        double f21 = -jacobian[2];
        double f22 = -jacobian[3];
        double trace = f11 + f22;
        double determinant = f11 * f22 - f12 * f21;
        if (!(trace > 0.0 && determinant > 0.0)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "attractor must be stable: −∂b has trace %g and determinant %g in units of cells",
                    trace,
                    determinant));
        }
        if (!(d[0] > 0.0 && d[0] * d[3] - d[1] * d[2] > 0.0)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "diffusion must be positive definite at the attractor, got determinant %g in units of cells",
                    d[0] * d[3] - d[1] * d[2]));
        }
        RealMatrix u = LinearDecomposition.of(
                        MatrixUtils.createRealMatrix(new double[][] {{f11, f12}, {f21, f22}}),
                        MatrixUtils.createRealMatrix(new double[][] {{d[0], d[1]}, {d[2], d[3]}}))
                .u();
        return new QuadraticExpansion(u.getEntry(0, 0), u.getEntry(0, 1), u.getEntry(1, 1));
    }

    /** From ∂b and D at a resting point. */
    static QuadraticExpansion at(Hamiltonian hamiltonian, double[] rest) {
        double[] jacobian = new double[4];
        double[] d = new double[4];
        hamiltonian.jacobian(rest, jacobian);
        hamiltonian.diffusion(rest, d);
        return of(jacobian, d);
    }

    /** ½yᵀUy. */
    double value(double y1, double y2) {
        return 0.5 * (u11 * y1 * y1 + 2.0 * u12 * y1 * y2 + u22 * y2 * y2);
    }

    /** The level curve whose farthest point is at a given distance, around a centre. */
    LevelCurve ellipse(double x, double y, double radius, int markers) {
        double v = level(radius);
        double l11 = Math.sqrt(u11);
        double l21 = u12 / l11;
        double l22 = Math.sqrt(u22 - l21 * l21);
        double size = Math.sqrt(2.0 * v);
        LevelCurve front = new LevelCurve(true);
        for (int k = 0; k < markers; k++) {
            double angle = 2.0 * Math.PI * k / markers;
            double y2 = size * Math.sin(angle) / l22;
            double y1 = (size * Math.cos(angle) - l21 * y2) / l11;
            front.add(x + y1, y + y2, u11 * y1 + u12 * y2, u12 * y1 + u22 * y2, 0.0);
        }
        front.measure();
        return front;
    }

    /** V on that curve: half the smaller eigenvalue of U times the squared distance. */
    double level(double radius) {
        double half = 0.5 * (u11 + u22);
        double smaller = (u11 * u22 - u12 * u12) / (half + Math.hypot(0.5 * (u11 - u22), u12));
        return 0.5 * smaller * radius * radius;
    }
}
