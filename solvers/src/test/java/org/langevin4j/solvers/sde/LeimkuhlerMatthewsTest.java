package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;

class LeimkuhlerMatthewsTest {

    private static final VectorField DECAY = (x, out) -> {
        for (int i = 0; i < out.length; i++) {
            out[i] = -x[i];
        }
    };

    /** The variance after n steps: the sum of the squares of the responses to a unit of noise at each step. */
    private static double variance(Scheme scheme, Sde sde, int steps) {
        Stepper stepper = scheme.stepper(sde);
        double[][] x = new double[1][steps];
        double[][] xi = new double[1][steps];
        stepper.begin(steps);
        for (int step = 0; step < steps; step++) {
            xi[0][step] = 1.0;
            stepper.step(0.0, x, steps, xi);
            xi[0][step] = 0.0;
        }
        double sum = 0.0;
        for (double response : x[0]) {
            sum += response * response;
        }
        return sum;
    }

    /** dx = −θx dt + √(2T) dW: T/θ exactly, where Euler–Maruyama has T/θ/(1 − hθ/2). */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.3, 0.9})
    void stationaryVarianceOfTheOscillatorIsExact(double h) {
        double theta = 2.0;
        double temperature = 0.7;
        Sde sde = Sde.ito((x, out) -> out[0] = -theta * x[0], Diffusion.isotropic(1, 1.0), Temperature.of(temperature));
        // Until the start is forgotten to 10⁻¹⁴.
        int steps = (int) Math.ceil(Math.log(1e-14) / Math.log(Math.abs(1 - h * theta)));
        assertThat(variance(LeimkuhlerMatthews.withStep(h), sde, steps)).isCloseTo(temperature / theta, within(1e-12));
        assertThat(variance(EulerMaruyama.withStep(h), sde, steps))
                .isCloseTo(temperature / theta / (1 - h * theta / 2), within(1e-12));
    }

    /** Two coordinates with different D, b = −D∇Φ, Φ = x²/2 + y²: variances T and T/2; 2·10⁵ paths, h = 0.25. */
    @Test
    void ensembleWithDiagonalDiffusion() {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -3 * x[0];
                    out[1] = -0.5 * 2 * x[1];
                },
                Diffusion.diagonal(3.0, 0.5),
                Temperature.of(1.5));
        int paths = 200_000;
        RunningMoments one = run(sde, paths, 1);
        double scale = 4 * Math.sqrt(2.0 / paths);
        assertThat(one.variance(0)).isCloseTo(1.5, within(1.5 * scale));
        assertThat(one.variance(1)).isCloseTo(0.75, within(0.75 * scale));
        // What a stepper keeps of one block must not reach the next: threads share blocks differently.
        RunningMoments three = run(sde, paths, 3);
        assertThat(three.variance(0)).isEqualTo(one.variance(0));
        assertThat(three.covariance(0, 1)).isEqualTo(one.covariance(0, 1));
    }

    private static RunningMoments run(Sde sde, int paths, int threads) {
        return Ensemble.of(sde)
                .scheme(LeimkuhlerMatthews.withStep(0.25))
                .until(10.0)
                .startingAt(1.0, 1.0)
                .paths(paths)
                .threads(threads)
                .seed(4)
                .observe(Moments.of(2))
                .run()
                .get(Moments.of(2));
    }

    /**
     * Φ = x⁴/4, β = 1: ⟨x²⟩ of the scheme's own stationary law is 0.674145 for h = 0.125 and 0.674896 for h = 0.1, from
     * the transfer operator of its Markov form x̄ ← x̄ + hb(x̄ + ½cξ) + cξ, iterated on a grid by a program of its own;
     * 0.686878 for Euler–Maruyama at h = 0.1. Exactly 2Γ(3/4)/Γ(1/4) = 0.675978: the biases −0.00183 and −0.00108 are
     * of order h², a tenth of that of Euler–Maruyama. 4000 paths to t = 1000.
     */
    @Test
    void quarticWellHasSecondOrderLaw() {
        RunningMoments coarse = meanSquare(LeimkuhlerMatthews.withStep(0.125));
        RunningMoments fine = meanSquare(LeimkuhlerMatthews.withStep(0.1));
        RunningMoments euler = meanSquare(EulerMaruyama.withStep(0.1));
        assertThat(coarse.mean(0)).isCloseTo(0.674145, within(4 * coarse.standardError(0)));
        assertThat(fine.mean(0)).isCloseTo(0.674896, within(4 * fine.standardError(0)));
        assertThat(Math.abs(fine.mean(0) - 0.675978)).isLessThan(0.3 * Math.abs(euler.mean(0) - 0.675978));
        assertThat(euler.mean(0)).isCloseTo(0.686878, within(4 * euler.standardError(0)));
    }

    private static RunningMoments meanSquare(Scheme scheme) {
        VectorField cubic = new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                out[0] = -x[0] * x[0] * x[0];
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                for (int p = 0; p < paths; p++) {
                    out[0][p] = -x[0][p] * x[0][p] * x[0][p];
                }
            }
        };
        TimeAverage square = TimeAverage.of((x, out) -> out[0] = x[0] * x[0], 1);
        return Ensemble.of(Sde.ito(cubic, Diffusion.isotropic(1, 1.0), Temperature.of(1.0)))
                .scheme(scheme)
                .until(1000.0)
                .paths(4000)
                .seed(17)
                .observe(When.every(2, 5.0), square)
                .run()
                .get(square);
    }

    @Test
    void aStepperThatWasNotBegunIsRefused() {
        Sde sde = Sde.ito(DECAY, Diffusion.isotropic(1, 1.0), Temperature.of(1.0));
        Stepper stepper = LeimkuhlerMatthews.withStep(0.1).stepper(sde);
        assertThatThrownBy(() -> stepper.step(0.0, new double[1][3], 3, new double[1][3]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("begin must have been called with the 3 paths of the step, it was with 0");
    }

    @Test
    void otherNoiseIsRefused() {
        Scheme scheme = LeimkuhlerMatthews.withStep(0.1);
        Diffusion full = Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{2, 1}, {1, 2}}));
        assertThatThrownBy(() -> scheme.stepper(Sde.ito(DECAY, full, Temperature.of(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("LeimkuhlerMatthews needs a constant isotropic or diagonal diffusion, this one is constant"
                        + " and FULL; use EulerMaruyama");
        Diffusion multiplicative = Diffusion.automaticDiagonal(
                1, x -> new Gradient[] {x[0].square().add(1.0)});
        assertThatThrownBy(() -> scheme.stepper(Sde.ito(DECAY, multiplicative, Temperature.of(1))))
                .hasMessageContaining("this one is state-dependent and DIAGONAL");
    }
}
