package org.langevin4j.solvers.decomposition;

import java.util.Locale;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.TimeReversal;

/**
 * What a density produces of entropy where some coordinates, such as momenta, are odd under the reversal of time: by the
 * irreversible current J_irr alone (Risken 1989, §6.4; Spinney and Ford 2012, Phys. Rev. E 85, 051113).
 *
 * <pre>
 * J_irr = b_irrρ − β⁻¹∇·(Dρ),   b_irr(x) = ½(b(x) + εb(εx))
 * σ(x)  = β J_irrᵀD⁺J_irr/ρ²,   σ = ∫ρσ(x) dx
 * </pre>
 *
 * <p>It is finite for kinetic systems, whose noise reaches the momenta alone, and zero for one bath of one temperature although the
 * whole current does not vanish. ∇log ρ is taken by parabolas through neighbouring centres, of second order, and exact where ρ is
 * Gaussian; σ is a square, so that in equilibrium what is left is the square of the error of the density. Immutable.
 */
public final class IrreversibleCurrent {

    /** Cells without a derivative, as beside a zero, may hold so much. */
    private static final double LEFT_OUT = 1e-9;

    private final Parity parity;
    private final CellFunction production;
    private final double rate;

    private IrreversibleCurrent(Parity parity, CellFunction production, double rate) {
        this.parity = parity;
        this.production = production;
        this.rate = rate;
    }

    /**
     * The entropy production of a density.
     *
     * @param sde the equation, in any calculus
     * @param parity ε
     * @param region Ω with its boundaries
     * @param density ρ on its grid, such as the steady state
     * @return σ(x) and σ
     * @throws IllegalArgumentException if the dimensions or grids differ, or the equation depends on time or has jumps
     */
    public static IrreversibleCurrent of(Sde sde, Parity parity, Region region, Density density) {
        TimeReversal reversal = TimeReversal.of(sde, parity);
        Grid grid = region.grid();
        if (!density.grid().equals(grid)) {
            throw new IllegalArgumentException("density must be on the grid of the region");
        }
        int d = grid.dimension();
        if (reversal.dimension() != d) {
            throw new IllegalArgumentException(
                    "grid must have the dimension of the equation, " + reversal.dimension() + ", got " + d);
        }
        double[] logs = density.values();
        for (int cell = 0; cell < logs.length; cell++) {
            logs[cell] = Math.log(logs[cell]);
        }
        CellDerivatives derivatives = new CellDerivatives(region);
        double[][] gradient = new double[d][];
        for (int a = 0; a < d; a++) {
            gradient[a] = derivatives.first(logs, a);
        }
        double[] production = new double[grid.cells()];
        double[] x = new double[d];
        double[] slope = new double[d];
        double sum = 0.0;
        double leftOut = 0.0;
        for (int cell = 0; cell < production.length; cell++) {
            production[cell] = Double.NaN;
            double p = density.value(cell) * grid.volume(cell);
            if (!region.contains(cell) || p == 0.0) {
                continue;
            }
            boolean known = true;
            for (int a = 0; a < d; a++) {
                slope[a] = gradient[a][cell];
                known &= Math.abs(slope[a]) <= Double.MAX_VALUE;
            }
            if (!known) {
                leftOut += p;
                continue;
            }
            grid.centre(cell, x);
            production[cell] = reversal.entropyProduction(x, slope);
            sum += p * production[cell];
        }
        double rate = leftOut <= LEFT_OUT * density.mass() ? sum : Double.POSITIVE_INFINITY;
        return new IrreversibleCurrent(parity, CellFunction.of(grid, production), rate);
    }

    /**
     * The rate at which entropy is produced.
     *
     * @return σ = ∫ρσ(x) dx ≥ 0, nats per unit of time; infinite where J_irr leaves the image of D or D(εx) is not εD(x)ε, or ρ
     *     is zero beside cells that hold more than 1e-9 of it
     */
    public double entropyProductionRate() {
        return rate;
    }

    /**
     * Where entropy is produced.
     *
     * @return σ(x), nats per unit of time for a particle there; not defined outside the region and where ρ is zero or beside a zero
     */
    public CellFunction entropyProduction() {
        return production;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "irreversible current with parity %s on %s, entropy production rate %.5g",
                parity,
                production.grid(),
                rate);
    }
}
