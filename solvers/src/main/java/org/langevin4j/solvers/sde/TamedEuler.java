package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * The tamed Euler scheme for Itô equations whose drift grows faster than linearly,
 *
 * <pre>x ← x + b(x)h / (1 + h‖b(x)‖) + √(2β⁻¹h) B(x)ξ</pre>
 *
 * with the Euclidean norm (Hutzenthaler, Jentzen and Kloeden 2012, Ann. Appl. Probab. 22, 1611). No step of the
 * drift is longer than 1, so that moments stay bounded where those of Euler–Maruyama diverge; the strong order holds for
 * a one-sided Lipschitz drift of polynomial growth and a globally Lipschitz B.
 *
 * @param stepSize h
 */
public record TamedEuler(double stepSize) implements Scheme {

    /** Checks the step. */
    public TamedEuler {
        Scheme.requireStepSize(stepSize);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static TamedEuler withStep(double stepSize) {
        return new TamedEuler(stepSize);
    }

    /** ½; 1 for additive noise. */
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
        Readings.requireIto("TamedEuler", sde);
        return new TamedStepper(sde, stepSize);
    }

    private static final class TamedStepper implements Stepper {

        private final Sde sde;
        private final double stepSize;
        private final double amplitude;
        private double[][] drift = new double[0][0];
        private double[][] noise = new double[0][0];
        private double[] tamed = new double[0];

        TamedStepper(Sde sde, double stepSize) {
            this.sde = sde;
            this.stepSize = stepSize;
            this.amplitude = Math.sqrt(2.0 * sde.temperature().value() * stepSize);
        }

        @Override
        public int noises() {
            return sde.diffusion().noiseDimension();
        }

        @Override
        public void step(double t, double[][] x, int paths, double[][] xi) {
            Diffusion diffusion = sde.diffusion();
            if (tamed.length < paths) {
                drift = new double[x.length][paths];
                noise = new double[x.length][paths];
                tamed = new double[paths];
            }
            sde.drift().atBlock(x, paths, drift);
            diffusion.factorTimesBlock(x, xi, paths, noise);
            for (int p = 0; p < paths; p++) {
                double square = 0.0;
                for (double[] component : drift) {
                    square += component[p] * component[p];
                }
                tamed[p] = stepSize / (1.0 + stepSize * Math.sqrt(square));
            }
            for (int i = 0; i < x.length; i++) {
                double[] state = x[i];
                double[] b = drift[i];
                double[] w = noise[i];
                for (int p = 0; p < paths; p++) {
                    state[p] = state[p] + (b[p] * tamed[p] + amplitude * w[p]);
                }
            }
        }
    }
}
