package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/** y = x + (1 − θ)b(t, x)h + θb(t + h, y)h + √(2β⁻¹h) B(t, x)ξ. */
final class ThetaStepper implements Stepper {

    private final SchemeCoefficients coefficients;
    private final double theta;
    private final DriftEquation equation;
    private double[][] noise = new double[0][0];
    private double[][] drift = new double[0][0];

    ThetaStepper(Sde sde, double stepSize, double theta, DriftEquation equation) {
        this.coefficients = new SchemeCoefficients(sde, stepSize);
        this.theta = theta;
        this.equation = equation;
    }

    @Override
    public int noises() {
        return coefficients.sde().diffusion().noiseDimension();
    }

    @Override
    public void step(double t, double[][] x, int paths, double[][] xi) {
        SchemeCoefficients.At now = coefficients.at(t);
        double h = coefficients.stepSize();
        noise = PathStepper.atLeast(noise, x.length, paths);
        now.diffusion().factorTimesBlock(x, xi, paths, noise);
        for (double[] row : noise) {
            for (int p = 0; p < paths; p++) {
                row[p] *= now.stepAmplitude();
            }
        }
        if (theta < 1.0) {
            drift = PathStepper.atLeast(drift, x.length, paths);
            now.drift().atBlock(x, paths, drift);
            PathStepper.add(noise, (1.0 - theta) * h, drift, paths);
        }
        equation.solve(t + h, theta * h, x, noise, paths);
    }
}
