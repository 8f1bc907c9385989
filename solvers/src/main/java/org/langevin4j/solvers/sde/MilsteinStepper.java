package org.langevin4j.solvers.sde;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.FactorDerivative;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * x ← x + bh + σΔW + Σⱼₖ (Lʲσᵏ) K₍ⱼ,ₖ₎ with K = I (Itô) or J (Stratonovich), by the cheapest way the noise allows.
 *
 * <p>With σ = √(2β⁻¹)B and K = h·w the sum is 2β⁻¹h Σⱼ (∂_{Beⱼ}B) wⱼ.
 */
final class MilsteinStepper extends PathStepper {

    private final boolean ito;
    private final Noise noise;
    private final Commutativity commutativity = new Commutativity();

    /** The coefficients of the step, and what is known of their derivatives. */
    private SchemeCoefficients.@Nullable At known;

    private @Nullable VectorField noiseInduced;
    private @Nullable FactorDerivative derivative;
    private double[][] drift = new double[0][0];
    private double[][] increment = new double[0][0];
    private double[][] correction = new double[0][0];

    MilsteinStepper(Sde sde, double stepSize, boolean ito) {
        super(
                sde,
                stepSize,
                sde.diffusion().noise().commutes() ? DrivingNoise.Detail.INCREMENTS : DrivingNoise.Detail.LEVY_AREAS);
        this.ito = ito;
        this.noise = sde.diffusion().noise();
    }

    private SchemeCoefficients.At at(double t) {
        SchemeCoefficients.At at = coefficients.at(t);
        if (at != known) {
            known = at;
            noiseInduced = at.diffusion().noiseInducedDrift().orElse(null);
            derivative = at.diffusion().factorDerivative().orElse(null);
        }
        return at;
    }

    @Override
    public void stepAlong(double t, double[][] x, int paths, DrivingNoise driving) {
        drift = atLeast(drift, x.length, paths);
        increment = atLeast(increment, x.length, paths);
        correction = atLeast(correction, x.length, paths);
        double[][] xi = driving.increments();
        SchemeCoefficients.At at = at(t);
        at.drift().atBlock(x, paths, drift);
        at.diffusion().factorTimesBlock(x, xi, paths, increment);
        boolean corrected = noise != Noise.ADDITIVE;
        commutativity.watch(at.diffusion(), x, paths);
        if (corrected) {
            if ((noise == Noise.SCALAR || noise == Noise.DIAGONAL) && noiseInduced != null) {
                ownDerivatives(noiseInduced, x, paths, xi);
            } else {
                mixedDerivatives(at, x, paths, xi, noise.commutes() ? new double[0][0] : driving.levyAreas());
            }
        }
        add(x, stepSize, drift, paths);
        add(x, scale(at), increment, paths);
        if (corrected) {
            add(x, at.amplitude() * at.amplitude() * stepSize, correction, paths);
        }
    }

    /** Lᵏσᵏ is the noise-induced drift, of which each coordinate belongs to one noise: ½(ξ² − 1) times it. */
    private void ownDerivatives(VectorField field, double[][] x, int paths, double[][] xi) {
        field.atBlock(x, paths, correction);
        double one = ito ? 1.0 : 0.0;
        for (int i = 0; i < x.length; i++) {
            double[] own = noise == Noise.SCALAR ? xi[0] : xi[i];
            for (int p = 0; p < paths; p++) {
                correction[i][p] *= 0.5 * (own[p] * own[p] - one);
            }
        }
    }

    private void mixedDerivatives(SchemeCoefficients.At at, double[][] x, int paths, double[][] xi, double[][] areas) {
        int d = x.length;
        int m = xi.length;
        double[] state = new double[d];
        double[] normal = new double[m];
        double[] sum = new double[d];
        double[] v = new double[d];
        double[] out = new double[d];
        double[][] weights = new double[m][m];
        for (int p = 0; p < paths; p++) {
            for (int i = 0; i < d; i++) {
                state[i] = x[i][p];
            }
            for (int k = 0; k < m; k++) {
                normal[k] = xi[k][p];
            }
            if (noise.commutes() && derivative != null && (noiseInduced != null || !ito)) {
                // One derivative along Bξ instead of one along each column.
                at.diffusion().factorTimes(state, normal, v);
                derivative.at(state, v, normal, sum);
                if (ito && noiseInduced != null) {
                    noiseInduced.at(state, out);
                    for (int i = 0; i < d; i++) {
                        sum[i] -= out[i];
                    }
                }
                for (int i = 0; i < d; i++) {
                    sum[i] *= 0.5;
                }
            } else {
                int pair = 0;
                for (int j = 0; j < m; j++) {
                    for (int k = j; k < m; k++) {
                        double symmetric = 0.5 * (normal[j] * normal[k] - (ito && j == k ? 1.0 : 0.0));
                        double area = j < k && areas.length > 0 ? areas[pair][p] : 0.0;
                        weights[j][k] = symmetric + area;
                        weights[k][j] = symmetric - area;
                        if (j < k) {
                            pair++;
                        }
                    }
                }
                columnByColumn(at, state, weights, v, out, sum);
            }
            for (int i = 0; i < d; i++) {
                correction[i][p] = sum[i];
            }
        }
    }

    private void columnByColumn(
            SchemeCoefficients.At at, double[] state, double[][] weights, double[] v, double[] out, double[] sum) {
        Arrays.fill(sum, 0.0);
        double[] unit = new double[weights.length];
        for (int j = 0; j < weights.length; j++) {
            unit[j] = 1.0;
            at.diffusion().factorTimes(state, unit, v);
            unit[j] = 0.0;
            along(at, state, v, weights[j], out);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += out[i];
            }
        }
    }

    /**
     * (∂ᵥB)w, or where the derivative is not known the difference of Platen's explicit scheme of order 1 (Kloeden and
     * Platen 1992, section 11.1), with the support x + σⱼ√h.
     */
    private void along(SchemeCoefficients.At at, double[] state, double[] v, double[] w, double[] out) {
        if (derivative != null) {
            derivative.at(state, v, w, out);
            return;
        }
        double shift = scale(at);
        double[] support = new double[state.length];
        double[] here = new double[state.length];
        for (int i = 0; i < state.length; i++) {
            support[i] = state[i] + shift * v[i];
        }
        at.diffusion().factorTimes(support, w, out);
        at.diffusion().factorTimes(state, w, here);
        for (int i = 0; i < state.length; i++) {
            out[i] = (out[i] - here[i]) / shift;
        }
    }
}
