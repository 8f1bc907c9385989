package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;

class UnderdampedSplittingTest {

    private static final VectorField HARMONIC = (q, out) -> {
        for (int i = 0; i < out.length; i++) {
            out[i] = q[i];
        }
    };

    private static final VectorField QUARTIC = new VectorField() {
        @Override
        public void at(double[] q, double[] out) {
            out[0] = q[0] * q[0] * q[0];
        }

        @Override
        public void atBlock(double[][] q, int paths, double[][] out) {
            for (int p = 0; p < paths; p++) {
                out[0][p] = q[0][p] * q[0][p] * q[0][p];
            }
        }
    };

    private static UnderdampedLangevin unit(VectorField gradient) {
        return UnderdampedLangevin.ofGradient(1, gradient, 1.0, Temperature.of(1.0));
    }

    /** Leimkuhler and Matthews 2013: ⟨q²⟩ = 1 and ⟨p²⟩ = 1 − h²/4 exactly; no sampling, the covariance is propagated. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.25, 0.5, 1.0, 1.5, 1.9})
    void baoabIsExactInThePositionsOfTheOscillator(double h) {
        RealMatrix sigma = StepMap.of(Baoab.withStep(h), unit(HARMONIC).sde()).stationaryCovariance();
        assertThat(sigma.getEntry(0, 0)).isCloseTo(1.0, within(1e-10));
        assertThat(sigma.getEntry(1, 1)).isCloseTo(1 - h * h / 4, within(1e-10));
        assertThat(sigma.getEntry(0, 1)).isCloseTo(0.0, within(1e-10));
    }

    /** OBABO leaves the Gaussian of velocity Verlet's shadow energy: ⟨q²⟩ = 1/(1 − h²/4), ⟨p²⟩ = 1. */
    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1.0, 1.9})
    void obaboOscillatorHasVerletsShadowLaw(double h) {
        RealMatrix sigma = StepMap.of(Obabo.withStep(h), unit(HARMONIC).sde()).stationaryCovariance();
        assertThat(sigma.getEntry(0, 0)).isCloseTo(1 / (1 - h * h / 4), within(1e-10));
        assertThat(sigma.getEntry(1, 1)).isCloseTo(1.0, within(1e-10));
    }

    /** With mass m, stiffness k and temperature T: ⟨q²⟩ = T/k and ⟨p²⟩ = mT(1 − h²k/(4m)). */
    @Test
    void massesFrictionAndTemperatureHaveTheirPlaces() {
        double h = 0.7;
        Sde sde = UnderdampedLangevin.ofGradient(
                        2,
                        (q, out) -> {
                            out[0] = 3 * q[0];
                            out[1] = 0.5 * q[1];
                        },
                        0.3,
                        Temperature.of(2.0))
                .withMass(2.0, 5.0)
                .sde();
        RealMatrix sigma = StepMap.of(Baoab.withStep(h), sde).stationaryCovariance();
        assertThat(sigma.getEntry(0, 0)).isCloseTo(2.0 / 3, within(1e-10));
        assertThat(sigma.getEntry(1, 1)).isCloseTo(4.0, within(1e-10));
        assertThat(sigma.getEntry(2, 2)).isCloseTo(4 * (1 - h * h * 3 / 8), within(1e-10));
        assertThat(sigma.getEntry(3, 3)).isCloseTo(10 * (1 - h * h * 0.5 / 20), within(1e-10));
    }

    /** The oscillator by sampling, 10⁵ paths, at the largest step: the same law through the ensemble. */
    @Test
    void ensembleAgrees() {
        double h = 1.9;
        int paths = 100_000;
        RunningMoments moments = Ensemble.of(unit(HARMONIC).sde())
                .scheme(Baoab.withStep(h))
                .until(100 * h)
                .startingAt(0.5, 0.0)
                .paths(paths)
                .seed(11)
                .observe(Moments.of(2))
                .run()
                .get(Moments.of(2));
        double error = 4 * Math.sqrt(2.0 / paths);
        double momentum = 1 - h * h / 4;
        assertThat(moments.variance(0)).isCloseTo(1.0, within(error));
        assertThat(moments.variance(1)).isCloseTo(momentum, within(error * momentum));
    }

    /**
     * U = q⁴/4, h = 0.25: ⟨q²⟩ = 0.6747(4) by BAOAB and 0.6818(5) by OBABO (figures of the project's issue 3),
     * 0.674264(40) and 0.682333(40) by a separate program in C (1.2·10⁹ steps each), exactly 2Γ(3/4)/Γ(1/4) = 0.67598.
     * 2000 paths of 25,000 steps each, averaged over time.
     */
    @Test
    void quarticWell() {
        RunningMoments baoab = meanSquare(Baoab.withStep(0.25));
        RunningMoments obabo = meanSquare(Obabo.withStep(0.25));
        assertThat(baoab.mean(0)).isCloseTo(0.6747, within(4 * Math.hypot(0.0004, baoab.standardError(0))));
        assertThat(obabo.mean(0)).isCloseTo(0.6818, within(4 * Math.hypot(0.0005, obabo.standardError(0))));
        assertThat(baoab.mean(0)).isCloseTo(0.674264, within(4 * Math.hypot(0.00004, baoab.standardError(0))));
        assertThat(obabo.mean(0)).isCloseTo(0.682333, within(4 * Math.hypot(0.00004, obabo.standardError(0))));
        double exact = 0.6759782400672848;
        assertThat(Math.abs(baoab.mean(0) - exact)).isLessThan(0.5 * Math.abs(obabo.mean(0) - exact));
    }

    private static RunningMoments meanSquare(Scheme scheme) {
        TimeAverage square = TimeAverage.of(
                new VectorField() {
                    @Override
                    public void at(double[] x, double[] out) {
                        out[0] = x[0] * x[0];
                    }

                    @Override
                    public void atBlock(double[][] x, int paths, double[][] out) {
                        for (int p = 0; p < paths; p++) {
                            out[0][p] = x[0][p] * x[0][p];
                        }
                    }
                },
                1);
        return Ensemble.of(unit(QUARTIC).sde())
                .scheme(scheme)
                .until(6250.0)
                .startingAt(0.5, 0.5)
                .paths(2000)
                .seed(2026)
                .observe(When.every(1, 10.0), square)
                .run()
                .get(square);
    }

    /** From a point, E q² at t = 1 of the damped oscillator (reference entry OU2_underdamped_rank1D): order 2. */
    @Test
    void weakOrderIsTwo() {
        Sde sde = UnderdampedLangevin.ofGradient(1, HARMONIC, 0.5, Temperature.of(1.0))
                .sde();
        double meanQ = 0.6070548491670357;
        double meanP = -0.6626915880080843;
        double[][] covariance = {{0.19232426928611113, 0.21958007040833824}, {0.21958007040833824, 0.48482437608445295}
        };
        for (boolean baoab : new boolean[] {true, false}) {
            double slope = OrderFit.slope(
                    n -> {
                        Scheme scheme = baoab ? Baoab.withStep(1.0 / n) : Obabo.withStep(1.0 / n);
                        StepMap map = StepMap.of(scheme, sde);
                        RealMatrix sigma = map.covariance().scalarMultiply(0.0);
                        double[] mean = {1.0, 0.0};
                        for (int step = 0; step < n; step++) {
                            sigma = map.flow()
                                    .multiply(sigma)
                                    .multiply(map.flow().transpose())
                                    .add(map.covariance());
                            mean = map.flow().operate(mean);
                        }
                        double error = Math.hypot(mean[0] - meanQ, mean[1] - meanP);
                        for (int i = 0; i < 2; i++) {
                            for (int j = 0; j < 2; j++) {
                                error = Math.hypot(error, sigma.getEntry(i, j) - covariance[i][j]);
                            }
                        }
                        return error;
                    },
                    4,
                    8,
                    16,
                    32,
                    64);
            assertThat(slope).isCloseTo(2.0, within(0.2));
        }
    }

    /**
     * The oscillator's path at t = 1 is ∫e^(A(1−s))σ dW; that of a scheme, ΣF^(N−1−k)Lξₖ with ξ the scaled increments of
     * W over the step (BAOAB) or its halves (OBABO). The mean square of the difference is an integral, no sampling: order 1.
     */
    @Test
    void strongOrderIsOne() {
        double friction = 0.8;
        Sde sde = UnderdampedLangevin.ofGradient(1, HARMONIC, friction, Temperature.of(1.0))
                .sde();
        Sde linear = Sde.ito(
                LinearField.of(MatrixUtils.createRealMatrix(new double[][] {{0, 1}, {-1, -friction}})),
                sde.diffusion(),
                sde.temperature());
        double sigma = Math.sqrt(2 * friction);
        int points = 32;
        for (boolean baoab : new boolean[] {true, false}) {
            double slope = OrderFit.slope(
                    n -> {
                        double h = 1.0 / n;
                        StepMap map = StepMap.of(baoab ? Baoab.withStep(h) : Obabo.withStep(h), sde);
                        int parts = map.noise().getColumnDimension();
                        double width = h / parts / points;
                        RealMatrix small = StepMap.of(OrnsteinUhlenbeckExact.withStep(width), linear)
                                .flow();
                        // e^(A(1−s))(0, σ) at the midpoints, from the last backwards.
                        RealVector exact = StepMap.of(OrnsteinUhlenbeckExact.withStep(width / 2), linear)
                                .flow()
                                .operate(MatrixUtils.createRealVector(new double[] {0, sigma}));
                        RealMatrix response = map.noise();
                        double sum = 0.0;
                        for (int k = n - 1; k >= 0; k--) {
                            for (int part = parts - 1; part >= 0; part--) {
                                RealVector own = response.getColumnVector(part).mapDivide(Math.sqrt(h / parts));
                                for (int point = 0; point < points; point++) {
                                    double distance = own.getDistance(exact);
                                    sum += distance * distance * width;
                                    exact = small.operate(exact);
                                }
                            }
                            response = map.flow().multiply(response);
                        }
                        return Math.sqrt(sum);
                    },
                    8,
                    16,
                    32,
                    64);
            assertThat(slope).isCloseTo(1.0, within(0.2));
        }
    }

    /** The gradient kept from the last step is used only at the very same positions. */
    @Test
    void statesChangedBetweenStepsAreSeen() {
        Sde sde = unit(QUARTIC).sde();
        Stepper used = Baoab.withStep(0.25).stepper(sde);
        double[][] noise = {{0.3}};
        double[][] x = {{1.0}, {0.0}};
        used.step(0.0, x, 1, noise);
        x[0][0] = -0.7;
        double[][] y = {{-0.7}, {x[1][0]}};
        used.step(0.0, x, 1, noise);
        Baoab.withStep(0.25).stepper(sde).step(0.0, y, 1, noise);
        assertThat(x).isDeepEqualTo(y);
    }

    @Test
    void otherEquationsAreRefused() {
        Sde other = Sde.ito(HARMONIC, Diffusion.isotropic(2, 1.0), Temperature.of(1.0));
        assertThatThrownBy(() -> Baoab.withStep(0.1).stepper(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Baoab splits the underdamped Langevin equation, this equation is not made by"
                        + " UnderdampedLangevin.sde(); use EulerMaruyama");
        Sde hotter = Sde.ito(unit(HARMONIC).sde().drift(), unit(HARMONIC).sde().diffusion(), Temperature.of(2.0));
        assertThatThrownBy(() -> Obabo.withStep(0.1).stepper(hotter)).hasMessageStartingWith("Obabo splits");
        assertThatThrownBy(() -> Baoab.withStep(0.0)).hasMessage("stepSize must be positive and finite, got 0.0");
        assertThatThrownBy(() -> Obabo.withStep(Double.NaN))
                .hasMessage("stepSize must be positive and finite, got NaN");
        assertThatThrownBy(() -> unit(HARMONIC).withMass(-1))
                .hasMessage("mass must be positive and finite, got m[0] = -1.0");
        assertThatThrownBy(() -> UnderdampedLangevin.ofGradient(1, HARMONIC, Double.NaN, Temperature.of(1)))
                .hasMessage("friction must be positive and finite, got NaN");
    }
}
