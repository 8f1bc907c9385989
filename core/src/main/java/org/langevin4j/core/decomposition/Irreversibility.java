package org.langevin4j.core.decomposition;

import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Temperature;

/**
 * How far a system (Φ, D, Q) is from detailed balance in its steady state ρˢˢ = e^(−βΦ)/Z, from j = −Q∇Φ + β⁻¹∇·Q alone:
 * no equation is solved and no path is drawn.
 *
 * <pre>
 * entropy production rate  σ   = β ∫ρˢˢ jᵀD⁻¹j                               nats per unit of time (Seifert 2012)
 * area rate                aᵢₖ = ½⟨xᵢ∘dxₖ − xₖ∘dxᵢ⟩/dt = ½ ∫ρˢˢ(xᵢjₖ − xₖjᵢ) = β⁻¹⟨Qᵢₖ⟩
 * flux, two dimensions         ∫ₐᶜ Jˢˢ·n = ψ(a) − ψ(c),   ψ = β⁻¹Q₁₂ρˢˢ      probability per unit of time, to the left of a → c
 * </pre>
 *
 * <p>The last form of aᵢₖ follows from Jˢˢ = β⁻¹∇·(Qρˢˢ) by parts, if Qρˢˢ vanishes at infinity; for b = −Fx it is β⁻¹Q with
 * the Q of Lemma 20, for FΣ − ΣFᵀ = 2β⁻¹Q where Σ = β⁻¹U⁻¹. σ vanishes if and only if j does; area rates and a flux also where
 * opposite vortices cancel. Integrals are sums over the cells of a grid, which must hold nearly all of ρˢˢ; for smooth systems
 * that vanish at its walls the sums converge faster than any power of the width. Immutable.
 */
public final class Irreversibility {

    private final Decomposition system;
    private final Temperature temperature;
    private final double normalization;
    private final double lowest;
    private final double entropyProductionRate;
    private final RealMatrix areaRates;
    private final RealMatrix meanQ;

    private Irreversibility(Decomposition system, Temperature temperature, Grid grid) {
        int d = grid.dimension();
        this.system = system;
        this.temperature = temperature;
        Density steady = Density.gibbs(grid, system.potential(), temperature);
        VectorField force = system.conservativeForce(temperature);
        VectorField inverse = system.diffusion().inverseTimes(force);
        double[] probabilities = steady.probabilities();
        double[] x = new double[d];
        double[] j = new double[d];
        double[] w = new double[d];
        double[] q = new double[d * d];
        double entropy = 0.0;
        double bottom = Double.POSITIVE_INFINITY;
        int most = 0;
        this.areaRates = MatrixUtils.createRealMatrix(d, d);
        this.meanQ = MatrixUtils.createRealMatrix(d, d);
        for (int cell = 0; cell < probabilities.length; cell++) {
            double p = probabilities[cell];
            if (p == 0.0) {
                continue;
            }
            grid.centre(cell, x);
            double phi = system.potential().at(x);
            if (phi < bottom) {
                bottom = phi;
                most = cell;
            }
            force.at(x, j);
            inverse.at(x, w);
            system.q().at(x, q);
            for (int i = 0; i < d; i++) {
                entropy += p * j[i] * w[i];
                for (int k = 0; k < d; k++) {
                    areaRates.addToEntry(i, k, 0.5 * p * (x[i] * j[k] - x[k] * j[i]));
                    meanQ.addToEntry(i, k, p * q[i * d + k]);
                }
            }
        }
        this.lowest = bottom;
        this.normalization = steady.value(most);
        this.entropyProductionRate = temperature.beta() * entropy;
    }

    /**
     * The measures of a system.
     *
     * @param system Φ, D, Q; D positive definite
     * @param temperature β⁻¹
     * @param grid where ρˢˢ is summed
     * @return the measures
     * @throws IllegalArgumentException if the dimensions differ or D is singular on the grid: an irreversible drift outside
     *     its range then produces entropy without bound
     */
    public static Irreversibility of(Decomposition system, Temperature temperature, Grid grid) {
        temperature.requireConstant("Irreversibility");
        if (grid.dimension() != system.diffusion().dimension()) {
            throw new IllegalArgumentException("grid must have the dimension of the system, "
                    + system.diffusion().dimension() + ", got " + grid.dimension());
        }
        return new Irreversibility(system, temperature, grid);
    }

    /**
     * The entropy production rate.
     *
     * @return σ ≥ 0, in nats per unit of time
     */
    public double entropyProductionRate() {
        return entropyProductionRate;
    }

    /**
     * The area rates.
     *
     * @return a, antisymmetric, d×d; a₁₂ > 0 turns from the first axis to the second
     */
    public RealMatrix areaRates() {
        return areaRates.copy();
    }

    /**
     * The mean of Q, which is β times the area rates where Qρˢˢ vanishes at infinity; another Q of the same j differs.
     *
     * @return ⟨Q⟩, d×d
     */
    public RealMatrix meanQ() {
        return meanQ.copy();
    }

    /**
     * The stationary flux of probability through a segment of the plane, from the stream function.
     *
     * @param from a
     * @param to c, infinite coordinates allowed: there the stream function is taken for zero
     * @return probability per unit of time that crosses from the right to the left of the way from a to c
     * @throws IllegalArgumentException if the system is not two-dimensional
     */
    public double flux(double[] from, double[] to) {
        if (system.diffusion().dimension() != 2) {
            throw new IllegalArgumentException("flux through a segment needs a plane, got dimension "
                    + system.diffusion().dimension());
        }
        return stream(from) - stream(to);
    }

    private double stream(double[] x) {
        if (Arrays.stream(x).anyMatch(Double::isInfinite)) {
            return 0.0;
        }
        double[] q = new double[4];
        system.q().at(x, q);
        double rho = normalization * Math.exp(-(system.potential().at(x) - lowest) / temperature.value());
        return temperature.value() * q[1] * rho;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "entropy production rate %.5g", entropyProductionRate);
    }
}
