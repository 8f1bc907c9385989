package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReactiveFluxTest {

    /** A chain in a line is one of resistors: F = 1/Σ 1/(πᵢuᵢ), over a barrier of 40. */
    @Test
    void aLineIsAChainOfResistors() {
        int n = 50;
        double[] law = new double[n];
        for (int i = 0; i < n; i++) {
            double x = 2.0 * i / (n - 1) - 1.0;
            law[i] = Math.exp(-40 * (1 - x * x) * (1 - x * x) + x);
        }
        double sum = Arrays.stream(law).sum();
        Generator.Builder builder = Generator.builder(n);
        double resistance = 0.0;
        for (int i = 0; i + 1 < n; i++) {
            double flow = Math.sqrt(law[i] * law[i + 1]);
            builder.pair(i, i + 1, flow / law[i], flow / law[i + 1]);
            resistance += sum / flow;
        }
        ReactiveFlux found = ReactiveFlux.of(builder.build(), new int[] {0}, new int[] {n - 1});
        assertThat(found.flux() * resistance).isCloseTo(1.0, within(1e-12));
        for (int i = 0; i < n; i++) {
            assertThat(found.forwardCommittor()[i] + found.backwardCommittor()[i])
                    .isCloseTo(1.0, within(1e-12));
        }
        assertThat(found.netCurrent(20, 21) / found.flux()).isCloseTo(1.0, within(1e-10));
        assertThat(found.netCurrent(21, 20)).isZero();
    }

    /** Irreversible chains against rational arithmetic: committors, currents, what comes in goes out. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void irreversibleChainsAgreeWithRationalArithmetic(long seed) {
        int n = 9;
        ExactChain exact = ExactChain.random(n, seed);
        BigFraction[] law = exact.stationary();
        ExactChain back = new ExactChain(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                back.rates[j][i] = exact.rates[i][j].multiply(law[j]).divide(law[i]);
            }
        }
        BigFraction[] zeros = new BigFraction[n];
        Arrays.fill(zeros, BigFraction.ZERO);
        BigFraction[] plus = new BigFraction[n];
        BigFraction[] minus = new BigFraction[n];
        for (int state : new int[] {0, 1}) {
            plus[state] = BigFraction.ZERO;
            minus[state] = BigFraction.ONE;
        }
        plus[8] = BigFraction.ONE;
        minus[8] = BigFraction.ZERO;
        BigFraction[] forward = exact.backward(zeros, plus);
        BigFraction[] backward = back.backward(zeros, minus);
        BigFraction flux = BigFraction.ZERO;
        BigFraction last = BigFraction.ZERO;
        ReactiveFlux found = ReactiveFlux.of(exact.generator(), new int[] {0, 1}, new int[] {8});
        double into = 0.0;
        for (int i = 0; i < n; i++) {
            last = last.add(backward[i].multiply(law[i]));
            assertThat(found.forwardCommittor()[i]).isCloseTo(ExactChain.value(forward[i]), within(1e-13));
            assertThat(found.backwardCommittor()[i]).isCloseTo(ExactChain.value(backward[i]), within(1e-13));
            double net = 0.0;
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    BigFraction current = backward[i]
                            .multiply(law[i])
                            .multiply(exact.rates[j][i])
                            .multiply(forward[j]);
                    if (i <= 1 && j > 1) {
                        flux = flux.add(current);
                    }
                    assertThat(found.current(i, j))
                            .isCloseTo(ExactChain.value(current), within(1e-12 * ExactChain.value(current)));
                    net += found.current(i, j) - found.current(j, i);
                }
            }
            into += i == 8 ? -net : 0.0;
            if (i > 1 && i < 8) {
                assertThat(net).isCloseTo(0.0, within(1e-12 * ExactChain.value(flux)));
            }
        }
        assertThat(found.flux() / ExactChain.value(flux)).isCloseTo(1.0, within(1e-12));
        assertThat(into / ExactChain.value(flux)).isCloseTo(1.0, within(1e-12));
        assertThat(found.rate() / ExactChain.value(flux.divide(last))).isCloseTo(1.0, within(1e-12));
    }

    /** Among several sets: as often out as in, and with two sets it is the flux. */
    @Test
    void fluxesAmongSeveralSetsAreBalanced() {
        Generator chain = ExactChain.random(12, 5).generator();
        double[][] fluxes = ReactiveFlux.among(chain, new int[] {0}, new int[] {4, 5}, new int[] {9});
        for (int a = 0; a < 3; a++) {
            double out = 0.0;
            double in = 0.0;
            for (int b = 0; b < 3; b++) {
                out += fluxes[a][b];
                in += fluxes[b][a];
            }
            assertThat(out / in).isCloseTo(1.0, within(1e-12));
        }
        double[][] two = ReactiveFlux.among(chain, new int[] {0}, new int[] {9});
        assertThat(two[0][1]
                        / ReactiveFlux.of(chain, new int[] {0}, new int[] {9}).flux())
                .isCloseTo(1.0, within(1e-12));
    }

    @Test
    void badArgumentsAreRefused() {
        Generator chain = Generator.builder(3).pair(0, 1, 1, 1).pair(1, 2, 1, 1).build();
        assertThatThrownBy(() -> ReactiveFlux.among(chain, new int[] {0})).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> ReactiveFlux.of(chain, new double[] {1, 0, 0}, new int[] {0}, new int[] {2}))
                .hasMessageContaining("positive, got 0.0 for state 1");
        assertThatThrownBy(() -> ReactiveFlux.of(chain, new int[] {0}, new int[] {0}))
                .hasMessageContaining("disjoint");
    }
}
