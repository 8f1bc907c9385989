package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * Heun's scheme (Rümelin 1982) for Stratonovich equations: with x̂ = x + b(x)h + σ(x)ΔW,
 * x ← x + ½[b(x) + b(x̂)]h + ½[σ(x) + σ(x̂)]ΔW, σ = √(2β⁻¹)B. No derivative, no Lévy area. Strong order 1 if the noise
 * commutes, ½ otherwise; weak order 1, for every kind of noise. Without noise it is Heun's rule of order 2.
 *
 * @param stepSize h
 */
public record Heun(double stepSize) implements Scheme {

    /** Checks the step. */
    public Heun {
        Scheme.requireStepSize(stepSize);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Heun withStep(double stepSize) {
        return new Heun(stepSize);
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
        Readings.requireStratonovich("Heun", sde);
        return new HeunStepper(sde, stepSize);
    }

    private static final class HeunStepper extends PathStepper {

        private double[][] drift = new double[0][0];
        private double[][] noise = new double[0][0];
        private double[][] predicted = new double[0][0];
        private double[][] laterDrift = new double[0][0];
        private double[][] laterNoise = new double[0][0];

        HeunStepper(Sde sde, double stepSize) {
            super(sde, stepSize, DrivingNoise.Detail.INCREMENTS);
        }

        @Override
        public void stepAlong(double t, double[][] x, int paths, DrivingNoise driving) {
            drift = atLeast(drift, x.length, paths);
            noise = atLeast(noise, x.length, paths);
            predicted = atLeast(predicted, x.length, paths);
            laterDrift = atLeast(laterDrift, x.length, paths);
            laterNoise = atLeast(laterNoise, x.length, paths);
            double[][] xi = driving.increments();
            double scale = amplitude * Math.sqrt(stepSize);
            sde.drift().atBlock(x, paths, drift);
            diffusion.factorTimesBlock(x, xi, paths, noise);
            sum(predicted, x, stepSize, drift, paths);
            add(predicted, scale, noise, paths);
            sde.drift().atBlock(predicted, paths, laterDrift);
            diffusion.factorTimesBlock(predicted, xi, paths, laterNoise);
            add(x, 0.5 * stepSize, drift, paths);
            add(x, 0.5 * stepSize, laterDrift, paths);
            add(x, 0.5 * scale, noise, paths);
            add(x, 0.5 * scale, laterNoise, paths);
        }
    }
}
