package org.langevin4j.solvers.sde;

import java.util.Arrays;
import org.langevin4j.core.sde.Diffusion;
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
 * BΔW, and m normals and two drifts are enough.
 *
 * @param stepSize h
 */
public record PlatenWeak2(double stepSize) implements Scheme {

    /** Checks the step. */
    public PlatenWeak2 {
        Scheme.requireStepSize(stepSize);
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
        Readings.requireIto("PlatenWeak2", sde);
        return new PlatenStepper(sde, stepSize);
    }

    private static final class PlatenStepper implements Stepper {

        private final Sde sde;
        private final Diffusion diffusion;
        private final double h;

        /** √(2β⁻¹h): B times this times ξ is the noise of a step, B times this the length of a supporting step. */
        private final double amplitude;

        private final int d;
        private final int m;
        private double[][] drift = new double[0][0];
        private double[][] noise = new double[0][0];
        private double[][] column = new double[0][0];
        private double[][] product = new double[0][0];
        private double[][] support = new double[0][0];
        private double[][] change = new double[0][0];
        private double[][] weight = new double[0][0];

        PlatenStepper(Sde sde, double stepSize) {
            this.sde = sde;
            this.diffusion = sde.diffusion();
            this.h = stepSize;
            this.amplitude = Math.sqrt(2.0 * sde.temperature().value() * stepSize);
            this.d = diffusion.dimension();
            this.m = diffusion.noiseDimension();
        }

        @Override
        public int noises() {
            return diffusion.isConstant() ? m : Math.addExact(m, Math.multiplyExact(m, m - 1) / 2);
        }

        @Override
        public void step(double t, double[][] x, int paths, double[][] xi) {
            if (weight.length == 0 || weight[0].length < paths) {
                drift = new double[d][paths];
                noise = new double[d][paths];
                column = new double[d][paths];
                product = new double[d][paths];
                support = new double[d][paths];
                change = new double[d][paths];
                weight = new double[m][paths];
            }
            double[][] dW = Arrays.copyOf(xi, m);
            sde.drift().atBlock(x, paths, drift);
            diffusion.factorTimesBlock(x, dW, paths, noise);
            for (int i = 0; i < d; i++) {
                for (int p = 0; p < paths; p++) {
                    support[i][p] = x[i][p] + (drift[i][p] * h + amplitude * noise[i][p]);
                }
            }
            sde.drift().atBlock(support, paths, product);
            // ¼(2 − 2(m − 1)) bʲΔWʲ is what the terms at x itself add up to.
            double atStart = diffusion.isConstant() ? amplitude : 0.5 * (2 - m) * amplitude;
            for (int i = 0; i < d; i++) {
                for (int p = 0; p < paths; p++) {
                    change[i][p] = 0.5 * h * (drift[i][p] + product[i][p]) + atStart * noise[i][p];
                }
            }
            if (!diffusion.isConstant()) {
                for (int r = 0; r < m; r++) {
                    addSupports(r, x, paths, xi);
                }
            }
            for (int i = 0; i < d; i++) {
                for (int p = 0; p < paths; p++) {
                    x[i][p] += change[i][p];
                }
            }
        }

        /** The terms of Rʳ± and of Uʳ±. */
        private void addSupports(int r, double[][] x, int paths, double[][] xi) {
            for (double[] row : weight) {
                Arrays.fill(row, 0, paths, 0.0);
            }
            Arrays.fill(weight[r], 0, paths, 1.0);
            diffusion.factorTimesBlock(x, weight, paths, column);
            for (int sign = -1; sign <= 1; sign += 2) {
                for (double[] row : weight) {
                    Arrays.fill(row, 0, paths, 0.0);
                }
                for (int p = 0; p < paths; p++) {
                    weight[r][p] = 0.25 * (xi[r][p] + sign * (xi[r][p] * xi[r][p] - 1.0));
                }
                addProduct(x, sign, h, paths);
                for (int j = 0; j < m; j++) {
                    for (int p = 0; p < paths; p++) {
                        weight[j][p] = j == r
                                ? 0.0
                                : 0.25 * (xi[j][p] + sign * (xi[j][p] * xi[r][p] + antisymmetric(r, j, p, xi)));
                    }
                }
                if (m > 1) {
                    addProduct(x, sign, 0.0, paths);
                }
            }
        }

        /** change ← change + √(2β⁻¹h) B(x + ta ± bʳ√h) weight. */
        private void addProduct(double[][] x, int sign, double t, int paths) {
            for (int i = 0; i < d; i++) {
                for (int p = 0; p < paths; p++) {
                    support[i][p] = x[i][p] + (drift[i][p] * t + sign * amplitude * column[i][p]);
                }
            }
            diffusion.factorTimesBlock(support, weight, paths, product);
            for (int i = 0; i < d; i++) {
                for (int p = 0; p < paths; p++) {
                    change[i][p] += amplitude * product[i][p];
                }
            }
        }

        /** Vᵣⱼ/h: the sign of the normal number that belongs to the pair. */
        private double antisymmetric(int r, int j, int p, double[][] xi) {
            int high = Math.max(r, j);
            int low = Math.min(r, j);
            double normal = xi[m + high * (high - 1) / 2 + low][p];
            return (normal >= 0.0) == (j < r) ? 1.0 : -1.0;
        }
    }
}
