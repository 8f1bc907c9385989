package org.langevin4j.solvers.sde;

import java.util.Objects;
import org.langevin4j.core.sde.Sde;

/**
 * SK-ROCK, the stabilised explicit scheme of s stages for Itô equations with a stiff, mainly dissipative drift (Abdulle,
 * Almuslimani and Vilmart 2018, SIAM/ASA J. Uncertain. Quantif. 6, 937). With Q = √(2β⁻¹h) B(x)ξ, damping
 * η, ω₀ = 1 + η/s², ω₁ = Tₛ(ω₀)/Tₛ′(ω₀) and Chebyshev polynomials T,
 *
 * <pre>
 * K₀ = x,   K₁ = x + μ₁h b(x + ν₁Q) + κ₁Q,   μ₁ = ω₁/ω₀, ν₁ = sω₁/2, κ₁ = sω₁/ω₀,
 * Kᵢ = μᵢh b(Kᵢ₋₁) + νᵢKᵢ₋₁ + κᵢKᵢ₋₂,   μᵢ = 2ω₁Tᵢ₋₁(ω₀)/Tᵢ(ω₀), νᵢ = 2ω₀Tᵢ₋₁(ω₀)/Tᵢ(ω₀), κᵢ = 1 − νᵢ,   x ← Kₛ.
 * </pre>
 *
 * The drift is stable for eigenvalues λ with −(2 − 4η/3)s² ≲ hλ ≤ 0, and nearly all of that interval is mean-square
 * stable for multiplicative noise too: s stages reach s² times as far as Euler–Maruyama at s times its price.
 *
 * <p>In a driven equation Kᵢ belongs to the time that the same recurrence gives for dt = 1, and B to that at which the step
 * begins.
 *
 * @param stepSize h
 * @param stages s, at least 1
 * @param damping η > 0, small
 */
public record SkRock(double stepSize, int stages, double damping) implements EulerOrders {

    /** The damping of the source. */
    public static final double DEFAULT_DAMPING = 0.05;

    /** Checks all. */
    public SkRock {
        Scheme.requireStepSize(stepSize);
        if (!(stages > 0)) {
            throw new IllegalArgumentException("stages must be positive, got " + stages);
        }
        if (!(damping > 0.0 && damping <= 1.0)) {
            throw new IllegalArgumentException("damping must be in (0, 1], got " + damping);
        }
    }

    @Override
    public SkRock withStepSize(double value) {
        return new SkRock(value, stages, damping);
    }

    /**
     * The scheme with a number of stages and η = 0.05.
     *
     * @param stepSize h > 0
     * @param stages s ≥ 1
     * @return the scheme
     */
    public static SkRock withStages(double stepSize, int stages) {
        return new SkRock(stepSize, stages, DEFAULT_DAMPING);
    }

    /**
     * The scheme with the stages that a stiff drift needs, s = ⌊√((hρ + 3/2)/(2 − 4η/3)) + ½⌋ + 1, η = 0.05.
     *
     * @param stepSize h > 0
     * @param spectralRadius ρ, a bound of |λ| for the eigenvalues of the Jacobian of the drift where the paths go
     * @return the scheme
     */
    public static SkRock forSpectralRadius(double stepSize, double spectralRadius) {
        Scheme.requireStepSize(stepSize);
        if (!(spectralRadius >= 0.0 && spectralRadius <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("spectralRadius must be finite and not negative, got " + spectralRadius);
        }
        double reach = 2.0 - 4.0 / 3.0 * DEFAULT_DAMPING;
        double stages = Math.floor(Math.sqrt((stepSize * spectralRadius + 1.5) / reach) + 0.5) + 1.0;
        if (!(stages <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "stepSize · spectralRadius must need at most 2^31 − 1 stages, got " + stepSize * spectralRadius);
        }
        return withStages(stepSize, (int) stages);
    }

    @Override
    public Stepper stepper(Sde sde) {
        Objects.requireNonNull(sde, "sde");
        AcceptedEquations.requireIto("SkRock", sde);
        return new ChebyshevStepper(sde, stepSize, stages, damping);
    }

    private static final class ChebyshevStepper implements Stepper {

        private final SchemeCoefficients coefficients;
        private final double h;
        private final int stages;
        private final double omega0;
        private final double omega1;
        private double[][] drift = new double[0][0];
        private double[][] noise = new double[0][0];
        private double[][] older = new double[0][0];
        private double[][] newer = new double[0][0];

        ChebyshevStepper(Sde sde, double h, int stages, double damping) {
            this.coefficients = new SchemeCoefficients(sde, h);
            this.h = h;
            this.stages = stages;
            this.omega0 = 1.0 + damping / ((double) stages * stages);
            // T and T′ by their recurrences.
            double before = 1.0;
            double t = omega0;
            double slopeBefore = 0.0;
            double slope = 1.0;
            for (int i = 2; i <= stages; i++) {
                double next = 2.0 * omega0 * t - before;
                double slopeNext = 2.0 * t + 2.0 * omega0 * slope - slopeBefore;
                before = t;
                t = next;
                slopeBefore = slope;
                slope = slopeNext;
            }
            this.omega1 = t / slope;
        }

        @Override
        public int noises() {
            return coefficients.sde().diffusion().noiseDimension();
        }

        @Override
        public void step(double t, double[][] x, int paths, double[][] xi) {
            SchemeCoefficients.At now = coefficients.at(t);
            double amplitude = now.stepAmplitude();
            int d = x.length;
            if (drift.length != d || drift[0].length < paths) {
                drift = new double[d][paths];
                noise = new double[d][paths];
                older = new double[d][paths];
                newer = new double[d][paths];
            }
            now.diffusion().factorTimesBlock(x, xi, paths, noise);
            double nu1 = 0.5 * stages * omega1 * amplitude;
            for (int i = 0; i < d; i++) {
                for (int p = 0; p < paths; p++) {
                    older[i][p] = x[i][p];
                    newer[i][p] = x[i][p] + nu1 * noise[i][p];
                }
            }
            now.drift().atBlock(newer, paths, drift);
            double mu1 = omega1 / omega0 * h;
            double kappa1 = stages * omega1 / omega0 * amplitude;
            for (int i = 0; i < d; i++) {
                for (int p = 0; p < paths; p++) {
                    newer[i][p] = x[i][p] + (mu1 * drift[i][p] + kappa1 * noise[i][p]);
                }
            }
            double before = 1.0;
            double value = omega0;
            // The stages K₀, K₁ … are at t + timeᵢ.
            double timeBefore = 0.0;
            double time = mu1;
            for (int stage = 2; stage <= stages; stage++) {
                double next = 2.0 * omega0 * value - before;
                double mu = 2.0 * omega1 * value / next * h;
                double nu = 2.0 * omega0 * value / next;
                double kappa = 1.0 - nu;
                coefficients.at(t + time).drift().atBlock(newer, paths, drift);
                for (int i = 0; i < d; i++) {
                    double[] k = older[i];
                    for (int p = 0; p < paths; p++) {
                        k[p] = mu * drift[i][p] + nu * newer[i][p] + kappa * k[p];
                    }
                }
                double[][] swap = older;
                older = newer;
                newer = swap;
                double timeNext = mu + nu * time + kappa * timeBefore;
                timeBefore = time;
                time = timeNext;
                before = value;
                value = next;
            }
            for (int i = 0; i < d; i++) {
                System.arraycopy(newer[i], 0, x[i], 0, paths);
            }
        }
    }
}
