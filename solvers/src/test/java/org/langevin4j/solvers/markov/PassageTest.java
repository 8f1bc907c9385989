package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageTest {

    private static final MathContext DIGITS = new MathContext(120);

    /**
     * A birth-and-death chain climbs a barrier and falls down: mean and variance of the time to the far end from each state,
     * from the moments of the steps i → i + 1 in decimals of 120 digits (T = S + a return and a new attempt, if it goes down).
     */
    @ParameterizedTest
    @CsvSource({"0, 1e-3", "5, 1", "30, 1", "65, 2", "70, 1", "100, 1", "300, 0.5", "340, 3"})
    void varianceHasDigitsOverAnyBarrier(double barrier, double scale) {
        int n = 81;
        Generator.Builder builder = Generator.builder(n);
        double[] up = new double[n];
        double[] down = new double[n];
        for (int i = 0; i + 1 < n; i++) {
            double x = 2.0 * (i + 0.5) / (n - 1) - 1.0;
            double slope = 4.0 * x * (1.0 - x * x) * barrier * 2.0 / (n - 1);
            up[i] = scale * Math.exp(0.5 * slope);
            down[i + 1] = scale * (barrier == 0.0 ? 1e-4 : Math.exp(-0.5 * slope));
            builder.pair(i, i + 1, up[i], down[i + 1]);
        }
        BigDecimal[] mean = new BigDecimal[n];
        BigDecimal[] variance = new BigDecimal[n];
        BigDecimal h = BigDecimal.ZERO;
        BigDecimal m = BigDecimal.ZERO;
        BigDecimal two = BigDecimal.valueOf(2);
        for (int i = 0; i + 1 < n; i++) {
            BigDecimal u = new BigDecimal(up[i]);
            BigDecimal d = new BigDecimal(down[i]);
            BigDecimal all = u.add(d);
            BigDecimal before = h;
            h = BigDecimal.ONE.add(d.multiply(before)).divide(u, DIGITS);
            BigDecimal rest = two.divide(all, DIGITS)
                    .add(two.multiply(d).multiply(before.add(h)).divide(all, DIGITS))
                    .add(d.multiply(m.add(two.multiply(before).multiply(h))));
            m = rest.divide(u, DIGITS);
            mean[i] = h;
            variance[i] = m.subtract(h.multiply(h));
        }
        for (int i = n - 3; i >= 0; i--) {
            mean[i] = mean[i].add(mean[i + 1], DIGITS);
            variance[i] = variance[i].add(variance[i + 1], DIGITS);
        }
        Passage passage = Passage.to(builder.build(), new int[] {n - 1});
        double[] found = passage.meanTime();
        double[] relative = passage.relativeVariance();
        for (int i = 0; i + 1 < n; i++) {
            assertThat(found[i] / mean[i].doubleValue()).isCloseTo(1.0, within(1e-12));
            double expected =
                    variance[i].divide(mean[i].multiply(mean[i]), DIGITS).doubleValue();
            assertThat(relative[i])
                    .as("from %d, %s", i, expected)
                    .isCloseTo(expected, within(3e-10 * expected + 1e-12));
        }
        assertThat(found[n - 1]).isZero();
        if (barrier >= 65) {
            assertThat(relative[0]).isCloseTo(1.0, within(1e-10));
        }
    }

    /** An irreversible chain with killing: everything against rational arithmetic. */
    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void randomChainsAgreeWithRationalArithmetic(long seed) {
        int n = 10;
        ExactChain exact = ExactChain.random(n, seed);
        exact.exits[4] = 0.3;
        exact.exits[7] = 2e-4;
        Passage passage = Passage.to(exact.generator(), new int[] {0, 3}, new int[] {9});
        BigFraction[] zeros = new BigFraction[n];
        BigFraction[] ones = new BigFraction[n];
        Arrays.fill(zeros, BigFraction.ZERO);
        Arrays.fill(ones, BigFraction.ONE);
        BigFraction[] hit = new BigFraction[n];
        hit[0] = BigFraction.ZERO;
        hit[3] = BigFraction.ZERO;
        hit[9] = BigFraction.ZERO;
        BigFraction[] mean = exact.backward(ones, hit);
        BigFraction[] twice = new BigFraction[n];
        for (int k = 0; k < n; k++) {
            twice[k] = mean[k].multiply(2);
        }
        BigFraction[] second = exact.backward(twice, hit);
        BigFraction[] first = hit.clone();
        first[9] = BigFraction.ONE;
        BigFraction[] committor = exact.backward(zeros, first);
        BigFraction[] exits = new BigFraction[n];
        double[] rates = exact.exits;
        for (int k = 0; k < n; k++) {
            exits[k] = new BigFraction(rates[k]);
        }
        BigFraction[] killed = exact.backward(exits, hit);
        double[] times = passage.meanTime();
        double[] moments = passage.secondMoment();
        double[] variances = passage.variance();
        double[] ninth = passage.probability(1);
        double[] others = passage.probability(0);
        double[] absorbed = passage.probabilityOfExit(rates);
        for (int k = 0; k < n; k++) {
            if (k == 0 || k == 3 || k == 9) {
                assertThat(times[k]).isZero();
                assertThat(ninth[k]).isEqualTo(k == 9 ? 1.0 : 0.0);
                continue;
            }
            BigFraction variance = second[k].subtract(mean[k].multiply(mean[k]));
            assertThat(times[k] / ExactChain.value(mean[k])).isCloseTo(1.0, within(1e-13));
            assertThat(moments[k] / ExactChain.value(second[k])).isCloseTo(1.0, within(1e-12));
            assertThat(variances[k] / ExactChain.value(variance)).isCloseTo(1.0, within(1e-9));
            assertThat(ninth[k] / ExactChain.value(committor[k])).isCloseTo(1.0, within(1e-13));
            assertThat(absorbed[k] / ExactChain.value(killed[k])).isCloseTo(1.0, within(1e-13));
            assertThat(ninth[k] + others[k] + absorbed[k]).isCloseTo(1.0, within(1e-13));
        }
    }

    /** Gambler's ruin, (1 − rⁱ)/(1 − rᴺ) with r = down/up. */
    @Test
    void theGamblersCommittorIsThatOfTheTextbook() {
        int n = 41;
        Generator.Builder builder = Generator.builder(n);
        for (int i = 0; i + 1 < n; i++) {
            builder.pair(i, i + 1, 1.0, 3.0);
        }
        double[] q =
                Passage.to(builder.build(), new int[] {0}, new int[] {n - 1}).probability(1);
        for (int i = 1; i < n; i++) {
            assertThat(q[i] / (Math.expm1(i * Math.log(3)) / Math.expm1((n - 1) * Math.log(3))))
                    .isCloseTo(1.0, within(1e-12));
        }
    }

    /** One state that is left at the rate k, one that feeds it: the law of T is a sum of two exponentials. */
    @Test
    void survivalIsThatOfTwoStates() {
        Generator chain = Generator.builder(3).rate(0, 1, 2.0).rate(1, 2, 0.5).build();
        Passage passage = Passage.to(chain, new int[] {2});
        Survival survival = passage.survival(new double[] {1, 0, 0}, 0.02, 100);
        for (int n = 0; n <= 100; n += 10) {
            double t = survival.times().get(n);
            double expected = (2.0 * Math.exp(-0.5 * t) - 0.5 * Math.exp(-2.0 * t)) / 1.5;
            assertThat(survival.probabilities().get(n)).isCloseTo(expected, within(2e-6));
        }
        assertThat(passage.survivalAt(1.0, 50)[1]).isCloseTo(Math.exp(-0.5), within(1e-6));
    }

    @Test
    void whatCannotBeHitIsTold() {
        Generator chain = Generator.builder(5)
                .pair(0, 1, 1, 1)
                .rate(2, 1, 1)
                .pair(3, 4, 1, 1)
                .rate(2, 3, 0.0)
                .build();
        assertThatThrownBy(() -> Passage.to(chain, new int[] {0}))
                .isInstanceOfSatisfying(
                        UnreachableTargetException.class,
                        e -> assertThat(e.states()).isEqualTo(2));
        assertThatThrownBy(() -> Passage.to(chain)).hasMessageContaining("targets must number at least 1");
        assertThatThrownBy(() -> Passage.to(chain, new int[] {0}, new int[] {1, 0}))
                .hasMessageContaining("disjoint");
        assertThatThrownBy(() -> Passage.to(chain, new int[0])).hasMessageContaining("target 0 must have a state");
        assertThatThrownBy(() -> Passage.to(chain, new int[] {7})).hasMessageContaining("from 0 to 4, got 7");
        assertThatThrownBy(() -> Passage.to(chain, new int[] {0, 1, 2, 3, 4})).hasMessageContaining("outside");
    }
}
