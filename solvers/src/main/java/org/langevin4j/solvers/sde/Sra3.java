package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * Rößler's scheme SRA3 (2010, "Runge–Kutta methods for the strong approximation of solutions of stochastic differential
 * equations", SIAM J. Numer. Anal. 48, section 6) for Itô equations with additive noise, which all α-type readings share:
 * x ← x + [1/6 b(x) + 1/6 b(H₂) + ⅔b(H₃)]h + σΔW, H₂ = x + b(x)h, H₃ = x + ¼[b(x) + b(H₂)]h + 3/2 σI₍·,₀₎/h. Strong order
 * 1.5, weak order 2, order 3 without noise. Two normals for each noise.
 *
 * @param stepSize h
 */
public record Sra3(double stepSize) implements Scheme {

    /** Checks the step. */
    public Sra3 {
        Scheme.requireStepSize(stepSize);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Sra3 withStep(double stepSize) {
        return new Sra3(stepSize);
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
        Readings.requireIto("Sra3", sde);
        if (!sde.diffusion().isConstant()) {
            throw new IllegalArgumentException("Sra3 takes additive noise, this one is "
                    + sde.diffusion().noise() + "; use Sri1w1 for scalar or diagonal noise, Milstein for any");
        }
        return new SraStepper(sde, stepSize);
    }

    private static final class SraStepper extends PathStepper {

        private double[][] first = new double[0][0];
        private double[][] second = new double[0][0];
        private double[][] third = new double[0][0];
        private double[][] stage = new double[0][0];
        private double[][] noise = new double[0][0];
        private double[][] timeIntegral = new double[0][0];
        private double[][] integrals = new double[0][0];

        SraStepper(Sde sde, double stepSize) {
            super(sde, stepSize, DrivingNoise.Detail.TIME_AREAS);
        }

        @Override
        public void stepAlong(double t, double[][] x, int paths, DrivingNoise driving) {
            first = atLeast(first, x.length, paths);
            second = atLeast(second, x.length, paths);
            third = atLeast(third, x.length, paths);
            stage = atLeast(stage, x.length, paths);
            noise = atLeast(noise, x.length, paths);
            timeIntegral = atLeast(timeIntegral, x.length, paths);
            double[][] xi = driving.increments();
            integrals = atLeast(integrals, xi.length, paths);
            // I₍ₖ,₀₎/h^{3/2}
            normalisedTimeIntegrals(driving, paths, integrals);
            double h = stepSize;
            double scale = amplitude * Math.sqrt(h);
            diffusion.factorTimesBlock(x, xi, paths, noise);
            diffusion.factorTimesBlock(x, integrals, paths, timeIntegral);
            sde.drift().atBlock(x, paths, first);
            sum(stage, x, h, first, paths);
            sde.drift().atBlock(stage, paths, second);
            sum(stage, x, 0.25 * h, first, paths);
            add(stage, 0.25 * h, second, paths);
            add(stage, 1.5 * scale, timeIntegral, paths);
            sde.drift().atBlock(stage, paths, third);
            add(x, h / 6.0, first, paths);
            add(x, h / 6.0, second, paths);
            add(x, 2.0 * h / 3.0, third, paths);
            add(x, scale, noise, paths);
        }
    }
}
