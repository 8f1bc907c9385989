package org.langevin4j.solvers.decomposition;

import java.util.Optional;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

/**
 * The rotation of a steady state: Q of Jˢˢ = β⁻¹∇·(Qρˢˢ), from the stream function in two dimensions and the vector potential in
 * three, and what winds around periodic axes.
 */
final class SteadyRotation {

    private final SteadyFields fields;
    private final Region region;
    private final Grid grid;
    private final int d;
    private final Density steady;

    /** ∫J·dS over a section across each axis; 0 if it is not periodic. */
    final double[] windings;

    /** The constant current of a torus. */
    final double[] harmonic;

    final Optional<StreamFunction> stream;
    final double potentialResidual;
    final int potentialIterations;

    /** Q, row-major entries. */
    final double[][] q;

    SteadyRotation(SteadyFields fields, FokkerPlanck equation) {
        this.fields = fields;
        this.region = fields.region();
        this.grid = region.grid();
        this.d = grid.dimension();
        this.steady = fields.steady();
        FaceFluxes fluxes = FaceFluxes.of(equation, steady);
        this.windings = new double[d];
        boolean torus = true;
        for (int a = 0; a < d; a++) {
            windings[a] = fluxes.winding(a);
            torus &= region.isPeriodic(a);
        }
        this.harmonic = new double[d];
        for (int a = 0; a < d && torus; a++) {
            harmonic[a] = windings[a] / section(a);
        }
        this.q = new double[d * d][grid.cells()];
        FaceFluxes rotating = torus ? fluxes.minus(harmonic) : fluxes;
        if (d == 2) {
            StreamFunction psi = gauged(StreamFunction.of(rotating), torus);
            this.stream = Optional.of(psi);
            this.potentialResidual = 0.0;
            this.potentialIterations = 0;
            planar(psi);
        } else if (d == 3) {
            VectorPotential potential = VectorPotential.of(rotating, steady);
            this.stream = Optional.empty();
            this.potentialResidual = potential.residual();
            this.potentialIterations = potential.iterations();
            spatial(potential);
        } else {
            this.stream = Optional.empty();
            this.potentialResidual = 0.0;
            this.potentialIterations = 0;
        }
    }

    /** The area of a section of the box across an axis. */
    private double section(int axis) {
        double area = 1.0;
        for (int a = 0; a < d; a++) {
            area *= a == axis ? 1.0 : grid.axis(a).max() - grid.axis(a).min();
        }
        return area;
    }

    /** On a torus the constant for which ∫ψ/ρ = 0; on a box the walls have set it. */
    private StreamFunction gauged(StreamFunction psi, boolean torus) {
        if (!torus) {
            return psi;
        }
        double sum = 0.0;
        double weight = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            double inverse = grid.volume(cell) / steady.value(cell);
            sum += inverse * mean(psi, cell);
            weight += inverse;
        }
        return psi.plus(-sum / weight);
    }

    private double mean(StreamFunction psi, int cell) {
        int i = grid.position(cell, 0);
        int k = grid.position(cell, 1);
        return 0.25 * ((psi.corner(i, k) + psi.corner(i + 1, k)) + (psi.corner(i, k + 1) + psi.corner(i + 1, k + 1)));
    }

    /** Q₁₂ = βψ/ρ at the corners, with the mean of Φ around them; in the cells the mean of their corners. */
    private void planar(StreamFunction psi) {
        int n0 = grid.axis(0).cells();
        int n1 = grid.axis(1).cells();
        double[] corners = new double[(n0 + 1) * (n1 + 1)];
        for (int i = 0; i <= n0; i++) {
            for (int k = 0; k <= n1; k++) {
                corners[i * (n1 + 1) + k] = psi.corner(i, k)
                        / fields.inverseBeta()
                        * Math.exp(potentialAtCorner(i, k) / fields.inverseBeta());
            }
        }
        for (int cell = 0; cell < grid.cells(); cell++) {
            int at = grid.position(cell, 0) * (n1 + 1) + grid.position(cell, 1);
            double value = region.contains(cell)
                    ? 0.25 * ((corners[at] + corners[at + 1]) + (corners[at + n1 + 1] + corners[at + n1 + 2]))
                    : Double.NaN;
            q[1][cell] = value;
            q[2][cell] = -value;
        }
    }

    private double potentialAtCorner(int i, int k) {
        double sum = 0.0;
        int count = 0;
        for (int a = i - 1; a <= i; a++) {
            for (int b = k - 1; b <= k; b++) {
                int first = region.isPeriodic(0) ? Math.floorMod(a, grid.axis(0).cells()) : a;
                int second =
                        region.isPeriodic(1) ? Math.floorMod(b, grid.axis(1).cells()) : b;
                if (first >= 0
                        && first < grid.axis(0).cells()
                        && second >= 0
                        && second < grid.axis(1).cells()) {
                    int cell = first * grid.stride(0) + second;
                    if (region.contains(cell)) {
                        sum += fields.phi[cell];
                        count++;
                    }
                }
            }
        }
        return sum / count;
    }

    private void spatial(VectorPotential potential) {
        for (int cell = 0; cell < grid.cells(); cell++) {
            for (int i = 0; i < 3; i++) {
                int j = (i + 1) % 3;
                double value = potential.overDensity(i, cell) / fields.inverseBeta();
                q[3 * i + j][cell] = value;
                q[3 * j + i][cell] = -value;
            }
        }
    }
}
