package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/**
 * The scheme of Leimkuhler and Matthews (2013, Appl. Math. Res. Express 2013, 34) for overdamped Langevin
 * equations dx = −D∇Φ dt + √(2β⁻¹D) dW with constant isotropic or diagonal D,
 *
 * <pre>x ← x + b(x)h + √(2β⁻¹h) B (ξₙ + ξₙ₊₁)/2.</pre>
 *
 * At the price of Euler–Maruyama, one drift and one set of normals a step, averages over the stationary law have an
 * error O(h²), and those of a Gaussian law none in the variance; at a finite time the weak error is
 * O(h e^(−λt) + h²), which is order 1 (Leimkuhler, Matthews and Tretyakov 2014, Proc. R. Soc. A 470, 20140120). It needs
 * b = −D∇Φ: for a drift that is not of this form the stationary law has order 1 only.
 *
 * <p>ξₙ is kept from step to step: {@link Stepper#begin} must be called where a block of paths starts. The first step
 * of a path, which has no ξₙ, is one of Euler–Maruyama.
 *
 * @param stepSize h
 */
public record LeimkuhlerMatthews(double stepSize) implements Scheme {

    /** Checks the step. */
    public LeimkuhlerMatthews {
        Scheme.requireStepSize(stepSize);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static LeimkuhlerMatthews withStep(double stepSize) {
        return new LeimkuhlerMatthews(stepSize);
    }

    /** ½: the noise lags behind by half a step. */
    @Override
    public double strongOrder() {
        return 0.5;
    }

    /** 1 at a finite time; 2 for the stationary law. */
    @Override
    public double weakOrder() {
        return 1.0;
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the equation depends on time, the diffusion is not constant and isotropic or
     *     diagonal, or the reading A-type
     */
    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requirePlain("LeimkuhlerMatthews", sde);
        sde.requireAutonomous("LeimkuhlerMatthews");
        Diffusion diffusion = sde.diffusion();
        if (!(diffusion.isConstant() && diffusion.structure() != Diffusion.Structure.FULL)) {
            throw new IllegalArgumentException("LeimkuhlerMatthews needs a constant isotropic or diagonal diffusion,"
                    + " this one is " + (diffusion.isConstant() ? "constant and " : "state-dependent and ")
                    + diffusion.structure() + "; use EulerMaruyama");
        }
        AcceptedEquations.requireIto("LeimkuhlerMatthews", sde);
        return new AveragingStepper(sde, stepSize);
    }

    private static final class AveragingStepper implements Stepper {

        private final Sde sde;
        private final double stepSize;
        private final double amplitude;
        private double[][] drift = new double[0][0];

        /** Bξₙ, of the last step. */
        private double[][] previous = new double[0][0];

        /** Bξₙ₊₁, of this step. */
        private double[][] present = new double[0][0];

        /** Paths in the block that was begun; none before. */
        private int begun;

        private boolean first;

        AveragingStepper(Sde sde, double stepSize) {
            this.sde = sde;
            this.stepSize = stepSize;
            this.amplitude = Math.sqrt(0.5 * sde.temperature().value() * stepSize);
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
        public void begin(int paths) {
            if (drift.length == 0 || drift[0].length < paths) {
                drift = new double[sde.dimension()][paths];
                previous = new double[sde.dimension()][paths];
                present = new double[sde.dimension()][paths];
            }
            begun = paths;
            first = true;
        }

        @Override
        public void resume(int paths) {
            begin(paths);
            first = false;
        }

        @Override
        public double[][] memory() {
            return previous;
        }

        @Override
        public void step(double t, double[][] x, int paths, double[][] xi) {
            if (!(paths <= begun)) {
                throw new IllegalStateException(
                        "begin must have been called with the " + paths + " paths of the step, it was with " + begun);
            }
            sde.drift().atBlock(x, paths, drift);
            sde.diffusion().factorTimesBlock(x, xi, paths, present);
            double[][] partner = first ? present : previous;
            for (int i = 0; i < x.length; i++) {
                double[] state = x[i];
                double[] b = drift[i];
                double[] before = partner[i];
                double[] now = present[i];
                for (int p = 0; p < paths; p++) {
                    state[p] += b[p] * stepSize + amplitude * (before[p] + now[p]);
                }
            }
            double[][] swap = previous;
            previous = present;
            present = swap;
            first = false;
        }
    }
}
