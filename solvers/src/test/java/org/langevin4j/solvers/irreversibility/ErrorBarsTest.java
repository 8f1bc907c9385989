package org.langevin4j.solvers.irreversibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.SpectralPeak;
import org.langevin4j.core.statistics.TimeAsymmetry;
import org.langevin4j.solvers.Spread;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.OrnsteinUhlenbeckExact;

/** The error bars of the observables of this package, each against the {@link Spread} over many ensembles. */
class ErrorBarsTest {

    private static final double FREQUENCY = 0.7;

    private static final double PHASE_DIFFUSION = 0.09;

    /** dθ = ω dt + √(2·0.3·0.3) dW and beside it, as a distance, dx = −0.5x dt + noise with a drift that knows the phase. */
    private static Ensemble phases(int run) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = FREQUENCY;
                    out[1] = -0.5 * x[1] + 0.4 * Math.cos(x[0]);
                },
                Diffusion.isotropic(2, 0.3),
                Temperature.of(0.3));
        NormalStream starts = NormalStream.of(Seed.of(4000 + run));
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.25))
                .startingFrom((path, out) -> {
                    out[0] = 5 * starts.at(path, 0, 0);
                    out[1] = 0.4 * starts.at(path, 0, 1);
                })
                .threads(1)
                .seed(run);
    }

    /** Euler's steps of a constant drift are exact, and so are rate and diffusion. */
    @Test
    void windingAndItsDiffusion() {
        Winding winding = Winding.of(x -> x[0]);
        Spread.check(400, run -> {
            Winding.Summary found = phases(run)
                    .paths(80)
                    .until(10)
                    .observe(When.every(1, 0), winding)
                    .run()
                    .get(winding);
            return new double[][] {
                {found.rate(), found.rateError(), FREQUENCY},
                {found.diffusion(), found.diffusionError(), PHASE_DIFFUSION}
            };
        });
    }

    @Test
    void meanPeriods() {
        Periods periods = Periods.of(x -> x[0], Axis.uniform(0, 30, 10));
        Spread.check(400, run -> {
            Periods.Summary found = phases(run)
                    .paths(20)
                    .until(80)
                    .observe(When.every(1, 0), periods)
                    .run()
                    .get(periods);
            return new double[][] {{found.mean(), found.meanError()}};
        });
    }

    /** One path says nothing of the spread over paths. */
    @Test
    void onePathHasNoErrorBar() {
        Periods periods = Periods.of(x -> x[0], Axis.uniform(0, 30, 10));
        Winding winding = Winding.of(x -> x[0]);
        PhaseProfile profile = PhaseProfile.of(x -> x[0], x -> x[1], 2);
        EnsembleResult run = phases(1)
                .paths(1)
                .until(80)
                .observe(When.every(1, 0), periods, winding, profile)
                .run();
        assertThat(run.get(periods).count()).isGreaterThan(3);
        assertThat(run.get(periods).meanError()).isNaN();
        assertThat(run.get(winding).rateError()).isNaN();
        assertThat(run.get(winding).diffusionError()).isNaN();
        assertThat(run.get(profile).densityError(0)).isNaN();
        assertThat(run.get(profile).meanError(0)).isNaN();
        assertThat(run.get(profile).varianceError(0)).isNaN();
    }

    /** Distances about 2, so that mean and density of a bin go together; a record is about one turn. */
    @Test
    void profilesAlongACycle() {
        PhaseProfile profile = PhaseProfile.of(x -> x[0], x -> 2 + x[1], 3);
        Spread.check(400, run -> {
            PhaseProfile.Profile found = phases(run)
                    .paths(150)
                    .until(10)
                    .observe(When.every(1, 0), profile)
                    .run()
                    .get(profile);
            return new double[][] {
                {found.density(0), found.densityError(0)},
                {found.density(1), found.densityError(1)},
                {found.mean(0), found.meanError(0)},
                {found.mean(2), found.meanError(2)},
                {found.variance(0), found.varianceError(0)},
                {found.variance(1), found.varianceError(1)}
            };
        });
    }

    /** b = −0.3x + 2(−x₂, x₁) at T = 0.4. */
    private static final Sde ROTATION = Sde.ito(
            LinearField.of(MatrixUtils.createRealMatrix(new double[][] {{-0.3, -2}, {2, -0.3}})),
            Diffusion.isotropic(2, 1.0),
            Temperature.of(0.4));

    /** Sampled exactly, from the stationary law. */
    private static Ensemble rotation(int run) {
        NormalStream starts = NormalStream.of(Seed.of(9000 + run));
        double deviation = Math.sqrt(0.4 / 0.3);
        return Ensemble.of(ROTATION)
                .scheme(OrnsteinUhlenbeckExact.withStep(0.25))
                .startingFrom((path, out) -> {
                    out[0] = deviation * starts.at(path, 0, 0);
                    out[1] = deviation * starts.at(path, 0, 1);
                })
                .threads(1)
                .seed(run);
    }

    /** Segments that overlap on each path, and the peak of the mean of all. */
    @Test
    void spectraAndTheirPeaks() {
        SpectralDensity density = SpectralDensity.of(x -> x[0] + 0.2 * x[1], 256);
        Spread.check(300, run -> {
            PowerSpectrum found = rotation(run)
                    .paths(40)
                    .until(0.25 * 520)
                    .observe(When.every(1, 0), density)
                    .run()
                    .get(density);
            SpectralPeak peak = found.peak().orElseThrow();
            return new double[][] {
                {found.density(9), found.error(9)},
                {found.density(20), found.error(20)},
                {found.density(60), found.error(60)},
                {peak.frequency(), peak.frequencyError()},
                {peak.halfWidth(), peak.halfWidthError()},
                {peak.quality(), peak.qualityError()}
            };
        });
    }

    /** At the interval h: a₁₂ = (T/γ)e^(−γh) sin ωh; ω∘dx = β(−γ d(r²/2) + 2ω dA) has the mean 2βω a₁₂/h. */
    @Test
    void currentsAndAsymmetries() {
        PathCurrent entropy = PathCurrent.entropyProduction(ROTATION);
        AsymmetricCorrelation asymmetry = AsymmetricCorrelation.ofCoordinates(2, 3);
        double area = Math.exp(-0.3 * 0.25) * Math.sin(2 * 0.25) * 0.4 / 0.3;
        Spread.check(400, run -> {
            EnsembleResult result = rotation(run)
                    .paths(60)
                    .until(10)
                    .observe(When.every(1, 0), entropy, asymmetry)
                    .run();
            RunningMoments rate = result.get(entropy);
            TimeAsymmetry found = result.get(asymmetry);
            return new double[][] {
                {rate.mean(0), rate.standardError(0), 2 * 2 * area / (0.4 * 0.25)},
                {found.value(0, 1, 1), found.error(0, 1, 1), area},
                {found.value(0, 1, 3), found.error(0, 1, 3)},
                {found.areaRate(1, 0), found.areaRateError(1, 0), -area / 0.25}
            };
        });
    }
}
