package org.langevin4j.models.analytic;

import java.util.Arrays;
import java.util.Optional;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.FactorDerivative;

/**
 * Noise of independent channels with fixed directions: column k of B is νₖ√(aₖ(x)), D = Σₖ aₖνₖνₖᵀ. For chemical reactions
 * νₖ are the changes of the state, and 2aₖ the rates of a unit volume (Gillespie 2000).
 *
 * <pre>
 * ∇·D = Σₖ νₖ (νₖ·∇aₖ),   Σⱼₖ Bⱼₖ∂ⱼBᵢₖ = ½(∇·D)ᵢ,   (∂ᵥB)ξ = Σₖ νₖ (v·∇aₖ) ξₖ/(2√aₖ)
 * </pre>
 *
 * <p>Where an intensity is negative B is NaN: the path has left the states that make sense.
 */
interface ReactionNoise extends Diffusion {

    /** νₖ, component i. */
    double direction(int i, int k);

    /** a: ℝᵈ → ℝᵐ. */
    void intensities(double[] x, double[] out);

    /** a on a block, the same bits. */
    void intensitiesBlock(double[][] x, int paths, double[][] out);

    /** ∂ⱼaₖ at [k·d + j]. */
    void intensityGradients(double[] x, double[] out);

    @Override
    default boolean isConstant() {
        return false;
    }

    @Override
    default Structure structure() {
        boolean diagonal = noiseDimension() == dimension();
        for (int i = 0; i < dimension() && diagonal; i++) {
            for (int k = 0; k < noiseDimension(); k++) {
                diagonal &= direction(i, k) == (i == k ? 1.0 : 0.0);
            }
        }
        return diagonal ? Structure.DIAGONAL : Structure.FULL;
    }

    @Override
    default void factorTimes(double[] x, double[] xi, double[] out) {
        int m = noiseDimension();
        double[] a = new double[m];
        intensities(x, a);
        for (int i = 0; i < dimension(); i++) {
            double sum = 0.0;
            for (int k = 0; k < m; k++) {
                sum += direction(i, k) * (Math.sqrt(a[k]) * xi[k]);
            }
            out[i] = sum;
        }
    }

    @Override
    default void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        int m = noiseDimension();
        double[][] a = new double[m][paths];
        intensitiesBlock(x, paths, a);
        for (int k = 0; k < m; k++) {
            double[] size = a[k];
            double[] noise = xi[k];
            for (int p = 0; p < paths; p++) {
                size[p] = Math.sqrt(size[p]) * noise[p];
            }
        }
        for (int i = 0; i < dimension(); i++) {
            double[] sum = out[i];
            Arrays.fill(sum, 0, paths, 0.0);
            for (int k = 0; k < m; k++) {
                double nu = direction(i, k);
                double[] size = a[k];
                for (int p = 0; p < paths; p++) {
                    sum[p] += nu * size[p];
                }
            }
        }
    }

    @Override
    default void times(double[] x, double[] v, double[] out) {
        int m = noiseDimension();
        double[] a = new double[m];
        intensities(x, a);
        for (int k = 0; k < m; k++) {
            double along = 0.0;
            for (int i = 0; i < dimension(); i++) {
                along += direction(i, k) * v[i];
            }
            a[k] *= along;
        }
        spread(a, 1.0, out);
    }

    @Override
    default void divergence(double[] x, double[] out) {
        spread(slopes(x), 1.0, out);
    }

    @Override
    default Optional<VectorField> noiseInducedDrift() {
        return Optional.of((x, out) -> spread(slopes(x), 0.5, out));
    }

    @Override
    default Optional<FactorDerivative> factorDerivative() {
        return Optional.of((x, v, xi, out) -> {
            int d = dimension();
            double[] a = new double[noiseDimension()];
            double[] gradients = new double[a.length * d];
            intensities(x, a);
            intensityGradients(x, gradients);
            for (int k = 0; k < a.length; k++) {
                double slope = 0.0;
                for (int j = 0; j < d; j++) {
                    slope += v[j] * gradients[k * d + j];
                }
                a[k] = slope * xi[k] / (2.0 * Math.sqrt(a[k]));
            }
            spread(a, 1.0, out);
        });
    }

    /** νₖ·∇aₖ. */
    private double[] slopes(double[] x) {
        int d = dimension();
        double[] slopes = new double[noiseDimension()];
        double[] gradients = new double[slopes.length * d];
        intensityGradients(x, gradients);
        for (int k = 0; k < slopes.length; k++) {
            for (int j = 0; j < d; j++) {
                slopes[k] += direction(j, k) * gradients[k * d + j];
            }
        }
        return slopes;
    }

    /** factor · Σₖ νₖ amountₖ. */
    private void spread(double[] amounts, double factor, double[] out) {
        for (int i = 0; i < dimension(); i++) {
            double sum = 0.0;
            for (int k = 0; k < amounts.length; k++) {
                sum += direction(i, k) * amounts[k];
            }
            out[i] = factor * sum;
        }
    }
}
