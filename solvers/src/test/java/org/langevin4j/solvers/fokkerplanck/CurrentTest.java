package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.markov.EntropyProduction;

class CurrentTest {

    private static final Temperature ONE = Temperature.of(1.0);

    /** Example 19 of Chaudhari and Soatto (2018): b = −∇Φ + λe^(Φ − r⁴/4)(−x₂, x₁). */
    private static FokkerPlanck example19(double lambda, int cells) {
        VectorField drift = (x, out) -> {
            double r2 = x[0] * x[0] + x[1] * x[1];
            double phi = Math.pow(x[0] * x[0] - 1, 2) / 4 + x[1] * x[1] / 2;
            double swirl = lambda * Math.exp(phi - r2 * r2 / 4);
            out[0] = -swirl * x[1] - x[0] * (x[0] * x[0] - 1);
            out[1] = swirl * x[0] - x[1];
        };
        return FokkerPlanck.of(
                Sde.ito(drift, Diffusion.isotropic(2, 1.0), ONE), Grid.square(-3.5, 3.5, cells), Boundary.REFLECTING);
    }

    private static FokkerPlanck gyrator(int cells) {
        VectorField drift = (x, out) -> {
            out[0] = -(2 * x[0] + x[1]);
            out[1] = -(x[0] + 2 * x[1]);
        };
        return FokkerPlanck.of(
                Sde.ito(drift, Diffusion.diagonal(1.0, 0.25), ONE),
                Grid.of(Axis.uniform(-4.5, 4.5, cells), Axis.uniform(-2.7, 2.7, cells)),
                Boundary.REFLECTING);
    }

    /** OU2_full. */
    private static FokkerPlanck fullD(int cells) {
        VectorField drift = (x, out) -> {
            out[0] = -(x[0] - 2 * x[1]);
            out[1] = -(2 * x[0] + 1.2 * x[1]);
        };
        return FokkerPlanck.of(
                Sde.ito(
                        drift,
                        Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 0.5}, {0.5, 1}})),
                        ONE),
                Grid.of(Axis.uniform(-6.5, 6.5, cells), Axis.uniform(-5.5, 5.5, cells)),
                Boundary.REFLECTING);
    }

    private static FokkerPlanck hopf(double beta, int cells) {
        VectorField drift = (x, out) -> {
            double r2 = x[0] * x[0] + x[1] * x[1];
            out[0] = x[0] - 2 * x[1] - x[0] * r2;
            out[1] = 2 * x[0] + x[1] - x[1] * r2;
        };
        double end = beta < 2 ? 3.2 : 2.4;
        return FokkerPlanck.of(
                Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(1 / beta)),
                Grid.square(-end, end, cells),
                Boundary.REFLECTING);
    }

    /** Jˢˢ = λe^(−r⁴/4)(−x₂, x₁)/Z with Z of the reference values example19. */
    @Test
    void theSteadyCurrentOfExample19() {
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            FokkerPlanck fp = example19(1.5, 70 << i);
            Current current = fp.current(fp.steadyState().density());
            Grid grid = fp.grid();
            double[] x = new double[2];
            double[] j = new double[2];
            double[] same = new double[2];
            for (int cell = 0; cell < grid.cells(); cell++) {
                grid.centre(cell, x);
                double r2 = x[0] * x[0] + x[1] * x[1];
                double strength = 1.5 * Math.exp(-r2 * r2 / 4) / 7.623468444672765;
                current.at(x, j);
                errors[i] = Math.max(errors[i], Math.hypot(j[0] + strength * x[1], j[1] - strength * x[0]));
                same[0] = current.component(0).value(cell);
                same[1] = current.component(1).value(cell);
                assertThat(j).containsExactly(same, within(1e-15));
            }
            assertThat(current.divergence().maxNorm()).isLessThan(1e-12);
        }
        assertThat(errors[1]).isLessThan(2e-3);
        assertThat(errors[0] / errors[1]).isGreaterThan(3.6);
    }

    @Test
    void divergenceIsTheLossOfDensity() {
        FokkerPlanck fp = example19(1.5, 40);
        Density start = Density.gaussian(fp.grid(), new double[] {1, 0.5}, 0.6);
        CellLoss loss = new CellLoss(fp, start);
        assertThat(fp.current(start).divergence().values()).containsExactly(loss.rates(1e-5), within(2e-6));
    }

    /** −∂ρ/∂t by central differences of exact flows. */
    private record CellLoss(FokkerPlanck fp, Density start) {

        double[] rates(double step) {
            Evolution flow = fp.evolve(start, new double[] {step, 2 * step}, Integrator.uniformisation(1e-14));
            double[] rates = new double[fp.grid().cells()];
            for (int cell = 0; cell < rates.length; cell++) {
                // The one-sided formula of second order.
                rates[cell] = (3 * start.value(cell)
                                - 4 * flow.densities().get(1).value(cell)
                                + flow.densities().get(2).value(cell))
                        / (2 * step);
            }
            return rates;
        }
    }

    /** tilted_V1_F1_beta1: round a ring the current is the mean velocity over 2π in every cell, the first and last too. */
    @Test
    void theCurrentRoundARing() {
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.of(Axis.uniform(0, 2 * Math.PI, 50 << i));
            FokkerPlanck fp = FokkerPlanck.of(
                    Sde.ito((x, out) -> out[0] = Math.sin(x[0]) + 1.0, Diffusion.isotropic(1, 1.0), ONE),
                    grid,
                    Boundary.PERIODIC);
            for (double j : fp.current(fp.steadyState().density()).component(0).values()) {
                errors[i] = Math.max(errors[i], Math.abs(j * 2 * Math.PI - 0.7747184253032277));
            }
        }
        assertThat(errors[1]).isLessThan(1e-3);
        assertThat(errors[0] / errors[1]).isGreaterThan(3.6);
    }

    /** ρ = (π/4) cos(πx/2) between absorbing walls: J = −½ρ′ = (π²/16) sin(πx/2), beside the walls too. */
    @Test
    void theCurrentIntoAbsorbingWalls() {
        Grid grid = Grid.of(Axis.uniform(-1, 1, 100));
        FokkerPlanck fp = FokkerPlanck.of(
                Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 0.5), ONE), grid, Boundary.ABSORBING);
        double[] values = new double[100];
        for (int i = 0; i < 100; i++) {
            values[i] = Math.PI / 4 * Math.cos(0.5 * Math.PI * grid.axis(0).centre(i));
        }
        Current current = fp.current(Density.of(grid, values));
        for (int i = 0; i < 100; i++) {
            double x = grid.axis(0).centre(i);
            assertThat(current.component(0).value(i))
                    .isCloseTo(Math.PI * Math.PI / 16 * Math.sin(0.5 * Math.PI * x), within(2e-3));
        }
    }

    /** The flux of the current through a line is what the reference values say. */
    @Test
    void fluxThroughTheAxisOfTheHopfForm() {
        FokkerPlanck fp = hopf(1.0, 160);
        Current current = fp.current(fp.steadyState().density());
        double sum = 0.0;
        double[] j = new double[2];
        for (int k = 0; k < 3200; k++) {
            current.at(new double[] {(k + 0.5) * 1e-3, 0.0}, j);
            sum += j[1] * 1e-3;
        }
        assertThat(sum).isCloseTo(0.3183098861837907, within(5e-4));
    }

    /** Entropy production in the steady state: reference values OU2_gyrator, OU2_full, example19, hopf_beta1, hopf_beta4. */
    @Test
    void entropyProductionOfSteadyStates() {
        convergesTo(0.5625, gyrator(60), gyrator(120), 3e-3);
        convergesTo(0.6813816115461889 * 0.25, example19(0.5, 60), example19(0.5, 120), 2e-3);
        convergesTo(0.6813816115461889 * 2.25, example19(1.5, 60), example19(1.5, 120), 2e-3);
        convergesTo(6.3118254509810505, hopf(1.0, 60), hopf(1.0, 120), 4e-3);
        convergesTo(10.187878787878788, fullD(80), fullD(160), 3e-2);
        convergesTo(17.80216994102926, hopf(4.0, 60), hopf(4.0, 120), 1e-2);
    }

    private static void convergesTo(double expected, FokkerPlanck coarse, FokkerPlanck fine, double tolerance) {
        double[] errors = new double[2];
        int i = 0;
        for (FokkerPlanck fp : new FokkerPlanck[] {coarse, fine}) {
            Density steady = fp.steadyState().density();
            EntropyProduction production = fp.entropyProduction(steady, steady);
            assertThat(production.excess()).isZero();
            assertThat(production.housekeeping()).isCloseTo(production.total(), within(1e-9));
            errors[i++] = Math.abs(production.total() / expected - 1);
        }
        assertThat(errors[1]).isLessThan(tolerance);
        assertThat(errors[0] / errors[1]).isGreaterThan(3.5);
    }

    /** Without rotation nothing keeps going; with it, total = housekeeping + excess on the way. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 1.5})
    void partsOfTheEntropyProduction(double lambda) {
        FokkerPlanck fp = example19(lambda, 40);
        Density steady = fp.steadyState().density();
        Density start = Density.gaussian(fp.grid(), new double[] {1, 0.5}, 0.6);
        EntropyProduction production = fp.entropyProduction(start, steady);
        assertThat(production.total())
                .isCloseTo(production.housekeeping() + production.excess(), within(1e-9 * production.total()));
        assertThat(production.excess()).isPositive();
        if (lambda == 0.0) {
            assertThat(production.housekeeping()).isBetween(0.0, 1e-10);
        } else {
            assertThat(production.housekeeping()).isGreaterThan(0.1);
        }
    }

    /** dF/dt of the chain against differences of F along the exact flow. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 4.0})
    void freeEnergyRateIsTheDerivativeOfTheFreeEnergy(double time) {
        FokkerPlanck fp = hopf(4.0, 32);
        Density steady = fp.steadyState().density();
        Density start = Density.gaussian(fp.grid(), new double[] {1, 0.5}, 0.4);
        double step = 1e-3;
        FreeEnergyTrace trace = fp.evolve(
                        start, new double[] {time - step, time, time + step}, Integrator.uniformisation(1e-14))
                .freeEnergyRelativeTo(steady);
        double derivative =
                (trace.values().get(3).total() - trace.values().get(1).total()) / (2 * step);
        double rate = trace.rates().get(2);
        assertThat(rate).isNegative().isCloseTo(derivative, within(1e-4 * Math.abs(derivative)));
        assertThat(fp.freeEnergyRate(steady, steady)).isZero();
    }

    /**
     * Area rates and fluxes of the reference values: β⁻¹Q₁₂ of OU2_gyrator and OU2_full, ½ω⟨r²⟩ of hopf_beta1 and the flux
     * through the positive axis of hopf_beta1 and example19. Twice as many cells, a quarter of the error.
     */
    @Test
    void circulationAndFlux() {
        // Of e^(−x²/2), what the box of example19 holds, by scipy.special.erf.
        double inside = 0.9995347418419289;
        double[][] errors = new double[5][2];
        for (int i = 0; i < 2; i++) {
            int cells = 60 << i;
            errors[0][i] = steady(gyrator(cells)).areaRate(0, 1) + 0.1875;
            errors[1][i] = steady(fullD(cells)).areaRate(0, 1) + 1.8636363636363635;
            Current hopf = steady(hopf(1, cells));
            assertThat(hopf.areaRate(1, 0)).isCloseTo(-hopf.areaRate(0, 1), within(1e-14));
            errors[2][i] = hopf.areaRate(0, 1) - 1.5779563627452626;
            errors[3][i] = hopf.flux(new double[] {0, 0}, new double[] {3.2, 0}) - 0.3183098861837907;
            errors[4][i] = steady(example19(1.5, cells)).flux(new double[] {0, 0}, new double[] {3.5, 0})
                    - 1.5 * 0.1162498319347079 / inside;
        }
        double[] sizes = {0.1875, 1.86, 1.58, 0.318, 0.174};
        for (int k = 0; k < errors.length; k++) {
            assertThat(Math.abs(errors[k][1])).isLessThan(5e-3 * sizes[k]);
            assertThat(errors[k][0] / errors[k][1]).isBetween(3.2, 5.0);
        }
    }

    /** The gyrator on graded axes: J = ρ(−Fx + TDΣ⁻¹x/T) cell by cell, and the area rate T·Q₁₂ = −0.1875T. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 2.5})
    void theGyratorOnGradedAxes(double temperature) {
        double c12 = -0.625 / 3;
        double c11 = (1 - c12) / 2;
        double c22 = (0.25 - c12) / 2;
        double det = c11 * c22 - c12 * c12;
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -(2 * x[0] + x[1]);
                    out[1] = -(x[0] + 2 * x[1]);
                },
                Diffusion.diagonal(1.0, 0.25),
                Temperature.of(temperature));
        double[][] errors = new double[2][2];
        for (int i = 0; i < 2; i++) {
            double scale = Math.sqrt(temperature);
            Grid grid = Grid.of(graded(4.5 * scale, 40 << i), graded(2.8 * scale, 40 << i));
            Current current = steady(FokkerPlanck.of(sde, grid, Boundary.REFLECTING));
            errors[i][0] = Math.abs(current.areaRate(0, 1) / (-0.1875 * temperature) - 1);
            double[] x = new double[2];
            double size = 0;
            double off = 0;
            for (int cell = 0; cell < grid.cells(); cell++) {
                grid.centre(cell, x);
                double g1 = (c22 * x[0] - c12 * x[1]) / det;
                double g2 = (c11 * x[1] - c12 * x[0]) / det;
                double rho = Math.exp(-(x[0] * g1 + x[1] * g2) / (2 * temperature));
                double[] exact = {rho * (g1 - 2 * x[0] - x[1]), rho * (0.25 * g2 - x[0] - 2 * x[1])};
                for (int a = 0; a < 2; a++) {
                    double j = 2
                            * Math.PI
                            * temperature
                            * Math.sqrt(det)
                            * current.component(a).value(cell);
                    off += Math.abs(j - exact[a]) * grid.volume(cell);
                    size += Math.abs(exact[a]) * grid.volume(cell);
                }
            }
            errors[i][1] = off / size;
        }
        for (int k = 0; k < 2; k++) {
            assertThat(errors[1][k]).isLessThan(0.03);
            assertThat(errors[0][k] / errors[1][k]).isBetween(2.5, 5.5);
        }
    }

    /** Widths that grow fourfold from one end to the other. */
    private static Axis graded(double end, int cells) {
        double[] edges = new double[cells + 1];
        for (int k = 0; k <= cells; k++) {
            double u = 2.0 * k / cells - 1;
            edges[k] = end * (u + 0.3 * (u * u - 1));
        }
        return Axis.of(edges);
    }

    private static Current steady(FokkerPlanck fp) {
        return fp.current(fp.steadyState().density());
    }

    /** From the centre to infinity in any direction, and nothing through a closed way round. */
    @Test
    void theFluxThroughEveryRayIsTheSame() {
        Current current = steady(hopf(1, 96));
        double[] origin = {0, 0};
        double east = current.flux(origin, new double[] {3.2, 0});
        assertThat(current.flux(origin, new double[] {-1.5, 3.2})).isCloseTo(east, within(2e-3));
        assertThat(current.flux(new double[] {3.2, 0}, origin)).isCloseTo(-east, within(1e-14));
        double[] a = {0.5, 0.2};
        double[] b = {1.4, 0.3};
        double[] c = {0.6, 1.2};
        assertThat(current.flux(a, b) + current.flux(b, c) + current.flux(c, a)).isCloseTo(0, within(5e-4));
    }
}
