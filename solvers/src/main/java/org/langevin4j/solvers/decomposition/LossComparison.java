package org.langevin4j.solvers.decomposition;

import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;

/**
 * How far the potential Φ is from a loss f (Chaudhari and Soatto 2018, Lemma 6), up to a constant.
 *
 * <p>The lemma, corrected: with b = −∇f and D = cI, Φ = f/c. Its converse holds for constant D on ℝᵈ, where Φ = f makes
 * D = I; for D(x) it does not: D = (1−ε)I + ε r² ttᵀ with the tangent t has Φ = f for f = r²/2 at β = 1.
 *
 * @param anisotropy √E[‖D − c(x)I‖²]/√E[‖D‖²] in Frobenius norms, c(x) = tr D/d; 0 if D is a multiple of I everywhere
 * @param meanDiffusion c = E[tr D]/d
 * @param deviation standard deviation of Φ − f under ρˢˢ, in the unit of f
 * @param largest |Φ − f − E[Φ − f]| where ρˢˢ is at least 1e-3 of its maximum
 * @param scaledDeviation standard deviation of Φ − f/c under ρˢˢ
 * @param balanceDefect √E[|j|²]/√E[|b|²]; 0 with detailed balance
 */
public record LossComparison(
        double anisotropy,
        double meanDiffusion,
        double deviation,
        double largest,
        double scaledDeviation,
        double balanceDefect) {

    static LossComparison of(SteadyFields fields, SteadyNorm norm, ScalarField loss, double balanceDefect) {
        Grid grid = fields.grid();
        Region region = fields.region();
        Density steady = fields.steady();
        int d = grid.dimension();
        double[] x = new double[d];
        double trace = 0.0;
        double total = 0.0;
        double skew = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            double p = steady.value(cell) * grid.volume(cell);
            if (p > 0.0) {
                double mean = 0.0;
                for (int i = 0; i < d; i++) {
                    mean += fields.matrix[i * d + i][cell] / d;
                }
                for (int e = 0; e < d * d; e++) {
                    double entry = fields.matrix[e][cell];
                    double off = entry - (e % (d + 1) == 0 ? mean : 0.0);
                    total += p * (entry * entry);
                    skew += p * (off * off);
                }
                trace += p * mean;
            }
        }
        double[] plain = fields.values();
        double[] scaled = fields.values();
        for (int cell = 0; cell < grid.cells(); cell++) {
            if (region.contains(cell)) {
                grid.centre(cell, x);
                double f = loss.at(x);
                plain[cell] = fields.phi[cell] - f;
                scaled[cell] = fields.phi[cell] - f / trace;
            }
        }
        subtract(norm.mean(plain), plain);
        subtract(norm.mean(scaled), scaled);
        return new LossComparison(
                Math.sqrt(skew / total), trace, norm.rms(plain), norm.max(plain), norm.rms(scaled), balanceDefect);
    }

    private static void subtract(double constant, double[] field) {
        for (int cell = 0; cell < field.length; cell++) {
            field[cell] -= constant;
        }
    }
}
