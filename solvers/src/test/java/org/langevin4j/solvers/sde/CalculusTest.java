package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.convergence.ConvergenceStudy;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Moments;

/** Each calculus ends at its own stationary law, each scheme refuses what it does not solve. */
class CalculusTest {

    /** D = (1 + |x|²)·I in closed form; in more than one dimension its noise does not commute. */
    private record Widening(int dimension) implements Diffusion {

        private static double squareRoot(double[] x) {
            double square = 1.0;
            for (double value : x) {
                square += value * value;
            }
            return Math.sqrt(square);
        }

        @Override
        public int noiseDimension() {
            return dimension;
        }

        @Override
        public Structure structure() {
            return Structure.ISOTROPIC;
        }

        @Override
        public boolean isConstant() {
            return false;
        }

        @Override
        public void factorTimes(double[] x, double[] xi, double[] out) {
            double root = squareRoot(x);
            for (int i = 0; i < dimension; i++) {
                out[i] = root * xi[i];
            }
        }

        @Override
        public void times(double[] x, double[] v, double[] out) {
            double root = squareRoot(x);
            for (int i = 0; i < dimension; i++) {
                out[i] = root * root * v[i];
            }
        }

        @Override
        public void divergence(double[] x, double[] out) {
            for (int i = 0; i < dimension; i++) {
                out[i] = 2.0 * x[i];
            }
        }

        /** Σⱼₖ Bⱼₖ∂ⱼBᵢₖ = ½∂ᵢ(1 + |x|²). */
        @Override
        public Optional<VectorField> noiseInducedDrift() {
            return Optional.of((x, out) -> System.arraycopy(x, 0, out, 0, dimension));
        }
    }

    private static Sde widening(Calculus calculus) {
        return new Sde((x, out) -> out[0] = -3.0 * x[0], new Widening(1), Temperature.of(0.5), calculus);
    }

    static Stream<Arguments> stationaryLaws() {
        Calculus s = Calculus.STRATONOVICH;
        return Stream.of(
                Arguments.of("AlphaEuler", scheme(AlphaEuler::withStep), widening(Calculus.ITO)),
                Arguments.of("AlphaEuler", scheme(AlphaEuler::withStep), widening(s)),
                Arguments.of("AlphaEuler", scheme(AlphaEuler::withStep), widening(Calculus.HANGGI_KLIMONTOVICH)),
                Arguments.of("Milstein", scheme(Milstein::withStep), widening(Calculus.ITO)),
                Arguments.of(
                        "Milstein",
                        scheme(Milstein::withStep),
                        widening(Calculus.HANGGI_KLIMONTOVICH).toIto()),
                Arguments.of("Sri1w1", scheme(Sri1w1::withStep), widening(Calculus.ITO)),
                Arguments.of(
                        "Sri1w1",
                        scheme(Sri1w1::withStep),
                        widening(Calculus.HANGGI_KLIMONTOVICH).toIto()),
                Arguments.of("Heun", scheme(Heun::withStep), widening(s)),
                Arguments.of("Midpoint", scheme(Midpoint::withStep), widening(s)),
                Arguments.of("StratonovichMilstein", scheme(StratonovichMilstein::withStep), widening(s)));
    }

    private static DoubleFunction<Scheme> scheme(DoubleFunction<Scheme> scheme) {
        return scheme;
    }

    /**
     * p ∝ (1 + x²)^(−ν), ν = 1 − α + βk/2, k = 3, β = 2 has the variance 1/(2ν − 3): 0.2, 0.25 and 1/3
     * (shared/reference, multnoise1d_alpha). E x⁴ = 3/((2ν−3)(2ν−5)). 20,000 paths; at most 5 % for the step.
     */
    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource
    void stationaryLaws(String name, DoubleFunction<Scheme> scheme, Sde sde) {
        double[] variances = {0.2, 0.25, 0.3333333333333333};
        // Which one it is can be told from the Itô drift at x = 1, −3 + α.
        double[] drift = new double[1];
        sde.toIto().drift().at(new double[] {1.0}, drift);
        int own = (int) Math.round(2.0 * (drift[0] + 3.0));
        int paths = 20_000;
        double variance = Ensemble.of(sde)
                .scheme(scheme.apply(1.0 / 64))
                .paths(paths)
                .until(4.0)
                .startingAt(0.0)
                .seed(42)
                .observe(Moments.of(1))
                .run()
                .get(Moments.of(1))
                .covariance(0, 0);
        for (int i = 0; i < variances.length; i++) {
            double nu = 1.0 - 0.5 * i + 3.0;
            double fourth = 3.0 / ((2.0 * nu - 3.0) * (2.0 * nu - 5.0));
            double tolerance = 4.0 * Math.sqrt((fourth - variances[i] * variances[i]) / paths) + 0.05 * variances[i];
            if (i == own) {
                assertThat(variance).as(name).isCloseTo(variances[i], within(tolerance));
            } else {
                assertThat(variance).as(name).isNotCloseTo(variances[i], within(tolerance));
            }
        }
    }

    private static Sde planar(Calculus calculus) {
        VectorField drift = (x, out) -> {
            out[0] = -4.0 * x[0];
            out[1] = -4.0 * x[1];
        };
        return new Sde(drift, new Widening(2), Temperature.of(0.5), calculus);
    }

    static Stream<Arguments> planarStationaryLaws() {
        Calculus s = Calculus.STRATONOVICH;
        Calculus h = Calculus.HANGGI_KLIMONTOVICH;
        return Stream.of(
                Arguments.of("AlphaEuler", scheme(AlphaEuler::withStep), planar(Calculus.ITO), 0),
                Arguments.of("AlphaEuler", scheme(AlphaEuler::withStep), planar(s), 1),
                Arguments.of("AlphaEuler", scheme(AlphaEuler::withStep), planar(h), 2),
                Arguments.of("Milstein", scheme(Milstein::withStep), planar(h).toIto(), 2),
                Arguments.of("Heun", scheme(Heun::withStep), planar(s), 1),
                Arguments.of("Midpoint", scheme(Midpoint::withStep), planar(s), 1),
                Arguments.of("StratonovichMilstein", scheme(StratonovichMilstein::withStep), planar(s), 1));
    }

    /**
     * In two dimensions J = 0 gives ∇ log p = (βb − (1 − α)∇c)/c with c = 1 + r² and b = −kx, p ∝ c^(−ν), ν = 1 − α + βk/2,
     * E r² = 1/(ν − 2) and E r⁴ = 2/((ν − 2)(ν − 3)); k = 4, β = 2. The noise does not commute, and no derivative of B is
     * known. 20,000 paths; at most 5 % for the step.
     */
    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource
    void planarStationaryLaws(String name, DoubleFunction<Scheme> scheme, Sde sde, int own) {
        int paths = 20_000;
        RunningMoments moments = Ensemble.of(sde)
                .scheme(scheme.apply(1.0 / 128))
                .paths(paths)
                .until(2.0)
                .seed(42)
                .observe(Moments.of(2))
                .run()
                .get(Moments.of(2));
        double square = moments.covariance(0, 0) + moments.covariance(1, 1);
        for (int i = 0; i < 3; i++) {
            double nu = 1.0 - 0.5 * i + 4.0;
            double expected = 1.0 / (nu - 2.0);
            double fourth = 2.0 / ((nu - 2.0) * (nu - 3.0));
            double tolerance = 4.0 * Math.sqrt((fourth - expected * expected) / paths) + 0.05 * expected;
            if (i == own) {
                assertThat(square).as(name).isCloseTo(expected, within(tolerance));
            } else {
                assertThat(square).as(name).isNotCloseTo(expected, within(tolerance));
            }
        }
    }

    @Test
    void wrongCalculusIsRefused() {
        for (Scheme scheme : List.of(Milstein.withStep(0.1), Sri1w1.withStep(0.1))) {
            assertThatThrownBy(() -> scheme.stepper(widening(Calculus.STRATONOVICH)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("solves Itô equations, this one is Stratonovich; convert it by toIto()");
        }
        for (Scheme scheme : List.of(Heun.withStep(0.1), Midpoint.withStep(0.1), StratonovichMilstein.withStep(0.1))) {
            for (Calculus calculus : List.of(Calculus.ITO, Calculus.HANGGI_KLIMONTOVICH)) {
                assertThatThrownBy(() -> scheme.stepper(widening(calculus)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("solves Stratonovich equations, this one is " + calculus);
            }
        }
        // Additive noise reads alike.
        Sde additive = new Sde(
                (x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1.0), Calculus.STRATONOVICH);
        assertThat(Sra1.withStep(0.1).stepper(additive).noises()).isEqualTo(2);
    }

    @Test
    void wrongNoiseIsRefused() {
        assertThatThrownBy(() -> Sra1.withStep(0.1).stepper(widening(Calculus.ITO)))
                .hasMessage("Sra1 takes additive noise, this one is SCALAR; use Sri1w1 for scalar or diagonal noise,"
                        + " Milstein for any");
        assertThatThrownBy(() -> Sra3.withStep(0.1).stepper(widening(Calculus.ITO)))
                .hasMessageStartingWith("Sra3 takes additive noise");
        assertThatThrownBy(() -> Sri1w1.withStep(0.1).stepper(TestEquations.linear(Calculus.ITO)))
                .hasMessageStartingWith("Sri1w1 takes additive, scalar or diagonal noise, this one is GENERAL");
        // D diagonal, but its entries mix coordinates: a declaration that does not hold is found out.
        Diffusion mixed = Diffusion.automaticDiagonal(
                2, x -> new Gradient[] {x[1].square().add(1.0), x[0].square().add(1.0)});
        VectorField none = (x, out) -> Arrays.fill(out, 0.0);
        double[][] x = {{0.5}, {0.25}};
        double[][] xi = {{1.0}, {-1.0}, {0.5}, {0.3}};
        for (Noise wrong : List.of(Noise.DIAGONAL, Noise.COMMUTATIVE)) {
            Sde sde = Sde.ito(none, mixed.declaring(wrong), TestEquations.UNIT);
            assertThatThrownBy(() -> Milstein.withStep(0.1).stepper(sde).step(0.0, x, 1, xi))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("noise must commute as declared, " + wrong);
        }
        Sde diagonal = Sde.ito(none, mixed.declaring(Noise.DIAGONAL), TestEquations.UNIT);
        assertThatThrownBy(() -> Sri1w1.withStep(0.1).stepper(diagonal).step(0.0, x, 1, xi))
                .hasMessageStartingWith("noise must commute as declared, DIAGONAL");
    }

    /** Where the derivative of B is not known, the difference quotient gives the same step up to O(h^{3/2}). */
    @Test
    void milsteinWithoutDerivativeIsCloseToMilsteinWithIt() {
        Diffusion known = Diffusion.automaticFactor(2, 2, x -> new Gradient[][] {
            {x[0].square().add(1.0), x[0].newInstance(0.0)},
            {x[0].multiply(x[1]), x[1].cos().add(2.0)}
        });
        // The same D by its entries: its Cholesky factor is the same B, for B is lower triangular with a positive
        // diagonal.
        Diffusion unknown = Diffusion.of(MatrixField.automatic(2, x -> {
            Gradient a = x[0].square().add(1.0);
            Gradient b = x[0].multiply(x[1]);
            Gradient c = x[1].cos().add(2.0);
            return new Gradient[][] {
                {a.square(), a.multiply(b)}, {a.multiply(b), b.square().add(c.square())}
            };
        }));
        VectorField none = (x, out) -> Arrays.fill(out, 0.0);
        double[] distances = new double[2];
        for (int i = 0; i < 2; i++) {
            double h = 1e-4 * Math.pow(0.25, i);
            Stepper with = Milstein.withStep(h).stepper(Sde.ito(none, known, TestEquations.UNIT));
            Stepper without = Milstein.withStep(h).stepper(Sde.ito(none, unknown, TestEquations.UNIT));
            Stepper euler = EulerMaruyama.withStep(h).stepper(Sde.ito(none, known, TestEquations.UNIT));
            DrivingNoise noise = fixedNoise();
            double[][] x = {{0.4}, {-0.7}};
            double[][] y = {{0.4}, {-0.7}};
            double[][] z = {{0.4}, {-0.7}};
            with.stepAlong(0.0, x, 1, noise);
            without.stepAlong(0.0, y, 1, noise);
            euler.stepAlong(0.0, z, 1, noise);
            distances[i] = Math.hypot(x[0][0] - y[0][0], x[1][0] - y[1][0]);
            assertThat(distances[i]).isPositive().isLessThan(0.1 * Math.hypot(x[0][0] - z[0][0], x[1][0] - z[1][0]));
        }
        assertThat(distances[0] / distances[1]).isCloseTo(8.0, within(0.5));
    }

    private static DrivingNoise fixedNoise() {
        return new DrivingNoise() {
            @Override
            public double[][] increments() {
                return new double[][] {{1.3}, {-0.6}};
            }

            @Override
            public double[][] timeAreas() {
                return new double[][] {{0.4}, {0.2}};
            }

            @Override
            public double[][] levyAreas() {
                return new double[][] {{0.35}};
            }
        };
    }

    /** Components of a wide factor cost O(dm), and blocks give the bits of single paths. */
    @Test
    void blocksGiveTheBitsOfSinglePaths() {
        Sde ito = TestEquations.linear(Calculus.ITO);
        Sde stratonovich = TestEquations.linear(Calculus.STRATONOVICH);
        Sde additive = TestEquations.additive(0.5);
        List<Stepper> steppers = List.of(
                Milstein.withStep(0.1).stepper(ito),
                Sra1.withStep(0.1).stepper(additive),
                Sra3.withStep(0.1).stepper(additive),
                Sri1w1.withStep(0.1).stepper(additive),
                Heun.withStep(0.1).stepper(stratonovich),
                Midpoint.withStep(0.1).stepper(stratonovich),
                StratonovichMilstein.withStep(0.1).stepper(stratonovich));
        int count = 5;
        for (Stepper stepper : steppers) {
            double[][] block = new double[2][count];
            for (int p = 0; p < count; p++) {
                block[0][p] = 0.3 * p;
                block[1][p] = 1.0 - 0.2 * p;
            }
            double[][] xi = new double[stepper.noises()][count];
            NormalStream.of(Seed.of(1)).fill(0, count, 0, xi);
            double[][] before = {block[0].clone(), block[1].clone()};
            stepper.step(0.0, block, count, xi);
            for (int p = 0; p < count; p++) {
                double[][] single = {{before[0][p]}, {before[1][p]}};
                double[][] own = new double[stepper.noises()][1];
                NormalStream.of(Seed.of(1)).fill(p, 1, 0, own);
                stepper.step(0.0, single, 1, own);
                assertThat(single[0][0]).isEqualTo(block[0][p]);
                assertThat(single[1][0]).isEqualTo(block[1][p]);
            }
        }
    }

    @Test
    void badArgumentsAreRefused() {
        List<DoubleFunction<Scheme>> all = List.of(
                Milstein::withStep,
                StratonovichMilstein::withStep,
                Sra1::withStep,
                Sra3::withStep,
                Sri1w1::withStep,
                Heun::withStep,
                Midpoint::withStep,
                AlphaEuler::withStep);
        for (DoubleFunction<Scheme> scheme : all) {
            for (double h : new double[] {0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThatThrownBy(() -> scheme.apply(h))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("stepSize must be positive and finite, got " + h);
            }
        }
        ConvergenceStudy study = ConvergenceStudy.of(widening(Calculus.ITO));
        assertThatThrownBy(() -> study.levels(3, 4))
                .hasMessage("levels must be three or more within [0, 16], got 3 to 4");
        assertThatThrownBy(() -> study.paths(1)).hasMessage("paths must be at least 2, got 1");
        assertThatThrownBy(() -> study.until(Double.NaN)).hasMessage("until must be positive and finite, got NaN");
        assertThatThrownBy(() -> study.startingAt(1.0, 2.0)).hasMessage("start must have length 1, got 2");
        assertThatThrownBy(() -> study.strong(Milstein::withStep, Milstein::withStep, 5))
                .hasMessage("referenceLevel must be in (7, 16], got 5");
    }
}
