package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.DelayedField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.domain.HalfSpace;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.FinalStates;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.ensemble.NonFinite;
import org.langevin4j.solvers.ensemble.Snapshots;
import org.langevin4j.solvers.ensemble.When;

class DelayTest {

    /** dx = (−a x(t) − b x(t − τ)) dt + √(2T) dW, in blocks. */
    private static Sde linear(double a, double b, double lag, double temperature) {
        DelayedField drift = VectorField.delayed(lag, new DelayedField.Function() {
            @Override
            public void at(double t, double[] x, double[] past, double[] out) {
                out[0] = -a * x[0] - b * past[0];
            }

            @Override
            public void atBlock(double t, double[][] x, double[][] past, int paths, double[][] out) {
                for (int p = 0; p < paths; p++) {
                    out[0][p] = -a * x[0][p] - b * past[0][p];
                }
            }
        });
        return Sde.ito(drift, Diffusion.isotropic(1, 1.0), Temperature.of(temperature));
    }

    private static RunningMoments late(Sde sde, double h, int paths, long seed) {
        Moments moments = Moments.of(1);
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(h))
                .paths(paths)
                .until(20)
                .seed(seed)
                .observe(moments)
                .run()
                .get(moments);
    }

    /**
     * Stationary variance of dx = (−a x − b x(t − τ)) dt + σ dW for |b| > |a|: ½σ²(1 + (b/ω) sin ωτ)/(a + b cos ωτ), ω = √(b²
     * − a²) (Küchler and Mensch 1992, Stochastics 40, 23); with a = 0 it is (T/b)(1 + sin bτ)/cos bτ. For a > |b| hyperbolic.
     */
    private static double variance(double a, double b, double lag, double temperature) {
        if (Math.abs(b) > Math.abs(a)) {
            double w = Math.sqrt(b * b - a * a);
            return temperature * (1 + b / w * Math.sin(w * lag)) / (a + b * Math.cos(w * lag));
        }
        double w = Math.sqrt(a * a - b * b);
        return temperature * (1 + b / w * Math.sinh(w * lag)) / (a + b * Math.cosh(w * lag));
    }

    @Test
    void stationaryVarianceOfLinearDelayEquations() {
        double[][] cases = {{0.0, 1.0, 1.0, 0.6}, {0.5, 1.0, 1.0, 0.6}, {1.0, -0.6, 0.5, 2.0}};
        int paths = 10_000;
        for (double[] c : cases) {
            double coarse = late(linear(c[0], c[1], c[2], c[3]), 0.1, paths, 1).variance(0);
            double fine = late(linear(c[0], c[1], c[2], c[3]), 0.05, paths, 2).variance(0);
            double expected = variance(c[0], c[1], c[2], c[3]);
            // Extrapolated to h = 0; Gaussian variances of independent runs.
            double error = Math.sqrt(5) * Math.sqrt(2.0 / paths) * expected;
            assertThat(2 * fine - coarse).isCloseTo(expected, within(4 * error));
            // The same without the lag is another law.
            assertThat(Math.abs(c[3] / (c[0] + c[1]) - expected)).isGreaterThan(8 * error);
        }
    }

    /** The recursion is a linear map of K + 1 states, whose stationary covariance is a sum of powers: no error in h. */
    @Test
    void stationaryVarianceOfTheRecursionItself() {
        double h = 0.25;
        int lag = 4;
        double a = 0.3;
        double b = 0.9;
        double temperature = 1.7;
        RealMatrix map = MatrixUtils.createRealMatrix(lag + 1, lag + 1);
        map.setEntry(0, 0, 1 - a * h);
        map.setEntry(0, lag, -b * h);
        for (int k = 1; k <= lag; k++) {
            map.setEntry(k, k - 1, 1);
        }
        RealMatrix noise = MatrixUtils.createRealMatrix(lag + 1, lag + 1);
        noise.setEntry(0, 0, 2 * temperature * h);
        RealMatrix covariance = noise;
        for (int doubling = 0; doubling < 12; doubling++) {
            covariance = covariance.add(map.multiply(covariance).multiplyTransposed(map));
            map = map.multiply(map);
        }
        double expected = covariance.getEntry(0, 0);
        int paths = 40_000;
        double found = late(linear(a, b, 1.0, temperature), h, paths, 3).variance(0);
        assertThat(found).isCloseTo(expected, within(4 * Math.sqrt(2.0 / paths) * expected));
    }

    private static double[] alone(Sde sde, double h, int steps, double... start) {
        Stepper stepper = EulerMaruyama.withStep(h).stepper(sde);
        double[][] x = new double[start.length][1];
        for (int i = 0; i < start.length; i++) {
            x[i][0] = start[i];
        }
        stepper.begin(1);
        double[][] xi = new double[stepper.noises()][1];
        for (int step = 0; step < steps; step++) {
            stepper.step(step * h, x, 1, xi);
        }
        double[] end = new double[start.length];
        for (int i = 0; i < start.length; i++) {
            end[i] = x[i][0];
        }
        return end;
    }

    /** Without noise the method of steps gives x on [0, τ]: x(0) − ∫ φ(s − τ) ds. */
    @Test
    void theHistoryIsWhatIsGivenOrTheStart() {
        DelayedField drift = VectorField.delayed(1.0, (t, x, past, out) -> {
            out[0] = -past[0];
            out[1] = t * past[0] - x[1];
        });
        Diffusion none = Diffusion.isotropic(2, 0.0);
        Temperature one = Temperature.of(1.0);
        double h = 1e-4;
        Sde rest = Sde.ito(drift, none, one);
        assertThat(alone(rest, h, 10_000, 3.0, 0.0)[0]).isCloseTo(0.0, within(1e-9));
        // x₂′ = 3t − x₂: 3(t − 1 + e^(−t)).
        assertThat(alone(rest, h, 10_000, 3.0, 0.0)[1]).isCloseTo(3 * Math.exp(-1), within(3 * h));
        Sde known = Sde.ito(drift.withHistory((t, out) -> out[0] = 1 + t), none, one);
        assertThat(alone(known, h, 10_000, 3.0, 0.0)[0]).isCloseTo(2.5, within(h));
        // On [1, 2] x′ = −(3 − (t − 1)²/2): x(2) = 2.5 − 3 + 1/6.
        assertThat(alone(known, h, 20_000, 3.0, 0.0)[0]).isCloseTo(-0.5 + 1.0 / 6, within(4 * h));
        Sde wrong = Sde.ito(drift.withHistory((t, out) -> out[0] = 1 / (t + 0.5)), none, one);
        assertThatThrownBy(() -> alone(wrong, 0.5, 1, 3.0, 0.0)).hasMessageContaining("history must be finite");
    }

    /** Blocks, a driven diffusion and temperature, and a stepper that goes on from another's memory: the same bits. */
    @Test
    void blocksSinglePathsAndResumedOnesHaveTheSameBits() {
        Sde sde = Sde.ito(
                VectorField.delayed(0.3, (t, x, past, out) -> {
                    out[0] = Math.cos(t) - past[1];
                    out[1] = -x[1] + past[0] * past[0];
                }),
                Diffusion.driven(t -> Diffusion.diagonal(1 + t, 1)),
                Temperature.varying(t -> 0.1 + t));
        double h = 0.1;
        NormalStream normals = NormalStream.of(Seed.of(4));
        int paths = 5;
        double[][] x = {{0.1, 0.2, 0.3, 0.4, 0.5}, new double[paths]};
        double[][] xi = new double[2][paths];
        Stepper stepper = EulerMaruyama.withStep(h).stepper(sde);
        stepper.begin(paths);
        for (int step = 0; step < 20; step++) {
            if (step == 7) {
                // Paths 0 and 3 go on alone, in another stepper.
                Stepper other = EulerMaruyama.withStep(h).stepper(sde);
                other.resume(2);
                for (int r = 0; r < stepper.memory().length; r++) {
                    other.memory()[r][0] = stepper.memory()[r][0];
                    other.memory()[r][1] = stepper.memory()[r][3];
                }
                stepper = other;
                x = new double[][] {{x[0][0], x[0][3]}, {x[1][0], x[1][3]}};
                xi = new double[2][2];
            }
            for (int p = 0; p < x[0].length; p++) {
                for (int k = 0; k < 2; k++) {
                    xi[k][p] = normals.at(step < 7 ? p : 3L * p, step, k);
                }
            }
            stepper.step(step * h, x, x[0].length, xi);
        }
        for (int p = 0; p < 2; p++) {
            Stepper single = EulerMaruyama.withStep(h).stepper(sde);
            single.begin(1);
            double[][] y = {{p == 0 ? 0.1 : 0.4}, {0.0}};
            double[][] zeta = new double[2][1];
            for (int step = 0; step < 20; step++) {
                normals.fill(3L * p, 1, step, zeta);
                single.step(step * h, y, 1, zeta);
            }
            assertThat(x[0][p]).isEqualTo(y[0][0]);
            assertThat(x[1][p]).isEqualTo(y[1][0]);
        }
    }

    /** Paths that stop leave the block, and take their past with them: the others keep their bits. */
    @Test
    void pathsThatStopDoNotDisturbTheOthers() {
        Snapshots all = Snapshots.ofFirst(20);
        Ensemble ensemble = Ensemble.of(linear(0.2, 1.0, 1.0, 0.5))
                .scheme(EulerMaruyama.withStep(0.1))
                .until(6)
                .seed(5)
                .within(HalfSpace.absorbing(new double[] {1}, -1.0))
                .observe(When.every(1, 0.0), all);
        List<Snapshots.Trajectory> few = ensemble.paths(20).run().get(all);
        List<Snapshots.Trajectory> many = ensemble.paths(3_000).threads(2).run().get(all);
        int stopped = 0;
        for (int p = 0; p < 20; p++) {
            assertThat(few.get(p).length()).isEqualTo(many.get(p).length());
            int last = few.get(p).length() - 1;
            stopped += few.get(p).time(last) < 6 ? 1 : 0;
            assertThat(few.get(p).state(last, 0)).isEqualTo(many.get(p).state(last, 0));
        }
        assertThat(stopped).isBetween(3, 18);
    }

    /** x′ = x(t − τ)³ from 2 blows up after some steps; the path starts anew with the rest it began with, again and again. */
    @Test
    void aPathThatIsPutBackForgetsItsPast() {
        Sde sde = Sde.ito(
                VectorField.delayed(0.2, (t, x, past, out) -> out[0] = past[0] * past[0] * past[0]),
                Diffusion.isotropic(1, 0.0),
                Temperature.of(1.0));
        Snapshots all = Snapshots.ofFirst(1);
        Snapshots.Trajectory path = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.1))
                .startingAt(2)
                .until(20)
                .onNonFinite(NonFinite.RESTART_PATH)
                .observe(When.every(1, 0.0), all)
                .run()
                .get(all)
                .get(0);
        int period = 1;
        while (path.state(period, 0) != 2.0) {
            period++;
        }
        assertThat(period).isBetween(5, 60);
        // The first record is that of the first step.
        for (int k = 0; k + period + 1 < path.length(); k++) {
            assertThat(path.state(k + period + 1, 0)).isEqualTo(path.state(k, 0));
        }
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> EulerMaruyama.withStep(0.3).stepper(linear(0, 1, 1.0, 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lag must be a whole number of steps of 0.3, got 1.0, which is 3.33");
        assertThatThrownBy(() -> EulerMaruyama.withStep(2.0).stepper(linear(0, 1, 1.0, 1.0)))
                .hasMessageContaining("lag must be a whole number");
        assertThatThrownBy(() -> EulerMaruyama.withStep(1e-12).stepper(linear(0, 1, 1.0, 1.0)))
                .hasMessageContaining("lag must fit into memory");
        Sde sde = linear(0, 1, 1.0, 1.0);
        Sde stratonovich = new Sde(
                sde.drift(),
                Diffusion.automaticDiagonal(1, x -> new Gradient[] {x[0].square()}),
                sde.temperature(),
                Calculus.STRATONOVICH);
        assertThatThrownBy(() -> EulerMaruyama.withStep(0.5).stepper(stratonovich))
                .hasMessageContaining("solves Itô equations");
        EnsembleResult early = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.5))
                .until(2)
                .observe(FinalStates.all())
                .run();
        assertThatThrownBy(() -> Ensemble.from(early).until(4).run()).hasMessageContaining("depends on the past");
        Stepper stepper = EulerMaruyama.withStep(0.5).stepper(sde);
        assertThatThrownBy(() -> stepper.step(0, new double[1][1], 1, new double[1][1]))
                .isInstanceOf(IllegalStateException.class);
    }
}
