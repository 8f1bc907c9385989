package org.langevin4j.solvers.decomposition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Sde;

/**
 * Which assumptions and claims of Chaudhari and Soatto (2018) hold for an equation, judged by its decompositions on three
 * grids, each twice as fine as the one before: what should be zero tends to zero, or settles elsewhere.
 */
public final class AssumptionReport {

    private static final int GRIDS = 3;

    private final List<GridDecomposition> grids;

    private AssumptionReport(List<GridDecomposition> grids) {
        this.grids = grids;
    }

    /**
     * Examines an equation.
     *
     * @param sde the equation, in any calculus
     * @param finest the region on the finest grid; the others have a half and a quarter as many cells along each axis
     * @return the report
     * @throws IllegalArgumentException if an axis has a number of cells that is not a multiple of 4 and at least 16, or for
     *     the reasons of {@link GridDecomposition#of(Sde, Region)}
     */
    public static AssumptionReport of(Sde sde, Region finest) {
        sde.requireContinuous("AssumptionReport").requireAutonomous("AssumptionReport");
        List<GridDecomposition> grids = new ArrayList<>();
        Region region = finest;
        for (int a = 0; a < finest.grid().dimension(); a++) {
            int cells = finest.grid().axis(a).cells();
            if (!(cells >= 16 && cells % 4 == 0)) {
                throw new IllegalArgumentException(
                        "cells of an axis must be a multiple of 4 and at least 16, got " + cells);
            }
        }
        for (int level = 0; level < GRIDS; level++) {
            grids.add(0, GridDecomposition.of(sde, region));
            if (level < GRIDS - 1) {
                region = region.coarsened(coarsened(region.grid()));
            }
        }
        return new AssumptionReport(List.copyOf(grids));
    }

    private static Grid coarsened(Grid grid) {
        Axis[] axes = new Axis[grid.dimension()];
        for (int a = 0; a < axes.length; a++) {
            axes[a] = grid.axis(a).coarsened();
        }
        return Grid.of(axes);
    }

    /**
     * The decompositions.
     *
     * @return from the coarsest grid to the finest
     */
    public List<GridDecomposition> grids() {
        return grids;
    }

    /**
     * The decomposition on the finest grid.
     *
     * @return the last of {@link #grids()}
     */
    public GridDecomposition finest() {
        return grids.get(grids.size() - 1);
    }

    /**
     * The verdict on a claim. Eqs. (8) and (A4) are identities, what is left of them is the noise of the grid: another claim
     * fails only where it is well above.
     *
     * @param claim the claim
     * @return verdict and numbers
     */
    public Finding finding(Claim claim) {
        return Finding.of(
                claim.statement(),
                norms(grid -> grid.residual(claim).rms()),
                finest().residual(claim).scale(),
                noise(claim));
    }

    private double noise(Claim claim) {
        double force = finest().residual(Claim.EQUATION_8).rms();
        double divergence = finest().residual(Claim.STATIONARITY).rms();
        return switch (claim) {
            case EQUATION_8, EQUATION_19, DETAILED_BALANCE -> force;
            case STATIONARITY, ASSUMPTION_4, ORDER_ONE -> divergence;
            case ORTHOGONALITY, ORDER_BETA ->
                divergence * finest().temperature().value();
            case ORDER_INVERSE_BETA -> 0.0;
        };
    }

    private List<Double> norms(ToDoubleFunction<GridDecomposition> norm) {
        return grids.stream().mapToDouble(norm).boxed().toList();
    }

    /**
     * Whether Φ is the same at all temperatures for this b and D (Chaudhari and Soatto 2018, Theorem 22, last sentence). With
     * ρ = e^(−βΦ) the stationary equation is β(∇Φ·D∇Φ + b·∇Φ) − (∇·b + D:∇²Φ + 2(∇·D)·∇Φ) + β⁻¹∂ᵢ∂ⱼDᵢⱼ = 0: for one Φ at
     * every β each bracket must vanish. b is the Itô drift and stays as it is when β changes; the drift of another reading
     * held fixed is another question.
     *
     * @return holds if all three do, fails if one does
     */
    public Verdict temperatureIndependence() {
        boolean holds = true;
        for (Claim claim : List.of(Claim.ORDER_BETA, Claim.ORDER_ONE, Claim.ORDER_INVERSE_BETA)) {
            Verdict verdict = finding(claim).verdict();
            if (verdict == Verdict.FAILS) {
                return Verdict.FAILS;
            }
            holds &= verdict == Verdict.HOLDS;
        }
        return holds ? Verdict.HOLDS : Verdict.UNDECIDED;
    }

    /**
     * Whether Φ is the loss f up to a constant, or f/c with the mean c of tr D/d (Lemma 6).
     *
     * @param loss f, of which b = −∇f
     * @param scaled whether f/c is meant
     * @return verdict and numbers, the standard deviations of the difference under ρˢˢ
     */
    public Finding potentialEquals(ScalarField loss, boolean scaled) {
        Density density = finest().density();
        double mean = density.expectation(loss);
        double spread = Math.sqrt(density.expectation(x -> (loss.at(x) - mean) * (loss.at(x) - mean)));
        return Finding.of(
                scaled ? "Φ = f/c + const" : "Φ = f + const",
                norms(grid -> scaled
                        ? grid.comparedTo(loss).scaledDeviation()
                        : grid.comparedTo(loss).deviation()),
                spread,
                0.0);
    }

    /**
     * The largest density in a cell at a wall of the box, relative to the largest of all: how much of the steady state is of
     * the box rather than of the equation (Assumption 3 for a system on ℝᵈ).
     *
     * @return between 0 and 1; 0 without walls
     */
    public double densityAtWalls() {
        Region region = finest().region();
        Grid grid = region.grid();
        Density density = finest().density();
        double largest = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            for (int a = 0; a < grid.dimension(); a++) {
                int position = grid.position(cell, a);
                if (!region.isPeriodic(a)
                        && (position == 0 || position == grid.axis(a).cells() - 1)) {
                    largest = Math.max(largest, density.value(cell));
                }
            }
        }
        return largest / density.value(density.mode());
    }

    /**
     * All claims.
     *
     * @return one line a claim, in the order of {@link Claim}
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Claim claim : Claim.values()) {
            text.append(finding(claim)).append("  (").append(claim.source()).append(")\n");
        }
        return text.append("Φ the same at every β: ")
                .append(temperatureIndependence())
                .append('\n')
                .toString();
    }
}
