package org.langevin4j.solvers.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Cholesky;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;

/**
 * The plane x̄ + R that paths of finite action from a state x̄ stay in where D is singular: R is spanned by the range of D(x̄), b(x̄) and
 * what ∂b(x̄) makes of them (Kalman's rank condition). That b and D lead nowhere else from any state of the plane is for
 * {@link #requireInvariant} to see. Coordinates c in an orthonormal basis E of R: x = x̄ + Ec.
 */
final class ReachableDirections {

    /** Below this part of its length a vector adds no direction to those that are there. */
    private static final double INDEPENDENT = 1e-7;

    /** How far from the plane a state may be, relative to its distance from x̄. */
    private static final double NEAR = 1e-9;

    private final double[] origin;
    private final double[][] basis;
    private final int d;

    private ReachableDirections(double[] origin, double[][] basis) {
        this.origin = origin;
        this.basis = basis;
        this.d = origin.length;
    }

    /** Whether D is positive definite at a state, in any units of its coordinates. */
    static boolean isDefinite(Diffusion diffusion, double[] x) {
        int d = x.length;
        double[] matrix = new double[d * d];
        diffusion.matrix(x, matrix);
        return Cholesky.definite(matrix, d) < 0;
    }

    /** From a state; an arrow counts as at rest where |b| is below a length times ‖∂b‖. */
    static ReachableDirections from(Hamiltonian hamiltonian, double[] x, double small) {
        int d = x.length;
        double[] matrix = new double[d * d];
        double[] jacobian = new double[d * d];
        double[] b = new double[d];
        hamiltonian.diffusion(x, matrix);
        hamiltonian.jacobian(x, jacobian);
        hamiltonian.drift(x, b);
        List<double[]> found = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            double[] column = new double[d];
            for (int i = 0; i < d; i++) {
                column[i] = matrix[i * d + j];
            }
            add(found, column, 0.0);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "diffusion must be positive definite along the path, or singular but not 0"
                            + " where it begins, got 0 at " + VectorText.of(x));
        }
        double size = Vectors.norm(jacobian);
        if (!(Vectors.norm(b) <= small * size)) {
            add(found, b, 0.0);
        }
        for (int k = 0; k < found.size(); k++) {
            double[] image = new double[d];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    image[i] += jacobian[i * d + j] * found.get(k)[j];
                }
            }
            add(found, image, INDEPENDENT * size);
        }
        return new ReachableDirections(x.clone(), found.toArray(new double[0][]));
    }

    /** Adds the part of a vector that is normal to those found, if it is there and the vector longer than rounding. */
    private static void add(List<double[]> found, double[] vector, double rounding) {
        double length = Vectors.norm(vector);
        if (!(length > rounding)) {
            return;
        }
        double[] rest = vector.clone();
        for (int twice = 0; twice < 2; twice++) {
            for (double[] e : found) {
                Vectors.addMultiple(-Vectors.dot(e, rest), e, rest);
            }
        }
        if (Vectors.norm(rest) > INDEPENDENT * length) {
            found.add(Vectors.unit(rest));
        }
    }

    int dimension() {
        return basis.length;
    }

    /** Whether every direction is reached. */
    boolean isAll() {
        return basis.length == d;
    }

    /** Coordinates in the plane; a state elsewhere is refused. */
    double[] coordinates(double[] x) {
        double[] offset = Vectors.difference(x, origin);
        double[] c = inside(offset);
        double[] rest = Vectors.difference(offset, outside(c));
        double off = Vectors.norm(rest);
        if (!(off <= NEAR * Vectors.norm(offset))) {
            throw new IllegalArgumentException(
                    "diffusion must be positive definite along the path, or the drift carry noise"
                            + " to its corners, got " + VectorText.of(x) + ": neither leads along "
                            + VectorText.of(Vectors.unit(rest)) + " from " + VectorText.of(origin));
        }
        return c;
    }

    private double[] inside(double[] v) {
        double[] c = new double[basis.length];
        Arrays.setAll(c, k -> Vectors.dot(basis[k], v));
        return c;
    }

    /** Ec, a direction of the plane. */
    double[] outside(double[] c) {
        double[] v = new double[d];
        for (int k = 0; k < c.length; k++) {
            Vectors.addMultiple(c[k], basis[k], v);
        }
        return v;
    }

    /** x̄ + Ec. */
    double[] state(double[] c) {
        return Vectors.moved(origin, outside(c), 1.0);
    }

    /** Eᵀb. */
    VectorField drift(VectorField drift) {
        VectorField within = (c, out) -> {
            double[] b = new double[d];
            drift.at(state(c), b);
            System.arraycopy(inside(b), 0, out, 0, out.length);
        };
        if (!(drift instanceof DifferentiableField field)) {
            return within;
        }
        return DifferentiableField.of(within, (c, out) -> {
            double[] jacobian = new double[d * d];
            field.jacobian(state(c), jacobian);
            project(jacobian, out);
        });
    }

    /** EᵀDE. */
    Diffusion diffusion(Diffusion diffusion) {
        int r = basis.length;
        double[] matrix = new double[d * d];
        double[] projected = new double[r * r];
        if (diffusion.isConstant()) {
            diffusion.matrix(origin, matrix);
            project(matrix, projected);
            double[][] rows = new double[r][];
            Arrays.setAll(rows, k -> Arrays.copyOfRange(projected, k * r, (k + 1) * r));
            return Diffusion.constant(MatrixUtils.createRealMatrix(rows));
        }
        return Diffusion.of(new MatrixField() {
            @Override
            public int dimension() {
                return r;
            }

            @Override
            public void at(double[] c, double[] out) {
                double[] full = new double[d * d];
                double[] part = new double[r * r];
                diffusion.matrix(state(c), full);
                project(full, part);
                for (int i = 0; i < r * r; i++) {
                    // Symmetric to the last bit.
                    out[i] = 0.5 * (part[i] + part[i % r * r + i / r]);
                }
            }

            @Override
            public void divergence(double[] c, double[] out) {
                double[] full = new double[d];
                diffusion.divergence(state(c), full);
                System.arraycopy(inside(full), 0, out, 0, r);
            }
        });
    }

    private void project(double[] matrix, double[] out) {
        int r = basis.length;
        for (int l = 0; l < r; l++) {
            double[] column = new double[d];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    column[i] += matrix[i * d + j] * basis[l][j];
                }
            }
            for (int k = 0; k < r; k++) {
                out[k * r + l] = Vectors.dot(basis[k], column);
            }
        }
    }

    /** Refuses b and D that lead out of the plane from a state of it. */
    void requireInvariant(VectorField drift, Diffusion diffusion, double[] x) {
        double[] b = new double[d];
        double[] matrix = new double[d * d];
        drift.at(x, b);
        requireInside(b, "drift", x);
        diffusion.matrix(x, matrix);
        for (int i = 0; i < d; i++) {
            requireInside(Arrays.copyOfRange(matrix, i * d, (i + 1) * d), "noise", x);
        }
    }

    private void requireInside(double[] v, String name, double[] x) {
        double[] rest = Vectors.difference(v, outside(inside(v)));
        if (!(Vectors.norm(rest) <= INDEPENDENT * Vectors.norm(v))) {
            throw new IllegalArgumentException("diffusion must be positive definite along the path, or " + name
                    + " lead only where it does at its beginning; at " + VectorText.of(x) + " it leads along "
                    + VectorText.of(Vectors.unit(rest)));
        }
    }
}
