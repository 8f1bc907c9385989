package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * Platen's explicit scheme of weak order 2 for Itô equations with any noise (Kloeden and Platen 1992, eqs. 15.1.1 to
 * 15.1.3). With bʲ = √(2β⁻¹)Beⱼ, ΔWʲ = √h ξⱼ, Υ = x + ah + ΣbʲΔWʲ, R± = x + ah ± bʲ√h and U± = x ± bʳ√h,
 *
 * <pre>
 * x ← x + ½(a(Υ) + a)h
 *   + ¼ Σⱼ [(bʲ(Rʲ₊) + bʲ(Rʲ₋) + 2bʲ) ΔWʲ + Σ_{r≠j} (bʲ(Uʳ₊) + bʲ(Uʳ₋) − 2bʲ) ΔWʲ]
 *   + ¼ Σⱼ [(bʲ(Rʲ₊) − bʲ(Rʲ₋))((ΔWʲ)² − h) + Σ_{r≠j} (bʲ(Uʳ₊) − bʲ(Uʳ₋))(ΔWʲΔWʳ + Vᵣⱼ)] / √h,
 * </pre>
 *
 * where a is the drift and Vᵣⱼ = −Vⱼᵣ = ±h with equal probability: the sign of a normal number of its own. A step takes
 * two drifts and, with m noises, 5m products Bξ and m(m + 1)/2 normals. With additive noise all but the first line is
 * BΔW, and m normals and two drifts are enough. In a driven equation time is a coordinate without noise: a(Υ) and bʲ(R±) are
 * taken at t + h, all else at t, so that additive noise is ½(σ(t) + σ(t+h))ΔW.
 *
 * @param stepSize h
 */
public record PlatenWeak2(double stepSize) implements Scheme {

    /** Checks the step. */
    public PlatenWeak2 {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public PlatenWeak2 withStepSize(double value) {
        return new PlatenWeak2(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static PlatenWeak2 withStep(double stepSize) {
        return new PlatenWeak2(stepSize);
    }

    /** ½; 1 for one noise, or additive noise. */
    @Override
    public double strongOrder() {
        return 0.5;
    }

    @Override
    public double strongOrder(Noise noise) {
        return noise == Noise.ADDITIVE || noise == Noise.SCALAR ? 1.0 : 0.5;
    }

    @Override
    public double weakOrder() {
        return 2.0;
    }

    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requireIto("PlatenWeak2", sde);
        return new PlatenStepper(sde, stepSize, null);
    }
}
