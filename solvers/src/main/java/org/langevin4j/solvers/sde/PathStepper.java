package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/**
 * A stepper that is a function of the Brownian path. Raw normals, if that is what it is given, are made into the
 * increments and areas of a path first.
 */
abstract class PathStepper implements Stepper {

    final SchemeCoefficients coefficients;
    final double stepSize;

    private final DrivingNoise.Detail detail;
    private final NormalNoise normals;

    PathStepper(Sde sde, double stepSize, DrivingNoise.Detail detail) {
        this.coefficients = new SchemeCoefficients(sde, stepSize);
        this.stepSize = stepSize;
        this.detail = detail;
        this.normals = new NormalNoise(sde.diffusion().noiseDimension(), detail, stepSize);
    }

    @Override
    public final int noises() {
        return normals.normals();
    }

    @Override
    public final boolean needs(int noise) {
        Diffusion diffusion = coefficients.sde().diffusion();
        // Lévy areas take more of a noise than its column of B.
        return detail == DrivingNoise.Detail.LEVY_AREAS || !diffusion.isSilent(noise % diffusion.noiseDimension());
    }

    @Override
    public final DrivingNoise.Detail detail() {
        return detail;
    }

    /** Not with Lévy areas, which are no function of finitely many of its numbers. */
    @Override
    public final boolean followsPath(int components) {
        return components == normals.components() && (detail != DrivingNoise.Detail.LEVY_AREAS || components == 1);
    }

    @Override
    public final void step(double t, double[][] x, int paths, double[][] xi) {
        stepAlong(t, x, paths, normals.from(xi, paths));
    }

    @Override
    public abstract void stepAlong(double t, double[][] x, int paths, DrivingNoise noise);

    /** √(2β⁻¹)·√h. */
    final double scale(SchemeCoefficients.At at) {
        return at.amplitude() * Math.sqrt(stepSize);
    }

    /** A block of arrays, the given one if it is large enough. */
    static double[][] atLeast(double[][] block, int rows, int paths) {
        return block.length == rows && (rows == 0 || block[0].length >= paths) ? block : new double[rows][paths];
    }

    /** out = x + a·u, for all rows. */
    static void sum(double[][] out, double[][] x, double a, double[][] u, int paths) {
        for (int i = 0; i < x.length; i++) {
            double[] o = out[i];
            double[] xi = x[i];
            double[] ui = u[i];
            for (int p = 0; p < paths; p++) {
                o[p] = xi[p] + a * ui[p];
            }
        }
    }

    /** x += a·u, for all rows. */
    static void add(double[][] x, double a, double[][] u, int paths) {
        sum(x, x, a, u, paths);
    }

    /** I₍ₖ,₀₎/h^{3/2} = ½(ξₖ + ζₖ/√3). */
    static void normalisedTimeIntegrals(DrivingNoise noise, int paths, double[][] out) {
        double[][] xi = noise.increments();
        double[][] zeta = noise.timeAreas();
        double root = Math.sqrt(3.0);
        for (int k = 0; k < xi.length; k++) {
            for (int p = 0; p < paths; p++) {
                out[k][p] = 0.5 * (xi[k][p] + zeta[k][p] / root);
            }
        }
    }
}
