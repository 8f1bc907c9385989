package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.sde.Temperature;

/** Particles that travel: washboards and active matter. */
class TransportModelsTest {

    /**
     * The velocity by mpmath from Bessel functions of imaginary order, (β⁻¹/π) sinh(πβF)/|I_{iβF}(βA)|²; the diffusion by NumPy
     * from the second derivative of the largest eigenvalue of the Fourier–Bloch matrix, to 1e-6.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 0.7, 0.5, 0.32674418233092, 0.628918",
        "1, 0.7, 1, 0.501139667035047, 0.985275",
        "2, 1.5, 0.3, 0.220487170117271, 0.5310108",
        "1, 0, 0.5, 0, 0.0962187",
        "1, -0.4, 0.6, -0.157431908245416, 0.411331"
    })
    void washboard(double amplitude, double tilt, double temperature, double velocity, double diffusion) {
        TiltedWashboard model = new TiltedWashboard(amplitude, tilt);
        Temperature t = Temperature.of(temperature);
        assertThat(model.meanVelocity(t)).isCloseTo(velocity, within(1e-13));
        assertThat(model.effectiveDiffusion(t)).isCloseTo(diffusion, within(2e-6));
    }

    /** Without ripple a free particle; without tilt Lifson and Jackson's β⁻¹/(⟨e^(βV)⟩⟨e^(−βV)⟩) = β⁻¹/I₀(βA)². */
    @Test
    void limitsOfTheWashboard() {
        Temperature t = Temperature.of(0.8);
        assertThat(new TiltedWashboard(0.0, -0.6).meanVelocity(t)).isCloseTo(-0.6, within(1e-14));
        assertThat(new TiltedWashboard(0.0, -0.6).effectiveDiffusion(t)).isCloseTo(0.8, within(1e-14));
        double bessel = 0.0;
        double term = 1.0;
        for (int k = 1; k < 30; k++) {
            bessel += term;
            term *= 0.25 * 1.5 * 1.5 / (0.8 * 0.8) / (k * k);
        }
        assertThat(new TiltedWashboard(1.5, 0.0).effectiveDiffusion(t))
                .isCloseTo(0.8 / (bessel * bessel), within(1e-14));
        // Far above the critical tilt at weak noise: √(F² − A²).
        assertThat(new TiltedWashboard(1.0, 3.0).meanVelocity(Temperature.of(0.01)))
                .isCloseTo(Math.sqrt(8.0), within(2e-4));
        assertThatThrownBy(() -> new TiltedWashboard(1.0, 0.5).meanVelocity(Temperature.of(1e-3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("temperature must be at least A/150");
    }

    /** E|r(t)|² from its equations: with m = E[r·u], dM/dt = 2vm + 4β⁻¹m₀, dm/dt = v − m/τ, by Runge and Kutta's midpoint. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.3, 4.0})
    void activeBrownianParticle(double time) {
        ActiveBrownianParticle model = new ActiveBrownianParticle(1.7, 0.4, 2.0);
        Temperature t = Temperature.of(0.6);
        double square = 0.0;
        double along = 0.0;
        int steps = 40_000;
        double h = time / steps;
        for (int k = 0; k < steps; k++) {
            double middle = along + 0.5 * h * (1.7 - along * 1.2);
            square += h * (2.0 * 1.7 * middle + 4.0 * 0.6 * 0.4);
            along += h * (1.7 - middle * 1.2);
        }
        assertThat(model.meanSquaredDisplacement(t, time)).isCloseTo(square, within(1e-7 * (1.0 + square)));
        assertThat(model.meanSquaredDisplacement(t, 1e6) / 4e6).isCloseTo(model.effectiveDiffusion(t), within(1e-5));
    }

    /** The series for short times meets the closed form, and begins as 4β⁻¹mt + v²t². */
    @Test
    void shortFlights() {
        ActiveBrownianParticle model = new ActiveBrownianParticle(1.0, 0.0, 1.0);
        Temperature t = Temperature.of(1.0);
        double below = model.meanSquaredDisplacement(t, 1e-3 * (1.0 - 1e-9));
        double above = model.meanSquaredDisplacement(t, 1e-3 * (1.0 + 1e-9));
        assertThat(above / below).isCloseTo(1.0 + 4e-9, within(1e-9));
        assertThat(model.meanSquaredDisplacement(t, 1e-6)).isCloseTo(1e-12, within(1e-18));
    }

    /** d/dt E(x(t) − x(0))² = 2E[(x − x₀)v], and that has d/dt = E[v²] − E[(x − x₀)v]/τ. */
    @Test
    void activeOrnsteinUhlenbeckParticle() {
        ActiveOrnsteinUhlenbeck model = new ActiveOrnsteinUhlenbeck(0.4, 0.0);
        Temperature t = Temperature.of(0.7);
        double square = 0.0;
        double along = 0.0;
        int steps = 40_000;
        double h = 2.0 / steps;
        for (int k = 0; k < steps; k++) {
            double middle = along + 0.5 * h * (0.7 / 0.4 - along / 0.4);
            square += h * 2.0 * middle;
            along += h * (0.7 / 0.4 - middle / 0.4);
        }
        assertThat(model.meanSquaredDisplacement(t, 2.0)).isCloseTo(square, within(1e-8));
        assertThat(model.stationaryMoments(t)).isEmpty();
        assertThatThrownBy(() -> new ActiveOrnsteinUhlenbeck(1.0, 1.0).meanSquaredDisplacement(t, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stiffness must be zero for a free particle, got 1.0");
    }

    /** Tristate of the driven well: a still one is autonomous, a driven one is told by its time. */
    @Test
    void theDrivenWellDependsOnTime() {
        DrivenDoubleWell model = new DrivenDoubleWell(0.3, 2.0);
        Temperature t = Temperature.of(0.5);
        assertThat(model.sde(t).isAutonomous()).isFalse();
        assertThat(model.decomposition(t)).isEmpty();
        double[] out = new double[1];
        model.sde(t).atTime(1.1).drift().at(new double[] {0.7}, out);
        assertThat(out[0]).isCloseTo(0.7 - 0.343 + 0.3 * Math.cos(2.2), within(1e-15));
        assertThat(new DrivenDoubleWell(0.0, 2.0).sde(t).isAutonomous()).isTrue();
        assertThat(new DrivenDoubleWell(0.3, 0.0).decomposition(t)).isPresent();
        // Three resting points below the fold of x − x³ + A at A = 2/(3√3), one beyond.
        assertThat(new DrivenDoubleWell(0.38, 0.0).restingPoints()).hasSize(3);
        assertThat(new DrivenDoubleWell(0.39, 0.0).restingPoints()).hasSize(1);
    }

    /** Merton's call of 12.761 at r 0.05, σ 0.2, λ 1, m −0.1, δ 0.15; without jumps Black and Scholes' 10.450584. */
    @Test
    void mertonsCall() {
        Temperature half = Temperature.of(0.5);
        MertonJumpDiffusion model = new MertonJumpDiffusion();
        assertThat(model.callPrice(half, 100.0, 100.0, 1.0)).isCloseTo(12.761, within(5e-4));
        assertThat(new MertonJumpDiffusion(0.05, 0.2, 0.0, -0.1, 0.15).callPrice(half, 100.0, 100.0, 1.0))
                .isCloseTo(10.450583572185565, within(1e-11));
        // A strike near zero is worth the price itself: discounted, it is a martingale at every temperature.
        for (double temperature : new double[] {0.2, 3.0}) {
            assertThat(model.callPrice(Temperature.of(temperature), 100.0, 1e-9, 2.0))
                    .isCloseTo(100.0, within(1e-8));
        }
        // Without noise of their own: certain jumps of one size, Poisson many.
        MertonJumpDiffusion certain = new MertonJumpDiffusion(0.0, 0.0, 2.0, 0.1, 0.0);
        double factor = Math.exp(0.1);
        double start = Math.exp(-2.0 * (factor - 1.0));
        double expected = 0.0;
        double weight = Math.exp(-2.0);
        for (int n = 0; n < 60; n++) {
            expected += weight * Math.max(start * Math.pow(factor, n) - 1.0, 0.0);
            weight *= 2.0 / (n + 1);
        }
        assertThat(certain.callPrice(half, 1.0, 1.0, 1.0)).isCloseTo(expected, within(1e-12));
    }
}
