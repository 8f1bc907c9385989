package org.langevin4j.core.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Temperature;

class IrreversibilityTest {

    private static final Temperature ONE = Temperature.of(1.0);

    private static Decomposition linear(double[][] u, double[][] d, double q12) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(u);
        Potential phi = Potential.of(
                x -> 0.5 * (u[0][0] * x[0] * x[0] + 2 * u[0][1] * x[0] * x[1] + u[1][1] * x[1] * x[1]),
                (x, out) -> System.arraycopy(matrix.operate(x), 0, out, 0, 2));
        return new Decomposition(
                phi,
                Diffusion.constant(MatrixUtils.createRealMatrix(d)),
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0, q12}, {-q12, 0}})));
    }

    /** OU2_full, OU2_gyrator and OU2_commuting of the reference values; the area rate is β⁻¹Q₁₂, here β = 1 and ½. */
    @Test
    void ornsteinUhlenbeckProcesses() {
        double[][] fullU = {{0.8825831702544031, -0.08610567514677103}, {-0.08610567514677103, 1.4035225048923679}};
        double[][] gyratorU = {{2.410958904109589, 2.191780821917808}, {2.191780821917808, 6.3561643835616435}};
        Decomposition full = linear(fullU, new double[][] {{1, 0.5}, {0.5, 1}}, -1.8636363636363635);
        Decomposition gyrator = linear(gyratorU, new double[][] {{1, 0}, {0, 0.25}}, -0.1875);
        Decomposition commuting = linear(new double[][] {{3, 0}, {0, 4}}, new double[][] {{1, 0}, {0, 0.25}}, 0);
        check(full, -1.8636363636363635, 10.187878787878788);
        check(gyrator, -0.1875, 0.5625);
        check(commuting, 0, 0);
    }

    /** Σ = β⁻¹U⁻¹, so that j = −QUx has a variance ∝ β⁻¹: σ is the same at every β. */
    private static void check(Decomposition system, double q, double entropyProduction) {
        for (double beta : new double[] {1, 2}) {
            double end = 8.5 / Math.sqrt(beta);
            Irreversibility measured = Irreversibility.of(
                    system,
                    Temperature.of(1 / beta),
                    Grid.of(Axis.uniform(-end, end, 160), Axis.uniform(-end, end, 160)));
            assertThat(measured.entropyProductionRate()).isCloseTo(entropyProduction, within(1e-9));
            assertThat(measured.areaRates().getEntry(0, 1)).isCloseTo(q / beta, within(1e-9));
            assertThat(measured.areaRates().getEntry(1, 0)).isCloseTo(-q / beta, within(1e-9));
            assertThat(measured.meanQ().getEntry(0, 1)).isCloseTo(q, within(1e-12));
        }
    }

    /** hopf_beta1 and hopf_beta4: σ, the flux through the positive x₁-axis, and a₁₂ = ½ω⟨r²⟩. */
    @Test
    void hopfNormalForm() {
        double[][] reference = {
            {1, 6.3118254509810505, 0.3183098861837907, 1.5779563627452626},
            {4, 17.80216994102926, 0.3183098861837907, 1.1126356213143287}
        };
        for (double[] row : reference) {
            double beta = row[0];
            Temperature temperature = Temperature.of(1 / beta);
            Decomposition system = hopf(beta);
            Irreversibility measured = Irreversibility.of(system, temperature, Grid.square(-3.6, 3.6, 120));
            assertThat(measured.entropyProductionRate()).isCloseTo(row[1], within(1e-8 * row[1]));
            assertThat(measured.flux(new double[] {0, 0}, new double[] {Double.POSITIVE_INFINITY, 0}))
                    .isCloseTo(row[2], within(1e-8));
            assertThat(measured.flux(new double[] {0, 0}, new double[] {5, 0})).isCloseTo(row[2], within(1e-8));
            assertThat(measured.areaRates().getEntry(0, 1)).isCloseTo(row[3], within(1e-8));
            assertThat(measured.meanQ().getEntry(0, 1) / beta).isCloseTo(row[3], within(1e-8));
        }
    }

    /** μ = 1, ω = 2: Qρ = ψ[[0, 1], [−1, 0]] with ψ′ = −βωrρ. */
    private static Decomposition hopf(double beta) {
        Potential phi = Potential.of(
                x -> {
                    double r2 = x[0] * x[0] + x[1] * x[1];
                    return 0.25 * r2 * r2 - 0.5 * r2;
                },
                (x, out) -> {
                    double slope = x[0] * x[0] + x[1] * x[1] - 1;
                    out[0] = slope * x[0];
                    out[1] = slope * x[1];
                });
        Potential q = Potential.of(x -> q(x, beta), (x, out) -> {
            double slope = beta * ((x[0] * x[0] + x[1] * x[1] - 1) * q(x, beta) - 2);
            out[0] = slope * x[0];
            out[1] = slope * x[1];
        });
        return new Decomposition(phi, Diffusion.isotropic(2, 1.0), AntisymmetricField.planar(q));
    }

    private static double q(double[] x, double beta) {
        double z = Math.sqrt(beta) * 0.5 * (x[0] * x[0] + x[1] * x[1] - 1);
        // Asymptotic beyond z = 5, to 1e-10 relative.
        double scaled = z > 5
                ? (1 - 0.5 / (z * z) + 0.75 / Math.pow(z, 4) - 1.875 / Math.pow(z, 6) + 6.5625 / Math.pow(z, 8))
                        / (z * Math.sqrt(Math.PI))
                : Math.exp(z * z) * Erf.erfc(z);
        return Math.sqrt(Math.PI * beta) * scaled;
    }

    @Test
    void singularDiffusionIsRefused() {
        Decomposition system = new Decomposition(
                Potential.of(x -> 0.5 * (x[0] * x[0] + x[1] * x[1]), (x, out) -> System.arraycopy(x, 0, out, 0, 2)),
                Diffusion.diagonal(0.0, 1.0),
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0, 1}, {-1, 0}})));
        assertThatThrownBy(() -> Irreversibility.of(system, ONE, Grid.square(-5, 5, 20)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("diffusion must be positive definite to be inverted, got pivot 0 = 0.0");
        assertThatThrownBy(() -> Irreversibility.of(system, ONE, Grid.of(Axis.uniform(-5, 5, 20))))
                .hasMessage("grid must have the dimension of the system, 2, got 1");
    }

    /** A particle in a quartic well with friction that depends on where it is: in equilibrium once its momentum is odd. */
    @Test
    void aParticleWithInertiaIsInEquilibrium() {
        Potential energy =
                Potential.of(x -> 0.25 * Math.pow(x[0], 4) - 0.5 * x[0] * x[0] + 0.5 * x[1] * x[1], (x, out) -> {
                    out[0] = x[0] * x[0] * x[0] - x[0];
                    out[1] = x[1];
                });
        Grid grid = Grid.of(Axis.uniform(-4, 4, 50), Axis.uniform(-5, 5, 50));
        for (Diffusion friction : new Diffusion[] {
            Diffusion.diagonal(0, 0.3),
            Diffusion.diagonal(2, (x, out) -> {
                out[0] = 0.0;
                out[1] = 0.3 + x[0] * x[0];
            })
        }) {
            Decomposition system = new Decomposition(
                    energy, friction, AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {
                        {0, -1}, {1, 0}
                    })));
            Irreversibility measured = Irreversibility.of(system, Temperature.of(0.5), grid, Parity.ofPhaseSpace(1));
            assertThat(measured.entropyProductionRate()).isZero();
            assertThatThrownBy(() -> Irreversibility.of(system, Temperature.of(0.5), grid))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** σ = tr(F_irrᵀD⁻¹F_irrU⁻¹) − tr F with F = (D + Q)U, for coordinates of either parity; infinite where D is singular. */
    @Test
    void oddCoordinatesOfLinearSystems() {
        double[][] u = {{1.2, 0.4}, {0.4, 0.9}};
        double[][] d = {{1.0, 0.0}, {0.0, 0.5}};
        double q = 0.7;
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{d[0][0], q}, {-q, d[1][1]}})
                .multiply(MatrixUtils.createRealMatrix(u));
        double determinant = u[0][0] * u[1][1] - u[0][1] * u[0][1];
        double expected = f.getEntry(0, 0) * f.getEntry(0, 0) / d[0][0] * u[1][1] / determinant
                + f.getEntry(1, 1) * f.getEntry(1, 1) / d[1][1] * u[0][0] / determinant
                - f.getTrace();
        Grid grid = Grid.of(Axis.uniform(-12, 12, 120), Axis.uniform(-12, 12, 120));
        for (double beta : new double[] {1, 2}) {
            Irreversibility measured =
                    Irreversibility.of(linear(u, d, q), Temperature.of(1 / beta), grid, Parity.of(1, -1));
            assertThat(measured.entropyProductionRate()).isCloseTo(expected, within(1e-9));
        }
        assertThat(Irreversibility.of(linear(u, new double[][] {{0, 0}, {0, 0.5}}, q), ONE, grid, Parity.of(1, -1))
                        .entropyProductionRate())
                .isInfinite();
        assertThat(Irreversibility.of(linear(u, new double[][] {{1, 0.3}, {0.3, 1}}, q), ONE, grid, Parity.of(1, -1))
                        .entropyProductionRate())
                .isInfinite();
        assertThatThrownBy(() -> Irreversibility.of(linear(u, d, q), ONE, grid, Parity.even(3)))
                .hasMessage("parity must have the dimension of the system, 2, got 3");
    }
}
