package org.langevin4j.solvers.irreversibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.FinalStates;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.Baoab;
import org.langevin4j.solvers.sde.EulerMaruyama;

class OddEntropyProductionTest {

    private static final double BETA = 2.0;

    private static final double RATIO = 3.0;

    /** n masses and springs of strength 1 between fixed ends, the first in a bath of β⁻¹τ, the last in one of β⁻¹, γ = 1. */
    private static Sde chain(int n, double ratio) {
        double[][] a = new double[2 * n][2 * n];
        double[] noise = new double[2 * n];
        for (int i = 0; i < n; i++) {
            a[i][n + i] = 1;
            a[n + i][i] = -2;
            if (i > 0) {
                a[n + i][i - 1] = 1;
                a[n + i - 1][i] = 1;
            }
        }
        a[n][n] = -1;
        a[2 * n - 1][2 * n - 1] = -1;
        noise[n] = ratio;
        noise[2 * n - 1] = 1;
        return Sde.ito(
                LinearField.of(MatrixUtils.createRealMatrix(a)), Diffusion.diagonal(noise), Temperature.of(1 / BETA));
    }

    private static RunningMoments measured(Sde sde, Parity parity, int paths, long seed) {
        PathCurrent entropy = PathCurrent.entropyProduction(sde, parity);
        return Systems.sampled(sde, 0.05)
                .paths(paths)
                .until(40)
                .seed(seed)
                .observe(When.every(1, 15), entropy)
                .run()
                .get(entropy);
    }

    /** J(1/Tₙ − 1/T₁), J = (k/2γ)(T₁ − Tₙ) sinh((n−1)a)/sinh(na), cosh a = 1 + k/2γ² (Rieder, Lebowitz and Lieb 1967). */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void chainBetweenTwoBaths(int n) {
        double a = Math.log(1.5 + Math.sqrt(1.25));
        double expected = 0.5 * (RATIO - 1) * (RATIO - 1) / RATIO * Math.sinh((n - 1) * a) / Math.sinh(n * a);
        RunningMoments rate = measured(chain(n, RATIO), Parity.ofPhaseSpace(n), 1200, 3);
        assertThat(rate.mean(0)).isCloseTo(expected, within(4 * rate.standardError(0)));
        assertThat(rate.standardError(0)).isLessThan(0.04 * expected);
    }

    @Test
    void errorBarsAreTheSpreadOfIndependentRuns() {
        int runs = 16;
        double sum = 0;
        double squares = 0;
        double claimed = 0;
        for (int run = 0; run < runs; run++) {
            RunningMoments rate = measured(chain(2, RATIO), Parity.ofPhaseSpace(2), 50, 100 + run);
            sum += rate.mean(0);
            squares += rate.mean(0) * rate.mean(0);
            claimed += rate.standardError(0) / runs;
        }
        double spread = Math.sqrt((squares - sum * sum / runs) / (runs - 1));
        // The spread of 16 numbers is known to 18 %.
        assertThat(spread / claimed).isBetween(0.4, 1.75);
    }

    /** One temperature: Q ≠ 0 and the current turns in phase space, yet nothing is produced. */
    @Test
    void equilibriumOfTheChain() {
        RunningMoments rate = measured(chain(2, 1), Parity.ofPhaseSpace(2), 400, 4);
        assertThat(rate.mean(0)).isCloseTo(0, within(4 * rate.standardError(0)));
        assertThat(rate.standardError(0)).isLessThan(0.01);
    }

    @Test
    void equilibriumOfADoubleWell() {
        Potential well = Potential.of(
                x -> 0.25 * x[0] * x[0] * x[0] * x[0] - 0.5 * x[0] * x[0],
                (x, out) -> out[0] = x[0] * x[0] * x[0] - x[0]);
        UnderdampedLangevin equation =
                UnderdampedLangevin.of(1, well, 0.7, Temperature.of(1 / BETA)).withMass(2);
        PathCurrent entropy = PathCurrent.entropyProduction(equation.sde(), equation.parity());
        RunningMoments rate = Ensemble.of(equation.sde())
                .scheme(Baoab.withStep(0.02))
                .threads(2)
                .paths(400)
                .until(30)
                .startingAt(1, 0)
                .seed(6)
                .observe(When.every(1, 10), entropy)
                .run()
                .get(entropy);
        assertThat(rate.mean(0)).isCloseTo(0, within(4 * rate.standardError(0)));
        assertThat(rate.standardError(0)).isLessThan(0.01);
    }

    /**
     * Two baths at one momentum are to its paths one of temperature (γ₁T₁ + γ₂T₂)/(γ₁ + γ₂): the heat that flows from one to the other,
     * γ₁γ₂/(γ₁ + γ₂)·(T₁ − T₂)²/(T₁T₂) = 0.296 in nats per time here, is not in (b, D).
     */
    @Test
    void twoBathsAtOneMomentumAreOne() {
        Sde sde = Sde.ito(
                LinearField.of(MatrixUtils.createRealMatrix(new double[][] {{0, 1}, {-1.5, -0.5 - 0.4}})),
                Diffusion.diagonal(0, 0.5 * 3 + 0.4 * 1),
                Temperature.of(1 / BETA));
        RunningMoments rate = measured(sde, Parity.ofPhaseSpace(1), 400, 5);
        assertThat(rate.mean(0)).isCloseTo(0, within(4 * rate.standardError(0)));
        assertThat(rate.standardError(0)).isLessThan(0.02);
    }

    /**
     * Φ = q²/2 + p²/2, D = diag(0, γ), Q₁₂ = −(1 + ½cos q): j runs backwards by itself, so that each single path gives off −βΔΦ; its
     * divergence −½p sin q is part of that.
     */
    @Test
    void eachPathOfAnEquilibriumGivesOffWhatItsPotentialLoses() {
        double friction = 0.3;
        VectorField drift = (x, out) -> {
            double turn = 1 + 0.5 * Math.cos(x[0]);
            out[0] = turn * x[1];
            out[1] = -turn * x[0] - 0.5 / BETA * Math.sin(x[0]) - friction * x[1];
        };
        Sde sde = Sde.ito(drift, Diffusion.diagonal(0, friction), Temperature.of(1 / BETA));
        PathCurrent entropy = PathCurrent.entropyProduction(sde, Parity.of(1, -1));
        PathCurrent wrong = new PathCurrent(
                (x, out) -> {
                    entropy.forms().at(x, out);
                    out[2] += -0.5 * x[1] * Math.sin(x[0]);
                },
                1,
                true);
        FinalStates last = FinalStates.all();
        EnsembleResult run = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(2e-5))
                .paths(1)
                .until(1.5)
                .startingAt(0, 3)
                .seed(8)
                .observe(When.every(1, 0), entropy, wrong)
                .observe(last)
                .run();
        double[] x = new double[2];
        run.get(last).copyState(0, x);
        double lost = BETA * (4.5 - 0.5 * (x[0] * x[0] + x[1] * x[1]));
        assertThat(1.5 * run.get(entropy).mean(0)).isCloseTo(lost, within(0.01));
        assertThat(Math.abs(1.5 * run.get(wrong).mean(0) - lost)).isGreaterThan(0.2);
    }

    @Test
    void pathsWithoutReversalAreRefused() {
        assertThatThrownBy(() -> PathCurrent.entropyProduction(chain(2, RATIO), Parity.even(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("irreversible drift must be in the range of D")
                .hasMessageContaining("++++");
        // Noise that a position and a momentum share.
        Sde mixed = Sde.ito(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = -x[0] - x[1];
                },
                Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 0.5}, {0.5, 1}})),
                Temperature.of(1));
        assertThatThrownBy(() -> PathCurrent.entropyProduction(mixed, Parity.of(1, -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("D(εx) must be εD(x)ε");
        assertThatThrownBy(() -> PathCurrent.entropyProduction(mixed, Parity.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parity must have the dimension of the equation, 2, got 1");
    }
}
