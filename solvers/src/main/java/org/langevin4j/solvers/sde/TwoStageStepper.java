package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * The rules of Runge and Kutta of two stages along the path: x̂ = x + c[b(t, x)h + σ(t, x)ΔW], then
 * x ← x + (1 − w)[b(t, x)h + σ(t, x)ΔW] + w[b(t + ch, x̂)h + σ(t + ch, x̂)ΔW] with cw = ½.
 */
final class TwoStageStepper extends PathStepper {

    private final double node;
    private final double weight;
    private final Commutativity commutativity = new Commutativity();
    private double[][] drift = new double[0][0];
    private double[][] noise = new double[0][0];
    private double[][] stage = new double[0][0];
    private double[][] laterDrift = new double[0][0];
    private double[][] laterNoise = new double[0][0];

    TwoStageStepper(Sde sde, double stepSize, double node) {
        super(sde, stepSize, DrivingNoise.Detail.INCREMENTS);
        this.node = node;
        this.weight = 0.5 / node;
    }

    @Override
    public void stepAlong(double t, double[][] x, int paths, DrivingNoise driving) {
        drift = atLeast(drift, x.length, paths);
        noise = atLeast(noise, x.length, paths);
        stage = atLeast(stage, x.length, paths);
        laterDrift = atLeast(laterDrift, x.length, paths);
        laterNoise = atLeast(laterNoise, x.length, paths);
        double[][] xi = driving.increments();
        SchemeCoefficients.At now = coefficients.at(t);
        commutativity.watch(now.diffusion(), x, paths);
        now.drift().atBlock(x, paths, drift);
        now.diffusion().factorTimesBlock(x, xi, paths, noise);
        sum(stage, x, node * stepSize, drift, paths);
        add(stage, node * scale(now), noise, paths);
        SchemeCoefficients.At later = coefficients.at(t + node * stepSize);
        later.drift().atBlock(stage, paths, laterDrift);
        later.diffusion().factorTimesBlock(stage, xi, paths, laterNoise);
        if (weight < 1.0) {
            add(x, (1.0 - weight) * stepSize, drift, paths);
        }
        add(x, weight * stepSize, laterDrift, paths);
        if (weight < 1.0) {
            add(x, (1.0 - weight) * scale(now), noise, paths);
        }
        add(x, weight * scale(later), laterNoise, paths);
    }
}
