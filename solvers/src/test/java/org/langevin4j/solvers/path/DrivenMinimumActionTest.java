package org.langevin4j.solvers.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.Integrator;

class DrivenMinimumActionTest {

    /** ẋ = x − x³ + A cos ωt. */
    private static DifferentiableField well(double amplitude, double omega) {
        return DifferentiableField.driven(t -> {
            double push = amplitude * Math.cos(omega * t);
            return DifferentiableField.of(
                    (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0] + push,
                    (x, out) -> out[0] = 1.0 - 3.0 * x[0] * x[0]);
        });
    }

    /** ẋ = v, v̇ = x − x³ − γv + A cos ωt. */
    private static DifferentiableField inertial(double gamma, double amplitude, double omega) {
        return DifferentiableField.driven(t -> {
            double push = amplitude * Math.cos(omega * t);
            return DifferentiableField.of(
                    (x, out) -> {
                        out[0] = x[1];
                        out[1] = x[0] - x[0] * x[0] * x[0] - gamma * x[1] + push;
                    },
                    (x, out) -> {
                        out[0] = 0.0;
                        out[1] = 1.0;
                        out[2] = 1.0 - 3.0 * x[0] * x[0];
                        out[3] = -gamma;
                    });
        });
    }

    private static DrivenTransition least(VectorField drift, Diffusion diffusion, double omega) {
        double[] well = new double[diffusion.dimension()];
        well[0] = -1.0;
        return DrivenMinimumAction.of(drift, diffusion, 2.0 * Math.PI / omega)
                .between(well, new double[well.length])
                .get(0);
    }

    /** S = ¼ − A|χ(ω)| + O(A²) with χ = ∫ẋe^(iωt)dt along x = −(1 + e^(2t))^(−½): |χ|² = πω/sinh πω. */
    @ParameterizedTest
    @CsvSource({"0.4", "1.0", "2.0"})
    void weakDrivingChangesTheActionByTheLogarithmicSusceptibility(double omega) {
        double chi = Math.sqrt(Math.PI * omega / Math.sinh(Math.PI * omega));
        double[] rest = new double[2];
        for (int k = 0; k < 2; k++) {
            double amplitude = 0.01 * (k + 1);
            DrivenTransition way = least(well(amplitude, omega), Diffusion.isotropic(1, 1.0), omega);
            rest[k] = way.action() - (0.25 - amplitude * chi);
            assertThat(way.modulation()).isCloseTo(2.0 * amplitude * chi, within(10.0 * Math.pow(amplitude, 3) * chi));
            assertThat(way.path().isSaddle()).isFalse();
        }
        assertThat(Math.abs(rest[0])).isBetween(1e-7, 5e-4 * chi);
        assertThat(rest[1] / rest[0]).isBetween(3.7, 4.3);
    }

    /** D = 1 + a cos ωt: S = ¼ − a|∫ẋ²e^(iωt)dt| + O(a²), |∫| = ¼√(1 + ω²/4)·(πω/2)/sinh(πω/2). */
    @Test
    void noiseMayBeDrivenInsteadOfTheDrift() {
        double omega = 1.5;
        double half = 0.5 * Math.PI * omega;
        double chi = 0.25 * Math.sqrt(1.0 + 0.25 * omega * omega) * half / Math.sinh(half);
        DifferentiableField drift = well(0.0, omega).atTime(0.0);
        double[] rest = new double[2];
        for (int k = 0; k < 2; k++) {
            double a = 0.05 * (k + 1);
            Diffusion noise = Diffusion.driven(t -> Diffusion.isotropic(1, 1.0 + a * Math.cos(omega * t)));
            rest[k] = least(drift, noise, omega).action() - (0.25 - a * chi);
        }
        assertThat(Math.abs(rest[0])).isLessThan(0.1 * 0.05 * chi);
        assertThat(rest[1] / rest[0]).isBetween(3.6, 4.5);
    }

    /** The decay of survival on a grid; the formula's error is of order β⁻¹. */
    @Test
    void theRateIsThatOfAGridAtLowNoise() {
        double omega = 0.3;
        DifferentiableField drift = well(0.2, omega);
        DrivenTransition way = least(drift, Diffusion.isotropic(1, 1.0), omega);
        double[] off = new double[2];
        for (int k = 0; k < 2; k++) {
            double beta = 40.0 * (k + 1);
            double coarse = onGrid(drift, omega, beta, 1);
            double rate = (4.0 * onGrid(drift, omega, beta, 2) - coarse) / 3.0;
            off[k] = way.rate(beta) / rate - 1.0;
            assertThat(way.largeness(beta)).isGreaterThan(3.0);
        }
        assertThat(Math.abs(off[0])).isLessThan(0.1);
        assertThat(off[1] / off[0]).isBetween(0.3, 0.75);
    }

    private static double onGrid(VectorField drift, double omega, double beta, int fine) {
        double period = 2.0 * Math.PI / omega;
        Sde sde = Sde.ito(drift, Diffusion.isotropic(1, 1.0), Temperature.of(1.0 / beta));
        Region region = Region.of(Grid.of(Axis.uniform(-1.8, 1.0, 300 * fine)), Boundary.REFLECTING)
                .where(x -> x[0] < 0.8, Boundary.ABSORBING);
        return DrivenFokkerPlanck.of(sde, region)
                .decay(Density.at(region, new double[] {-1.0}), period, Integrator.sdirk2(period / (50 * fine)))
                .rate();
    }

    /** Driving so slow that each instant has Kramers' rate with inertia: the mean of that over a period. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.004", "2.0, 0.004"})
    void slowDrivingHasTheMeanOfKramersRates(double gamma, double omega) {
        double amplitude = 0.1;
        DrivenTransition way = least(inertial(gamma, amplitude, omega), Diffusion.diagonal(0.0, gamma), omega);
        DoubleUnaryOperator barrier = phase -> force(amplitude * Math.cos(phase))[0];
        assertThat(way.action()).isCloseTo(barrier.applyAsDouble(0.0), within(2e-4));
        double beta = 600.0;
        int n = 4000;
        double sum = 0.0;
        for (int m = 0; m < n; m++) {
            double[] at = force(amplitude * Math.cos(2.0 * Math.PI * m / n));
            double unstable = Math.sqrt(0.25 * gamma * gamma + at[2]) - 0.5 * gamma;
            sum += unstable / (2.0 * Math.PI) * Math.sqrt(at[1] / at[2]) * Math.exp(-beta * at[0]) / n;
        }
        // What the path gains beside the slowest limit is taken out of the exponential.
        double action = way.rate(beta) * Math.exp(beta * (way.action() - barrier.applyAsDouble(0.0)));
        assertThat(action / sum).isCloseTo(1.0, within(0.03));
    }

    /** Δ, U″ in the well and −U″ at the saddle of U = −x²/2 + x⁴/4 − Fx, on the left. */
    private static double[] force(double f) {
        double well = root(f, -1.0);
        double top = root(f, -f);
        DoubleUnaryOperator u = x -> -0.5 * x * x + 0.25 * x * x * x * x - f * x;
        return new double[] {
            u.applyAsDouble(top) - u.applyAsDouble(well), 3.0 * well * well - 1.0, 1.0 - 3.0 * top * top
        };
    }

    private static double root(double f, double start) {
        double x = start;
        for (int k = 0; k < 50; k++) {
            x -= (x - x * x * x + f) / (1.0 - 3.0 * x * x);
        }
        return x;
    }

    /** Three dimensions, of which two are noise of their own, in slanted coordinates: the same action and rate. */
    @Test
    void otherCoordinatesDoNotMatter() {
        double omega = 1.3;
        double amplitude = 0.15;
        RealMatrix m =
                MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.4, -0.3}, {0.2, 1.5, 0.1}, {0.0, -0.6, 0.7}});
        RealMatrix back = MatrixUtils.inverse(m);
        VectorField slanted = VectorField.driven(t -> (x, out) -> {
            double[] y = back.operate(x);
            double push = amplitude * Math.cos(omega * t);
            double[] rate = {y[0] - y[0] * y[0] * y[0] + push, -0.7 * y[1], -2.0 * y[2] + 0.5 * push};
            System.arraycopy(m.operate(rate), 0, out, 0, 3);
        });
        Diffusion noise =
                Diffusion.constant(m.multiply(MatrixUtils.createRealDiagonalMatrix(new double[] {1.0, 0.3, 0.6}))
                        .multiply(m.transpose()));
        DrivenTransition plain = least(well(amplitude, omega), Diffusion.isotropic(1, 1.0), omega);
        double[] start = m.operate(new double[] {-1.0, 0.0, 0.0});
        List<DrivenTransition> ways = DrivenMinimumAction.of(slanted, noise, 2.0 * Math.PI / omega)
                .withTolerance(1e-4)
                .between(start, new double[3]);
        assertThat(ways).hasSize(1);
        DrivenTransition way = ways.get(0);
        assertThat(way.action()).isCloseTo(plain.action(), within(2e-5 * plain.action()));
        assertThat(way.logFactor()).isCloseTo(plain.logFactor(), within(2e-3));
        assertThat(way.modulation()).isCloseTo(plain.modulation(), within(1e-4));
    }

    /** p = ½(ẋ − b) by the points alone: the action of the sampled path is the one told, and its error estimate covers a finer one. */
    @Test
    void theActionIsThatOfThePathTold() {
        double omega = 0.7;
        DrivenMinimumAction method =
                DrivenMinimumAction.of(well(0.25, omega), Diffusion.isotropic(1, 1.0), 2.0 * Math.PI / omega);
        DrivenTransition way = method.withTolerance(1e-3)
                .between(new double[] {-1.0}, new double[1])
                .get(0);
        DrivenTransition finer = method.withTolerance(1e-9)
                .between(new double[] {-1.0}, new double[1])
                .get(0);
        assertThat(way.action()).isCloseTo(finer.action(), within(way.path().errorEstimate()));
        TransitionPath path = finer.path();
        double sum = 0.0;
        for (int k = 0; k + 1 < path.size(); k++) {
            double h = path.time(k + 1) - path.time(k);
            double t = 0.5 * (path.time(k) + path.time(k + 1));
            double x = 0.5 * (path.point(k)[0] + path.point(k + 1)[0]);
            double excess =
                    (path.point(k + 1)[0] - path.point(k)[0]) / h - (x - x * x * x + 0.25 * Math.cos(omega * t));
            sum += 0.25 * h * excess * excess;
        }
        assertThat(sum).isCloseTo(finer.action(), within(1e-4 * sum));
    }

    @Test
    void refusesWhatHasNoWay() {
        Diffusion one = Diffusion.isotropic(1, 1.0);
        double[] left = {-1.0};
        double[] top = {0.0};
        VectorField drift = well(0.1, 1.0);
        assertThatThrownBy(() -> DrivenMinimumAction.of(drift.atTime(0.0), one, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MinimumAction");
        assertThatThrownBy(() -> DrivenMinimumAction.of(drift, one, Double.NaN)).hasMessageContaining("period");
        assertThatThrownBy(() -> DrivenMinimumAction.of(drift, one, 5.0).between(left, top))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have the period 5.0");
        DrivenMinimumAction method = DrivenMinimumAction.of(drift, one, 2.0 * Math.PI);
        assertThatThrownBy(() -> method.between(top, left)).hasMessageContaining("no stable resting point");
        assertThatThrownBy(() -> method.between(left, new double[] {1.0}))
                .hasMessageContaining("one unstable direction");
        VectorField still = VectorField.driven(t -> (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0]);
        assertThatThrownBy(() -> DrivenMinimumAction.of(still, one, 1.0).between(left, top))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("driving does not act");
    }
}
