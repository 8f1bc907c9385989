package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * The explicit midpoint scheme for Stratonovich equations: with x̄ = x + ½[b(x)h + σ(x)ΔW], x ← x + b(x̄)h + σ(x̄)ΔW,
 * σ = √(2β⁻¹)B (the midpoint rule of Runge and Kutta along the path, Rümelin 1982). No derivative, no Lévy area. Strong order
 * 1 if the noise commutes, ½ otherwise; weak order 1, for every kind of noise. Without noise it is the midpoint rule of
 * order 2.
 *
 * @param stepSize h
 */
public record Midpoint(double stepSize) implements Scheme {

    /** Checks the step. */
    public Midpoint {
        Scheme.requireStepSize(stepSize);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Midpoint withStep(double stepSize) {
        return new Midpoint(stepSize);
    }

    @Override
    public double strongOrder() {
        return 0.5;
    }

    @Override
    public double strongOrder(Noise noise) {
        return noise.commutes() ? 1.0 : 0.5;
    }

    @Override
    public double weakOrder() {
        return 1.0;
    }

    @Override
    public Stepper stepper(Sde sde) {
        Readings.requireStratonovich("Midpoint", sde);
        return new MidpointStepper(sde, stepSize);
    }

    private static final class MidpointStepper extends PathStepper {

        private double[][] drift = new double[0][0];
        private double[][] noise = new double[0][0];
        private double[][] middle = new double[0][0];

        MidpointStepper(Sde sde, double stepSize) {
            super(sde, stepSize, DrivingNoise.Detail.INCREMENTS);
        }

        @Override
        public void stepAlong(double t, double[][] x, int paths, DrivingNoise driving) {
            drift = atLeast(drift, x.length, paths);
            noise = atLeast(noise, x.length, paths);
            middle = atLeast(middle, x.length, paths);
            double[][] xi = driving.increments();
            double scale = amplitude * Math.sqrt(stepSize);
            sde.drift().atBlock(x, paths, drift);
            diffusion.factorTimesBlock(x, xi, paths, noise);
            sum(middle, x, 0.5 * stepSize, drift, paths);
            add(middle, 0.5 * scale, noise, paths);
            sde.drift().atBlock(middle, paths, drift);
            diffusion.factorTimesBlock(middle, xi, paths, noise);
            add(x, stepSize, drift, paths);
            add(x, scale, noise, paths);
        }
    }
}
