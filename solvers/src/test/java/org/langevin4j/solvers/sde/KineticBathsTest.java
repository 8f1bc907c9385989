package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LyapunovEquation;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;

/** Underdamped systems with several baths, frictions of q and t, and forces of t. */
class KineticBathsTest {

    private static Scheme[] schemes(double h) {
        return new Scheme[] {Baoab.withStep(h), Obabo.withStep(h)};
    }

    /** The stationary covariance of a linear equation, AΣ + ΣAᵀ = 2β⁻¹D for the drift −Ax read off at unit vectors. */
    private static RealMatrix stationary(Sde sde) {
        int d = sde.dimension();
        RealMatrix a = MatrixUtils.createRealMatrix(d, d);
        double[] unit = new double[d];
        double[] column = new double[d];
        for (int j = 0; j < d; j++) {
            unit[j] = 1.0;
            sde.drift().at(unit, column);
            unit[j] = 0.0;
            a.setColumnVector(j, MatrixUtils.createRealVector(column).mapMultiply(-1.0));
        }
        double[] entries = new double[d * d];
        sde.diffusion().matrix(unit, entries);
        RealMatrix c = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                c.setEntry(i, j, 2 * sde.temperature().value() * entries[i * d + j]);
            }
        }
        return LyapunovEquation.of(a, LinearAlgebra.pureJava()).solve(c, LyapunovEquation.Symmetry.SYMMETRIC);
    }

    /** U = ½Σ(qᵢ₊₁ − qᵢ)² with fixed ends. */
    private static VectorField chain(double coupling, double pinning) {
        return (q, out) -> {
            int n = q.length;
            for (int i = 0; i < n; i++) {
                double left = i == 0 ? 0.0 : q[i - 1];
                double right = i == n - 1 ? 0.0 : q[i + 1];
                double neighbours = (i == 0 ? 0.0 : coupling) + (i == n - 1 ? 0.0 : coupling);
                out[i] = (pinning + neighbours) * q[i] - coupling * (left + right);
            }
        };
    }

    /**
     * The chain of Rieder, Lebowitz and Lieb (1967) between baths of γ = 1 at its ends, the springs to the walls as strong
     * as the others: the current of a long chain is (T_h − T_c)·½(1 + ν/2 − (ν/2)√(1 + 4/ν)), ν = 1: (3 − √5)/4. No
     * sampling. It is what the hot bath gives, γ(T_h − ⟨p₁²⟩).
     */
    @Test
    void heatCurrentOfTheChain() {
        int n = 32;
        double[] rates = new double[n];
        Temperature[] temperatures = new Temperature[n];
        Arrays.fill(temperatures, Temperature.of(7.0));
        rates[0] = rates[n - 1] = 1.0;
        temperatures[0] = Temperature.of(2.5);
        temperatures[n - 1] = Temperature.of(0.5);
        VectorField inner = chain(1.0, 0.0);
        VectorField fixedEnds = (q, out) -> {
            inner.at(q, out);
            out[0] += q[0];
            out[n - 1] += q[n - 1];
        };
        UnderdampedLangevin equation = UnderdampedLangevin.ofGradient(n, fixedEnds, 1.0, Temperature.of(1.0))
                .withFriction(rates)
                .withTemperature(temperatures);
        double current = 2 * (3 - Math.sqrt(5)) / 4;
        RealMatrix exact = stationary(equation.sde());
        assertThat(2.5 - exact.getEntry(n, n)).isCloseTo(current, within(1e-9));
        assertThat(exact.getEntry(2 * n - 1, 2 * n - 1) - 0.5).isCloseTo(current, within(1e-9));
        // Only the ends are driven: two noises.
        Stepper stepper = Baoab.withStep(0.1).stepper(equation.sde());
        assertThat(stepper.noises()).isEqualTo(2);
        assertThat(Obabo.withStep(0.1).stepper(equation.sde()).noises()).isEqualTo(4);
        for (int scheme = 0; scheme < 2; scheme++) {
            int which = scheme;
            double slope = OrderFit.slope(
                    k -> {
                        RealMatrix sigma = StepMap.of(schemes(1.0 / k)[which], equation.sde())
                                .stationaryCovariance();
                        return sigma.subtract(exact).getFrobeniusNorm();
                    },
                    5,
                    10,
                    20);
            assertThat(slope).isCloseTo(2.0, within(0.1));
        }
    }

    /**
     * Two oscillators of mass 1 pinned by k₀ and coupled by k between baths of one γ: J = γk²(T₁ − T₂)/(2(k² + γ²(k₀ +
     * k))), from the second moments by hand.
     */
    @Test
    void heatCurrentOfTwoOscillators() {
        double k0 = 0.7;
        double k = 1.3;
        double gamma = 0.4;
        UnderdampedLangevin equation = UnderdampedLangevin.ofGradient(2, chain(k, k0), gamma, Temperature.of(1.0))
                .withTemperature(Temperature.of(3.0), Temperature.of(0.5));
        double expected = gamma * k * k * 2.5 / (2 * (k * k + gamma * gamma * (k0 + k)));
        assertThat(gamma * (3.0 - stationary(equation.sde()).getEntry(2, 2))).isCloseTo(expected, within(1e-12));
        // By paths, 10,000 of them, through the ensemble, where the bias of OBABO and BAOAB is O(h²).
        VectorField square = (x, out) -> out[0] = x[2] * x[2];
        FunctionMoments observed = FunctionMoments.of(square, 1);
        for (Scheme scheme : schemes(0.05)) {
            RunningMoments moments = Ensemble.of(equation.sde())
                    .scheme(scheme)
                    .until(20.0)
                    .paths(10_000)
                    .seed(5)
                    .observe(observed)
                    .run()
                    .get(observed);
            assertThat(gamma * (3.0 - moments.mean(0)))
                    .isCloseTo(expected, within(4 * gamma * moments.standardError(0) + 5e-4));
            // One temperature for both, the mean of the two, is far from it.
            assertThat(Math.abs(moments.mean(0) - 1.75)).isGreaterThan(5 * moments.standardError(0));
        }
    }

    /** With one temperature the law is that of e^(−βH) for any Γ, however singular; unequal masses. */
    @Test
    void aFrictionMatrixKeepsTheLaw() {
        double[][] factor = {{1.0, 0.0}, {-0.8, 0.0}};
        UnderdampedLangevin equation = UnderdampedLangevin.ofGradient(2, chain(1.1, 0.6), 1.0, Temperature.of(0.4))
                .withMass(2.0, 0.5)
                .withFrictionMatrix(Diffusion.constantFactor(MatrixUtils.createRealMatrix(factor)));
        RealMatrix exact = stationary(equation.sde());
        double determinant = 1.7 * 1.7 - 1.1 * 1.1;
        assertThat(exact.getEntry(0, 0)).isCloseTo(0.4 * 1.7 / determinant, within(1e-10));
        assertThat(exact.getEntry(0, 1)).isCloseTo(0.4 * 1.1 / determinant, within(1e-10));
        for (int scheme = 0; scheme < 2; scheme++) {
            int which = scheme;
            assertThat(OrderFit.slope(
                            k -> StepMap.of(schemes(1.0 / k)[which], equation.sde())
                                    .stationaryCovariance()
                                    .subtract(exact)
                                    .getFrobeniusNorm(),
                            4,
                            8,
                            16))
                    .isCloseTo(2.0, within(0.2));
        }
        // The bath alone leaves N(0, β⁻¹M) as it is, at any step.
        UnderdampedLangevin free = UnderdampedLangevin.ofGradient(
                        2, (q, out) -> Arrays.fill(out, 0.0), 1.0, Temperature.of(0.4))
                .withMass(2.0, 0.5)
                .withFrictionMatrix(Diffusion.constant(
                        MatrixUtils.createRealMatrix(new double[][] {{3, 1}, {1, 0.5}})));
        RealMatrix momenta = StepMap.of(Baoab.withStep(1.7), free.sde()).covariance();
        RealMatrix flow = StepMap.of(Baoab.withStep(1.7), free.sde()).flow().getSubMatrix(2, 3, 2, 3);
        RealMatrix law = MatrixUtils.createRealDiagonalMatrix(new double[] {0.8, 0.2});
        RealMatrix after = flow.multiply(law).multiply(flow.transpose()).add(momenta.getSubMatrix(2, 3, 2, 3));
        assertThat(after.subtract(law).getFrobeniusNorm()).isLessThan(1e-14);
    }

    /** A matrix that is diagonal, and a field of constant rates, are the same baths as the numbers. */
    @Test
    void theThreeFormsOfAFrictionAgree() {
        UnderdampedLangevin numbers = UnderdampedLangevin.ofGradient(2, chain(1.1, 0.6), 1.0, Temperature.of(0.4))
                .withMass(2.0, 0.5)
                .withFriction(0.3, 1.9);
        UnderdampedLangevin field = numbers.withFriction((q, out) -> {
            out[0] = 0.3;
            out[1] = 1.9;
        });
        UnderdampedLangevin matrix = numbers.withFrictionMatrix(Diffusion.diagonal(0.6, 0.95));
        for (int scheme = 0; scheme < 2; scheme++) {
            StepMap one = StepMap.of(schemes(1e-3)[scheme], numbers.sde());
            StepMap two = StepMap.of(schemes(1e-3)[scheme], field.sde());
            StepMap three = StepMap.of(schemes(1e-3)[scheme], matrix.sde());
            assertThat(one.flow().subtract(two.flow()).getFrobeniusNorm()).isLessThan(1e-15);
            assertThat(one.noise().subtract(two.noise()).getFrobeniusNorm()).isLessThan(1e-14);
            assertThat(one.flow().subtract(three.flow()).getFrobeniusNorm()).isLessThan(1e-9);
            assertThat(one.noise().subtract(three.noise()).getFrobeniusNorm()).isLessThan(1e-7);
        }
    }

    private static final VectorField DOUBLE_WELL = (q, out) -> out[0] = q[0] * q[0] * q[0] - q[0];

    /** γ(q) = 0.2 + 2q²: with T = 0.6 and M = 2 ⟨q²⟩ of e^(−βU) by quadrature, ⟨p²⟩ = MT, ⟨q²p²⟩ their product. */
    @Test
    void aFrictionOfThePositionNeedsNoFurtherDrift() {
        UnderdampedLangevin equation = UnderdampedLangevin.ofGradient(1, DOUBLE_WELL, 1.0, Temperature.of(0.6))
                .withMass(2.0)
                .withFriction(q -> 0.2 + 2 * q[0] * q[0]);
        double weight = 0.0;
        double square = 0.0;
        for (double q = -5; q < 5; q += 1e-3) {
            double w = Math.exp(-(q * q * q * q / 4 - q * q / 2) / 0.6);
            weight += w;
            square += w * q * q;
        }
        double expected = square / weight;
        FunctionMoments observed = FunctionMoments.of(
                (x, out) -> {
                    out[0] = x[0] * x[0];
                    out[1] = x[1] * x[1];
                    out[2] = out[0] * out[1];
                },
                3);
        for (Scheme scheme : new Scheme[] {Baoab.withStep(0.1), Obabo.withStep(0.05), EulerMaruyama.withStep(4e-3)}) {
            RunningMoments moments = Ensemble.of(equation.sde())
                    .scheme(scheme)
                    .until(10.0)
                    .startingAt(1.0, 0.0)
                    .paths(6_000)
                    .seed(8)
                    .observe(observed)
                    .run()
                    .get(observed);
            assertThat(moments.mean(0)).isCloseTo(expected, within(4 * moments.standardError(0) + 3e-3));
            assertThat(moments.mean(1)).isCloseTo(1.2, within(4 * moments.standardError(1) + 3e-3));
            assertThat(moments.mean(2)).isCloseTo(1.2 * expected, within(4 * moments.standardError(2) + 6e-3));
        }
        // A drift β⁻¹γ′(q), as overdamped equations need one, would spoil the law.
        UnderdampedLangevin spoilt = UnderdampedLangevin.ofGradient(
                        1,
                        (q, out) -> {
                            DOUBLE_WELL.at(q, out);
                            out[0] -= 0.6 * 4 * q[0];
                        },
                        1.0,
                        Temperature.of(0.6))
                .withMass(2.0)
                .withFriction(q -> 0.2 + 2 * q[0] * q[0]);
        RunningMoments wrong = Ensemble.of(spoilt.sde())
                .scheme(Baoab.withStep(0.1))
                .until(10.0)
                .startingAt(1.0, 0.0)
                .paths(3_000)
                .seed(8)
                .observe(observed)
                .run()
                .get(observed);
        assertThat(Math.abs(wrong.mean(0) - expected)).isGreaterThan(20 * wrong.standardError(0));
    }

    /** E p² at t = 1 with γ(q), against Platen's weak order 2 extrapolated; all by trees of noise, no sampling. */
    @Test
    void weakOrderIsTwoForAFrictionOfThePosition() {
        UnderdampedLangevin equation = UnderdampedLangevin.ofGradient(1, DOUBLE_WELL, 1.0, Temperature.of(0.6))
                .withMass(2.0)
                .withFriction(q -> 0.5 + q[0] * q[0]);
        Sde sde = equation.sde();
        NoiseTree one = new NoiseTree(1, 0);
        double[] platen = new double[3];
        for (int k = 0; k < 3; k++) {
            int n = 3 << k;
            platen[k] = one.expectation(PlatenWeak2.withStep(1.0 / n), sde, n, x -> x[1] * x[1], 0.8, 1.0);
        }
        // Romberg's extrapolation: the errors of second and third order are taken away.
        double first = platen[1] + (platen[1] - platen[0]) / 3;
        double second = platen[2] + (platen[2] - platen[1]) / 3;
        double independent = second + (second - first) / 7;
        NoiseTree two = new NoiseTree(2, 0);
        assertThat(OrderFit.slope(
                        n -> Math.abs(one.expectation(Baoab.withStep(1.0 / n), sde, n, x -> x[1] * x[1], 0.8, 1.0)
                                - independent),
                        2,
                        4,
                        8))
                .isCloseTo(2.0, within(0.3));
        assertThat(OrderFit.slope(
                        n -> Math.abs(two.expectation(Obabo.withStep(1.0 / n), sde, n, x -> x[1] * x[1], 0.8, 1.0)
                                - independent),
                        2,
                        3,
                        6))
                .isCloseTo(2.0, within(0.3));
    }

    /** k(t), γ(t), T(t) and a force a cos ωt at once: mean and covariance of the scheme against their own equations. */
    @Test
    void weakOrderIsTwoForADrivenEquation() {
        double mass = 1.6;
        Sde sde = UnderdampedLangevin.ofGradient(
                        1,
                        VectorField.driven(t ->
                                (q, out) -> out[0] = (1 + 0.5 * Math.sin(3 * t)) * q[0] - 0.9 * Math.cos(2 * t)),
                        1.0,
                        Temperature.varying(t -> 0.7 + 0.5 * Math.sin(5 * t)))
                .withMass(mass)
                .withFriction(VectorField.driven(t -> (q, out) -> out[0] = 0.8 + 0.6 * Math.cos(4 * t)))
                .sde();
        double[] exact = driven(mass);
        for (int scheme = 0; scheme < 2; scheme++) {
            int which = scheme;
            assertThat(OrderFit.slope(n -> error(schemes(1.0 / n)[which], sde, n, exact, false), 8, 16, 32, 64))
                    .isCloseTo(2.0, within(0.1));
            // The equation frozen where each step begins loses an order.
            assertThat(OrderFit.slope(n -> error(schemes(1.0 / n)[which], sde, n, exact, true), 8, 16, 32, 64))
                    .isCloseTo(1.0, within(0.2));
        }
    }

    private static double error(Scheme scheme, Sde sde, int n, double[] exact, boolean frozen) {
        RealVector mean = MatrixUtils.createRealVector(new double[] {1.0, -0.5});
        RealMatrix sigma = MatrixUtils.createRealMatrix(2, 2);
        for (int step = 0; step < n; step++) {
            double t = step * (1.0 / n);
            StepMap map = frozen ? StepMap.of(scheme, sde.atTime(t)) : StepMap.of(scheme, sde, t);
            mean = map.flow().operate(mean).add(map.mean());
            sigma = map.flow().multiply(sigma).multiply(map.flow().transpose()).add(map.covariance());
        }
        double[] found = {
            mean.getEntry(0), mean.getEntry(1), sigma.getEntry(0, 0), sigma.getEntry(0, 1), sigma.getEntry(1, 1)
        };
        double sum = 0.0;
        for (int i = 0; i < 5; i++) {
            sum += (found[i] - exact[i]) * (found[i] - exact[i]);
        }
        return Math.sqrt(sum);
    }

    /** The equations of mean and covariance by Runge and Kutta's method with 20,000 steps. */
    private static double[] driven(double m) {
        double[] y = {1.0, -0.5, 0.0, 0.0, 0.0};
        int steps = 20_000;
        double h = 1.0 / steps;
        for (int s = 0; s < steps; s++) {
            double t = s * h;
            double[] k1 = rate(t, y, m);
            double[] k2 = rate(t + h / 2, shifted(y, k1, h / 2), m);
            double[] k3 = rate(t + h / 2, shifted(y, k2, h / 2), m);
            double[] k4 = rate(t + h, shifted(y, k3, h), m);
            for (int i = 0; i < 5; i++) {
                y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
            }
        }
        return y;
    }

    private static double[] shifted(double[] y, double[] k, double h) {
        double[] z = y.clone();
        for (int i = 0; i < z.length; i++) {
            z[i] += h * k[i];
        }
        return z;
    }

    private static double[] rate(double t, double[] y, double m) {
        double k = 1 + 0.5 * Math.sin(3 * t);
        double gamma = 0.8 + 0.6 * Math.cos(4 * t);
        double temperature = 0.7 + 0.5 * Math.sin(5 * t);
        return new double[] {
            y[1] / m,
            -k * y[0] + 0.9 * Math.cos(2 * t) - gamma * y[1],
            2 * y[3] / m,
            y[4] / m - k * y[2] - gamma * y[3],
            -2 * k * y[3] - 2 * gamma * y[4] + 2 * gamma * m * temperature
        };
    }

    /**
     * Annealing of free particles, T(t) = T₀e^(−at), γ constant: ⟨p²⟩ = e^(−2γt)p₀² + 2γMT₀(e^(−at) − e^(−2γt))/(2γ − a),
     * closed form; in two dimensions with baths of their own, through the ensemble, in blocks and threads.
     */
    @Test
    void aTemperatureThatFalls() {
        double gamma = 0.9;
        Sde sde = UnderdampedLangevin.ofGradient(2, (q, out) -> Arrays.fill(out, 0.0), gamma, Temperature.of(1.0))
                .withMass(1.0, 3.0)
                .withTemperature(Temperature.varying(t -> 2 * Math.exp(-0.5 * t)), Temperature.of(0.7))
                .sde();
        FunctionMoments observed = FunctionMoments.of(
                (x, out) -> {
                    out[0] = x[2] * x[2];
                    out[1] = x[3] * x[3];
                },
                2);
        double decay = Math.exp(-2 * gamma * 2);
        double first = decay + 2 * gamma * 2 * (Math.exp(-1.0) - decay) / (2 * gamma - 0.5);
        double second = decay * 4 + 3 * 0.7 * (1 - decay);
        for (Scheme scheme : schemes(0.1)) {
            RunningMoments moments = Ensemble.of(sde)
                    .scheme(scheme)
                    .until(2.0)
                    .startingAt(0.0, 0.0, 1.0, 2.0)
                    .paths(100_000)
                    .seed(3)
                    .observe(observed)
                    .run()
                    .get(observed);
            assertThat(moments.mean(0)).isCloseTo(first, within(4 * moments.standardError(0) + 1e-3));
            assertThat(moments.mean(1)).isCloseTo(second, within(4 * moments.standardError(1)));
        }
        // The temperature of the beginning, and that of the end, would be seen.
        assertThat(Math.abs(decay + 2 * (1 - decay) - first)).isGreaterThan(0.1);
        assertThat(Math.abs(decay + 2 * Math.exp(-1) * (1 - decay) - first)).isGreaterThan(0.1);
    }

    /** What was right keeps its bits: the same numbers as the plain formulas of the class page. */
    @Test
    void oneFrictionGivesTheBitsOfTheFormula() {
        double h = 0.13;
        UnderdampedLangevin equation = UnderdampedLangevin.ofGradient(
                        2,
                        LinearField.of(MatrixUtils.createRealMatrix(new double[][] {{1.2, -0.3}, {-0.3, 0.8}})),
                        0.45,
                        Temperature.of(1.7))
                .withMass(1.3, 2.2);
        Random random = new Random(4);
        double[][] x = new double[4][5];
        double[][] xi = new double[2][5];
        for (int p = 0; p < 5; p++) {
            for (double[] row : x) {
                row[p] = random.nextGaussian();
            }
            for (double[] row : xi) {
                row[p] = random.nextGaussian();
            }
        }
        double[][] start = {x[0].clone(), x[1].clone(), x[2].clone(), x[3].clone()};
        Stepper stepper = Baoab.withStep(h).stepper(equation.sde());
        stepper.begin(5);
        stepper.step(0.0, x, 5, xi);
        double decay = StrictMath.exp(-(0.45 * h));
        double variance = -StrictMath.expm1(-2.0 * (0.45 * h)) * 1.7;
        double[] mass = {1.3, 2.2};
        double[] q = new double[2];
        double[] force = new double[2];
        for (int p = 0; p < 5; p++) {
            double[] momentum = {start[2][p], start[3][p]};
            q[0] = start[0][p];
            q[1] = start[1][p];
            equation.gradient().at(q, force);
            for (int i = 0; i < 2; i++) {
                momentum[i] -= h / 2 * force[i];
                q[i] += h / 2 / mass[i] * momentum[i];
                momentum[i] = decay * momentum[i] + Math.sqrt(variance * mass[i]) * xi[i][p];
                q[i] += h / 2 / mass[i] * momentum[i];
            }
            equation.gradient().at(q, force);
            for (int i = 0; i < 2; i++) {
                momentum[i] -= h / 2 * force[i];
                assertThat(x[i][p]).isEqualTo(q[i]);
                assertThat(x[2 + i][p]).isEqualTo(momentum[i]);
            }
        }
    }

    /** A matrix of the position, Γ = LLᵀ(q), in the plane: ⟨q₁²⟩ = T/k, ⟨pᵢ²⟩ = MᵢT, no correlation of q and p. */
    @Test
    void aMatrixOfThePosition() {
        Diffusion gamma = Diffusion.automaticFactor(2, 2, q -> new Gradient[][] {
            {q[1].square().add(0.5), q[0].multiply(0)}, {q[0], q[0].multiply(0).add(0.7)}
        });
        Sde sde = UnderdampedLangevin.ofGradient(
                        2,
                        (q, out) -> {
                            out[0] = 2 * q[0];
                            out[1] = q[1];
                        },
                        1.0,
                        Temperature.of(0.5))
                .withMass(0.6, 1.5)
                .withFrictionMatrix(gamma)
                .sde();
        FunctionMoments observed = FunctionMoments.of(
                (x, out) -> {
                    out[0] = x[0] * x[0];
                    out[1] = x[1] * x[1];
                    out[2] = x[2] * x[2];
                    out[3] = x[3] * x[3];
                    out[4] = x[2] * x[3];
                    out[5] = x[1] * x[1] * x[2] * x[2];
                },
                6);
        double[] expected = {0.25, 0.5, 0.3, 0.75, 0.0, 0.15};
        for (Scheme scheme : new Scheme[] {Baoab.withStep(0.1), Obabo.withStep(0.05)}) {
            RunningMoments moments = Ensemble.of(sde)
                    .scheme(scheme)
                    .until(10.0)
                    .paths(6_000)
                    .seed(17)
                    .observe(observed)
                    .run()
                    .get(observed);
            for (int i = 0; i < 6; i++) {
                assertThat(moments.mean(i)).isCloseTo(expected[i], within(4 * moments.standardError(i) + 2e-3));
            }
        }
    }

    /** No bath at all: energy of the oscillator kept to O(h²), no noises. */
    @Test
    void withoutABathThereIsOnlyNewton() {
        Sde sde = UnderdampedLangevin.ofGradient(1, DOUBLE_WELL, 1.0, Temperature.of(1.0))
                .withFriction(0.0)
                .sde();
        FunctionMoments energy =
                FunctionMoments.of((x, out) -> out[0] = x[1] * x[1] / 2 + Math.pow(x[0], 4) / 4 - x[0] * x[0] / 2, 1);
        for (Scheme scheme : schemes(0.01)) {
            assertThat(scheme.stepper(sde).noises()).isZero();
            RunningMoments moments = Ensemble.of(sde)
                    .scheme(scheme)
                    .until(10.0)
                    .startingAt(0.5, 1.0)
                    .paths(3)
                    .seed(1)
                    .observe(energy)
                    .run()
                    .get(energy);
            assertThat(moments.mean(0)).isCloseTo(0.5 + 0.015625 - 0.125, within(1e-4));
            assertThat(moments.variance(0)).isZero();
        }
    }
}
