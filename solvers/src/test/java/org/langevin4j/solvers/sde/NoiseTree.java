package org.langevin4j.solvers.sde;

import java.util.function.ToDoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.sde.Sde;

/**
 * Expectations of a scheme without sampling error: each standard normal is replaced by −√3, 0, √3 with probabilities 1/6,
 * 2/3, 1/6, which has the same moments up to the fifth and so the same weak order up to 2 (Kloeden and Platen 1992,
 * section 14.2); a normal of which only the sign matters by ±1. All branches are run.
 */
final class NoiseTree {

    private static final double[] POINTS = {-Math.sqrt(3.0), 0.0, Math.sqrt(3.0)};
    private static final double[] WEIGHTS = {1.0 / 6, 2.0 / 3, 1.0 / 6};

    private final double[][] nodes;
    private final double[] weights;

    /** Normals first, then signs. */
    NoiseTree(int normals, int signs) {
        int count = (int) Math.round(Math.pow(3, normals) * Math.pow(2, signs));
        nodes = new double[normals + signs][count];
        weights = new double[count];
        for (int node = 0; node < count; node++) {
            int rest = node;
            double weight = 1.0;
            for (int k = 0; k < normals; k++) {
                nodes[k][node] = POINTS[rest % 3];
                weight *= WEIGHTS[rest % 3];
                rest /= 3;
            }
            for (int k = normals; k < normals + signs; k++) {
                nodes[k][node] = rest % 2 == 0 ? 1.0 : -1.0;
                weight *= 0.5;
                rest /= 2;
            }
            weights[node] = weight;
        }
    }

    /** E g(X) after some steps. */
    double expectation(Scheme scheme, Sde sde, int steps, ToDoubleFunction<double[]> g, double... start) {
        Stepper stepper = scheme.stepper(sde);
        int d = start.length;
        double[][] x = new double[d][1];
        for (int i = 0; i < d; i++) {
            x[i][0] = start[i];
        }
        double[] weight = {1.0};
        for (int step = 0; step < steps; step++) {
            int old = weight.length;
            int count = old * weights.length;
            double[][] y = new double[d][count];
            double[][] xi = new double[nodes.length][count];
            double[] product = new double[count];
            for (int p = 0; p < count; p++) {
                for (int i = 0; i < d; i++) {
                    y[i][p] = x[i][p % old];
                }
                for (int k = 0; k < nodes.length; k++) {
                    xi[k][p] = nodes[k][p / old];
                }
                product[p] = weight[p % old] * weights[p / old];
            }
            stepper.step(step * scheme.stepSize(), y, count, xi);
            x = y;
            weight = product;
        }
        double sum = 0.0;
        double[] state = new double[d];
        for (int p = 0; p < weight.length; p++) {
            for (int i = 0; i < d; i++) {
                state[i] = x[i][p];
            }
            sum += weight[p] * g.applyAsDouble(state);
        }
        return sum;
    }

    /** E XXᵀ after some steps of a scheme whose step is linear in x for every noise, from E XXᵀ = P. */
    RealMatrix secondMoment(Scheme scheme, Sde sde, int steps, RealMatrix p) {
        Stepper stepper = scheme.stepper(sde);
        RealMatrix moment = p;
        double[][] x = maps(stepper, sde.dimension(), 0.0);
        for (int step = 0; step < steps; step++) {
            moment = next(x, moment);
            if (!sde.isAutonomous()) {
                x = maps(stepper, sde.dimension(), (step + 1) * scheme.stepSize());
            }
        }
        return moment;
    }

    /** The images of the unit vectors for each node. */
    private double[][] maps(Stepper stepper, int d, double t) {
        int count = weights.length;
        double[][] x = new double[d][d * count];
        double[][] xi = new double[nodes.length][d * count];
        for (int j = 0; j < d; j++) {
            for (int node = 0; node < count; node++) {
                x[j][j * count + node] = 1.0;
                for (int k = 0; k < nodes.length; k++) {
                    xi[k][j * count + node] = nodes[k][node];
                }
            }
        }
        stepper.step(t, x, d * count, xi);
        return x;
    }

    private RealMatrix next(double[][] x, RealMatrix moment) {
        int d = x.length;
        int count = weights.length;
        double[][] p = moment.getData();
        double[][] next = new double[d][d];
        double[][] half = new double[d][d];
        for (int node = 0; node < count; node++) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    half[i][j] = 0.0;
                    for (int l = 0; l < d; l++) {
                        half[i][j] += x[i][l * count + node] * p[l][j];
                    }
                }
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    for (int l = 0; l < d; l++) {
                        next[i][j] += weights[node] * half[i][l] * x[j][l * count + node];
                    }
                }
            }
        }
        return MatrixUtils.createRealMatrix(next);
    }
}
