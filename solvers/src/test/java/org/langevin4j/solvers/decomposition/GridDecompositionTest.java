package org.langevin4j.solvers.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.hipparchus.analysis.integration.RombergIntegrator;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

class GridDecompositionTest {

    /** On the grids of three numbers of cells a unit, the slope of log error against log width. */
    private static double slope(
            IntFunction<GridDecomposition> on, ToDoubleFunction<GridDecomposition> error, int... n) {
        double[] logs = new double[n.length];
        double meanX = 0.0;
        double meanY = 0.0;
        for (int k = 0; k < n.length; k++) {
            logs[k] = Math.log(error.applyAsDouble(on.apply(n[k])));
            meanX -= Math.log(n[k]) / n.length;
            meanY += logs[k] / n.length;
        }
        double xy = 0.0;
        double xx = 0.0;
        for (int k = 0; k < n.length; k++) {
            double x = -Math.log(n[k]) - meanX;
            xy += x * (logs[k] - meanY);
            xx += x * x;
        }
        return xy / xx;
    }

    private static GridDecomposition example19(int perUnit) {
        return GridDecomposition.of(Systems.example19(1.5, 1.0), Systems.example19Grid(perUnit), Boundary.REFLECTING);
    }

    /** √E of the square of the error of a function of the cells. */
    private static double rms(Density density, CellFunction function, ScalarField exact) {
        double[] x = new double[density.grid().dimension()];
        double sum = 0.0;
        for (int cell = 0; cell < density.grid().cells(); cell++) {
            density.grid().centre(cell, x);
            double error = function.value(cell) - exact.at(x);
            sum += density.value(cell) * density.grid().volume(cell) * error * error;
        }
        return Math.sqrt(sum);
    }

    /** q_over_lambda_at, q_origin_over_lambda and flux_through_positive_x1_axis_over_lambda of example19. */
    @Test
    void rotationOfExample19() {
        double[][] points = {{1, 0}, {0, 1}, {1, 1}, {0.5, -0.5}, {2, 0}, {0, 0}};
        double[] expected = {
            0.42494591903996554,
            0.8996105176670954,
            0.22983634942111297,
            0.8364637949943551,
            0.03933173804237148,
            1.1379378972343737
        };
        ToDoubleFunction<GridDecomposition> largest = grid -> {
            double error = 0.0;
            for (int k = 0; k < points.length; k++) {
                double q = grid.q(0, 1).at(points[k]);
                assertThat(grid.q(1, 0).at(points[k])).isEqualTo(-q);
                error = Math.max(error, Math.abs(q / 1.5 - expected[k]));
            }
            return error;
        };
        assertThat(slope(GridDecompositionTest::example19, largest, 8, 10, 12)).isBetween(1.8, 2.2);
        assertThat(largest.applyAsDouble(example19(12))).isLessThan(1e-2);
        ToDoubleFunction<GridDecomposition> flux =
                grid -> Math.abs(grid.rotationRate(0.0, 0.0) / 1.5 - 0.1162498319347079);
        assertThat(slope(GridDecompositionTest::example19, flux, 6, 8, 12)).isBetween(1.8, 2.2);
    }

    /** Φ, and j from the current and by its definition, against the closed forms. */
    @Test
    void potentialAndForceOfExample19() {
        ToDoubleFunction<GridDecomposition> potential = grid -> {
            double mean = grid.potential().at(0.0, 0.0);
            return rms(grid.density(), grid.potential(), x -> Systems.EXAMPLE19_POTENTIAL.at(x) - 0.25 + mean);
        };
        ToDoubleFunction<GridDecomposition> force =
                grid -> rms(grid.density(), grid.force(1), x -> 1.5 * Systems.swirl(x) * x[0]);
        ToDoubleFunction<GridDecomposition> defined =
                grid -> rms(grid.density(), grid.definedForce(0), x -> -1.5 * Systems.swirl(x) * x[1]);
        assertThat(slope(GridDecompositionTest::example19, potential, 6, 8, 12)).isBetween(1.8, 2.2);
        assertThat(slope(GridDecompositionTest::example19, force, 6, 8, 12)).isBetween(1.8, 2.2);
        assertThat(slope(GridDecompositionTest::example19, defined, 6, 8, 12)).isBetween(1.8, 2.2);
        assertThat(force.applyAsDouble(example19(12))).isLessThan(1e-2);
    }

    @ParameterizedTest
    @EnumSource(names = {"EQUATION_8", "STATIONARITY", "EQUATION_19"})
    void whatHoldsForExample19IsOfSecondOrder(Claim claim) {
        assertThat(slope(
                        GridDecompositionTest::example19,
                        grid -> grid.residual(claim).rms(),
                        8,
                        10,
                        12))
                .isBetween(1.8, 2.2);
        assertThat(slope(
                        GridDecompositionTest::example19,
                        grid -> grid.residual(claim).max(),
                        8,
                        10,
                        12))
                .isBetween(1.6, 2.4);
    }

    /**
     * ∇·j = λ swirl x₁x₂(2 − x₁²): divj_over_lambda_at of example19, and √E[(∇·j)²] = 0.451920738908λ, √E[j²] = 0.825458425888λ
     * by NumPy sums on two grids.
     */
    @Test
    void assumption4FailsForExample19() {
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            GridDecomposition grid = example19(6 << k);
            Residual divergence = grid.residual(Claim.ASSUMPTION_4);
            errors[k] = Math.abs(divergence.rms() / 1.5 - 0.45192073890764684);
            double tolerance = 0.4 / (1 << (2 * k));
            assertThat(divergence.field().at(1, 1) / 1.5).isCloseTo(0.6065306597126334, within(tolerance));
            assertThat(divergence.field().at(0.5, -0.5) / 1.5).isCloseTo(-0.5360362051963221, within(tolerance));
            assertThat(divergence.field().at(0, 1) / 1.5).isCloseTo(0.0, within(tolerance));
            // At β = 1 it is j·∇Φ that balances it.
            Residual along = grid.residual(Claim.ORTHOGONALITY);
            assertThat(along.rms() / 1.5).isCloseTo(0.45192073890764684, within(0.05 * tolerance));
            assertThat(grid.residual(Claim.DETAILED_BALANCE).rms() / 1.5)
                    .isCloseTo(0.825458425888353, within(0.05 * tolerance));
        }
        assertThat(errors[0] / errors[1]).isBetween(3.3, 4.7);
        assertThat(errors[1]).isLessThan(5e-3);
    }

    /** Where the scheme makes e^(−βΦ) exact with the current of a given Q, ψ at the corners is β⁻¹Qρ to rounding. */
    @Test
    void streamFunctionOfAnExactCurrent() {
        Potential phi = Potential.automatic(x ->
                x[0].square().square().multiply(0.25).add(x[0].multiply(x[1])).add(x[1].square()));
        Potential q = Potential.automatic(
                x -> x[0].multiply(0.7).add(x[1]).sin().multiply(0.5).add(1.0));
        Diffusion oblique = Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.4}, {0.4, 0.6}}));
        Decomposition system = new Decomposition(phi, oblique, AntisymmetricField.planar(q));
        Temperature hot = Temperature.of(1.25);
        Grid grid = Grid.of(Axis.uniform(-2.5, 2.5, 40), Axis.uniform(-3, 3, 36));
        Density density = Density.gibbs(grid, phi, hot);
        GridDecomposition found = GridDecomposition.of(
                system.aType(hot), FokkerPlanck.of(system, hot, Region.of(grid, Boundary.REFLECTING)), density);
        StreamFunction psi = found.streamFunction().orElseThrow();
        double normalisation = density.value(0)
                * Math.exp(phi.at(new double[] {
                            grid.axis(0).centre(0), grid.axis(1).centre(0)
                        })
                        / 1.25);
        for (int i = 0; i <= 40; i++) {
            for (int k = 0; k <= 36; k++) {
                double[] x = {grid.axis(0).edge(i), grid.axis(1).edge(k)};
                boolean wall = i == 0 || i == 40 || k == 0 || k == 36;
                double expected = wall ? 0.0 : 1.25 * q.at(x) * Math.exp(-phi.at(x) / 1.25) * normalisation;
                // Relative even in the corners of the box, where ρ is 1e-8 of its maximum.
                assertThat(psi.corner(i, k)).isCloseTo(expected, within(1e-10 * Math.abs(expected) + 1e-18));
            }
        }
        assertThat(psi.at(new double[] {0.0, 0.0})).isEqualTo(psi.corner(20, 18));
        assertThat(psi.at(new double[] {9.0, 0.0})).isNaN();
    }

    /** Residuals for coefficients without any symmetry, D(x) diagonal. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomCoefficients(long seed) {
        GridDecomposition[] grids = new GridDecomposition[3];
        for (int k = 0; k < 3; k++) {
            grids[k] = GridDecomposition.of(
                    Systems.random(seed, false), Grid.square(-3.0, 3.0, 24 << k), Boundary.REFLECTING);
        }
        for (Claim claim : new Claim[] {Claim.EQUATION_8, Claim.STATIONARITY, Claim.EQUATION_19}) {
            assertThat(slope(
                            n -> grids[Integer.numberOfTrailingZeros(n) - 1],
                            grid -> grid.residual(claim).rms(),
                            2,
                            4,
                            8))
                    .isBetween(1.8, 2.2);
        }
        // The three parts of the stationary equation are not zero, their sum with β, 1 and β⁻¹ is.
        GridDecomposition fine = grids[2];
        double sum = 0.0;
        double beta = 1.25;
        for (int cell = 0; cell < fine.density().grid().cells(); cell++) {
            double rest = beta * fine.residual(Claim.ORDER_BETA).field().value(cell)
                    - fine.residual(Claim.ORDER_ONE).field().value(cell)
                    + fine.residual(Claim.ORDER_INVERSE_BETA).field().value(cell) / beta;
            sum += rest
                    * rest
                    * fine.density().value(cell)
                    * fine.density().grid().volume(cell);
        }
        assertThat(Math.sqrt(sum))
                .isLessThan(0.1 * fine.residual(Claim.ORDER_BETA).rms());
    }

    /** D(x) full, with offsets that change from place to place: about of first order. */
    @ParameterizedTest
    @ValueSource(longs = {2, 3})
    void randomFullDiffusion(long seed) {
        GridDecomposition[] grids = new GridDecomposition[3];
        for (int k = 0; k < 3; k++) {
            grids[k] = GridDecomposition.of(
                    Systems.random(seed, true), Grid.square(-3.0, 3.0, 24 << k), Boundary.REFLECTING);
        }
        for (Claim claim : new Claim[] {Claim.EQUATION_8, Claim.EQUATION_19}) {
            assertThat(slope(
                            n -> grids[Integer.numberOfTrailingZeros(n) - 1],
                            grid -> grid.residual(claim).rms(),
                            2,
                            4,
                            8))
                    .isGreaterThan(0.9);
        }
        assertThat(grids[2].residual(Claim.EQUATION_19).relative()).isLessThan(0.01);
    }

    /** j = 0 to rounding where D commutes with the Hessian, and Φ − f = 3x₂²/2 with E[x₂²] = ¼ (OU2_commuting). */
    @Test
    void detailedBalance() {
        Sde sde = Systems.linear(new double[][] {{3, 0}, {0, 1}}, new double[][] {{1, 0}, {0, 0.25}});
        GridDecomposition grid = GridDecomposition.of(
                sde, Grid.of(Axis.uniform(-3.4, 3.4, 64), Axis.uniform(-3, 3, 64)), Boundary.REFLECTING);
        assertThat(grid.residual(Claim.DETAILED_BALANCE).relative()).isLessThan(1e-10);
        LossComparison lemma = grid.comparedTo(x -> 1.5 * x[0] * x[0] + 0.5 * x[1] * x[1]);
        assertThat(lemma.balanceDefect()).isLessThan(1e-10);
        assertThat(lemma.deviation()).isCloseTo(1.5 * 0.25 * Math.sqrt(2.0), within(1e-6));
        assertThat(lemma.meanDiffusion()).isCloseTo(0.625, within(1e-12));
        assertThat(lemma.anisotropy()).isCloseTo(0.375 * Math.sqrt(2.0) / Math.sqrt(1.0625), within(1e-12));
    }

    /** Φ − f and j of OU2_gyrator from its stationary covariance and Q. */
    @Test
    void theGyrator() {
        IntFunction<GridDecomposition> on = n -> GridDecomposition.of(
                Systems.linear(new double[][] {{2, 1}, {1, 2}}, new double[][] {{1, 0}, {0, 0.25}}),
                Grid.of(Axis.uniform(-4.5, 4.5, n), Axis.uniform(-2.7, 2.7, n)),
                Boundary.REFLECTING);
        ScalarField f = x -> x[0] * x[0] + x[0] * x[1] + x[1] * x[1];
        // √(½ tr(MΣMΣ)) of M = Σ⁻¹ − F and √tr(QΣ⁻¹Qᵀ)/√tr(FΣFᵀ), by NumPy.
        assertThat(slope(on, grid -> Math.abs(grid.comparedTo(f).deviation() - 0.4960783708246108), 32, 48, 64))
                .isBetween(1.7, 2.3);
        assertThat(slope(
                        on,
                        grid -> Math.abs(grid.comparedTo(f).balanceDefect() - 0.5551749076482041 / 1.5811388300841895),
                        32,
                        48,
                        64))
                .isBetween(1.7, 2.3);
        assertThat(slope(on, grid -> Math.abs(grid.q(0, 1).at(1e-9, 1e-9) + 0.1875), 32, 48, 64))
                .isBetween(1.7, 2.3);
    }

    /** tilted_V1_F1_beta1: round a ring the current is constant, and no Q gives it. */
    @Test
    void aRing() {
        Sde sde = Sde.ito((x, out) -> out[0] = Math.sin(x[0]) + 1.0, Diffusion.isotropic(1, 1.0), Systems.ONE);
        GridDecomposition grid =
                GridDecomposition.of(sde, Grid.of(Axis.uniform(0, 2 * Math.PI, 200)), Boundary.PERIODIC);
        double turns = 0.7747184253032277 / (2 * Math.PI);
        assertThat(grid.winding(0)).isCloseTo(turns, within(1e-4));
        assertThat(grid.harmonicCurrent()[0]).isEqualTo(grid.winding(0));
        assertThat(grid.q(0, 0).maxNorm()).isZero();
        assertThat(grid.streamFunction()).isEmpty();
        // b + D∇Φ − β⁻¹∇·D is then all of j.
        assertThat(grid.residual(Claim.EQUATION_19).rms())
                .isCloseTo(grid.residual(Claim.DETAILED_BALANCE).rms(), within(1e-3));
        assertThatThrownBy(() -> grid.rotationRate(1.0)).isInstanceOf(IllegalStateException.class);
    }

    /** A ring times a reversible axis, joined (a torus) or between walls: J₁ = Jρ₂(x₂). */
    @Test
    void aCurrentThatWinds() {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = Math.sin(x[0]) + 1.0;
                    out[1] = 2 * Math.sin(x[1]);
                },
                Diffusion.isotropic(2, 1.0),
                Systems.ONE);
        Axis ring = Axis.uniform(0, 2 * Math.PI, 80);
        Grid grid = Grid.of(ring, ring);
        double turns = 0.7747184253032277 / (2 * Math.PI);
        // ρ₂ ∝ e^(−2 cos x₂).
        RombergIntegrator rule = new RombergIntegrator();
        double norm = rule.integrate(100_000, y -> Math.exp(-2 * Math.cos(y)), 0, 2 * Math.PI);

        GridDecomposition torus = GridDecomposition.of(sde, grid, Boundary.PERIODIC);
        assertThat(torus.winding(0)).isCloseTo(turns, within(5e-4));
        assertThat(torus.winding(1)).isCloseTo(0.0, within(1e-12));
        assertThat(torus.harmonicCurrent()).containsExactly(new double[] {turns / (2 * Math.PI), 0.0}, within(1e-4));
        StreamFunction psi = torus.streamFunction().orElseThrow();
        GridDecomposition cylinder = GridDecomposition.of(
                sde, Region.of(grid, Boundary.PERIODIC).withFaces(1, Boundary.REFLECTING, Boundary.REFLECTING));
        StreamFunction walled = cylinder.streamFunction().orElseThrow();
        assertThat(cylinder.winding(0)).isCloseTo(turns, within(5e-4));
        assertThat(cylinder.harmonicCurrent()).containsExactly(0.0, 0.0);
        for (int k = 20; k <= 80; k += 20) {
            double y = grid.axis(1).edge(k);
            double share = rule.integrate(100_000, z -> Math.exp(-2 * Math.cos(z)), 0, y) / norm;
            assertThat(walled.corner(17, 0)).isZero();
            assertThat(walled.corner(17, k)).isCloseTo(turns * share, within(5e-4));
            assertThat(psi.corner(17, k) - psi.corner(17, 0))
                    .isCloseTo(turns * (share - y / (2 * Math.PI)), within(5e-4));
        }
        // The gauge of the torus: Q has no mean.
        double mean = 0.0;
        for (double q : torus.q(0, 1).values()) {
            mean += q / grid.cells();
        }
        assertThat(mean).isCloseTo(0.0, within(0.02 * torus.q(0, 1).maxNorm()));
        assertThat(torus.residual(Claim.EQUATION_19).relative()).isGreaterThan(0.05);
        GridDecomposition coarser =
                GridDecomposition.of(sde, cylinder.region().coarsened(Grid.of(ring.coarsened(), ring.coarsened())));
        assertThat(coarser.residual(Claim.EQUATION_19).rms()
                        / cylinder.residual(Claim.EQUATION_19).rms())
                .isBetween(3.0, 5.0);
    }

    /** In a hole of the region ψ is constant: the flow around it, ω/2π for the Hopf form whatever the ring. */
    @Test
    void aRegionWithAHole() {
        Region ring = Region.of(Grid.square(-2.4, 2.4, 96), Boundary.REFLECTING)
                .where(x -> Math.hypot(x[0], x[1]) > 0.4, Boundary.REFLECTING);
        GridDecomposition grid = GridDecomposition.of(Systems.hopf(1.0), ring);
        double inside = grid.rotationRate(0.01, 0.01);
        assertThat(grid.rotationRate(0.2, -0.1)).isCloseTo(inside, within(1e-13));
        assertThat(grid.rotationRate(-0.1, 0.25)).isCloseTo(inside, within(1e-13));
        assertThat(inside).isCloseTo(1 / Math.PI, within(0.01));
        assertThat(grid.q(0, 1).at(0.0, 0.0)).isNaN();
    }

    @Test
    void whatCannotBeDecomposed() {
        Axis axis = Axis.uniform(-2, 2, 8);
        Sde plane = Systems.hopf(1.0);
        assertThatThrownBy(() -> GridDecomposition.of(plane, Grid.of(axis, axis), Boundary.ABSORBING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("absorbed");
        Sde space = Sde.ito(
                (x, out) -> System.arraycopy(new double[4], 0, out, 0, x.length),
                Diffusion.isotropic(3, 1.0),
                Systems.ONE);
        Region masked =
                Region.of(Grid.of(axis, axis, axis), Boundary.REFLECTING).where(x -> x[0] < 1.0, Boundary.REFLECTING);
        assertThatThrownBy(() -> GridDecomposition.of(space, masked))
                .hasMessage("region must be a whole box in three dimensions, got 384 of 512 cells");
        Sde four = Sde.ito(
                (x, out) -> System.arraycopy(new double[4], 0, out, 0, 4), Diffusion.isotropic(4, 1.0), Systems.ONE);
        Axis short4 = Axis.uniform(-2, 2, 4);
        assertThatThrownBy(
                        () -> GridDecomposition.of(four, Grid.of(short4, short4, short4, short4), Boundary.REFLECTING))
                .hasMessage("dimension must be at most 3, got 4");
        FokkerPlanck equation = FokkerPlanck.of(plane, Grid.of(axis, axis), Boundary.REFLECTING);
        assertThatThrownBy(() -> GridDecomposition.of(
                        plane, equation, Density.gaussian(Grid.square(-1, 1, 8), new double[2], 1.0)))
                .hasMessage("steady must be a density on the grid of the equation");
    }
}
