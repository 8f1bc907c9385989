package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.SingularVectors;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Systems that have a bifurcation of fixed points as a regular root (Kuznetsov 2004, Section 10.2), solved by Newton's
 * method: Jv = 0 for a fold, Jq = iωq at a Hopf point, wᵀ(J, bₚ) = 0 where branches cross.
 *
 * @param equation b(x; p) = 0
 */
record DefiningSystems(FixedPointEquation equation) {

    /** Smallest p′ of a branch that is not upright. */
    private static final double UPRIGHT = 1e-5;

    /** b = 0, Jv = 0, v·v = 1. */
    Bifurcation foldNear(double[] guess, double[] tangent) {
        int d = equation.dimension();
        double[] start = Arrays.copyOf(guess, 2 * d + 1);
        double size = Vectors.norm(Arrays.copyOf(tangent, d));
        for (int i = 0; i < d; i++) {
            start[d + 1 + i] = tangent[i] / size;
        }
        double[] root = solve(
                (u, out) -> {
                    RealMatrix extended = equation.derivative(Arrays.copyOf(u, d + 1));
                    double[] b = equation.value(u);
                    double norm = -1.0;
                    for (int i = 0; i < d; i++) {
                        out[i] = b[i];
                        for (int j = 0; j < d; j++) {
                            out[d + i] += extended.getEntry(i, j) * u[d + 1 + j];
                        }
                        norm += u[d + 1 + i] * u[d + 1 + i];
                    }
                    out[2 * d] = norm;
                },
                start,
                "a fold");
        return new Bifurcation(Bifurcation.Type.FOLD, Arrays.copyOf(root, d), root[d], List.of(), Optional.empty());
    }

    /** b + μw = 0, wᵀ(J, bₚ) = 0, w·w = 1. */
    Bifurcation crossingNear(double[] guess) {
        int d = equation.dimension();
        double[] start = Arrays.copyOf(guess, 2 * d + 2);
        RealMatrix left = SingularVectors.of(equation.derivative(guess)).left();
        System.arraycopy(left.getColumn(d - 1), 0, start, d + 2, d);
        double[] root = solve(
                (u, out) -> {
                    RealMatrix extended = equation.derivative(Arrays.copyOf(u, d + 1));
                    double[] b = equation.value(u);
                    double norm = -1.0;
                    for (int i = 0; i < d; i++) {
                        out[i] = b[i] + u[d + 1] * u[d + 2 + i];
                        for (int j = 0; j <= d; j++) {
                            out[d + j] += extended.getEntry(i, j) * u[d + 2 + i];
                        }
                        norm += u[d + 2 + i] * u[d + 2 + i];
                    }
                    out[2 * d + 1] = norm;
                },
                start,
                "a branch point");
        double[] y = Arrays.copyOf(root, d + 1);
        double[] w = Arrays.copyOfRange(root, d + 2, 2 * d + 2);
        List<double[]> tangents = crossingTangents(y, w);
        boolean upright = tangents.stream().anyMatch(t -> Math.abs(t[d]) < UPRIGHT);
        return new Bifurcation(
                upright ? Bifurcation.Type.PITCHFORK : Bifurcation.Type.TRANSCRITICAL,
                Arrays.copyOf(y, d),
                y[d],
                tangents,
                Optional.empty());
    }

    /** The roots of the quadratic form wᵀb″[t, t] on the two null vectors of (J, bₚ): the tangents of the branches. */
    private List<double[]> crossingTangents(double[] y, double[] w) {
        RealMatrix right = equation.rightSingularVectors(y);
        double[][] basis = {right.getColumn(equation.dimension() - 1), right.getColumn(equation.dimension())};
        double[][] form = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double[] along = basis[i];
                double[] into = basis[j];
                VectorField slope = (s, out) -> out[0] = Vectors.dot(
                        w, equation.derivative(Vectors.moved(y, along, s[0])).operate(into));
                form[i][j] = ExtrapolatedDifferences.derivative(slope, new double[1], 0, 1)[0];
            }
        }
        double a = form[0][0];
        double b = 0.5 * (form[0][1] + form[1][0]);
        double c = form[1][1];
        double discriminant = b * b - a * c;
        if (!(discriminant > 0.0)) {
            throw new ConvergenceException(
                    "two real branches at the parameter " + y[equation.dimension()] + " were expected",
                    discriminant,
                    0,
                    0.0);
        }
        // The roots α : β without cancellation, (−b ∓ √) : a and c : (−b ∓ √).
        double q = -(b + Math.copySign(Math.sqrt(discriminant), b));
        return List.of(
                Vectors.unit(Vectors.moved(Vectors.scaled(basis[0], q), basis[1], a)),
                Vectors.unit(Vectors.moved(Vectors.scaled(basis[0], c), basis[1], q)));
    }

    /** b = 0, Jv = −ωw, Jw = ωv, v₀·v + w₀·w = 1, v₀·w = w₀·v; empty if the pair is real. */
    Optional<Bifurcation> hopfNear(double[] guess) {
        int d = equation.dimension();
        RealMatrix jacobian = equation.derivative(guess).getSubMatrix(0, d - 1, 0, d - 1);
        Complex pair = Complex.ZERO;
        double least = Double.POSITIVE_INFINITY;
        for (Complex value : Eigenvalues.of(jacobian)) {
            if (value.getImaginary() > 0.0 && Math.abs(value.getReal()) < least) {
                least = Math.abs(value.getReal());
                pair = value;
            }
        }
        if (!(pair.getImaginary() > 0.0)) {
            return Optional.empty();
        }
        Complex[] q = Eigenvalues.vector(jacobian, pair);
        double[] start = Arrays.copyOf(guess, 3 * d + 2);
        start[d + 1] = pair.getImaginary();
        for (int i = 0; i < d; i++) {
            start[d + 2 + i] = q[i].getReal();
            start[2 * d + 2 + i] = q[i].getImaginary();
        }
        double[] first = start.clone();
        double[] root = solve(
                (u, out) -> {
                    RealMatrix extended = equation.derivative(Arrays.copyOf(u, d + 1));
                    double[] b = equation.value(u);
                    out[3 * d] = -1.0;
                    for (int i = 0; i < d; i++) {
                        double v = u[d + 2 + i];
                        double w = u[2 * d + 2 + i];
                        out[i] = b[i];
                        out[d + i] = u[d + 1] * w;
                        out[2 * d + i] = -u[d + 1] * v;
                        for (int j = 0; j < d; j++) {
                            out[d + i] += extended.getEntry(i, j) * u[d + 2 + j];
                            out[2 * d + i] += extended.getEntry(i, j) * u[2 * d + 2 + j];
                        }
                        out[3 * d] += first[d + 2 + i] * v + first[2 * d + 2 + i] * w;
                        out[3 * d + 1] += first[d + 2 + i] * w - first[2 * d + 2 + i] * v;
                    }
                },
                start,
                "a Hopf point");
        double[] x = Arrays.copyOf(root, d);
        return Optional.of(new Bifurcation(
                Bifurcation.Type.HOPF,
                x,
                root[d],
                List.of(),
                Optional.of(FirstLyapunovCoefficient.of(equation.field(root[d]), x))));
    }

    /** The system writes sums into zeros. */
    private static double[] solve(VectorField system, double[] start, String what) {
        VectorField fresh = (u, out) -> {
            Arrays.fill(out, 0.0);
            system.at(u, out);
        };
        return Newton.solve(ExtrapolatedDifferences.differentiable(fresh), start, what);
    }
}
