package org.langevin4j.solvers.sde;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.langevin4j.core.sde.Sde;

/** The affine map x ↦ Fx + m + Lξ that one step of a scheme is for a linear equation with additive noise, read off it. */
record StepMap(RealMatrix flow, RealVector mean, RealMatrix noise) {

    static StepMap of(Scheme scheme, Sde sde) {
        return of(scheme, sde, 0.0);
    }

    /** The map of the step that begins at a time. */
    static StepMap of(Scheme scheme, Sde sde, double t) {
        return of(scheme.stepper(sde), sde.dimension(), t);
    }

    /** The step that begins at a time. */
    static StepMap of(Stepper stepper, int d, double t) {
        int m = stepper.noises();
        int paths = 1 + d + m;
        double[][] x = new double[d][paths];
        double[][] xi = new double[m][paths];
        for (int j = 0; j < d; j++) {
            x[j][1 + j] = 1.0;
        }
        for (int k = 0; k < m; k++) {
            xi[k][1 + d + k] = 1.0;
        }
        stepper.begin(paths);
        stepper.step(t, x, paths, xi);
        RealMatrix flow = MatrixUtils.createRealMatrix(d, d);
        RealMatrix noise = MatrixUtils.createRealMatrix(d, m);
        double[] mean = new double[d];
        for (int i = 0; i < d; i++) {
            mean[i] = x[i][0];
            for (int j = 0; j < d; j++) {
                flow.setEntry(i, j, x[i][1 + j] - mean[i]);
            }
            for (int k = 0; k < m; k++) {
                noise.setEntry(i, k, x[i][1 + d + k] - mean[i]);
            }
        }
        return new StepMap(flow, MatrixUtils.createRealVector(mean), noise);
    }

    /** LLᵀ. */
    RealMatrix covariance() {
        return noise.multiply(noise.transpose());
    }

    /** Σ = FΣFᵀ + LLᵀ, by doubling the number of steps. */
    RealMatrix stationaryCovariance() {
        RealMatrix sigma = covariance();
        RealMatrix power = flow;
        for (int k = 0; k < 40; k++) {
            sigma = sigma.add(power.multiply(sigma).multiply(power.transpose()));
            power = power.multiply(power);
        }
        return sigma;
    }
}
