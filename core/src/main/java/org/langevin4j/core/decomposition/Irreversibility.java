package org.langevin4j.core.decomposition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.TimeReversal;

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
 * <p>With odd coordinates, such as momenta, what counts is the irreversible part of the force alone (Spinney and Ford 2012,
 * Phys. Rev. E 85, 051113): g = j − b_rev stands for j in σ, with b_rev(x) = ½(b(x) − ε b(εx)) of the Itô drift and parity ε, see
 * {@link Parity}, and D⁻¹ may be the pseudo-inverse of a singular D. σ is infinite if g leaves the image of D or D(εx) is not
 * εD(x)ε anywhere: then paths and reversed paths have no density with respect to each other.
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

    private Irreversibility(Decomposition system, Temperature temperature, Grid grid, Parity parity) {
        int d = grid.dimension();
        this.system = system;
        this.temperature = temperature;
        Density steady = Density.gibbs(grid, system.potential(), temperature);
        VectorField force = system.conservativeForce(temperature);
        Optional<TimeReversal> odd =
                parity.isEven() ? Optional.empty() : Optional.of(TimeReversal.of(system.aType(temperature), parity));
        VectorField inverse = parity.isEven() ? system.diffusion().inverseTimes(force) : force;
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
            if (odd.isPresent()) {
                system.potential().gradient(x, w);
                for (int i = 0; i < d; i++) {
                    w[i] *= -temperature.beta();
                }
                entropy += p * odd.get().entropyProduction(x, w);
            } else {
                inverse.at(x, w);
            }
            system.q().at(x, q);
            for (int i = 0; i < d; i++) {
                entropy += odd.isPresent() ? 0.0 : p * j[i] * w[i];
                for (int k = 0; k < d; k++) {
                    areaRates.addToEntry(i, k, 0.5 * p * (x[i] * j[k] - x[k] * j[i]));
                    meanQ.addToEntry(i, k, p * q[i * d + k]);
                }
            }
        }
        this.lowest = bottom;
        this.normalization = steady.value(most);
        this.entropyProductionRate = odd.isPresent() ? entropy : temperature.beta() * entropy;
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
        return of(system, temperature, grid, Parity.even(grid.dimension()));
    }

    /**
     * The measures of a system with odd coordinates.
     *
     * @param system Φ, D, Q; D may be singular if a coordinate is odd
     * @param temperature β⁻¹
     * @param grid where ρˢˢ is summed
     * @param parity ε
     * @return the measures
     * @throws IllegalArgumentException if the dimensions differ, or all coordinates are even and D is singular on the grid
     */
    public static Irreversibility of(Decomposition system, Temperature temperature, Grid grid, Parity parity) {
        temperature.requireConstant("Irreversibility");
        if (grid.dimension() != system.diffusion().dimension()) {
            throw new IllegalArgumentException("grid must have the dimension of the system, "
                    + system.diffusion().dimension() + ", got " + grid.dimension());
        }
        if (parity.dimension() != grid.dimension()) {
            throw new IllegalArgumentException("parity must have the dimension of the system, " + grid.dimension()
                    + ", got " + parity.dimension());
        }
        return new Irreversibility(system, temperature, grid, parity);
    }

    /**
     * The entropy production rate.
     *
     * @return σ ≥ 0, in nats per unit of time; infinite where paths cannot be reversed
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
