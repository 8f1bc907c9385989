package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StationaryDistributionTest {

    /** Three states in a ring, by the Markov chain tree theorem: π₀ ∝ the products of the two rates that lead to 0. */
    @Test
    void threeStatesHaveTheLawOfTheTreeTheorem() {
        double[][] k = {{0, 2.0, 0.5}, {0.3, 0, 7.0}, {1e-5, 4.0, 0}};
        Generator.Builder builder = Generator.builder(3);
        double[] trees = new double[3];
        for (int i = 0; i < 3; i++) {
            int a = (i + 1) % 3;
            int b = (i + 2) % 3;
            builder.rate(i, a, k[i][a]).rate(i, b, k[i][b]);
            trees[i] = k[a][i] * k[b][i] + k[a][b] * k[b][i] + k[b][a] * k[a][i];
        }
        StationaryDistribution law = StationaryDistribution.of(builder.build());
        double sum = trees[0] + trees[1] + trees[2];
        for (int i = 0; i < 3; i++) {
            assertThat(law.probabilities()[i] * sum / trees[i]).isCloseTo(1.0, within(1e-15));
        }
        assertThat(law.residual()).isLessThan(1e-15);
    }

    /** The queue M/M/1/N: πₙ ∝ (λ/μ)ⁿ, over 200 orders of magnitude. */
    @ParameterizedTest
    @EnumSource(
            value = SteadyStateMethod.class,
            names = {"AUTOMATIC", "ELIMINATION"})
    void aQueueHasAGeometricLaw(SteadyStateMethod method) {
        int n = 2000;
        double ratio = 0.8;
        Generator.Builder builder = Generator.builder(n);
        for (int i = 0; i + 1 < n; i++) {
            builder.pair(i, i + 1, 3.0 * ratio, 3.0);
        }
        double[] law = StationaryDistribution.of(NestedChain.of(builder.build()), method)
                .probabilities();
        for (int i = 0; i < 1000; i++) {
            assertThat(law[i] / ((1 - ratio) * Math.pow(ratio, i))).isCloseTo(1.0, within(2e-12));
        }
    }

    /** A ring with a current: uniform, whatever the rotation. */
    @Test
    void aRingIsUniform() {
        Generator.Builder builder = Generator.builder(500);
        for (int i = 0; i < 500; i++) {
            builder.pair(i, (i + 1) % 500, 1e3, 0.1);
        }
        assertThat(StationaryDistribution.of(builder.build()).probabilities())
                .containsOnly(new double[] {1.0 / 500}, within(1e-16));
    }

    /** Ehrenfest's urns with N = 8 balls that can be told apart, a hypercube of 256 states: the number in one is binomial. */
    @Test
    void ehrenfestsUrnsAreBinomial() {
        Generator.Builder builder = Generator.builder(256);
        for (int state = 0; state < 256; state++) {
            for (int ball = 0; ball < 8; ball++) {
                boolean here = (state >> ball & 1) == 1;
                builder.rate(state, state ^ 1 << ball, here ? 0.7 : 0.3);
            }
        }
        double[] law = StationaryDistribution.of(builder.build()).probabilities();
        double[] number = new double[9];
        for (int state = 0; state < 256; state++) {
            number[Integer.bitCount(state)] += law[state];
        }
        for (int m = 0; m <= 8; m++) {
            double expected = CombinatoricsUtils.binomialCoefficient(8, m) * Math.pow(0.3, m) * Math.pow(0.7, 8 - m);
            assertThat(number[m] / expected).isCloseTo(1.0, within(1e-13));
        }
    }

    /** Trees, stars and complete graphs: each has detailed balance, so that its law is known. */
    @ParameterizedTest
    @ValueSource(strings = {"tree", "star", "complete", "two lattices joined by one rate"})
    void anyGraphIsEliminated(String kind) {
        int n = kind.equals("complete") ? 300 : 1800;
        double[] law = new double[n];
        double sum = 0.0;
        for (int i = 0; i < n; i++) {
            law[i] = Math.exp(20 * Math.sin(i));
            sum += law[i];
        }
        Generator.Builder builder = Generator.builder(n);
        for (int i = 0; i < n; i++) {
            switch (kind) {
                case "tree" -> join(builder, law, i, (i - 1) / 3);
                case "star" -> join(builder, law, i, 0);
                case "complete" -> {
                    for (int j = 0; j < i; j++) {
                        join(builder, law, i, j);
                    }
                }
                default -> {
                    int half = i % 900;
                    join(builder, law, i, half % 30 > 0 ? i - 1 : i);
                    join(builder, law, i, half >= 30 ? i - 30 : i);
                    join(builder, law, i, i == 900 ? 899 : i);
                }
            }
        }
        Generator generator = builder.build();
        Dissection order = Dissection.of(generator);
        assertThat(order.size()).isEqualTo(n);
        double[] found = StationaryDistribution.of(NestedChain.of(generator), SteadyStateMethod.ELIMINATION)
                .probabilities();
        for (int i = 0; i < n; i++) {
            assertThat(found[i] * sum / law[i]).isCloseTo(1.0, within(1e-12));
        }
        if (kind.startsWith("two")) {
            // Cut where it is narrow.
            assertThat(order.widest()).isLessThanOrEqualTo(48);
        }
    }

    private static void join(Generator.Builder builder, double[] law, int i, int j) {
        if (i != j) {
            double flow = Math.min(law[i], law[j]);
            builder.pair(i, j, flow / law[i], flow / law[j]);
        }
    }

    @Test
    void severalClosedClassesAreRefused() {
        Generator two = Generator.builder(5)
                .pair(0, 1, 1, 1)
                .rate(2, 1, 1)
                .rate(2, 3, 1)
                .pair(3, 4, 1, 1)
                .build();
        assertThatThrownBy(() -> StationaryDistribution.of(two)).isInstanceOf(ReducibleGeneratorException.class);
        Generator killed = Generator.builder(2).pair(0, 1, 1, 1).exit(0, 1).build();
        assertThatThrownBy(() -> StationaryDistribution.of(killed)).hasMessageContaining("absorbed");
    }
}
