package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.DoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.solvers.adaptive.AdaptiveScheme;
import org.langevin4j.solvers.sde.Baoab;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Milstein;
import org.langevin4j.solvers.sde.Obabo;
import org.langevin4j.solvers.sde.OrnsteinUhlenbeckExact;
import org.langevin4j.solvers.sde.PlatenWeak2;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Sra1;

/** Ensembles of several step sizes along the same Brownian paths. */
class BrownianNoiseTest {

    private static final int PATHS = 2_000;
    private static final double UNIT = 0.5;

    private static final VectorField TWIST = (x, out) -> {
        out[0] = Math.sin(x[1]) - x[0];
        out[1] = Math.cos(x[0]) - x[1];
    };

    private static final Sde ADDITIVE = Sde.ito(
            TWIST,
            Diffusion.constantFactor(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.5}, {0.0, 0.8}})),
            Temperature.of(3.0));

    /** Two noises that do not commute. */
    private static final Sde MULTIPLICATIVE = Sde.ito(
            TWIST,
            Diffusion.factor(2, 2, (x, out) -> {
                out[0] = 0.5 + 0.5 * Math.sin(x[1]);
                out[1] = 0.3 * x[0];
                out[2] = 0.4 * x[1];
                out[3] = 0.6 + 0.4 * Math.cos(x[0]);
            }),
            Temperature.of(0.7));

    private static final Sde FREE = Sde.ito(
            (x, out) -> {
                out[0] = 0.0;
                out[1] = 0.0;
            },
            Diffusion.diagonal(1.0, 4.0),
            Temperature.of(0.5));

    private static Ensemble along(Sde sde, Scheme scheme) {
        return ordinary(sde, scheme).alongBrownianPaths(UNIT);
    }

    private static Ensemble ordinary(Sde sde, Scheme scheme) {
        return Ensemble.of(sde)
                .scheme(scheme)
                .paths(PATHS)
                .seed(41)
                .startingAt(0.4, -0.2)
                .until(1.0);
    }

    private static double[][] ends(Ensemble ensemble) {
        return ends(ensemble.observe(FinalStates.all()).run());
    }

    private static double[][] ends(EnsembleResult result) {
        FinalStates.States states = result.get(FinalStates.all());
        double[][] ends = new double[states.paths()][2];
        for (int k = 0; k < ends.length; k++) {
            states.copyState(k, ends[k]);
        }
        return ends;
    }

    private static double distance(double[][] one, double[][] other) {
        double sum = 0.0;
        for (int k = 0; k < one.length; k++) {
            double a = one[k][0] - other[k][0];
            double b = one[k][1] - other[k][1];
            sum += a * a + b * b;
        }
        return Math.sqrt(sum / one.length);
    }

    /** Slope of log √E|X_h − X_{h/2}|² over log h for h = 1/8 … 1/64. */
    private static double slope(Sde sde, DoubleFunction<? extends Scheme> scheme, boolean alongPaths) {
        double[] h = {1.0 / 8, 1.0 / 16, 1.0 / 32, 1.0 / 64};
        double sxy = 0.0;
        double sxx = 0.0;
        double mean = (Math.log(h[0]) + Math.log(h[3])) / 2;
        for (double step : h) {
            Ensemble coarse = ordinary(sde, scheme.apply(step));
            Ensemble fine = ordinary(sde, scheme.apply(step / 2));
            double difference = alongPaths
                    ? distance(ends(coarse.alongBrownianPaths(UNIT)), ends(fine.alongBrownianPaths(UNIT)))
                    : distance(ends(coarse), ends(fine));
            sxy += (Math.log(step) - mean) * Math.log(difference);
            sxx += (Math.log(step) - mean) * (Math.log(step) - mean);
        }
        return sxy / sxx;
    }

    /**
     * 2,000 paths: a mean square has a relative error below 2/√2000 ≈ 0.045, the slope over three octaves one below 0.02; the rest
     * of the margin is the next order in h.
     */
    @Test
    void theDifferenceOfTwoStepSizesFallsWithTheStrongOrder() {
        assertThat(slope(ADDITIVE, EulerMaruyama::withStep, true)).isCloseTo(1.0, within(0.15));
        assertThat(slope(MULTIPLICATIVE, EulerMaruyama::withStep, true)).isCloseTo(0.5, within(0.15));
        assertThat(slope(ADDITIVE, Sra1::withStep, true)).isCloseTo(1.5, within(0.15));
        // Control: ordinary ensembles of two step sizes have different paths.
        assertThat(slope(ADDITIVE, EulerMaruyama::withStep, false)).isCloseTo(0.0, within(0.15));
    }

    /**
     * Control: in ordinary ensembles the steps of the same number have the same normals, at h and h/2 to different times; of W(1)
     * the first half of one is the whole of the other, which correlates them by 1/√2.
     */
    @Test
    void ordinaryEnsemblesOfTwoStepSizesHaveOtherPaths() {
        double other = correlation(
                ends(ordinary(FREE, EulerMaruyama.withStep(1.0 / 16))),
                ends(ordinary(FREE, EulerMaruyama.withStep(1.0 / 32))));
        // Standard error (1 − ρ²)/√2000.
        assertThat(other).isCloseTo(Math.sqrt(0.5), within(4.0 * 0.5 / Math.sqrt(PATHS)));
        double same = correlation(
                ends(along(FREE, EulerMaruyama.withStep(1.0 / 16))),
                ends(along(FREE, EulerMaruyama.withStep(1.0 / 32))));
        assertThat(same).isCloseTo(1.0, within(1e-12));
    }

    private static double correlation(double[][] a, double[][] b) {
        double[] m = new double[5];
        for (int k = 0; k < a.length; k++) {
            double u = a[k][0];
            double v = b[k][0];
            m[0] += u / a.length;
            m[1] += v / a.length;
            m[2] += u * u / a.length;
            m[3] += v * v / a.length;
            m[4] += u * v / a.length;
        }
        return (m[4] - m[0] * m[1]) / Math.sqrt((m[2] - m[0] * m[0]) * (m[3] - m[1] * m[1]));
    }

    /** W itself is the same at all step sizes, over several units and a half, and has the law of Brownian motion. */
    @Test
    void brownianMotionIsOneAndTheSameAtAllStepSizes() {
        double[][] coarse = ends(along(FREE, EulerMaruyama.withStep(0.25)).until(1.75));
        double[][] fine = ends(along(FREE, EulerMaruyama.withStep(0.25 / 32)).until(1.75));
        double[] square = new double[2];
        for (int k = 0; k < PATHS; k++) {
            for (int i = 0; i < 2; i++) {
                assertThat(fine[k][i]).isCloseTo(coarse[k][i], within(1e-12));
                double moved = coarse[k][i] - (i == 0 ? 0.4 : -0.2);
                square[i] += moved * moved / PATHS;
            }
        }
        double relative = 4.0 * Math.sqrt(2.0 / PATHS);
        assertThat(square[0]).isCloseTo(1.75, within(1.75 * relative));
        assertThat(square[1]).isCloseTo(7.0, within(7.0 * relative));
    }

    @Test
    void bitsAreThoseOfThePathWhateverTheThreadsAndWhoHasStopped() {
        Event out = Event.of("out", x -> x[0] - 2.0);
        EnsembleResult[] runs = new EnsembleResult[2];
        for (int r = 0; r < 2; r++) {
            runs[r] = along(ADDITIVE, Sra1.withStep(1.0 / 64))
                    .stoppingAt(out)
                    .threads(1 + 2 * r)
                    .observe(FinalStates.all(), Moments.of(2))
                    .run();
        }
        FinalStates.States one = runs[0].get(FinalStates.all());
        FinalStates.States three = runs[1].get(FinalStates.all());
        assertThat(one.paths()).isBetween(PATHS / 10, PATHS * 9 / 10).isEqualTo(three.paths());
        double[][] all = ends(along(ADDITIVE, Sra1.withStep(1.0 / 64)));
        double[] state = new double[2];
        for (int k = 0; k < one.paths(); k++) {
            one.copyState(k, state);
            assertThat(state).containsExactly(all[(int) one.path(k)]);
            three.copyState(k, state);
            assertThat(state).containsExactly(all[(int) one.path(k)]);
        }
        assertThat(runs[1].get(Moments.of(2)).exactSums())
                .isEqualTo(runs[0].get(Moments.of(2)).exactSums());
    }

    @Test
    void aRunInPiecesAndAResumedOneAreTheRunInOne(@TempDir Path folder) throws IOException {
        Ensemble whole = along(ADDITIVE, Sra1.withStep(1.0 / 64));
        double[][] expected = ends(whole);
        EnsembleResult first = whole.until(27.0 / 64).observe(FinalStates.all()).run();
        assertThat(ends(Ensemble.from(first).until(1.0))).isDeepEqualTo(expected);
        assertThatThrownBy(() -> Ensemble.from(first)
                        .scheme(Sra1.withStep(1.0 / 128))
                        .until(1.0)
                        .plan())
                .hasMessageContaining("stepSize must stay 0.015625")
                .hasMessageContaining("got 0.0078125");

        // Every 64 steps, here half a unit, it is looked whether the run goes on.
        ResumeTest.sameBitsHoweverOftenCancelled(
                along(ADDITIVE, Sra1.withStep(1.0 / 256)).paths(20).until(4.0).observe(Moments.of(2)), 2, folder);
    }

    @Test
    void aCheckpointKnowsWhoseNoiseItIs(@TempDir Path folder) {
        Path file = folder.resolve("c");
        Ensemble paths = along(ADDITIVE, EulerMaruyama.withStep(0.125)).checkpoint(file, Duration.ZERO);
        paths.run();
        assertThat(paths.resume().isComplete()).isTrue();
        assertThatThrownBy(() -> ordinary(ADDITIVE, EulerMaruyama.withStep(0.125))
                        .checkpoint(file, Duration.ZERO)
                        .resume())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("Brownian paths");
        assertThatThrownBy(() -> paths.alongBrownianPaths(0.25).resume())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("Brownian paths");
    }

    /** A blow-up is found again, alone, with the same noise. */
    @Test
    void theVeryStepOfABlowUpIsFound() {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = x[0] * x[0] * x[0];
                    out[1] = 0.0;
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(0.5));
        Ensemble ensemble = along(sde, EulerMaruyama.withStep(1.0 / 32)).until(4.0);
        PathEnd lost = ensemble.onNonFinite(NonFinite.STOP_PATH)
                .run()
                .pathEnds()
                .firstNonFinite()
                .get(0);
        assertThatThrownBy(() -> ensemble.threads(1).run())
                .isInstanceOfSatisfying(NonFinitePathException.class, found -> {
                    assertThat(found.path()).isEqualTo(lost.path());
                    assertThat(found.step()).isEqualTo(lost.step());
                    assertThat(found.lastFinite()).containsExactly(lost.state());
                });
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (double h : new double[] {1.0, 0.3, 0.125 * (1 + 1e-6)}) {
            assertThatThrownBy(() -> along(ADDITIVE, EulerMaruyama.withStep(h))
                            .until(4 * h)
                            .plan())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("stepSize must be the unit of the Brownian paths, 0.5, over a power of two")
                    .hasMessageContaining("got " + h);
        }
        for (double unit : new double[] {0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() ->
                            ordinary(ADDITIVE, EulerMaruyama.withStep(0.125)).alongBrownianPaths(unit))
                    .hasMessage("unit must be positive and finite, got " + unit);
        }
        Sde linear = Sde.ito(
                LinearField.of(MatrixUtils.createRealIdentityMatrix(2).scalarMultiply(-1.0)),
                Diffusion.isotropic(2, 1.0),
                Temperature.of(0.5));
        Sde kinetic = UnderdampedLangevin.ofGradient(1, (q, out) -> out[0] = q[0], 1.0, Temperature.of(0.5))
                .sde();
        refused(linear, OrnsteinUhlenbeckExact.withStep(0.125));
        refused(kinetic, Baoab.withStep(0.125));
        refused(kinetic, Obabo.withStep(0.125));
        refused(MULTIPLICATIVE, Milstein.withStep(0.125));
        refused(MULTIPLICATIVE, PlatenWeak2.withStep(0.125));
        refused(ADDITIVE, AdaptiveScheme.of(Sra1::withStep, 0.125));
        // Steps that take the increments alone are welcome.
        assertThat(along(kinetic, EulerMaruyama.withStep(0.125)).plan().brownianUnit())
                .hasValue(UNIT);
        assertThat(along(ADDITIVE, PlatenWeak2.withStep(0.125)).plan().brownianUnit())
                .hasValue(UNIT);
    }

    private static void refused(Sde sde, Scheme scheme) {
        assertThatThrownBy(() -> along(sde, scheme).plan())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "alongBrownianPaths needs a scheme whose steps are functions of the increments and"
                                + " space-time areas of the ")
                .hasMessageContaining(scheme.toString());
    }
}
