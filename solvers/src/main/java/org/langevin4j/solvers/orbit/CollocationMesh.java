package org.langevin4j.solvers.orbit;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.langevin4j.core.field.GaussLegendre;
import org.langevin4j.core.linear.Vectors;

/**
 * Intervals of one turn, 0 = τ₀ &lt; … &lt; τ_N = 1, with a polynomial of degree 4 on each: known at its nodes τᵢ + jhᵢ/4, made to
 * satisfy an equation at the four Gauss points (de Boor and Swartz 1973). The last node is the first: 4N nodes in all.
 */
final class CollocationMesh {

    /** Degree of the polynomials, and number of Gauss points. */
    static final int M = 4;

    /** Largest |∫₀^ξ Π(η − ηc)dη|/4! over 0 ≤ ξ ≤ 1: the leading error is this times h⁵|u⁽⁵⁾|. */
    private static final double ERROR_CONSTANT = 2.4507619e-5;

    /** Part of the mean by which the monitor is raised, so that no interval is stretched without end. */
    private static final double FLOOR = 0.1;

    /** Gauss weights, and at each Gauss point the values and derivatives of the Lagrange polynomials of the nodes. */
    static final double[] WEIGHTS = new double[M];

    static final double[][] VALUES = new double[M][];
    static final double[][] SLOPES = new double[M][];

    static {
        GaussIntegrator gauss = GaussLegendre.rule(M, 0.0, 1.0);
        for (int c = 0; c < M; c++) {
            WEIGHTS[c] = gauss.getWeight(c);
            VALUES[c] = values(gauss.getPoint(c));
            SLOPES[c] = slopes(gauss.getPoint(c));
        }
    }

    /** τ. */
    private final double[] edges;

    private CollocationMesh(double[] edges) {
        this.edges = edges;
    }

    static CollocationMesh uniform(int intervals) {
        double[] edges = new double[intervals + 1];
        for (int i = 0; i <= intervals; i++) {
            edges[i] = (double) i / intervals;
        }
        return new CollocationMesh(edges);
    }

    private static double[] values(double xi) {
        double[] out = new double[M + 1];
        for (int j = 0; j <= M; j++) {
            out[j] = 1.0;
            for (int k = 0; k <= M; k++) {
                out[j] *= k == j ? 1.0 : (M * xi - k) / (j - k);
            }
        }
        return out;
    }

    private static double[] slopes(double xi) {
        double[] out = new double[M + 1];
        for (int j = 0; j <= M; j++) {
            for (int l = 0; l <= M; l++) {
                double product = l == j ? 0.0 : (double) M / (j - l);
                for (int k = 0; k <= M && l != j; k++) {
                    product *= k == j || k == l ? 1.0 : (M * xi - k) / (j - k);
                }
                out[j] += product;
            }
        }
        return out;
    }

    int intervals() {
        return edges.length - 1;
    }

    int nodes() {
        return M * intervals();
    }

    double width(int i) {
        return edges[i + 1] - edges[i];
    }

    /** The place of a node, 0 ≤ τ &lt; 1. */
    double node(int k) {
        return edges[k / M] + width(k / M) * (k % M) / M;
    }

    /** The node j of interval i, of j = 0 … 4. */
    int index(int i, int j) {
        return (M * i + j) % nodes();
    }

    /** Σ of the nodes of an interval with weights, of the component a of a function with d components. */
    double sum(double[] weights, double[] u, int i, int d, int a) {
        double sum = 0.0;
        for (int j = 0; j <= M; j++) {
            sum += weights[j] * u[index(i, j) * d + a];
        }
        return sum;
    }

    /** The function at a place. */
    double[] at(double[] u, int d, double tau) {
        int low = 0;
        int high = intervals();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (edges[middle] <= tau) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double[] weights = values((tau - edges[low]) / width(low));
        double[] out = new double[d];
        for (int a = 0; a < d; a++) {
            out[a] = sum(weights, u, low, d, a);
        }
        return out;
    }

    /** The function at the nodes of another mesh. */
    double[] to(CollocationMesh other, double[] u, int d) {
        double[] out = new double[other.nodes() * d];
        for (int k = 0; k < other.nodes(); k++) {
            System.arraycopy(at(u, d, other.node(k)), 0, out, k * d, d);
        }
        return out;
    }

    /** |u⁽⁵⁾| of each interval, from the fourth derivatives of neighbours (Russell and Christiansen 1978). */
    private double[] fifthDerivative(double[] u, int d) {
        int n = intervals();
        double[][] fourth = new double[n][d];
        for (int i = 0; i < n; i++) {
            double scale = Math.pow(M / width(i), M);
            for (int a = 0; a < d; a++) {
                fourth[i][a] = scale * sum(new double[] {1, -4, 6, -4, 1}, u, i, d, a);
            }
        }
        double[] jump = new double[n];
        for (int i = 0; i < n; i++) {
            int before = (i + n - 1) % n;
            jump[i] = Vectors.distance(fourth[i], fourth[before]) / (0.5 * (width(i) + width(before)));
        }
        double[] fifth = new double[n];
        for (int i = 0; i < n; i++) {
            fifth[i] = Math.max(jump[i], jump[(i + 1) % n]);
        }
        return fifth;
    }

    /** The largest leading error of the polynomials. */
    double error(double[] u, int d) {
        double[] fifth = fifthDerivative(u, d);
        double largest = 0.0;
        for (int i = 0; i < intervals(); i++) {
            largest = Math.max(largest, ERROR_CONSTANT * Math.pow(width(i), M + 1) * fifth[i]);
        }
        return largest;
    }

    /** Intervals of about equal errors. */
    CollocationMesh adapted(double[] u, int d, int count) {
        int n = intervals();
        double[] monitor = fifthDerivative(u, d);
        double mean = 0.0;
        for (int i = 0; i < n; i++) {
            monitor[i] = Math.pow(monitor[i], 1.0 / (M + 1));
            mean += width(i) * monitor[i];
        }
        if (!(mean > 0.0)) {
            return uniform(count);
        }
        double[] sums = new double[n + 1];
        for (int i = 0; i < n; i++) {
            sums[i + 1] = sums[i] + width(i) * (monitor[i] + FLOOR * mean);
        }
        double[] next = new double[count + 1];
        next[count] = 1.0;
        int at = 0;
        for (int i = 1; i < count; i++) {
            double goal = sums[n] * i / count;
            while (sums[at + 1] < goal) {
                at++;
            }
            next[i] = edges[at] + width(at) * (goal - sums[at]) / (sums[at + 1] - sums[at]);
        }
        return new CollocationMesh(next);
    }
}
