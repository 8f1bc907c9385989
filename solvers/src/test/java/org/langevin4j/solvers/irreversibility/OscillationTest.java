package org.langevin4j.solvers.irreversibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hipparchus.complex.Complex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.core.statistics.SpectralPeak;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;
import org.langevin4j.solvers.sde.EulerMaruyama;

class OscillationTest {

    private static final ScalarField RADIUS = x -> Math.hypot(x[0], x[1]);

    /**
     * tilted_V1_F1_beta1 and tilted_V1_F0.5_beta1: dx = (sin x + F) dt + √2 dW on a ring, mean velocity and D_eff. The
     * coefficient from Var x(t)/2t lacks what the start contributes, of order 1/t.
     */
    @ParameterizedTest
    @CsvSource({"1, 0.7747184253032277, 1.1374523994042376", "0.5, 0.338454722018441, 0.8489196815309985"})
    void aTiltedRing(double force, double velocity, double diffusion) {
        Sde sde = Sde.ito((x, out) -> out[0] = Math.sin(x[0]) + force, Diffusion.isotropic(1, 1.0), Temperature.of(1));
        Winding winding = Winding.of(x -> x[0]);
        Winding.Summary summary = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.01))
                .threads(2)
                .paths(2000)
                .until(85)
                .seed(6)
                .observe(When.every(1, 5), winding)
                .run()
                .get(winding);
        assertThat(summary.duration()).isCloseTo(80, within(1e-9));
        assertThat(summary.rate()).isCloseTo(velocity, within(4 * summary.rateError()));
        assertThat(summary.diffusion()).isCloseTo(diffusion, within(4 * summary.diffusionError()));
        assertThat(summary.diffusionError()).isLessThan(0.05 * diffusion);
        assertThat(summary.ambiguous()).isZero();
        assertThat(summary.increments()).isEqualTo(2000L * 8000);
    }

    /**
     * β = 64, where the origin is not visited (ρ(0) = 8e-8): the rate is ω = 2, D_θ = β⁻¹⟨1/r²⟩ = 0.0161685 and
     * Var r = 0.00804725, both by scipy.integrate.quad; periods have the law of Wald.
     */
    @Test
    void aNoisyCycle() {
        Winding winding = Winding.about(0, 0);
        Periods periods = Periods.of(PhaseAngle.about(0, 0), Axis.uniform(2, 5, 30));
        PhaseProfile profile = PhaseProfile.of(PhaseAngle.about(0, 0), RADIUS, 6);
        EnsembleResult run = Systems.hopfEnsemble(64, 2e-3)
                .paths(1024)
                .until(24)
                .seed(1)
                .observe(When.every(2, 2), winding, periods)
                .observe(When.every(50, 2), profile)
                .run();
        double exact = 0.016168538998967936;
        Winding.Summary phase = run.get(winding);
        assertThat(phase.rate()).isCloseTo(2, within(4 * phase.rateError()));
        assertThat(phase.diffusion()).isCloseTo(exact, within(4 * phase.diffusionError()));
        assertThat(phase.ambiguous()).isZero();

        Periods.Summary turns = run.get(periods);
        double count = turns.count();
        assertThat(count).isBetween(1024.0 * 4, 1024.0 * 7);
        double variance = 4 * Math.PI * exact / 8;
        assertThat(turns.meanError()).isCloseTo(Math.sqrt(variance / count), within(0.2 * Math.sqrt(variance / count)));
        // Turns that end before the record does are a little shorter: 6 of them end, and the seventh has its variance
        // over
        // its mean, σ²/⟨T⟩² in units of the mean, to say about it.
        double selection = variance / Math.PI / 5;
        assertThat(turns.mean()).isCloseTo(Math.PI, within(4 * turns.meanError() + selection));
        double spread = variance * Math.sqrt(2.5 / count);
        assertThat(turns.deviation() * turns.deviation()).isCloseTo(variance, within(4 * spread));
        assertThat(turns.renewalDiffusion()).isCloseTo(exact, within(4 * exact * Math.sqrt(2.5 / count)));
        assertThat(turns.correlation()).isCloseTo(0, within(4 / Math.sqrt(count)));
        for (int cell = 0; cell < 30; cell++) {
            double expected = count * wald(2 + 0.1 * cell, 2.1 + 0.1 * cell, exact);
            assertThat((double) turns.count(cell)).isCloseTo(expected, within(4 * Math.sqrt(expected) + 4));
        }

        PhaseProfile.Profile along = run.get(profile);
        for (int bin = 0; bin < 6; bin++) {
            assertThat(along.density(bin)).isCloseTo(0.5 / Math.PI, within(4 * along.densityError(bin)));
            assertThat(along.mean(bin)).isCloseTo(0.995968250151212, within(4 * along.meanError(bin)));
            assertThat(along.variance(bin)).isCloseTo(0.008047252627129353, within(4 * along.varianceError(bin)));
            // Linear theory, β⁻¹/(2μ), is 3 % less.
            assertThat(along.varianceError(bin)).isLessThan(3e-4);
            assertThat(along.angle(bin)).isCloseTo(-Math.PI + Math.PI / 6 * (2 * bin + 1), within(1e-12));
        }
    }

    /** ∫ of the density of Wald, mean 2π/ω and shape (2π)²/(2D), by Simpson's rule. */
    private static double wald(double from, double to, double diffusion) {
        double sum = 0;
        for (int k = 0; k <= 20; k++) {
            double t = from + (to - from) * k / 20;
            double late = 2 * Math.PI - 2 * t;
            double density = 2
                    * Math.PI
                    / Math.sqrt(4 * Math.PI * diffusion * t * t * t)
                    * Math.exp(-late * late / (4 * diffusion * t));
            sum += (k == 0 || k == 20 ? 1 : k % 2 == 1 ? 4 : 2) * density;
        }
        return sum * (to - from) / 60;
    }

    /**
     * Where the density at the centre is positive the diffusion of the angle has no limit: at β = 1 it grows by
     * πβ⁻¹ρ(0) log 2 = 0.2003 with each halving of the interval, ρ(0) of hopf_beta1.
     */
    @Test
    void windingAboutAPointThatIsVisitedHasNoDiffusionCoefficient() {
        Winding[] windings = new Winding[3];
        Ensemble ensemble = Systems.hopfEnsemble(1, 5e-4).paths(6000).until(6).seed(8);
        int[] every = {1, 8, 64};
        for (int k = 0; k < 3; k++) {
            // Not equal as keys, for each has a function of its own.
            windings[k] = Winding.about(0, 0);
            ensemble = ensemble.observe(When.every(every[k], 2), windings[k]);
        }
        EnsembleResult run = ensemble.run();
        double eight = Math.PI * 0.09198461202232111 * Math.log(8);
        double[] d = new double[3];
        double[] errors = new double[3];
        for (int k = 0; k < 3; k++) {
            d[k] = run.get(windings[k]).diffusion();
            errors[k] = run.get(windings[k]).diffusionError();
        }
        for (int k = 0; k < 2; k++) {
            assertThat(d[k] - d[k + 1]).isCloseTo(eight, within(4 * Math.hypot(errors[k], errors[k + 1])));
        }
        assertThat(run.get(windings[2]).ambiguous()).isPositive();
    }

    /** S₁₁(ω) of (F + iω)⁻¹ 2D (Fᵀ − iω)⁻¹ for OU2_full, by numpy. */
    @Test
    void thePowerSpectrumOfAnOrnsteinUhlenbeckProcess() {
        SpectralDensity observed = SpectralDensity.of(x -> x[0], 1024);
        PowerSpectrum spectrum = Systems.sampled(Systems.full(), 0.04)
                .paths(300)
                .until(8 + 0.04 * 4096)
                .seed(3)
                .observe(When.every(1, 8), observed)
                .run()
                .get(observed);
        assertThat(spectrum.samples()).isEqualTo(300);
        assertThat(spectrum.resolution()).isCloseTo(2 * Math.PI / (1024 * 0.04), within(1e-12));
        double outside = 0;
        int size = 0;
        for (int k = 2; spectrum.frequency(k) < 8; k++) {
            double exact = density(spectrum.frequency(k));
            assertThat(spectrum.density(k)).isCloseTo(exact, within(4.5 * spectrum.error(k)));
            outside += Math.abs(spectrum.density(k) - exact) > 2 * spectrum.error(k) ? 1 : 0;
            size++;
        }
        assertThat(outside).isLessThan(0.2 * size);
    }

    private static double density(double w) {
        // (F + iω)⁻¹ = [[1.2 + iω, 2], [−2, 1 + iω]]/det, F = [[1, −2], [2, 1.2]].
        Complex a = new Complex(1.2, w);
        Complex det = a.multiply(new Complex(1, w)).add(4);
        double g2 = 1 / (det.norm() * det.norm());
        // Row (a, 2): 2(|a|²D₁₁ + 2·2·Re(a)D₁₂ + 4D₂₂).
        return g2 * 2 * (a.norm() * a.norm() + 2 * 2 * 1.2 * 0.5 + 4);
    }

    /**
     * The line of the Hopf normal form at β = 8 against the slowest complex eigenvalue of the generator, whose errors are of
     * second order in the width of the cells and taken out by two grids.
     */
    @Test
    void theLineIsTheEigenvalueOfTheGenerator() {
        double beta = 8;
        SpectralDensity observed = SpectralDensity.of(x -> x[0], 2048);
        PowerSpectrum spectrum = Systems.hopfEnsemble(beta, 0.005)
                .paths(512)
                .until(4 + 4096 * 0.1)
                .seed(12)
                .observe(When.every(20, 4), observed)
                .run()
                .get(observed);
        SpectralPeak peak = spectrum.peak().orElseThrow();
        Complex[] slowest = new Complex[2];
        int[] cells = {40, 60};
        for (int i = 0; i < 2; i++) {
            FokkerPlanck fp =
                    FokkerPlanck.of(Systems.hopf(beta), Grid.square(-2.2, 2.2, cells[i]), Boundary.REFLECTING);
            slowest[i] = RelaxationModes.of(fp, 3, 2.0).eigenvalue(1);
        }
        Complex line = slowest[1].add(slowest[1].subtract(slowest[0]).multiply(1 / (1.5 * 1.5 - 1)));
        // The rotation of the drift is exact: the frequency is ω = 2.
        assertThat(line.getImaginaryPart()).isCloseTo(2, within(0.01));
        assertThat(peak.frequency()).isCloseTo(2, within(4 * peak.frequencyError()));
        assertThat(peak.halfWidthError()).isLessThan(0.05 * peak.halfWidth());
        assertThat(peak.halfWidth()).isCloseTo(-line.getRealPart(), within(4 * peak.halfWidthError()));
        assertThat(peak.quality()).isCloseTo(-1 / line.getRealPart(), within(4 * peak.qualityError()));
    }

    /** All observables of the package at once: threads change no bit, and a checkpoint gives every one of them back. */
    @Test
    void threadsAndCheckpointsKeepEveryBit(@TempDir Path folder) throws IOException {
        byte[] expected = {};
        for (int threads : new int[] {1, 3}) {
            Path file = folder.resolve("threads-" + threads);
            everything().threads(threads).checkpoint(file, Duration.ofDays(1)).run();
            byte[] bytes = Files.readAllBytes(file);
            expected = threads == 1 ? bytes : expected;
            assertThat(bytes).isEqualTo(expected);
        }
        Path file = folder.resolve("threads-1");
        EnsembleResult whole = everything().run();
        EnsembleResult restored =
                everything().checkpoint(file, Duration.ofDays(1)).resume();
        assertThat(restored.get(ENTROPY).exactSums())
                .isEqualTo(whole.get(ENTROPY).exactSums());
        assertThat(restored.get(ASYMMETRY).areaRate(0, 1))
                .isEqualTo(whole.get(ASYMMETRY).areaRate(0, 1));
        assertThat(restored.get(WINDING).diffusionError())
                .isEqualTo(whole.get(WINDING).diffusionError());
        assertThat(restored.get(WINDING).duration())
                .isEqualTo(whole.get(WINDING).duration());
        assertThat(restored.get(PERIODS).meanError())
                .isEqualTo(whole.get(PERIODS).meanError());
        assertThat(restored.get(PERIODS).count(5))
                .isEqualTo(whole.get(PERIODS).count(5))
                .isPositive();
        assertThat(restored.get(PROFILE).varianceError(2))
                .isEqualTo(whole.get(PROFILE).varianceError(2));
        for (int k = 0; k < 33; k++) {
            assertThat(restored.get(SPECTRUM).density(k))
                    .isEqualTo(whole.get(SPECTRUM).density(k));
            assertThat(restored.get(SPECTRUM).error(k))
                    .isEqualTo(whole.get(SPECTRUM).error(k));
        }
    }

    private static final PathCurrent ENTROPY = PathCurrent.entropyProduction(Systems.hopf(4));
    private static final AsymmetricCorrelation ASYMMETRY = AsymmetricCorrelation.ofCoordinates(2, 3);
    private static final Winding WINDING = Winding.about(0.1, 0);
    private static final Periods PERIODS = Periods.of(PhaseAngle.about(0, 0), Axis.uniform(0, 6, 12));
    private static final PhaseProfile PROFILE = PhaseProfile.of(PhaseAngle.about(0, 0), RADIUS, 4);
    private static final SpectralDensity SPECTRUM = SpectralDensity.of(x -> x[0], 64);

    private static Ensemble everything() {
        return Systems.hopfEnsemble(4, 0.05)
                .paths(700)
                .until(12)
                .seed(9)
                .observe(When.every(1, 1), ENTROPY, ASYMMETRY, WINDING, PERIODS, PROFILE, SPECTRUM);
    }

    /** A cycle that turns the other way: periods of falling angles, and a form that sees them. */
    @Test
    void turnsTheOtherWay() {
        VectorField drift = (x, out) -> {
            double growth = 1 - x[0] * x[0] - x[1] * x[1];
            out[0] = growth * x[0] + 3 * x[1];
            out[1] = growth * x[1] - 3 * x[0];
        };
        Periods falling = new Periods(PhaseAngle.about(0, 0), false, Axis.uniform(0, 6, 12));
        Periods growing = new Periods(PhaseAngle.about(0, 0), true, Axis.uniform(0, 6, 12));
        EnsembleResult run = Ensemble.of(Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(1e-4)))
                .scheme(EulerMaruyama.withStep(1e-3))
                .startingAt(1, 0)
                .paths(16)
                .until(15)
                .seed(1)
                .observe(When.every(1, 1), falling, growing)
                .run();
        assertThat(run.get(falling).mean())
                .isCloseTo(2 * Math.PI / 3, within(4 * run.get(falling).meanError()));
        assertThat(run.get(growing).count()).isZero();
    }
}
