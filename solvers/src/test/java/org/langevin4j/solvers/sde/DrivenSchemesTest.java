package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.convergence.ConvergenceStudy;
import org.langevin4j.solvers.convergence.OrderEstimate;
import org.langevin4j.solvers.sde.TestEquations.Problem;

/** Orders of the schemes on equations whose drift, diffusion and temperature depend on time. */
class DrivenSchemesTest {

    private static final long SEED = 20261129;

    /** σ = √(2β⁻¹)B = a(t)√(1 + x²) with a = pq: p in the diffusion, q in the temperature. */
    private static double p(double t) {
        return 0.7 + 0.3 * Math.sin(3.0 * t);
    }

    private static double q(double t) {
        return 1.0 + 0.4 * Math.cos(2.0 * t);
    }

    private static double a(double t) {
        return p(t) * q(t);
    }

    private static double slopeOfA(double t) {
        return 0.9 * Math.cos(3.0 * t) * q(t) - 0.8 * Math.sin(2.0 * t) * p(t);
    }

    private static double c(double t) {
        return 0.5 * Math.cos(4.0 * t);
    }

    private static double slopeOfC(double t) {
        return -2.0 * Math.sin(4.0 * t);
    }

    private static final Temperature TEMPERATURE = Temperature.varying(t -> 0.5 * q(t) * q(t));

    private static Gradient arsinh(Gradient x) {
        return x.add(x.square().add(1.0).sqrt()).log();
    }

    /** √(1+x²)(c′ + a′(arsinh x − c)/a) + (½ − α/2)a²x: the drift of x = sinh(c(t) + a(t)W), read with α. */
    private static Gradient drift(double t, Gradient x, double share) {
        Gradient w = arsinh(x).subtract(c(t)).divide(a(t));
        return x.square()
                .add(1.0)
                .sqrt()
                .multiply(w.multiply(slopeOfA(t)).add(slopeOfC(t)))
                .add(x.multiply(share * a(t) * a(t)));
    }

    /** x = sinh(c(t) + a(t)W(t)), d coordinates with a noise each. */
    private static Problem sinh(int d, Calculus calculus) {
        double share = calculus.equals(Calculus.ITO) ? 0.5 : 0.0;
        DifferentiableField drift = DifferentiableField.driven(t -> DifferentiableField.automatic(x -> {
            Gradient[] b = new Gradient[d];
            for (int i = 0; i < d; i++) {
                b[i] = drift(t, x[i], share);
            }
            return b;
        }));
        Diffusion diffusion = Diffusion.driven(t -> {
            double square = p(t) * p(t);
            Diffusion entries = Diffusion.automaticDiagonal(d, x -> {
                Gradient[] values = new Gradient[d];
                for (int i = 0; i < d; i++) {
                    values[i] = x[i].square().add(1.0).multiply(square);
                }
                return values;
            });
            return d == 1 ? entries : entries.declaring(Noise.DIAGONAL);
        });
        double[] start = new double[d];
        Arrays.fill(start, Math.sinh(c(0.0)));
        return new Problem(
                d + " × sinh(c + aW), " + calculus,
                new Sde(drift, diffusion, TEMPERATURE, calculus),
                start,
                (path, from, out) -> {
                    double[] w = new double[d];
                    path.at(0, 1, w);
                    for (int i = 0; i < d; i++) {
                        out[i] = Math.sinh(c(path.horizon()) + a(path.horizon()) * w[i]);
                    }
                });
    }

    /** x = (c, 2c) + a(t)MW with an orthogonal M: additive noise that depends on time. */
    private static Problem additive() {
        DifferentiableField drift = DifferentiableField.driven(t -> AffineField.of(
                MatrixUtils.createRealMatrix(new double[][] {{slopeOfA(t) / a(t), 0.0}, {0.0, slopeOfA(t) / a(t)}}),
                slopeOfC(t) - c(t) * slopeOfA(t) / a(t),
                2.0 * (slopeOfC(t) - c(t) * slopeOfA(t) / a(t))));
        RealMatrix mix = MatrixUtils.createRealMatrix(new double[][] {{0.6, 0.8}, {-0.8, 0.6}});
        Diffusion diffusion = Diffusion.driven(t -> Diffusion.constantFactor(mix.scalarMultiply(p(t))));
        return new Problem(
                "c + aMW",
                Sde.ito(drift, diffusion, TEMPERATURE),
                new double[] {c(0.0), 2.0 * c(0.0)},
                (path, from, out) -> {
                    double[] w = new double[2];
                    path.at(0, 1, w);
                    double t = path.horizon();
                    out[0] = c(t) + a(t) * (0.6 * w[0] + 0.8 * w[1]);
                    out[1] = 2.0 * c(t) + a(t) * (-0.8 * w[0] + 0.6 * w[1]);
                });
    }

    /** Additive noise, a drift that is neither linear nor of one time: nothing known in closed form. */
    private static Sde pushed() {
        DifferentiableField drift = DifferentiableField.driven(t -> {
            double push = 2.0 * Math.cos(5.0 * t);
            double spring = 1.0 + 0.5 * Math.sin(4.0 * t);
            return DifferentiableField.of(
                    (x, out) -> {
                        out[0] = x[0] - x[0] * x[0] * x[0] + 0.5 * x[1] + push;
                        out[1] = spring * Math.sin(2.0 * x[0]) - x[1];
                    },
                    (x, out) -> {
                        out[0] = 1.0 - 3.0 * x[0] * x[0];
                        out[1] = 0.5;
                        out[2] = 2.0 * spring * Math.cos(2.0 * x[0]);
                        out[3] = -1.0;
                    });
        });
        RealMatrix mix = MatrixUtils.createRealMatrix(new double[][] {{0.8, 0.4}, {0.0, 0.8}});
        return Sde.ito(drift, Diffusion.driven(t -> Diffusion.constantFactor(mix.scalarMultiply(p(t)))), TEMPERATURE);
    }

    /** dX = p(t)AX dt + (B₁X dW₁ + p(t)B₂X dW₂)q(t): noise that does not commute. */
    private static Sde general(Calculus calculus) {
        return new Sde(
                VectorField.driven(t -> LinearField.of(TestEquations.A.scalarMultiply(p(t)))),
                Diffusion.driven(
                        t -> TestEquations.linearNoise(TestEquations.B1, TestEquations.B2.scalarMultiply(p(t)))),
                TEMPERATURE,
                calculus);
    }

    private static Arguments row(DoubleFunction<Scheme> scheme, Problem problem) {
        return Arguments.of(scheme.apply(1.0).getClass().getSimpleName(), scheme, problem);
    }

    static Stream<Arguments> strongOrders() {
        Problem one = sinh(1, Calculus.ITO);
        Problem two = sinh(2, Calculus.ITO);
        Problem middle = sinh(2, Calculus.STRATONOVICH);
        return Stream.of(
                row(EulerMaruyama::withStep, one),
                row(TamedEuler::withStep, one),
                row(h -> SkRock.withStages(h, 3), two),
                row(DriftImplicitEuler::withStep, two),
                row(StochasticTheta::withStep, one),
                row(AlphaEuler::withStep, middle),
                row(Milstein::withStep, one),
                row(Milstein::withStep, two),
                row(PlatenWeak2::withStep, one),
                row(ImplicitWeak2::withStep, one),
                row(Sri1w1::withStep, one),
                row(Sri1w1::withStep, two),
                row(Heun::withStep, middle),
                row(Midpoint::withStep, middle),
                row(StratonovichMilstein::withStep, middle));
    }

    /** Against exact solutions, 400 paths. */
    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource
    void strongOrders(String name, DoubleFunction<Scheme> scheme, Problem problem) {
        OrderEstimate estimate = strong(scheme, problem);
        double order = scheme.apply(1.0).strongOrder(problem.sde().diffusion().noise());
        assertThat(estimate.isResolved()).as("%s: %s", name, estimate).isTrue();
        assertThat(estimate.order()).as("%s: %s", name, estimate).isCloseTo(order, within(0.2));
    }

    private static OrderEstimate strong(DoubleFunction<Scheme> scheme, Problem problem) {
        return ConvergenceStudy.of(problem.sde())
                .startingAt(problem.start())
                .levels(5, 9)
                .paths(400)
                .seed(SEED)
                .strong(scheme, problem.exact());
    }

    static Stream<Arguments> strongOrdersAgainstAFineSolution() {
        DoubleFunction<Scheme> milstein = Milstein::withStep;
        DoubleFunction<Scheme> stratonovich = StratonovichMilstein::withStep;
        DoubleFunction<Scheme> sra3 = Sra3::withStep;
        DoubleFunction<Scheme> sri = Sri1w1::withStep;
        Sde ito = general(Calculus.ITO);
        Sde middle = general(Calculus.STRATONOVICH);
        return Stream.of(
                Arguments.of("Sra1", (DoubleFunction<Scheme>) Sra1::withStep, pushed(), sra3),
                Arguments.of("Sra3", sra3, pushed(), sri),
                Arguments.of("Sri1w1", sri, pushed(), sra3),
                Arguments.of("Heun", (DoubleFunction<Scheme>) Heun::withStep, pushed(), sra3),
                Arguments.of("Midpoint", (DoubleFunction<Scheme>) Midpoint::withStep, pushed(), sra3),
                Arguments.of("EulerMaruyama", (DoubleFunction<Scheme>) EulerMaruyama::withStep, pushed(), sra3),
                Arguments.of("TamedEuler", (DoubleFunction<Scheme>) TamedEuler::withStep, pushed(), sra3),
                Arguments.of("SkRock", (DoubleFunction<Scheme>) h -> SkRock.withStages(h, 3), pushed(), sra3),
                Arguments.of("StochasticTheta", (DoubleFunction<Scheme>) StochasticTheta::withStep, pushed(), sra3),
                Arguments.of("ImplicitWeak2", (DoubleFunction<Scheme>) ImplicitWeak2::withStep, pushed(), sra3),
                Arguments.of("PlatenWeak2", (DoubleFunction<Scheme>) PlatenWeak2::withStep, pushed(), sra3),
                Arguments.of(
                        "DriftImplicitEuler", (DoubleFunction<Scheme>) DriftImplicitEuler::withStep, pushed(), sra3),
                Arguments.of("EulerMaruyama", (DoubleFunction<Scheme>) EulerMaruyama::withStep, ito, milstein),
                Arguments.of("Milstein", milstein, ito, milstein),
                Arguments.of("Heun", (DoubleFunction<Scheme>) Heun::withStep, middle, stratonovich),
                Arguments.of("Midpoint", (DoubleFunction<Scheme>) Midpoint::withStep, middle, stratonovich),
                Arguments.of("StratonovichMilstein", stratonovich, middle, stratonovich));
    }

    /** In two dimensions, 200 paths. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void strongOrdersAgainstAFineSolution(
            String name, DoubleFunction<Scheme> scheme, Sde sde, DoubleFunction<Scheme> reference) {
        OrderEstimate estimate = ConvergenceStudy.of(sde)
                .startingAt(1.0, -0.5)
                .levels(5, 9)
                .paths(200)
                .seed(SEED)
                .strong(scheme, reference, 12);
        double order = scheme.apply(1.0).strongOrder(sde.diffusion().noise());
        assertThat(estimate.isResolved()).as("%s: %s", name, estimate).isTrue();
        assertThat(estimate.order()).as("%s: %s", name, estimate).isCloseTo(order, within(0.2));
    }

    /** A scheme that believes the coefficients of the start of each step for all of it. */
    private record Frozen(Scheme scheme) implements Scheme {

        @Override
        public double stepSize() {
            return scheme.stepSize();
        }

        @Override
        public double strongOrder() {
            return scheme.strongOrder();
        }

        @Override
        public double weakOrder() {
            return scheme.weakOrder();
        }

        @Override
        public Stepper stepper(Sde sde) {
            Stepper shape = scheme.stepper(sde);
            return new Stepper() {
                @Override
                public int noises() {
                    return shape.noises();
                }

                @Override
                public DrivingNoise.Detail detail() {
                    return shape.detail();
                }

                @Override
                public void step(double t, double[][] x, int paths, double[][] xi) {
                    scheme.stepper(sde.atTime(t)).step(t, x, paths, xi);
                }

                @Override
                public void stepAlong(double t, double[][] x, int paths, DrivingNoise noise) {
                    scheme.stepper(sde.atTime(t)).stepAlong(t, x, paths, noise);
                }
            };
        }
    }

    /** The control: with all coefficients taken at the start of the step the order 1.5 is lost. */
    @Test
    void coefficientsOfTheStartAloneCostTheStrongOrder() {
        for (DoubleFunction<Scheme> scheme : List.<DoubleFunction<Scheme>>of(Sra1::withStep, Sra3::withStep)) {
            assertThat(strong(h -> new Frozen(scheme.apply(h)), additive()).order())
                    .isCloseTo(1.0, within(0.2));
        }
        assertThat(strong(h -> new Frozen(Sri1w1.withStep(h)), sinh(1, Calculus.ITO))
                        .order())
                .isCloseTo(1.0, within(0.2));
    }

    /** dx = c′(t)x dt + a(t)x dW. */
    private static Sde scalar(Calculus calculus) {
        return new Sde(
                VectorField.driven(t -> LinearField.of(MatrixUtils.createRealMatrix(new double[][] {{slopeOfC(t)}}))),
                Diffusion.driven(t -> {
                    double p = p(t);
                    return Diffusion.automaticFactor(1, 1, x -> new Gradient[][] {{x[0].multiply(p)}});
                }),
                TEMPERATURE,
                calculus);
    }

    static Stream<Arguments> weakOrders() {
        Sde ito = general(Calculus.ITO);
        Sde middle = general(Calculus.STRATONOVICH);
        Sde one = scalar(Calculus.ITO);
        return Stream.of(
                weak(EulerMaruyama::withStep, ito, 2, 0),
                weak(AlphaEuler::withStep, middle, 2, 0),
                weak(DriftImplicitEuler::withStep, ito, 2, 0),
                weak(StochasticTheta::withStep, ito, 2, 0),
                weak(h -> SkRock.withStages(h, 3), ito, 2, 0),
                weak(Heun::withStep, middle, 2, 0),
                weak(Midpoint::withStep, middle, 2, 0),
                weak(PlatenWeak2::withStep, ito, 2, 1),
                weak(ImplicitWeak2::withStep, ito, 2, 1),
                weak(Milstein::withStep, one, 1, 0),
                weak(StratonovichMilstein::withStep, scalar(Calculus.STRATONOVICH), 1, 0),
                weak(Sri1w1::withStep, one, 2, 0));
    }

    private static Arguments weak(DoubleFunction<Scheme> scheme, Sde sde, int normals, int signs) {
        return Arguments.of(scheme.apply(1.0).getClass().getSimpleName(), scheme, sde, new NoiseTree(normals, signs));
    }

    /** Second moments of linear equations without sampling error; with the coefficients of the start alone the order is 1. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void weakOrders(String name, DoubleFunction<Scheme> scheme, Sde sde, NoiseTree tree) {
        RealMatrix start = sde.dimension() == 1
                ? MatrixUtils.createRealIdentityMatrix(1)
                : MatrixUtils.createRealMatrix(new double[][] {{1.0, -0.5}, {-0.5, 0.25}});
        RealMatrix exact = exactSecondMoment(sde, start);
        IntToDoubleFunction error = n -> tree.secondMoment(scheme.apply(1.0 / n), sde, n, start)
                .subtract(exact)
                .getFrobeniusNorm();
        double order = scheme.apply(1.0).weakOrder(sde.diffusion().noise());
        int first = sde.dimension() == 1 ? 256 : 64;
        assertThat(OrderFit.slope(error, first, 2 * first, 4 * first)).as(name).isCloseTo(order, within(0.15));
        if (order == 2.0) {
            IntToDoubleFunction frozen = n -> tree.secondMoment(new Frozen(scheme.apply(1.0 / n)), sde, n, start)
                    .subtract(exact)
                    .getFrobeniusNorm();
            assertThat(OrderFit.slope(frozen, 64, 128, 256))
                    .as(name + ", frozen")
                    .isCloseTo(1.0, within(0.15));
        }
    }

    /** dP/dt = AP + PAᵀ + ΣBPBᵀ of the Itô equation at T = 1, by Runge and Kutta's rule of order 4 with 2,000 steps. */
    private static RealMatrix exactSecondMoment(Sde sde, RealMatrix start) {
        RealMatrix p = start;
        int steps = 2000;
        double h = 1.0 / steps;
        for (int step = 0; step < steps; step++) {
            double t = step * h;
            RealMatrix k1 = momentSlope(sde, t, p);
            RealMatrix k2 = momentSlope(sde, t + 0.5 * h, p.add(k1.scalarMultiply(0.5 * h)));
            RealMatrix k3 = momentSlope(sde, t + 0.5 * h, p.add(k2.scalarMultiply(0.5 * h)));
            RealMatrix k4 = momentSlope(sde, t + h, p.add(k3.scalarMultiply(h)));
            p = p.add(k1.add(k2.add(k3).scalarMultiply(2.0)).add(k4).scalarMultiply(h / 6.0));
        }
        return p;
    }

    private static RealMatrix momentSlope(Sde sde, double t, RealMatrix p) {
        boolean one = p.getRowDimension() == 1;
        RealMatrix scalar = MatrixUtils.createRealMatrix(new double[][] {{1.0}});
        RealMatrix b1 = one ? scalar.scalarMultiply(a(t)) : TestEquations.B1.scalarMultiply(q(t));
        RealMatrix b2 = one ? scalar.scalarMultiply(0.0) : TestEquations.B2.scalarMultiply(a(t));
        RealMatrix drift = one ? scalar.scalarMultiply(slopeOfC(t)) : TestEquations.A.scalarMultiply(p(t));
        if (sde.calculus().equals(Calculus.STRATONOVICH)) {
            drift = drift.add(b1.multiply(b1).add(b2.multiply(b2)).scalarMultiply(0.5));
        }
        return drift.multiply(p)
                .add(p.multiplyTransposed(drift))
                .add(b1.multiply(p).multiplyTransposed(b1))
                .add(b2.multiply(p).multiplyTransposed(b2));
    }

    private static final RealMatrix PUSH = MatrixUtils.createRealMatrix(new double[][] {{-1.0, 1.5}, {-1.2, -0.4}});

    /** dX = (p(t)PX + (c′, 1))dt + a(t)M dW, additive noise, linear drift. */
    private static Sde linearAdditive() {
        RealMatrix mix = MatrixUtils.createRealMatrix(new double[][] {{0.6, 0.8}, {0.1, 0.6}});
        return Sde.ito(
                DifferentiableField.driven(t -> AffineField.of(PUSH.scalarMultiply(p(t)), slopeOfC(t), 1.0)),
                Diffusion.driven(t -> Diffusion.constantFactor(mix.scalarMultiply(p(t)))),
                TEMPERATURE);
    }

    /** E XXᵀ at T = 1 by steps that are affine maps. */
    private static RealMatrix secondMoment(Scheme scheme, int steps) {
        Stepper stepper = scheme.stepper(linearAdditive());
        RealVector mean = MatrixUtils.createRealVector(new double[] {1.0, -0.5});
        RealMatrix covariance = MatrixUtils.createRealMatrix(2, 2);
        for (int step = 0; step < steps; step++) {
            StepMap map = StepMap.of(stepper, 2, step * scheme.stepSize());
            mean = map.flow().operate(mean).add(map.mean());
            covariance = map.flow()
                    .multiply(covariance)
                    .multiply(map.flow().transpose())
                    .add(map.covariance());
        }
        return covariance.add(mean.outerProduct(mean));
    }

    static Stream<Arguments> weakOrdersForAdditiveNoise() {
        return Stream.of(
                Arguments.of("EulerMaruyama", (DoubleFunction<Scheme>) EulerMaruyama::withStep, 1.0),
                Arguments.of("DriftImplicitEuler", (DoubleFunction<Scheme>) DriftImplicitEuler::withStep, 1.0),
                Arguments.of("StochasticTheta", (DoubleFunction<Scheme>) StochasticTheta::withStep, 1.0),
                Arguments.of("SkRock", (DoubleFunction<Scheme>) h -> SkRock.withStages(h, 4), 1.0),
                Arguments.of("Heun", (DoubleFunction<Scheme>) Heun::withStep, 2.0),
                Arguments.of("PlatenWeak2", (DoubleFunction<Scheme>) PlatenWeak2::withStep, 2.0),
                Arguments.of("ImplicitWeak2", (DoubleFunction<Scheme>) ImplicitWeak2::withStep, 2.0),
                Arguments.of("Sra1", (DoubleFunction<Scheme>) Sra1::withStep, 2.0),
                Arguments.of("Sra3", (DoubleFunction<Scheme>) Sra3::withStep, 2.0));
    }

    /** Without sampling error, against Runge and Kutta's rule of order 4 for mean and covariance with 4,000 steps. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void weakOrdersForAdditiveNoise(String name, DoubleFunction<Scheme> scheme, double order) {
        RealMatrix exact = exactSecondMoment();
        IntToDoubleFunction error =
                n -> secondMoment(scheme.apply(1.0 / n), n).subtract(exact).getFrobeniusNorm();
        assertThat(OrderFit.slope(error, 64, 128, 256, 512)).as(name).isCloseTo(order, within(0.15));
        if (order == 2.0) {
            IntToDoubleFunction frozen = n -> secondMoment(new Frozen(scheme.apply(1.0 / n)), n)
                    .subtract(exact)
                    .getFrobeniusNorm();
            assertThat(OrderFit.slope(frozen, 64, 128, 256))
                    .as(name + ", frozen")
                    .isCloseTo(1.0, within(0.15));
        }
    }

    private static RealMatrix exactSecondMoment() {
        RealVector mean = MatrixUtils.createRealVector(new double[] {1.0, -0.5});
        RealMatrix covariance = MatrixUtils.createRealMatrix(2, 2);
        int steps = 4000;
        double h = 1.0 / steps;
        for (int step = 0; step < steps; step++) {
            double t = step * h;
            RealVector m1 = meanSlope(t, mean);
            RealVector m2 = meanSlope(t + 0.5 * h, mean.add(m1.mapMultiply(0.5 * h)));
            RealVector m3 = meanSlope(t + 0.5 * h, mean.add(m2.mapMultiply(0.5 * h)));
            RealVector m4 = meanSlope(t + h, mean.add(m3.mapMultiply(h)));
            mean = mean.add(m1.add(m2.add(m3).mapMultiply(2.0)).add(m4).mapMultiply(h / 6.0));
            RealMatrix k1 = covarianceSlope(t, covariance);
            RealMatrix k2 = covarianceSlope(t + 0.5 * h, covariance.add(k1.scalarMultiply(0.5 * h)));
            RealMatrix k3 = covarianceSlope(t + 0.5 * h, covariance.add(k2.scalarMultiply(0.5 * h)));
            RealMatrix k4 = covarianceSlope(t + h, covariance.add(k3.scalarMultiply(h)));
            covariance = covariance.add(
                    k1.add(k2.add(k3).scalarMultiply(2.0)).add(k4).scalarMultiply(h / 6.0));
        }
        return covariance.add(mean.outerProduct(mean));
    }

    private static RealVector meanSlope(double t, RealVector mean) {
        return PUSH.scalarMultiply(p(t)).operate(mean).add(MatrixUtils.createRealVector(new double[] {slopeOfC(t), 1.0
        }));
    }

    private static RealMatrix covarianceSlope(double t, RealMatrix covariance) {
        RealMatrix mix = MatrixUtils.createRealMatrix(new double[][] {{0.6, 0.8}, {0.1, 0.6}});
        RealMatrix half = PUSH.scalarMultiply(p(t)).multiply(covariance);
        return half.add(half.transpose()).add(mix.multiplyTransposed(mix).scalarMultiply(a(t) * a(t)));
    }

    /** Blocks give the bits of single paths, and an autonomous equation in the clothes of a driven one its own bits. */
    @Test
    void blocksAndBits() {
        Sde plain = TestEquations.additive(0.8);
        Sde clothed = Sde.ito(
                VectorField.driven(t -> plain.drift()),
                Diffusion.driven(t -> plain.diffusion()),
                Temperature.varying(t -> 0.5));
        for (DoubleFunction<Scheme> scheme : List.<DoubleFunction<Scheme>>of(
                EulerMaruyama::withStep,
                TamedEuler::withStep,
                Heun::withStep,
                Midpoint::withStep,
                Milstein::withStep,
                Sra1::withStep,
                Sra3::withStep,
                Sri1w1::withStep,
                PlatenWeak2::withStep,
                h -> SkRock.withStages(h, 3))) {
            Stepper one = scheme.apply(0.1).stepper(plain);
            Stepper other = scheme.apply(0.1).stepper(clothed);
            double[][] xi = {{0.3, -1.2, 0.7}, {1.1, 0.2, -0.4}, {-0.5, 0.6, 0.9}, {0.8, -0.1, 1.3}};
            double[][] x = {{1.0, 0.4, -0.7}, {-0.5, 0.2, 0.1}};
            double[][] y = {{1.0, 0.4, -0.7}, {-0.5, 0.2, 0.1}};
            double[][] noise = Arrays.copyOf(xi, one.noises());
            one.step(0.7, x, 3, noise);
            other.step(0.7, y, 3, noise);
            assertThat(y).as("%s", scheme.apply(0.1)).isDeepEqualTo(x);
            Stepper driven = scheme.apply(0.1).stepper(pushed());
            double[][] block = {{1.0, 0.4, -0.7}, {-0.5, 0.2, 0.1}};
            driven.step(0.7, block, 3, noise);
            for (int p = 0; p < 3; p++) {
                int path = p;
                double[][] alone = {{new double[] {1.0, 0.4, -0.7}[p]}, {new double[] {-0.5, 0.2, 0.1}[p]}};
                double[][] its = Arrays.stream(noise)
                        .map(row -> new double[] {row[path]})
                        .toArray(double[][]::new);
                scheme.apply(0.1).stepper(pushed()).step(0.7, alone, 1, its);
                assertThat(alone[0][0]).isEqualTo(block[0][p]);
                assertThat(alone[1][0]).isEqualTo(block[1][p]);
            }
        }
    }

    @Test
    void schemesWhoseTheoryNeedsAnAutonomousEquationRefuse() {
        for (Scheme scheme : List.of(LeimkuhlerMatthews.withStep(0.1), OrnsteinUhlenbeckExact.withStep(0.1))) {
            assertThatThrownBy(() -> scheme.stepper(linearAdditive()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(scheme.getClass().getSimpleName()
                            + " takes an autonomous equation, this one depends on time; freeze it by atTime(t)");
        }
        assertThatThrownBy(() -> DriftImplicitEuler.withStep(0.1)
                        .stepper(Sde.ito(
                                VectorField.driven(t -> (x, out) -> out[0] = -t * x[0]),
                                Diffusion.isotropic(1, 1.0),
                                TEMPERATURE))
                        .step(0.0, new double[1][1], 1, new double[1][1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DriftImplicitEuler needs the Jacobian of the drift");
    }
}
