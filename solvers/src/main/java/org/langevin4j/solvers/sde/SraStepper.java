package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/** Rößler's schemes SRA1 and SRA3 (2010, SIAM J. Numer. Anal. 48, section 6). */
final class SraStepper extends PathStepper {

    /** Three evaluations of the drift instead of two. */
    private final boolean third;

    private final Commutativity commutativity = new Commutativity();
    private double[][] first = new double[0][0];
    private double[][] second = new double[0][0];
    private double[][] last = new double[0][0];
    private double[][] stage = new double[0][0];
    private double[][] noise = new double[0][0];
    private double[][] timeIntegral = new double[0][0];
    private double[][] normals = new double[0][0];
    private double[][] integrals = new double[0][0];
    private double[][] product = new double[0][0];

    private SraStepper(Sde sde, double stepSize, boolean third) {
        super(sde, stepSize, DrivingNoise.Detail.TIME_AREAS);
        this.third = third;
    }

    static SraStepper of(String scheme, Sde sde, double stepSize, boolean third) {
        AcceptedEquations.requireIto(scheme, sde);
        if (!sde.diffusion().isConstant()) {
            throw new IllegalArgumentException(scheme + " takes additive noise, this one is "
                    + sde.diffusion().noise() + "; use Sri1w1 for scalar or diagonal noise, Milstein for any");
        }
        return new SraStepper(sde, stepSize, third);
    }

    @Override
    public boolean estimates() {
        return true;
    }

    /** The embedded scheme is that of Euler and Maruyama with the same noise, of strong order 1. */
    @Override
    public void stepEstimating(double t, double[][] x, int paths, DrivingNoise driving, double[][] error) {
        stepAlong(t, x, paths, driving);
        double h = stepSize;
        sum(error, second, -1.0, first, paths);
        for (double[] row : error) {
            for (int p = 0; p < paths; p++) {
                row[p] *= third ? h / 6.0 : 2.0 * h / 3.0;
            }
        }
        if (third) {
            add(error, 2.0 * h / 3.0, last, paths);
            add(error, -2.0 * h / 3.0, first, paths);
        }
    }

    @Override
    public void stepAlong(double t, double[][] x, int paths, DrivingNoise driving) {
        first = atLeast(first, x.length, paths);
        second = atLeast(second, x.length, paths);
        stage = atLeast(stage, x.length, paths);
        noise = atLeast(noise, x.length, paths);
        timeIntegral = atLeast(timeIntegral, x.length, paths);
        double[][] xi = driving.increments();
        integrals = atLeast(integrals, xi.length, paths);
        // I₍ₖ,₀₎/h^{3/2}
        normalisedTimeIntegrals(driving, paths, integrals);
        double h = stepSize;
        SchemeCoefficients.At now = coefficients.at(t);
        commutativity.watch(now.diffusion(), x, paths);
        SchemeCoefficients.At later = coefficients.at(t + h);
        double scale = noiseTerms(now, later, x, paths, xi);
        now.drift().atBlock(x, paths, first);
        if (third) {
            last = atLeast(last, x.length, paths);
            sum(stage, x, h, first, paths);
            later.drift().atBlock(stage, paths, second);
            sum(stage, x, 0.25 * h, first, paths);
            add(stage, 0.25 * h, second, paths);
            add(stage, 1.5 * scale, timeIntegral, paths);
            coefficients.at(t + 0.5 * h).drift().atBlock(stage, paths, last);
            add(x, h / 6.0, first, paths);
            add(x, h / 6.0, second, paths);
            add(x, 2.0 * h / 3.0, last, paths);
        } else {
            sum(stage, x, 0.75 * h, first, paths);
            add(stage, 1.5 * scale, timeIntegral, paths);
            coefficients.at(t + 0.75 * h).drift().atBlock(stage, paths, second);
            add(x, h / 3.0, first, paths);
            add(x, 2.0 * h / 3.0, second, paths);
        }
        add(x, scale, noise, paths);
    }

    /**
     * Writes the noise of the step and of the last stage, and returns by what both are to be multiplied. If σ depends on
     * time, the noise is σ(t+h)(ΔW − I₍·,₀₎/h) + σ(t)I₍·,₀₎/h, and ⅔ of that of the stage is σ(t+h)I₍·,₀₎/h for SRA1,
     * [σ(t+h) + ½σ(t)]I₍·,₀₎/h for SRA3.
     */
    private double noiseTerms(
            SchemeCoefficients.At now, SchemeCoefficients.At later, double[][] x, int paths, double[][] xi) {
        if (now.hasNoiseOf(later)) {
            now.diffusion().factorTimesBlock(x, xi, paths, noise);
            now.diffusion().factorTimesBlock(x, integrals, paths, timeIntegral);
            return scale(now);
        }
        normals = atLeast(normals, xi.length, paths);
        sum(normals, xi, -1.0, integrals, paths);
        product = atLeast(product, x.length, paths);
        later.diffusion().factorTimesBlock(x, normals, paths, noise);
        later.diffusion().factorTimesBlock(x, integrals, paths, timeIntegral);
        now.diffusion().factorTimesBlock(x, integrals, paths, product);
        double start = scale(now);
        double end = scale(later);
        double share = third ? 1.0 / 3.0 : 0.0;
        for (int i = 0; i < x.length; i++) {
            for (int p = 0; p < paths; p++) {
                noise[i][p] = end * noise[i][p] + start * product[i][p];
                timeIntegral[i][p] = (1.0 - share) * end * timeIntegral[i][p] + share * start * product[i][p];
            }
        }
        return 1.0;
    }
}
