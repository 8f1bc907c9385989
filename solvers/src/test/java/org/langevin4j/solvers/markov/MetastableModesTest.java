package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.hipparchus.complex.Complex;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Eigenvalues many orders of magnitude below all rates, against decimals of many digits and counts of jumps. */
class MetastableModesTest {

    /** Birth and death on a line, up at rate e^(−ΔU/2), down at e^(ΔU/2). */
    private static Generator line(double[] u, double exitAtEnd) {
        Generator.Builder builder = Generator.builder(u.length);
        for (int k = 0; k + 1 < u.length; k++) {
            builder.rate(k, k + 1, Math.exp(0.5 * (u[k] - u[k + 1])));
            builder.rate(k + 1, k, Math.exp(0.5 * (u[k + 1] - u[k])));
        }
        if (exitAtEnd > 0.0) {
            builder.exit(u.length - 1, exitAtEnd);
        }
        return builder.build();
    }

    private static double[] cosine(int states, double waves, double barrier, double tilt) {
        double[] u = new double[states];
        for (int k = 0; k < states; k++) {
            double x = (k + 0.5) / states;
            u[k] = -0.5 * barrier * Math.cos(2 * Math.PI * waves * (x - 0.5 / waves)) + tilt * x;
        }
        return u;
    }

    /**
     * The root of det(λI + A) of a line by Newton's iteration on its three-term recurrence, in decimals
     * of 900 digits: from below, where all roots are real, it goes to the smallest without passing it.
     */
    private static double smallestDecay(Generator line, int skip) {
        MathContext digits = new MathContext(900);
        int n = line.states();
        BigDecimal[] root = new BigDecimal[skip + 1];
        for (int r = 0; r <= skip; r++) {
            BigDecimal x = r == 0
                    ? BigDecimal.ZERO
                    : root[r - 1]
                            .multiply(BigDecimal.ONE.add(BigDecimal.ONE.scaleByPowerOfTen(-30)), digits)
                            .add(BigDecimal.ONE.scaleByPowerOfTen(-330));
            for (int round = 0; round < 2000 && !(r == 0 && line.isConservative()); round++) {
                // d = log-derivative of det(xI + A) = Σ 1/(x − root), that of the roots found taken out (Maehly 1954).
                BigDecimal[] p = {BigDecimal.ONE, BigDecimal.ZERO};
                BigDecimal[] before = {BigDecimal.ZERO, BigDecimal.ZERO};
                for (int k = 0; k < n; k++) {
                    BigDecimal a = x.subtract(exact(line, k));
                    BigDecimal off = k == 0
                            ? BigDecimal.ZERO
                            : new BigDecimal(line.rateBetween(k - 1, k))
                                    .multiply(new BigDecimal(line.rateBetween(k, k - 1)));
                    BigDecimal value = a.multiply(p[0], digits).subtract(off.multiply(before[0], digits), digits);
                    BigDecimal slope = a.multiply(p[1], digits)
                            .add(p[0], digits)
                            .subtract(off.multiply(before[1], digits), digits);
                    before = p;
                    p = new BigDecimal[] {value, slope};
                }
                if (p[0].signum() == 0) {
                    break;
                }
                BigDecimal logSlope = p[1].divide(p[0], digits);
                for (int q = 0; q < r; q++) {
                    logSlope = logSlope.subtract(BigDecimal.ONE.divide(x.subtract(root[q]), digits), digits);
                }
                BigDecimal step = BigDecimal.ONE.divide(logSlope, digits);
                x = x.subtract(step, digits);
                if (step.abs().compareTo(x.abs().scaleByPowerOfTen(-100)) < 0) {
                    break;
                }
            }
            root[r] = x;
        }
        return root[skip].doubleValue();
    }

    private static BigDecimal exact(Generator line, int k) {
        BigDecimal[] sum = {new BigDecimal(line.exitRate(k))};
        line.forEachRateFrom(k, (from, to, rate) -> sum[0] = sum[0].add(new BigDecimal(rate)));
        return sum[0];
    }

    @ParameterizedTest
    @CsvSource({"5, 1", "20, 1e-3", "34, 1", "60, 1", "120, 0.2", "300, 1", "460, 1"})
    void escapeFromOneWell(double barrier, double exit) {
        double[] u = new double[40];
        for (int k = 0; k < u.length; k++) {
            u[k] = barrier * k * k / 1600.0;
        }
        Generator chain = line(u, exit);
        double expected = -smallestDecay(chain, 0);
        Eigenmodes.Mode mode = Eigenmodes.of(chain, 3).modes().get(0);
        assertThat(mode.eigenvalue().getReal() / expected).isCloseTo(1.0, within(1e-9));
        assertThat(mode.isResolved()).isTrue();
        assertThat(mode.relaxationTime()).isPositive();
        double time = Passage.to(chain).meanTime()[0];
        assertThat(mode.relaxationTime() / time).isBetween(0.9, 1.1);
    }

    @ParameterizedTest
    @CsvSource({"10, 0", "40, 3", "80, 0", "80, 20", "150, 10", "200, 150", "400, 30"})
    void twoWells(double barrier, double tilt) {
        Generator chain = line(cosine(40, 2, barrier, tilt), 0.0);
        double expected = -smallestDecay(chain, 1);
        Eigenmodes modes = Eigenmodes.of(chain, 3);
        assertThat(modes.modes().get(0).eigenvalue()).isEqualTo(Complex.ZERO);
        assertThat(modes.modes().get(1).eigenvalue().getReal() / expected).isCloseTo(1.0, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"15, 2", "60, 7", "100, 10"})
    void threeWells(double barrier, double tilt) {
        Generator chain = line(cosine(45, 3, barrier, tilt), 0.0);
        Eigenmodes modes = Eigenmodes.of(chain, 4);
        for (int k = 1; k <= 2; k++) {
            assertThat(modes.modes().get(k).eigenvalue().getReal() / -smallestDecay(chain, k))
                    .as("mode %d", k)
                    .isCloseTo(1.0, within(1e-8));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-5, 1e-14, 1e-50, 1e-200})
    void threeStatesInARingTurnSlowly(double slow) {
        // Not reversible: λ = −a(1 − e^(±2πi/3)), each state twofold with fast jumps inside.
        Generator.Builder builder = Generator.builder(6);
        for (int k = 0; k < 3; k++) {
            builder.rate(2 * k, 2 * k + 1, 3.0).rate(2 * k + 1, 2 * k, 3.0);
            builder.rate(2 * k, (2 * k + 2) % 6, slow).rate(2 * k + 1, (2 * k + 3) % 6, slow);
        }
        Eigenmodes modes = Eigenmodes.of(builder.build(), 3);
        Complex expected = new Complex(-1.5 * slow, Math.sqrt(0.75) * slow);
        assertThat(modes.modes().get(1).eigenvalue().subtract(expected).norm()).isLessThan(1e-9 * slow);
        assertThat(modes.modes()
                        .get(2)
                        .eigenvalue()
                        .subtract(expected.conjugate())
                        .norm())
                .isLessThan(1e-9 * slow);
    }
}
