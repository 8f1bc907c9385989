package org.langevin4j.solvers.irreversibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.TimeAsymmetry;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Start;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;

class PathCurrentTest {

    private static final VectorField AREA = (x, out) -> {
        out[0] = -0.5 * x[1];
        out[1] = 0.5 * x[0];
    };

    /**
     * Exactly sampled at the interval h the estimators have the means −(1/2h) tr D⁻¹F(Cᵀ − C) and (Cᵀ − C)₁₂/2h with
     * C = e^(−Fh)Σ, by scipy.linalg.expm. As h → 0 these are 10.1879 and −1.8636, 0.5625 and −0.1875, 0 and 0.
     */
    @ParameterizedTest
    @CsvSource({
        "full, 0.01, 10.075756165092569, -1.8431261277608357",
        "gyrator, 0.05, 0.5091831454255658, -0.16972771514185525",
        "commuting, 0.05, 0, 0"
    })
    void ornsteinUhlenbeckAtAFiniteInterval(String name, double h, double entropyProduction, double area) {
        Sde sde = switch (name) {
            case "full" -> Systems.full();
            case "gyrator" -> Systems.gyrator();
            default -> Systems.commuting();
        };
        PathCurrent entropy = PathCurrent.entropyProduction(sde);
        PathCurrent circulation = PathCurrent.of(AREA);
        AsymmetricCorrelation asymmetry = AsymmetricCorrelation.ofCoordinates(2, 2);
        EnsembleResult run = Systems.sampled(sde, h)
                .paths(2000)
                .until(28)
                .seed(5)
                .observe(When.every(1, 8), entropy, circulation, asymmetry)
                .run();
        RunningMoments rate = run.get(entropy);
        assertThat(rate.mean(0)).isCloseTo(entropyProduction, within(4 * rate.standardError(0)));
        RunningMoments turning = run.get(circulation);
        assertThat(turning.mean(0)).isCloseTo(area, within(4 * turning.standardError(0)));
        TimeAsymmetry correlations = run.get(asymmetry);
        assertThat(correlations.interval()).isCloseTo(h, within(1e-12));
        assertThat(correlations.areaRate(0, 1)).isCloseTo(turning.mean(0), within(1e-10));
        assertThat(correlations.areaRateError(0, 1)).isCloseTo(turning.standardError(0), within(1e-10));
        assertThat(correlations.test().rejectsAt(1e-4)).isEqualTo(area != 0);
    }

    /**
     * In three dimensions and a D that is full: entropy production does not know the temperature, area rates are proportional to
     * it. By the closed form above at h = 0.05; without β in ω the first would be T times 2.19.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 2.5})
    void otherTemperatures(double temperature) {
        double[][] a = {{-1, -0.8, 0.3}, {0.9, -1.2, -0.5}, {-0.4, 0.6, -0.9}};
        double[][] d = {{1, 0.3, 0.2}, {0.3, 0.8, -0.1}, {0.2, -0.1, 0.6}};
        Sde sde = Systems.linear(a, d, temperature);
        PathCurrent entropy = PathCurrent.entropyProduction(sde);
        AsymmetricCorrelation asymmetry = AsymmetricCorrelation.ofCoordinates(3, 1);
        EnsembleResult run = Systems.sampled(sde, 0.05)
                .paths(1000)
                .until(18)
                .seed(6)
                .observe(When.every(1, 8), entropy, asymmetry)
                .run();
        RunningMoments rate = run.get(entropy);
        assertThat(rate.mean(0)).isCloseTo(2.1906412345445414, within(4 * rate.standardError(0)));
        assertThat(rate.standardError(0)).isLessThan(0.05);
        double[] areas = {0.6045031923172614, -0.1427965654930205, 0.25887165675831436};
        TimeAsymmetry found = run.get(asymmetry);
        for (int pair = 0; pair < 3; pair++) {
            int i = pair < 2 ? 0 : 1;
            int j = pair < 1 ? 1 : 2;
            assertThat(found.areaRate(i, j))
                    .isCloseTo(temperature * areas[pair], within(4 * found.areaRateError(i, j)));
            assertThat(found.areaRateError(i, j)).isLessThan(0.03 * temperature);
        }
    }

    /** hopf_beta1: σ = 6.31183. A step of 1e-3 changes it by less than one part in a hundred. */
    @Test
    void hopfNormalForm() {
        PathCurrent entropy = PathCurrent.entropyProduction(Systems.hopf(1));
        RunningMoments rate = Systems.hopfEnsemble(1, 1e-3)
                .paths(1024)
                .until(10)
                .seed(2)
                .observe(When.every(1, 3), entropy)
                .run()
                .get(entropy);
        assertThat(rate.mean(0)).isCloseTo(6.3118254509810505, within(4 * rate.standardError(0)));
        assertThat(rate.standardError(0)).isLessThan(0.06);
    }

    /**
     * Φ = r²/2, D = diag(1 + s²/2, 1) with s = x₁ + x₂, j = 1.5(−x₂, x₁): σ = β1.5²⟨x₂²/D₁₁ + x₁²⟩, and what is missing without
     * ∇·D in ω, 1.5⟨sx₂/D₁₁⟩, by scipy.integrate.dblquad.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 3.375, 0.5164806863718046",
        "0.5, 3.647393824341026, 0.3631917657880318",
        "2, 3.119423265430341, 0.6815379588524988"
    })
    void diffusionThatDependsOnTheState(double temperature, double production, double divergence) {
        Diffusion d = Diffusion.of(MatrixField.of(
                2,
                (x, out) -> {
                    double s = x[0] + x[1];
                    out[0] = 1 + 0.5 * s * s;
                    out[1] = 0;
                    out[2] = 0;
                    out[3] = 1;
                },
                (x, out) -> {
                    out[0] = x[0] + x[1];
                    out[1] = 0;
                }));
        VectorField drift = (x, out) -> {
            double s = x[0] + x[1];
            out[0] = -(1 + 0.5 * s * s) * x[0] + temperature * s - 1.5 * x[1];
            out[1] = -x[1] + 1.5 * x[0];
        };
        Sde sde = Sde.ito(drift, d, Temperature.of(temperature));
        PathCurrent right = PathCurrent.entropyProduction(sde);
        VectorField undiverged = (x, out) -> {
            drift.at(x, out);
            out[0] /= temperature;
            out[1] /= temperature;
        };
        PathCurrent wrong = PathCurrent.of(d.inverseTimes(undiverged));
        Start normal = Systems.gaussian(3);
        EnsembleResult run = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(1e-3))
                .threads(2)
                .paths(1500)
                .until(3)
                .startingFrom((path, out) -> {
                    normal.at(path, out);
                    out[0] *= Math.sqrt(temperature);
                    out[1] *= Math.sqrt(temperature);
                })
                .seed(4)
                .observe(When.every(1, 0), right, wrong)
                .run();
        RunningMoments rate = run.get(right);
        assertThat(rate.mean(0)).isCloseTo(production, within(4 * rate.standardError(0)));
        assertThat(rate.standardError(0)).isLessThan(0.06);
        assertThat(run.get(wrong).mean(0))
                .isCloseTo(production - divergence, within(4 * run.get(wrong).standardError(0)));
    }

    /** Read as Stratonovich's the same equation has another drift in the sense of Itô, which is the one that counts. */
    @Test
    void theReadingOfTheNoiseCounts() {
        Diffusion d = Diffusion.automaticDiagonal(
                1, x -> new Gradient[] {x[0].multiply(x[0]).add(1)});
        VectorField zero = (x, out) -> out[0] = 0;
        double[] x = {0.7};
        double[] form = new double[1];
        PathCurrent.entropyProduction(Sde.ito(zero, d, Temperature.of(0.5)))
                .forms()
                .at(x, form);
        // βD⁻¹(b − β⁻¹D′) = −D′/D, and with Itô drift β⁻¹D′/2 half of it.
        assertThat(form[0]).isCloseTo(-1.4 / 1.49, within(1e-14));
        PathCurrent.entropyProduction(new Sde(zero, d, Temperature.of(0.5), Calculus.STRATONOVICH))
                .forms()
                .at(x, form);
        assertThat(form[0]).isCloseTo(-0.7 / 1.49, within(1e-14));
    }

    @Test
    void singularDiffusionIsRefused() {
        Sde sde = Sde.ito((x, out) -> out[0] = x[1], Diffusion.diagonal(0, 1), Temperature.of(1));
        assertThatThrownBy(() -> PathCurrent.entropyProduction(sde))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("diffusion must be positive definite to be inverted, got pivot 0 = 0.0");
    }
}
