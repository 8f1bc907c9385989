package org.langevin4j.solvers.sde;

import java.util.Arrays;
import org.langevin4j.core.field.DelayedField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * The scheme of Euler and Maruyama (1955) for Itô equations: x ← x + b(x)h + √(2β⁻¹h) B(x)ξ.
 *
 * <p>It also takes a drift with a delay, b(t, x(t), x(t − τ)) ({@link org.langevin4j.core.field.VectorField#delayed}), where τ
 * is a whole number of steps, with the same orders (Küchler and Platen 2000, Math. Comput. Simulation 54, 189).
 *
 * @param stepSize h
 */
public record EulerMaruyama(double stepSize) implements Scheme {

    /** Checks the step. */
    public EulerMaruyama {
        Scheme.requireStepSize(stepSize);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static EulerMaruyama withStep(double stepSize) {
        return new EulerMaruyama(stepSize);
    }

    @Override
    public double strongOrder() {
        return 0.5;
    }

    @Override
    public double strongOrder(Noise noise) {
        return noise == Noise.ADDITIVE ? 1.0 : 0.5;
    }

    @Override
    public double weakOrder() {
        return 1.0;
    }

    @Override
    public Stepper stepper(Sde sde) {
        if (sde.drift() instanceof DelayedField delayed) {
            sde.requireContinuous("EulerMaruyama");
            Readings.requireItoReading("EulerMaruyama", sde);
            return new DelayStepper(sde, delayed, stepSize);
        }
        Readings.requireIto("EulerMaruyama", sde);
        return new EulerStepper(sde, stepSize);
    }

    private static final class EulerStepper implements Stepper {

        private final Sde sde;
        private final double stepSize;
        private final double amplitude;
        private double[][] drift = new double[0][0];
        private double[][] noise = new double[0][0];

        /** √(2β⁻¹h) Bᵢᵢ where B is diagonal and constant, else empty: then the noise needs no array of its own. */
        private final double[] amplitudes;

        EulerStepper(Sde sde, double stepSize) {
            this.sde = sde;
            this.stepSize = stepSize;
            this.amplitude = Math.sqrt(2.0 * sde.temperature().value() * stepSize);
            this.amplitudes = diagonal(sde.diffusion());
            for (int i = 0; i < amplitudes.length; i++) {
                amplitudes[i] *= amplitude;
            }
        }

        private static double[] diagonal(Diffusion diffusion) {
            if (!diffusion.isConstant() || diffusion.structure() == Diffusion.Structure.FULL) {
                return new double[0];
            }
            double[] ones = new double[diffusion.dimension()];
            Arrays.fill(ones, 1.0);
            double[] roots = new double[ones.length];
            diffusion.factorTimes(new double[ones.length], ones, roots);
            return roots;
        }

        @Override
        public int noises() {
            return sde.diffusion().noiseDimension();
        }

        @Override
        public boolean needs(int noise) {
            return !sde.diffusion().isSilent(noise);
        }

        @Override
        public void step(double t, double[][] x, int paths, double[][] xi) {
            if (drift.length != x.length || drift[0].length < paths) {
                drift = new double[x.length][paths];
                noise = new double[amplitudes.length == 0 ? x.length : 0][paths];
            }
            sde.drift().atBlock(x, paths, drift);
            if (amplitudes.length > 0) {
                for (int i = 0; i < x.length; i++) {
                    advance(x[i], drift[i], xi[i], paths, stepSize, amplitudes[i]);
                }
                return;
            }
            sde.diffusion().factorTimesBlock(x, xi, paths, noise);
            for (int i = 0; i < x.length; i++) {
                advance(x[i], drift[i], noise[i], paths, stepSize, amplitude);
            }
        }

        private static void advance(double[] x, double[] b, double[] noise, int paths, double h, double amplitude) {
            for (int p = 0; p < paths; p++) {
                x[p] = x[p] + (b[p] * h + amplitude * noise[p]);
            }
        }
    }
}
