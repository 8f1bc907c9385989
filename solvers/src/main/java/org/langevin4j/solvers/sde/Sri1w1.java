package org.langevin4j.solvers.sde;

import java.util.Arrays;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * Rößler's scheme SRI1W1 (2010, "Runge–Kutta methods for the strong approximation of solutions of stochastic differential
 * equations", SIAM J. Numer. Anal. 48, section 6; SRIW1 in DifferentialEquations.jl) for Itô equations with scalar or diagonal
 * noise, or additive noise of any factor. Four evaluations of B, three of b, no derivative. Strong order 1.5, weak order 2.
 * Two normals for each noise.
 *
 * @param stepSize h
 */
public record Sri1w1(double stepSize) implements Scheme {

    /** Checks the step. */
    public Sri1w1 {
        Scheme.requireStepSize(stepSize);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Sri1w1 withStep(double stepSize) {
        return new Sri1w1(stepSize);
    }

    @Override
    public double strongOrder() {
        return 1.5;
    }

    @Override
    public double weakOrder() {
        return 2.0;
    }

    @Override
    public Stepper stepper(Sde sde) {
        Readings.requireIto("Sri1w1", sde);
        Noise noise = sde.diffusion().noise();
        if (!(noise == Noise.ADDITIVE || noise == Noise.SCALAR || noise == Noise.DIAGONAL)) {
            throw new IllegalArgumentException("Sri1w1 takes additive, scalar or diagonal noise, this one is " + noise
                    + "; use Milstein, or declare DIAGONAL where every entry depends on its own coordinate alone");
        }
        return new SriStepper(sde, stepSize);
    }

    private static final class SriStepper extends PathStepper {

        private double[][] drift = new double[0][0];
        private double[][] laterDrift = new double[0][0];
        private double[][] stage = new double[0][0];
        private double[][] product = new double[0][0];
        private double[][] start = new double[0][0];
        private double[][] weights = new double[0][0];
        private double[][] ones = new double[0][0];
        private double[][][] unitNoise = new double[3][0][0];
        private boolean checked;

        SriStepper(Sde sde, double stepSize) {
            super(sde, stepSize, DrivingNoise.Detail.TIME_AREAS);
        }

        @Override
        public void stepAlong(double t, double[][] x, int paths, DrivingNoise driving) {
            if (!checked && diffusion.noise() == Noise.DIAGONAL) {
                Commutativity.check(
                        diffusion, Arrays.stream(x).mapToDouble(row -> row[0]).toArray());
            }
            checked = true;
            double[][] xi = driving.increments();
            double[][] zeta = driving.timeAreas();
            allocate(x.length, xi.length, paths);
            double h = stepSize;
            double scale = amplitude * Math.sqrt(h);
            for (int i = 0; i < x.length; i++) {
                System.arraycopy(x[i], 0, start[i], 0, paths);
            }

            // Stage 1 is the start. The first term of the update: weights β⁽¹⁾ξ + β⁽²⁾I₁₁/h + β⁽³⁾I₁₀/h^{3/2} +
            // β⁽⁴⁾I₁₁₁/h^{3/2}.
            sde.drift().atBlock(start, paths, drift);
            diffusion.factorTimesBlock(start, ones, paths, unitNoise[0]);
            noiseTerm(x, start, xi, zeta, -1.0, -1.0, 2.0, -2.0, paths);

            // Stage 2 of the drift and of the noise.
            normalisedTimeIntegrals(driving, paths, weights);
            diffusion.factorTimesBlock(start, weights, paths, product);
            sum(stage, start, 0.75 * h, drift, paths);
            add(stage, 1.5 * scale, product, paths);
            sde.drift().atBlock(stage, paths, laterDrift);
            sum(stage, start, 0.25 * h, drift, paths);
            add(stage, 0.5 * scale, unitNoise[0], paths);
            diffusion.factorTimesBlock(stage, ones, paths, unitNoise[1]);
            noiseTerm(x, stage, xi, zeta, 4.0 / 3.0, 4.0 / 3.0, -4.0 / 3.0, 5.0 / 3.0, paths);

            // Stage 3 of the noise; that of the drift is the start.
            sum(stage, start, h, drift, paths);
            add(stage, -scale, unitNoise[0], paths);
            diffusion.factorTimesBlock(stage, ones, paths, unitNoise[2]);
            noiseTerm(x, stage, xi, zeta, 2.0 / 3.0, -1.0 / 3.0, -2.0 / 3.0, -2.0 / 3.0, paths);

            // Stage 4 of the noise.
            sum(stage, start, 0.25 * h, drift, paths);
            add(stage, -5.0 * scale, unitNoise[0], paths);
            add(stage, 3.0 * scale, unitNoise[1], paths);
            add(stage, 0.5 * scale, unitNoise[2], paths);
            noiseTerm(x, stage, xi, zeta, 0.0, 0.0, 0.0, 1.0, paths);

            add(x, h / 3.0, drift, paths);
            add(x, 2.0 * h / 3.0, laterDrift, paths);
        }

        private void noiseTerm(
                double[][] x,
                double[][] at,
                double[][] xi,
                double[][] zeta,
                double beta1,
                double beta2,
                double beta3,
                double beta4,
                int paths) {
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
            diffusion.factorTimesBlock(at, weights, paths, product);
            add(x, amplitude * Math.sqrt(stepSize), product, paths);
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
}
