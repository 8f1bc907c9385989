package org.langevin4j.examples.paper.measured;

/**
 * One coordinate of stochastic gradient descent with momentum on ½hx², with independent noise of variance s in each gradient g = hx + ξ:
 *
 * <pre>v ← μv + g,   x ← x − η(g + μv) (Nesterov)   or   x ← x − ηv,</pre>
 *
 * a linear map of (x, v), whose stationary covariance Σ = AΣAᵀ + s nnᵀ and correlations AᵏΣ follow by squaring A.
 */
final class Mode {

    /** So many squarings are enough for relaxation times of 2⁵⁰ steps. */
    private static final int SQUARINGS = 52;

    private final double[][] map;
    private final double[][] covariance;

    Mode(double curvature, double noise, double rate, double momentum, boolean nesterov) {
        double ahead = nesterov ? 1.0 + momentum : 1.0;
        double kept = nesterov ? momentum * momentum : momentum;
        this.map = new double[][] {{1.0 - rate * ahead * curvature, -rate * kept}, {curvature, momentum}};
        double[] n = {-rate * ahead, 1.0};
        double[][] sum = {{noise * n[0] * n[0], noise * n[0] * n[1]}, {noise * n[1] * n[0], noise * n[1] * n[1]}};
        double[][] power = map;
        for (int k = 0; k < SQUARINGS; k++) {
            sum = sum(sum, product(product(power, sum), transposed(power)));
            power = product(power, power);
        }
        this.covariance = sum;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                c[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j];
            }
        }
        return c;
    }

    private static double[][] sum(double[][] a, double[][] b) {
        return new double[][] {{a[0][0] + b[0][0], a[0][1] + b[0][1]}, {a[1][0] + b[1][0], a[1][1] + b[1][1]}};
    }

    private static double[][] transposed(double[][] a) {
        return new double[][] {{a[0][0], a[1][0]}, {a[0][1], a[1][1]}};
    }

    /** ⟨x²⟩. */
    double variance() {
        return covariance[0][0];
    }

    /** ⟨x(t)x(t + k)⟩, k steps. */
    double correlation(long k) {
        double[][] power = {{1.0, 0.0}, {0.0, 1.0}};
        double[][] square = map;
        for (long rest = k; rest > 0; rest >>= 1) {
            power = (rest & 1) == 1 ? product(power, square) : power;
            square = product(square, square);
        }
        return product(power, covariance)[0][0];
    }

    /** ⟨(x(t + k) − x(t))²⟩. */
    double displacement(long k) {
        return 2.0 * (covariance[0][0] - correlation(k));
    }

    /** Steps of a period of the damped oscillation; infinite if there is none. */
    double period() {
        double half = 0.5 * (map[0][0] + map[1][1]);
        double determinant = map[0][0] * map[1][1] - map[0][1] * map[1][0];
        return half * half < determinant
                ? 2.0 * Math.PI / Math.acos(half / Math.sqrt(determinant))
                : Double.POSITIVE_INFINITY;
    }
}
