package org.langevin4j.solvers.sde;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.sde.Sde;

/** Rößler's scheme SRI1W1 (2010, SIAM J. Numer. Anal. 48, section 6), with the times of its stages. */
final class SriStepper extends PathStepper {

    private double[][] drift = new double[0][0];
    private double[][] laterDrift = new double[0][0];
    private double[][] stage = new double[0][0];
    private double[][] product = new double[0][0];
    private double[][] start = new double[0][0];
    private double[][] weights = new double[0][0];
    private double[][] ones = new double[0][0];
    private double[][][] unitNoise = new double[3][0][0];
    private final Commutativity commutativity = new Commutativity();

    /** Receives the difference to the embedded scheme of strong order 1 if it is asked for. */
    private double @Nullable [][] difference;

    SriStepper(Sde sde, double stepSize) {
        super(sde, stepSize, DrivingNoise.Detail.TIME_AREAS);
    }

    @Override
    public boolean estimates() {
        return true;
    }

    /** The embedded scheme leaves β⁽³⁾, β⁽⁴⁾ and the second stage of the drift out (Rackauckas and Nie 2017). */
    @Override
    public void stepEstimating(double t, double[][] x, int paths, DrivingNoise driving, double[][] error) {
        for (double[] row : error) {
            Arrays.fill(row, 0, paths, 0.0);
        }
        difference = error;
        stepAlong(t, x, paths, driving);
        difference = null;
        add(error, 2.0 * stepSize / 3.0, laterDrift, paths);
        add(error, -2.0 * stepSize / 3.0, drift, paths);
    }

    @Override
    public void stepAlong(double t, double[][] x, int paths, DrivingNoise driving) {
        double[][] xi = driving.increments();
        double[][] zeta = driving.timeAreas();
        allocate(x.length, xi.length, paths);
        double h = stepSize;
        SchemeCoefficients.At now = coefficients.at(t);
        SchemeCoefficients.At quarter = coefficients.at(t + 0.25 * h);
        SchemeCoefficients.At later = coefficients.at(t + h);
        commutativity.watch(now.diffusion(), x, paths);
        for (int i = 0; i < x.length; i++) {
            System.arraycopy(x[i], 0, start[i], 0, paths);
        }

        // Stage 1 is the start. The first term of the update: weights β⁽¹⁾ξ + β⁽²⁾I₁₁/h + β⁽³⁾I₁₀/h^{3/2} +
        // β⁽⁴⁾I₁₁₁/h^{3/2}.
        now.drift().atBlock(start, paths, drift);
        now.diffusion().factorTimesBlock(start, ones, paths, unitNoise[0]);
        noiseTerm(now, x, start, xi, zeta, -1.0, -1.0, 2.0, -2.0, paths);

        // Stage 2 of the drift, at t + ¾h, and of the noise, at t + ¼h.
        normalisedTimeIntegrals(driving, paths, weights);
        now.diffusion().factorTimesBlock(start, weights, paths, product);
        sum(stage, start, 0.75 * h, drift, paths);
        add(stage, 1.5 * scale(now), product, paths);
        coefficients.at(t + 0.75 * h).drift().atBlock(stage, paths, laterDrift);
        sum(stage, start, 0.25 * h, drift, paths);
        add(stage, 0.5 * scale(now), unitNoise[0], paths);
        quarter.diffusion().factorTimesBlock(stage, ones, paths, unitNoise[1]);
        noiseTerm(quarter, x, stage, xi, zeta, 4.0 / 3.0, 4.0 / 3.0, -4.0 / 3.0, 5.0 / 3.0, paths);

        // Stage 3 of the noise, at t + h; that of the drift is the start.
        sum(stage, start, h, drift, paths);
        add(stage, -scale(now), unitNoise[0], paths);
        later.diffusion().factorTimesBlock(stage, ones, paths, unitNoise[2]);
        noiseTerm(later, x, stage, xi, zeta, 2.0 / 3.0, -1.0 / 3.0, -2.0 / 3.0, -2.0 / 3.0, paths);

        // Stage 4 of the noise, at t + ¼h.
        sum(stage, start, 0.25 * h, drift, paths);
        add(stage, -5.0 * scale(now), unitNoise[0], paths);
        add(stage, 3.0 * scale(quarter), unitNoise[1], paths);
        add(stage, 0.5 * scale(later), unitNoise[2], paths);
        noiseTerm(quarter, x, stage, xi, zeta, 0.0, 0.0, 0.0, 1.0, paths);

        add(x, h / 3.0, drift, paths);
        add(x, 2.0 * h / 3.0, laterDrift, paths);
    }

    private void noiseTerm(
            SchemeCoefficients.At moment,
            double[][] x,
            double[][] at,
            double[][] xi,
            double[][] zeta,
            double beta1,
            double beta2,
            double beta3,
            double beta4,
            int paths) {
        weigh(xi, zeta, beta1, beta2, beta3, beta4, paths);
        moment.diffusion().factorTimesBlock(at, weights, paths, product);
        add(x, scale(moment), product, paths);
        if (difference != null) {
            weigh(xi, zeta, 0.0, 0.0, beta3, beta4, paths);
            moment.diffusion().factorTimesBlock(at, weights, paths, product);
            add(difference, scale(moment), product, paths);
        }
    }

    private void weigh(
            double[][] xi, double[][] zeta, double beta1, double beta2, double beta3, double beta4, int paths) {
        double root = Math.sqrt(3.0);
        for (int k = 0; k < xi.length; k++) {
            for (int p = 0; p < paths; p++) {
                double w = xi[k][p];
                weights[k][p] = beta1 * w
                        + beta2 * 0.5 * (w * w - 1.0)
                        + beta3 * 0.5 * (w + zeta[k][p] / root)
                        + beta4 * (w * w * w - 3.0 * w) / 6.0;
            }
        }
    }

    private void allocate(int d, int m, int paths) {
        drift = atLeast(drift, d, paths);
        laterDrift = atLeast(laterDrift, d, paths);
        stage = atLeast(stage, d, paths);
        product = atLeast(product, d, paths);
        start = atLeast(start, d, paths);
        weights = atLeast(weights, m, paths);
        for (int s = 0; s < unitNoise.length; s++) {
            unitNoise[s] = atLeast(unitNoise[s], d, paths);
        }
        ones = atLeast(ones, m, paths);
        for (double[] row : ones) {
            Arrays.fill(row, 1.0);
        }
    }
}
