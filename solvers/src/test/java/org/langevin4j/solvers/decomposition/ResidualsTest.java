package org.langevin4j.solvers.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/** The residuals against closed forms at temperatures other than one, where factors of β show. */
class ResidualsTest {

    /**
     * Φ = x₁²/2 + x₂²/2 + x₁x₂/4 and D = diag(1 + s sin(x₁ + x₂)/2, 1 + s cos(x₁ − x₂)/2) with b = −D∇Φ + β⁻¹∇·D: no current, and the
     * three parts of the stationary equation are β⁻¹(∇·D)·∇Φ, (∇·D)·∇Φ + β⁻¹∂ᵢ∂ⱼDᵢⱼ and ∂ᵢ∂ⱼDᵢⱼ.
     */
    private static final double S = 0.6;

    private static double first(double[] x) {
        return 1.0 + 0.5 * S * Math.sin(x[0] + x[1]);
    }

    private static double second(double[] x) {
        return 1.0 + 0.5 * S * Math.cos(x[0] - x[1]);
    }

    private static double[] slope(double[] x) {
        return new double[] {x[0] + 0.25 * x[1], x[1] + 0.25 * x[0]};
    }

    private static double[] divergence(double[] x) {
        return new double[] {0.5 * S * Math.cos(x[0] + x[1]), 0.5 * S * Math.sin(x[0] - x[1])};
    }

    private static double doubleDivergence(double[] x) {
        return -0.5 * S * (Math.sin(x[0] + x[1]) + Math.cos(x[0] - x[1]));
    }

    private static double along(double[] x) {
        double[] slope = slope(x);
        double[] divergence = divergence(x);
        return divergence[0] * slope[0] + divergence[1] * slope[1];
    }

    private static Sde reversible(double temperature) {
        VectorField drift = (x, out) -> {
            double[] slope = slope(x);
            double[] divergence = divergence(x);
            out[0] = -first(x) * slope[0] + temperature * divergence[0];
            out[1] = -second(x) * slope[1] + temperature * divergence[1];
        };
        Diffusion diffusion = Diffusion.automaticFactor(2, 2, x -> {
            Gradient zero = x[0].newInstance(0.0);
            Gradient sum = x[0].add(x[1]).sin().multiply(0.5 * S).add(1.0).sqrt();
            Gradient difference =
                    x[0].subtract(x[1]).cos().multiply(0.5 * S).add(1.0).sqrt();
            return new Gradient[][] {{sum, zero}, {zero, difference}};
        });
        return Sde.ito(drift, diffusion, Temperature.of(temperature));
    }

    /** √E of the square of the error under the steady state. */
    private static double error(GridDecomposition grid, Claim claim, ScalarField exact) {
        double[] x = new double[2];
        double sum = 0.0;
        for (int cell = 0; cell < grid.density().grid().cells(); cell++) {
            grid.density().grid().centre(cell, x);
            double error = grid.residual(claim).field().value(cell) - exact.at(x);
            sum += grid.density().value(cell) * grid.density().grid().volume(cell) * error * error;
        }
        return Math.sqrt(sum);
    }

    @ParameterizedTest
    @CsvSource({"0.4, false", "2.5, false", "0.4, true"})
    void partsOfTheStationaryEquation(double temperature, boolean graded) {
        double end = 4.5 * Math.sqrt(temperature);
        double[][] errors = new double[2][3];
        for (int k = 0; k < 2; k++) {
            int cells = 48 << k;
            Axis axis = graded ? Systems.graded(end, cells) : Axis.uniform(-end, end, cells);
            GridDecomposition grid =
                    GridDecomposition.of(reversible(temperature), Grid.of(axis, axis), Boundary.REFLECTING);
            errors[k][0] = error(grid, Claim.ORDER_BETA, x -> temperature * along(x));
            errors[k][1] = error(grid, Claim.ORDER_ONE, x -> along(x) + temperature * doubleDivergence(x));
            errors[k][2] = error(grid, Claim.ORDER_INVERSE_BETA, ResidualsTest::doubleDivergence);
            assertThat(grid.residual(Claim.DETAILED_BALANCE).relative()).isLessThan(0.02 / (1 << (2 * k)));
        }
        for (int claim = 0; claim < 3; claim++) {
            assertThat(errors[1][claim]).isLessThan(0.03 * Math.max(1.0, temperature));
            assertThat(errors[1][claim]).isLessThan(0.5 * errors[0][claim]);
        }
    }

    /**
     * b = −x + ω(−x₂, x₁) at β = 2 on ρ ∝ e^(−βr²/2): E|b|² = (1 + ω²)2/β and E[|b|²|∇Φ|²] = (1 + ω²)8/β² are the units of the
     * residuals, j = ω(−x₂, x₁).
     */
    @Test
    void units() {
        double omega = 0.8;
        double beta = 2.0;
        Sde sde = Systems.linear(
                new double[][] {{1, omega}, {-omega, 1}}, new double[][] {{1, 0}, {0, 1}}, Temperature.of(0.5));
        GridDecomposition grid = GridDecomposition.of(sde, Grid.square(-4.0, 4.0, 96), Boundary.REFLECTING);
        double speed = Math.sqrt((1.0 + omega * omega) * 2.0 / beta);
        double power = Math.sqrt((1.0 + omega * omega) * 8.0) / beta;
        for (Claim claim : Claim.values()) {
            double unit = switch (claim) {
                case EQUATION_8, EQUATION_19, DETAILED_BALANCE -> speed;
                case ORTHOGONALITY, ORDER_BETA -> power;
                case ASSUMPTION_4, STATIONARITY, ORDER_ONE -> beta * power;
                case ORDER_INVERSE_BETA -> beta * beta * power;
            };
            assertThat(grid.residual(claim).scale()).as(claim.statement()).isCloseTo(unit, within(2e-3 * unit));
        }
        assertThat(grid.residual(Claim.DETAILED_BALANCE).rms()).isCloseTo(omega * Math.sqrt(2.0 / beta), within(2e-3));
        assertThat(grid.q(0, 1).at(0.01, 0.01)).isCloseTo(omega, within(1e-2));
    }

    /**
     * In three dimensions: b = −Fx with a full D, x ~ N(0, TΣ). E|b|² = T tr FΣFᵀ, E|j|² = T tr QΣ⁻¹Qᵀ and
     * E[|b|²|∇Φ|²] = T²[tr AΣ tr BΣ + 2 tr AΣBΣ] with A = FᵀF, B = Σ⁻², by numpy; the parts of the stationary equation vanish.
     */
    @ParameterizedTest
    @CsvSource({"0.35, false", "3, true"})
    void threeDimensions(double temperature, boolean graded) {
        double[][] f = {{1, 0.8, -0.3}, {-0.9, 1.2, 0.5}, {0.4, -0.6, 0.9}};
        double[][] d = {{1, 0.3, 0.2}, {0.3, 0.8, -0.1}, {0.2, -0.1, 0.6}};
        double end = 4.5 * Math.sqrt(temperature);
        double speed = Math.sqrt(3.9912564605239687 * temperature);
        double power = temperature * Math.sqrt(29.17138231282138);
        List<GridDecomposition> grids = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            int cells = 14 << k;
            Axis axis = graded ? Systems.graded(end, cells) : Axis.uniform(-end, end, cells);
            GridDecomposition grid = GridDecomposition.of(
                    Systems.linear(f, d, Temperature.of(temperature)), Grid.of(axis, axis, axis), Boundary.REFLECTING);
            double tolerance = 0.1 / (1 << (2 * k));
            grids.add(grid);
            for (Claim claim : Claim.values()) {
                double unit = switch (claim) {
                    case EQUATION_8, EQUATION_19, DETAILED_BALANCE -> speed;
                    case ORTHOGONALITY, ORDER_BETA -> power;
                    case ASSUMPTION_4, STATIONARITY, ORDER_ONE -> power / temperature;
                    case ORDER_INVERSE_BETA -> power / (temperature * temperature);
                };
                assertThat(grid.residual(claim).scale() / unit)
                        .as(claim.statement())
                        .isCloseTo(1, within(tolerance));
            }
            assertThat(grid.residual(Claim.DETAILED_BALANCE).rms() / Math.sqrt(1.5919084010548044 * temperature))
                    .isCloseTo(1, within(tolerance));
        }
        for (Claim claim : Claim.values()) {
            double coarse = grids.get(0).residual(claim).relative();
            double fine = grids.get(1).residual(claim).relative();
            if (claim == Claim.ORDER_INVERSE_BETA) {
                assertThat(fine).isZero();
            } else if (claim != Claim.DETAILED_BALANCE) {
                assertThat(fine).as(claim.statement()).isLessThan(0.03);
                assertThat(coarse / fine).as(claim.statement()).isBetween(2.3, 5.0);
            }
        }
    }
}
