package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.Vectors;

/**
 * Periodic orbits by orthogonal collocation (Doedel 1981): with u of period 1 on a mesh,
 *
 * <pre>
 * u′/T − b(u; p) = 0 at the Gauss points,   ∫(u − r)·r′ dτ = 0
 * </pre>
 *
 * <p>for a reference r, the orbit before. Unknowns are y = (u/√n at the n nodes, log T, p), so that |y| does not depend on the mesh. The
 * linear systems are condensed: each interval maps its first node to its last, and the product of these maps is the
 * monodromy matrix.
 */
final class CollocationEquation implements CurveEquation {

    private static final int M = CollocationMesh.M;

    private final DoubleFunction<? extends VectorField> family;
    private final int d;
    private final CollocationMesh mesh;

    /** √n. */
    private final double scale;

    private final double[] reference;

    /** hᵢw_c r′ at the Gauss points, of |r′| = 1 in the mean. */
    private final double[][] phase;

    /**
     * The equation with a phase.
     *
     * @param reference r at the nodes
     */
    CollocationEquation(
            DoubleFunction<? extends VectorField> family, int dimension, CollocationMesh mesh, double[] reference) {
        this.family = family;
        this.d = dimension;
        this.mesh = mesh;
        this.scale = Math.sqrt(mesh.nodes());
        this.reference = reference.clone();
        this.phase = new double[mesh.nodes()][d];
        double square = 0.0;
        for (int i = 0; i < mesh.intervals(); i++) {
            for (int c = 0; c < M; c++) {
                for (int a = 0; a < d; a++) {
                    double slope = mesh.sum(CollocationMesh.SLOPES[c], reference, i, d, a) / mesh.width(i);
                    phase[M * i + c][a] = slope;
                    square += mesh.width(i) * CollocationMesh.WEIGHTS[c] * slope * slope;
                }
            }
        }
        for (int i = 0; i < mesh.intervals(); i++) {
            for (int c = 0; c < M; c++) {
                for (int a = 0; a < d; a++) {
                    phase[M * i + c][a] *= mesh.width(i) * CollocationMesh.WEIGHTS[c] / Math.sqrt(square);
                }
            }
        }
    }

    CollocationMesh mesh() {
        return mesh;
    }

    @Override
    public int size() {
        return mesh.nodes() * d + 1;
    }

    double[] unknowns(double[] nodes, double period, double parameter) {
        double[] y = Arrays.copyOf(Vectors.scaled(nodes, 1.0 / scale), nodes.length + 2);
        y[nodes.length] = Math.log(period);
        y[nodes.length + 1] = parameter;
        return y;
    }

    double[] nodes(double[] y) {
        return Vectors.scaled(Arrays.copyOf(y, mesh.nodes() * d), scale);
    }

    double period(double[] y) {
        return Math.exp(y[size() - 1]);
    }

    double parameter(double[] y) {
        return y[size()];
    }

    /** The states at the Gauss points. */
    private double[][] states(double[] u) {
        double[][] states = new double[mesh.nodes()][d];
        for (int i = 0; i < mesh.intervals(); i++) {
            for (int c = 0; c < M; c++) {
                for (int a = 0; a < d; a++) {
                    states[M * i + c][a] = mesh.sum(CollocationMesh.VALUES[c], u, i, d, a);
                }
            }
        }
        return states;
    }

    /** b at all states. */
    private static void field(VectorField b, double[][] states, double[] out) {
        double[] value = new double[states[0].length];
        for (int k = 0; k < states.length; k++) {
            b.at(states[k], value);
            System.arraycopy(value, 0, out, k * value.length, value.length);
        }
    }

    @Override
    public double[] value(double[] y) {
        double[] u = nodes(y);
        double[][] states = states(u);
        double[] drift = new double[mesh.nodes() * d];
        field(family.apply(parameter(y)), states, drift);
        double[] out = new double[size()];
        for (int i = 0; i < mesh.intervals(); i++) {
            double time = mesh.width(i) * period(y);
            for (int c = 0; c < M; c++) {
                int point = M * i + c;
                for (int a = 0; a < d; a++) {
                    double slope = mesh.sum(CollocationMesh.SLOPES[c], u, i, d, a) / time;
                    out[point * d + a] = (slope - drift[point * d + a]) / scale;
                    double old = mesh.sum(CollocationMesh.VALUES[c], reference, i, d, a);
                    out[size() - 1] += phase[point][a] * (states[point][a] - old);
                }
            }
        }
        return out;
    }

    @Override
    public double[] solve(double[] y, double[] row, double[] right) {
        try {
            return solve(condensed(y, right), row, right);
        } catch (ArithmeticException | IllegalArgumentException e) {
            return new double[0];
        }
    }

    /** The derivative of the flow along the orbit, from node 0 around, and the logarithm of its determinant. */
    Tangent monodromy(double[] y) {
        RealMatrix product = MatrixUtils.createRealIdentityMatrix(d);
        double logDeterminant = 0.0;
        for (RealMatrix each : condensed(y, new double[size() + 1])) {
            RealMatrix map = each.getSubMatrix((M - 1) * d, M * d - 1, 0, d - 1);
            product = map.multiply(product);
            logDeterminant += Math.log(Math.abs(LuFactors.of(map).determinant()));
        }
        return new Tangent(Arrays.copyOf(nodes(y), d), product, logDeterminant);
    }

    /**
     * For each interval, its nodes 1 … 4 by columns: as linear functions of node 0 (d columns), of log T and of p, and a
     * constant.
     */
    private RealMatrix[] condensed(double[] y, double[] right) {
        double[] u = nodes(y);
        double[][] states = states(u);
        double p = parameter(y);
        DifferentiableField b = ExtrapolatedDifferences.differentiable(family.apply(p));
        double[] slopeInP = ExtrapolatedDifferences.derivative(
                (q, out) -> field(family.apply(q[0]), states, out), new double[] {p}, 0, mesh.nodes() * d);
        double[] jacobian = new double[d * d];
        RealMatrix[] maps = new RealMatrix[mesh.intervals()];
        for (int i = 0; i < maps.length; i++) {
            double time = mesh.width(i) * period(y);
            RealMatrix inner = MatrixUtils.createRealMatrix(M * d, M * d);
            RealMatrix outer = MatrixUtils.createRealMatrix(M * d, d + 3);
            for (int c = 0; c < M; c++) {
                int point = M * i + c;
                b.jacobian(states[point], jacobian);
                for (int a = 0; a < d; a++) {
                    int equation = c * d + a;
                    for (int j = 0; j <= M; j++) {
                        for (int k = 0; k < d; k++) {
                            double entry = (a == k ? CollocationMesh.SLOPES[c][j] / time : 0.0)
                                    - CollocationMesh.VALUES[c][j] * jacobian[a * d + k];
                            if (j == 0) {
                                outer.setEntry(equation, k, -entry);
                            } else {
                                inner.setEntry(equation, (j - 1) * d + k, entry);
                            }
                        }
                    }
                    // ∂/∂log T of u′/T is −u′/T, here on the right.
                    outer.setEntry(equation, d, mesh.sum(CollocationMesh.SLOPES[c], u, i, d, a) / time);
                    outer.setEntry(equation, d + 1, slopeInP[point * d + a]);
                    outer.setEntry(equation, d + 2, right[point * d + a] * scale);
                }
            }
            maps[i] = LuFactors.of(inner).solve(outer);
        }
        return maps;
    }

    /** The first nodes of the intervals, log T and p from the condensed system; then all nodes. */
    private double[] solve(RealMatrix[] maps, double[] row, double[] right) {
        int n = maps.length;
        int size = n * d + 2;
        RealMatrix matrix = MatrixUtils.createRealMatrix(size, size);
        double[] rest = new double[size];
        for (int i = 0; i < n; i++) {
            int next = (i + 1) % n;
            for (int a = 0; a < d; a++) {
                int last = (M - 1) * d + a;
                for (int k = 0; k < d; k++) {
                    matrix.addToEntry(i * d + a, i * d + k, maps[i].getEntry(last, k));
                }
                matrix.addToEntry(i * d + a, next * d + a, -1.0);
                matrix.setEntry(i * d + a, n * d, maps[i].getEntry(last, d));
                matrix.setEntry(i * d + a, n * d + 1, maps[i].getEntry(last, d + 1));
                rest[i * d + a] = -maps[i].getEntry(last, d + 2);
            }
        }
        double[] phaseOfNodes = new double[mesh.nodes() * d];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < M; c++) {
                for (int j = 0; j <= M; j++) {
                    for (int a = 0; a < d; a++) {
                        phaseOfNodes[mesh.index(i, j) * d + a] += CollocationMesh.VALUES[c][j] * phase[M * i + c][a];
                    }
                }
            }
        }
        border(maps, phaseOfNodes, matrix, size - 2, rest);
        rest[size - 2] += right[size() - 1];
        border(maps, Vectors.scaled(Arrays.copyOf(row, mesh.nodes() * d), 1.0 / scale), matrix, size - 1, rest);
        matrix.addToEntry(size - 1, size - 2, row[size() - 1]);
        matrix.addToEntry(size - 1, size - 1, row[size()]);
        rest[size - 1] += right[size()];
        double[] corners = Newton.solution(matrix, rest);
        return corners.length == 0 ? corners : expanded(maps, corners);
    }

    /** A linear function of all nodes as one of the first nodes, log T and p. */
    private void border(RealMatrix[] maps, double[] ofNodes, RealMatrix matrix, int into, double[] rest) {
        int n = maps.length;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < d; k++) {
                matrix.addToEntry(into, i * d + k, ofNodes[M * i * d + k]);
            }
            for (int inner = 0; inner < (M - 1) * d; inner++) {
                double weight = ofNodes[(M * i + 1) * d + inner];
                for (int k = 0; k < d; k++) {
                    matrix.addToEntry(into, i * d + k, weight * maps[i].getEntry(inner, k));
                }
                matrix.addToEntry(into, n * d, weight * maps[i].getEntry(inner, d));
                matrix.addToEntry(into, n * d + 1, weight * maps[i].getEntry(inner, d + 1));
                rest[into] -= weight * maps[i].getEntry(inner, d + 2);
            }
        }
    }

    private double[] expanded(RealMatrix[] maps, double[] corners) {
        int n = maps.length;
        double[] out = new double[size() + 1];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < d; k++) {
                out[M * i * d + k] = corners[i * d + k] / scale;
            }
            for (int inner = 0; inner < (M - 1) * d; inner++) {
                double sum = maps[i].getEntry(inner, d) * corners[n * d]
                        + maps[i].getEntry(inner, d + 1) * corners[n * d + 1]
                        + maps[i].getEntry(inner, d + 2);
                for (int k = 0; k < d; k++) {
                    sum += maps[i].getEntry(inner, k) * corners[i * d + k];
                }
                out[(M * i + 1) * d + inner] = sum / scale;
            }
        }
        out[size() - 1] = corners[n * d];
        out[size()] = corners[n * d + 1];
        return out;
    }
}
