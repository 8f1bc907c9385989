package org.langevin4j.solvers.path;

import java.util.Arrays;
import org.hipparchus.complex.Complex;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.SingularVectors;
import org.langevin4j.core.linear.Vectors;

/**
 * What Hamilton's equations are close to a resting point x̄ of the drift where paths begin or end: linear in y = x − x̄, with p = Py,
 * ẏ = (A + 2DP)y, A = ∂b and PA + AᵀP + 2PDP = 0, and ½yᵀPy the action from x̄, or that to it with the other sign.
 *
 * <pre>
 * out of a stable point   P = U of Lemma 20
 * into a point            P = −(μ/wᵀDw) wwᵀ,   Aᵀw = μw, μ > 0,   or 0 if it is stable
 * </pre>
 */
final class RestPlane {

    private static final double NEUTRAL = 1e-9;

    /** Fifth power of a step times the fifth derivative of y. */
    private static final double LOCAL_ERROR = 1e-5;

    private static final double LONGER = 1.3;

    private final double[] rest;
    private final RealMatrix p;
    private final RealMatrix flow;

    private RestPlane(double[] rest, RealMatrix p, RealMatrix jacobian, RealMatrix diffusion) {
        this.rest = rest.clone();
        this.p = p;
        this.flow = jacobian.add(diffusion.multiply(p).scalarMultiply(2.0));
    }

    /** Of the paths that leave a stable point of which noise reaches every direction. */
    static RestPlane outOf(Hamiltonian hamiltonian, double[] rest) {
        RealMatrix a = jacobian(hamiltonian, rest);
        for (Complex value : LinearAlgebra.pureJava().eigenvalues(a)) {
            if (!(value.getReal() < 0.0)) {
                throw new IllegalArgumentException("diffusion must be positive definite along the path, or the path"
                        + " begin at a stable resting point, got an eigenvalue of ∂b of " + value);
            }
        }
        RealMatrix diffusion = diffusion(hamiltonian, rest);
        try {
            RealMatrix u =
                    LinearDecomposition.of(a.scalarMultiply(-1.0), diffusion).u();
            return new RestPlane(rest, u, a, diffusion);
        } catch (MathRuntimeException e) {
            throw new IllegalArgumentException("diffusion must reach every direction with the help of the drift", e);
        }
    }

    /** Of the paths that come to a point with at most one unstable direction. */
    static RestPlane into(Hamiltonian hamiltonian, double[] rest) {
        int d = rest.length;
        RealMatrix a = jacobian(hamiltonian, rest);
        RealMatrix diffusion = diffusion(hamiltonian, rest);
        double mu = 0.0;
        int unstable = 0;
        for (Complex value : LinearAlgebra.pureJava().eigenvalues(a)) {
            if (!(value.getReal() < -NEUTRAL * Vectors.norm(a))) {
                unstable++;
                mu = value.getReal();
            }
        }
        RealMatrix p = MatrixUtils.createRealMatrix(d, d);
        if (unstable > 0) {
            RealMatrix shifted = a.transpose()
                    .subtract(MatrixUtils.createRealIdentityMatrix(d).scalarMultiply(mu));
            double[] w = SingularVectors.of(shifted).right().getColumn(d - 1);
            double strength = Vectors.dot(w, diffusion.operate(w));
            if (unstable > 1 || !(mu > NEUTRAL * Vectors.norm(a)) || !(strength > 0.0)) {
                throw new IllegalArgumentException("diffusion must be positive definite along the path, or its end no"
                        + " resting point with more than one direction that is not stable or one without noise");
            }
            p = MatrixUtils.createColumnRealMatrix(w)
                    .multiply(MatrixUtils.createRowRealMatrix(w))
                    .scalarMultiply(-mu / strength);
        }
        return new RestPlane(rest, p, a, diffusion);
    }

    /** ∂b at a state. */
    static RealMatrix jacobian(Hamiltonian hamiltonian, double[] x) {
        double[] entries = new double[x.length * x.length];
        hamiltonian.jacobian(x, entries);
        return square(entries, x.length);
    }

    /** D at a state. */
    static RealMatrix diffusion(Hamiltonian hamiltonian, double[] x) {
        double[] entries = new double[x.length * x.length];
        hamiltonian.diffusion(x, entries);
        return square(entries, x.length);
    }

    private static RealMatrix square(double[] entries, int d) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d * d; i++) {
            matrix.setEntry(i / d, i % d, entries[i]);
        }
        return matrix;
    }

    RealMatrix matrix() {
        return p;
    }

    RealMatrix flow() {
        return flow;
    }

    private double[] offset(double[] z) {
        return Vectors.difference(Arrays.copyOf(z, rest.length), rest);
    }

    /** |y|. */
    double distance(double[] z) {
        return Vectors.norm(offset(z));
    }

    /** |½yᵀPy|. */
    double action(double[] z) {
        double[] y = offset(z);
        return 0.5 * Math.abs(Vectors.dot(y, p.operate(y)));
    }

    /** Where a state of the plane is after a time. */
    double[] after(double[] z, double time) {
        return at(MatrixUtils.matrixExponential(flow.scalarMultiply(time)).operate(offset(z)));
    }

    /** A step that suits the path at a state, next to another step. */
    double step(double[] z, double beside) {
        double[] fifth = offset(z);
        for (int k = 0; k < 5; k++) {
            fifth = flow.operate(fifth);
        }
        return Math.min(LONGER * beside, Math.pow(LOCAL_ERROR / Vectors.norm(fifth), 0.2));
    }

    /** (x̄ + y, Py). */
    double[] at(double[] y) {
        double[] z = Arrays.copyOf(Vectors.moved(rest, y, 1.0), 2 * y.length);
        System.arraycopy(p.operate(y), 0, z, y.length, y.length);
        return z;
    }

    /** p = Py. */
    ExtremalEquations.Boundary plane() {
        return (z, rows) -> {
            int d = rest.length;
            double[] lowered = p.operate(offset(z));
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    rows[i][j] = -p.getEntry(i, j);
                }
                rows[i][d + i] = 1.0;
                rows[i][2 * d] = lowered[i] - z[d + i];
            }
        };
    }

    /** The distance of a given state along its own y, which fixes the place of a path in time; p = Py but along y, where it follows from H = 0. */
    ExtremalEquations.Boundary cut(double[] state) {
        int d = rest.length;
        double[][] frame = frame(offset(state));
        double size = distance(state);
        return (z, rows) -> {
            double[] y = offset(z);
            double[] off = Vectors.difference(Arrays.copyOfRange(z, d, 2 * d), p.operate(y));
            System.arraycopy(frame[0], 0, rows[0], 0, d);
            rows[0][2 * d] = size - Vectors.dot(frame[0], y);
            for (int k = 1; k < d; k++) {
                double[] lowered = p.operate(frame[k]);
                for (int i = 0; i < d; i++) {
                    rows[k][i] = -lowered[i];
                    rows[k][d + i] = frame[k][i];
                }
                rows[k][2 * d] = -Vectors.dot(frame[k], off);
            }
        };
    }

    /** Anywhere among the directions in which a saddle draws paths to it, and no momentum along them: wᵀy = 0, p along w. */
    ExtremalEquations.Boundary separatrix() {
        int d = rest.length;
        double[] w = p.getColumn(0);
        for (int i = 1; i < d; i++) {
            w = Vectors.norm(p.getColumn(i)) > Vectors.norm(w) ? p.getColumn(i) : w;
        }
        double[][] frame = frame(w);
        return (z, rows) -> {
            double[] y = offset(z);
            double[] momentum = Arrays.copyOfRange(z, d, 2 * d);
            System.arraycopy(frame[0], 0, rows[0], 0, d);
            rows[0][2 * d] = -Vectors.dot(frame[0], y);
            for (int k = 1; k < d; k++) {
                System.arraycopy(frame[k], 0, rows[k], d, d);
                rows[k][2 * d] = -Vectors.dot(frame[k], momentum);
            }
        };
    }

    /** Orthonormal vectors, the first along y. */
    private static double[][] frame(double[] y) {
        int d = y.length;
        double[][] frame = new double[d][];
        frame[0] = Vectors.unit(y);
        int most = 0;
        for (int i = 1; i < d; i++) {
            most = Math.abs(y[i]) > Math.abs(y[most]) ? i : most;
        }
        int place = 1;
        for (int i = 0; i < d; i++) {
            if (i == most) {
                continue;
            }
            double[] e = new double[d];
            e[i] = 1.0;
            for (int twice = 0; twice < 2; twice++) {
                for (int k = 0; k < place; k++) {
                    Vectors.addMultiple(-Vectors.dot(frame[k], e), frame[k], e);
                }
            }
            frame[place++] = Vectors.unit(e);
        }
        return frame;
    }

    @Override
    public String toString() {
        return "resting point at " + VectorText.of(rest);
    }
}
