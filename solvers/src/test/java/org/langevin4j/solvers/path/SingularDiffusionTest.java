package org.langevin4j.solvers.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;

/** Most likely paths where noise acts on some directions only. */
class SingularDiffusionTest {

    private static final Potential WELL = Potential.of(
            x -> 0.25 * (x[0] * x[0] - 1.0) * (x[0] * x[0] - 1.0), (x, out) -> out[0] = x[0] * (x[0] * x[0] - 1.0));

    private static void requireRight(TransitionPath path, double exact, double bound) {
        double error = Math.abs(path.action() - exact);
        assertThat(error).isLessThan(bound * exact);
        assertThat(path.errorEstimate()).isGreaterThan(error).isLessThan(100.0 * bound * exact);
    }

    /** dq = v dt, dv = −(U′ + γv)dt + √(2γT)dW: S to (q, v) within the basin is (ΔU + v²/2)/T for every γ. */
    @ParameterizedTest
    @CsvSource({
        "0.2, 0.7, 0, 0",
        "1, 0.7, 0, 0",
        "10, 0.7, 0, 0",
        "100, 1e-3, 0, 0",
        "0.5, 3, -0.4, 0",
        "2, 0.7, -0.5, 0.3",
        "1, 0.2, -1.3, -0.2"
    })
    void kineticDoubleWell(double friction, double temperature, double q, double v) {
        VectorField drift = (x, out) -> {
            out[0] = x[1];
            out[1] = x[0] - x[0] * x[0] * x[0] - friction * x[1];
        };
        TransitionPath path = MinimumAction.of(drift, Diffusion.diagonal(0.0, friction * temperature))
                .between(new double[] {-1.0, 0.0}, new double[] {q, v});
        double exact = (WELL.at(new double[] {q}) + 0.5 * v * v) / temperature;
        requireRight(path, exact, 1e-8);
        assertThat(path.isSaddle()).isFalse();
        assertThat(path.time(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(path.action(0)).isZero();
        assertThat(path.point(path.size() - 1)).containsExactly(new double[] {q, v}, within(1e-12));
        // The way out is the way in with time and velocity reversed: p = ∇H/T and v̇ = −U′ + γv.
        for (int i = 0; i < path.size(); i += 37) {
            double[] x = path.point(i);
            double energy = WELL.at(x) + 0.5 * x[1] * x[1];
            assertThat(path.action(i)).isCloseTo(energy / temperature, within(1e-6 / temperature));
            assertThat(path.momentum(i)[1]).isCloseTo(x[1] / temperature, within(1e-4 / temperature));
            assertThat(path.velocity(i)[0]).isCloseTo(x[1], within(1e-9));
        }
    }

    /** Two particles of different mass and friction, coupled, over the saddle of the first; the energy over T. */
    @Test
    void twoParticlesWithMasses() {
        Potential potential =
                Potential.of(x -> 0.25 * Math.pow(x[0] * x[0] - 1.0, 2) + 0.6 * Math.pow(x[1] - x[0], 2), (x, out) -> {
                    out[0] = x[0] * (x[0] * x[0] - 1.0) - 1.2 * (x[1] - x[0]);
                    out[1] = 1.2 * (x[1] - x[0]);
                });
        Sde sde = UnderdampedLangevin.of(2, potential, 1.0, Temperature.of(1.0))
                .withMass(0.5, 2.0)
                .withFriction(0.4, 3.0)
                .sde();
        double[] well = {-1.0, -1.0, 0.0, 0.0};
        TransitionPath path = MinimumAction.of(sde.drift(), sde.diffusion()).between(well, new double[4]);
        requireRight(path, 0.25, 1e-7);
        double[] end = {-0.6, -0.8, 0.2, -0.4};
        TransitionPath aside = MinimumAction.of(sde.drift(), sde.diffusion()).between(well, end);
        requireRight(aside, potential.at(end) + 0.04 / 1.0 + 0.16 / 4.0, 1e-7);
    }

    /** A chain of three oscillators between two heat baths, noise on two of six: ½xᵀΣ⁻¹x of the Lyapunov equation. */
    @Test
    void chainBetweenTwoBaths() {
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {
            {0, 0, 0, -1, 0, 0},
            {0, 0, 0, 0, -1, 0},
            {0, 0, 0, 0, 0, -1},
            {2, -1, 0, 0.8, 0, 0},
            {-1, 2, -1, 0, 0, 0},
            {0, -1, 2, 0, 0, 1.5}
        });
        RealMatrix d = MatrixUtils.createRealDiagonalMatrix(new double[] {0, 0, 0, 0.8 * 2.0, 0, 1.5 * 0.3});
        double[] end = {0.4, -0.3, 0.5, 0.1, 0.7, -0.2};
        TransitionPath path =
                MinimumAction.of(PathProblems.linear(f), Diffusion.constant(d)).between(new double[6], end);
        double[] slope = PathProblems.quasiPotentialMatrix(f, d).operate(end);
        requireRight(
                path, 0.5 * MatrixUtils.createRealVector(slope).dotProduct(MatrixUtils.createRealVector(end)), 1e-7);
        assertThat(path.momentum(path.size() - 1)).containsExactly(slope, within(1e-4));
    }

    /** b = −(D+Q(x))∇Φ + ∇·Q has V = Φ at leading order; friction that depends on q, at T = 0.5. */
    @Test
    void frictionThatDependsOnPosition() {
        VectorField drift = (x, out) -> {
            out[0] = x[1];
            out[1] = x[0] - x[0] * x[0] * x[0] - (1.0 + 0.8 * Math.sin(3.0 * x[0])) * x[1];
        };
        Diffusion diffusion = Diffusion.diagonal(2, (x, out) -> {
            out[0] = 0.0;
            out[1] = 0.5 * (1.0 + 0.8 * Math.sin(3.0 * x[0]));
        });
        TransitionPath path = MinimumAction.of(drift, diffusion).between(new double[] {-1.0, 0.0}, new double[2]);
        requireRight(path, 0.5, 1e-7);
    }

    /** Units: q in nanometres, v in metres per second, energies of 1e-21. */
    @Test
    void unitsOfAnySize() {
        double q0 = 1e-9;
        double v0 = 3e-3;
        double rate = v0 / q0;
        VectorField drift = (x, out) -> {
            double q = x[0] / q0;
            double v = x[1] / v0;
            out[0] = rate * q0 * v;
            out[1] = rate * v0 * (q - q * q * q - 0.7 * v);
        };
        TransitionPath path = MinimumAction.of(drift, Diffusion.diagonal(0.0, 0.7 * 1e-4 * rate * v0 * v0))
                .between(new double[] {-q0, 0.0}, new double[2]);
        requireRight(path, 2500.0, 1e-7);
    }

    /** Without noise across, Maier and Stein's path stays on the axis, where b = x − x³: S = ¼. */
    @Test
    void noiseOnAnInvariantLine() {
        TransitionPath path = MinimumAction.of(PathProblems.maierStein(10.0), Diffusion.diagonal(1.0, 0.0))
                .between(new double[] {-1.0, 0.0}, new double[2]);
        requireRight(path, 0.25, 1e-8);
        assertThat(path.isSaddle()).isFalse();
        assertThat(path.coordinate(1)).containsOnly(0.0);
    }

    /** x₁ + x₂ + x₃ is conserved: −(D+Q)∇Φ with D = T(projection), Φ = Σ½kᵢxᵢ²/T on the plane from its minimum. */
    @Test
    void conservedQuantity() {
        double[] k = {1.0, 2.0, 4.0};
        double temperature = 0.3;
        RealMatrix projection = MatrixUtils.createRealMatrix(new double[][] {{2, -1, -1}, {-1, 2, -1}, {-1, -1, 2}})
                .scalarMultiply(1.0 / 3.0);
        VectorField drift = (x, out) -> {
            double[] slope = {k[0] * x[0], k[1] * x[1], k[2] * x[2]};
            double[] b = projection.operate(slope);
            for (int i = 0; i < 3; i++) {
                out[i] = -b[i] - 0.5 * (slope[(i + 1) % 3] - slope[(i + 2) % 3]);
            }
        };
        // The minimum of Σ½kᵢxᵢ² with sum 7 is at xᵢ = 4/kᵢ.
        double[] from = {4.0, 2.0, 1.0};
        double[] to = {4.5, 1.2, 1.3};
        TransitionPath path = MinimumAction.of(drift, Diffusion.constant(projection.scalarMultiply(temperature)))
                .between(from, to);
        double exact = 0.5 * (k[0] * 0.25 + k[1] * 0.64 + k[2] * 0.09) / temperature;
        assertThat(path.action()).isCloseTo(exact, within(1e-6 * exact));
        for (int i = 0; i < path.size(); i += 20) {
            double[] x = path.point(i);
            assertThat(x[0] + x[1] + x[2]).isCloseTo(7.0, within(1e-12));
        }
        assertThatThrownBy(() -> MinimumAction.of(drift, Diffusion.constant(projection))
                        .between(from, new double[] {4.5, 1.2, 1.4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither leads along (0.57735, 0.57735, 0.57735)");
    }

    @Test
    void whatCannotBeReachedIsRefusedInOneLine() {
        VectorField kinetic = (x, out) -> {
            out[0] = x[1];
            out[1] = x[0] - x[0] * x[0] * x[0] - 0.5 * x[1];
        };
        Diffusion noise = Diffusion.diagonal(0.0, 0.5);
        double[] well = {-1.0, 0.0};
        assertThatThrownBy(() -> MinimumAction.of(kinetic, noise).between(new double[] {-0.5, 0.0}, well))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "diffusion must be positive definite along the path, or the path begin at a stable");
        assertThatThrownBy(() -> MinimumAction.of(kinetic, noise).between(new double[2], well))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin at a stable resting point, got an eigenvalue of ∂b of (0.78");
        assertThatThrownBy(() ->
                        MinimumAction.of(kinetic, Diffusion.isotropic(2, 0.0)).between(well, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 0 at (-1.0000, 0.0000)");
        assertThatThrownBy(() -> MinimumAction.of(PathProblems.maierStein(5.0), Diffusion.diagonal(1.0, 0.0))
                        .between(well, new double[] {0.0, 0.1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither leads along (0.0000, 1.0000)");
        // D loses its rank on the way, where b leads away.
        Diffusion fading = Diffusion.diagonal(2, (x, out) -> {
            out[0] = 1.0;
            out[1] = x[0] < -0.5 ? 0.0 : 1.0;
        });
        VectorField drift = (x, out) -> {
            out[0] = x[0] - x[0] * x[0] * x[0];
            out[1] = -x[1];
        };
        assertThatThrownBy(() -> MinimumAction.of(drift, fading).between(well, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("noise lead only where it does at its beginning");
    }
}
