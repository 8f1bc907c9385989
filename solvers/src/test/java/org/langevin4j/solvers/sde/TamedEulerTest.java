package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.ensemble.NonFinitePathException;

class TamedEulerTest {

    private static final VectorField CUBIC = (x, out) -> out[0] = -x[0] * x[0] * x[0];

    /**
     * dx = −x³ dt + √2 dW from x = 30, h = 0.05: Euler–Maruyama leaves the numbers, the tamed scheme finds its law, of
     * variance 0.73223 by iterating its transfer operator on a grid in a program of its own. 80,000 paths.
     */
    @Test
    void staysWhereEulerMaruyamaExplodes() {
        int paths = 80_000;
        Ensemble ensemble = Ensemble.of(Sde.ito(CUBIC, Diffusion.isotropic(1, 1.0), Temperature.of(1.0)))
                .until(15.0)
                .startingAt(30.0)
                .paths(paths)
                .seed(6)
                .observe(Moments.of(1));
        assertThatThrownBy(() -> ensemble.scheme(EulerMaruyama.withStep(0.05)).run())
                .isInstanceOf(NonFinitePathException.class);
        RunningMoments tamed = ensemble.scheme(TamedEuler.withStep(0.05)).run().get(Moments.of(1));
        // Kurtosis below that of a Gaussian: √(2/n) bounds the relative error of the variance.
        assertThat(tamed.variance(0)).isCloseTo(0.73223, within(4 * 0.73223 * Math.sqrt(2.0 / paths)));
        assertThat(tamed.mean(0)).isCloseTo(0.0, within(4 * Math.sqrt(0.73223 / paths)));
    }

    /**
     * dx = (x − x³) dt + σx dW, x = x₀e^(Y)/√(1 + 2x₀²∫e^(2Y) ds) with Y = (1 − σ²/2)t + σW (Kloeden and Platen 1992,
     * section 4.4); the integral by trapezia on the fine grid. 2000 paths.
     */
    @Test
    void strongOrderIsOneHalfForMultiplicativeNoise() {
        double sigma = 1.0;
        double start = 1.5;
        Diffusion diffusion = Diffusion.automaticDiagonal(
                1, x -> new Gradient[] {x[0].multiply(sigma).square()});
        Sde sde = Sde.ito((x, out) -> out[0] = x[0] - x[0] * x[0] * x[0], diffusion, Temperature.of(0.5));
        int fine = 4096;
        double slope = OrderFit.slope(
                n -> OrderFit.strongError(TamedEuler.withStep(1.0 / n), sde, n, fine, 2000, 9, start, dW -> {
                    double y = 0.0;
                    double integral = 0.0;
                    for (double increment : dW) {
                        double before = Math.exp(2 * y);
                        y += (1 - sigma * sigma / 2) / fine + sigma * increment;
                        integral += 0.5 * (before + Math.exp(2 * y)) / fine;
                    }
                    return start * Math.exp(y) / Math.sqrt(1 + 2 * start * start * integral);
                }),
                32,
                64,
                128,
                256,
                512);
        assertThat(slope).isCloseTo(0.5, within(0.2));
    }

    /** dx = −x³ dt + √2 dW against the drift-implicit scheme, another method, at a step at least 8 times finer. 300 paths. */
    @Test
    void strongOrderIsOneForAdditiveNoise() {
        Diffusion diffusion = Diffusion.isotropic(1, 1.0);
        Sde sde = Sde.ito(CUBIC, diffusion, Temperature.of(1.0));
        Sde differentiable = Sde.ito(
                DifferentiableField.of(CUBIC, (x, out) -> out[0] = -3 * x[0] * x[0]), diffusion, Temperature.of(1.0));
        int fine = 1024;
        double slope = OrderFit.slope(
                n -> OrderFit.strongError(TamedEuler.withStep(1.0 / n), sde, n, fine, 300, 10, 1.0, dW -> {
                    Stepper implicit = DriftImplicitEuler.withStep(1.0 / fine).stepper(differentiable);
                    double[][] x = {{1.0}};
                    double[][] xi = new double[1][1];
                    for (double increment : dW) {
                        xi[0][0] = increment * Math.sqrt(fine);
                        implicit.step(0.0, x, 1, xi);
                    }
                    return x[0][0];
                }),
                8,
                16,
                32,
                64,
                128);
        assertThat(slope).isCloseTo(1.0, within(0.2));
    }

    /** The norm is of the whole vector: b = (3, 4), h = 0.5 moves by (1.5, 2)/(1 + 2.5). */
    @Test
    void theNormIsEuclidean() {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = 3;
                    out[1] = 4;
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(2.0));
        double[][] x = {{1.0}, {0.0}};
        TamedEuler.withStep(0.5).stepper(sde).step(0.0, x, 1, new double[][] {{0.0}, {1.0}});
        assertThat(x[0][0]).isCloseTo(1 + 1.5 / 3.5, within(1e-15));
        assertThat(x[1][0]).isCloseTo(2 / 3.5 + Math.sqrt(2 * 2 * 0.5), within(1e-15));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> TamedEuler.withStep(Double.NaN))
                .hasMessage("stepSize must be positive and finite, got NaN");
        Diffusion diffusion = Diffusion.automaticDiagonal(
                1, x -> new Gradient[] {x[0].square().add(1.0)});
        assertThatThrownBy(() -> TamedEuler.withStep(0.1)
                        .stepper(new Sde(CUBIC, diffusion, Temperature.of(1), Calculus.STRATONOVICH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TamedEuler solves Itô equations, this one is Stratonovich; convert it by toIto()");
    }
}
