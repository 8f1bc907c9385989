package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Chains in any unit of time, and what does not fit a chain. */
class ExtremeChainsTest {

    private static final double[][] RATES = {
        {0.0, 2.0, 0.5, 1.0}, {1.0, 0.0, 3.0, 0.25}, {0.5, 1.0, 0.0, 2.0}, {4.0, 0.125, 1.0, 0.0}
    };

    /** No detailed balance. */
    private static Generator chain(int power) {
        Generator.Builder builder = Generator.builder(4);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                if (i != j) {
                    builder.rate(i, j, Math.scalb(RATES[i][j], power));
                }
            }
        }
        return builder.build();
    }

    @Property(tries = 100, seed = "1")
    void chainsHaveNoUnitOfTime(@ForAll @IntRange(min = -1000, max = 1000) int power) {
        Generator once = chain(0);
        Generator scaled = chain(power);
        double[] law = StationaryDistribution.of(once).probabilities();
        assertThat(StationaryDistribution.of(scaled).probabilities()).containsExactly(law, within(1e-15));
        assertThat(StationaryDistribution.of(scaled).residual()).isLessThan(1e-14);
        double[] start = {0.7, 0.1, 0.1, 0.1};
        assertThat(Math.scalb(EntropyProduction.of(scaled, start, law).total(), -power))
                .isCloseTo(EntropyProduction.of(once, start, law).total(), within(1e-14));
        assertThat(Math.scalb(Passage.to(scaled, new int[] {3}).meanTime()[0], power))
                .isCloseTo(Passage.to(once, new int[] {3}).meanTime()[0], within(1e-14));
        assertThat(Math.scalb(
                        Eigenmodes.of(scaled, 2).modes().get(1).eigenvalue().getReal(), -power))
                .isCloseTo(Eigenmodes.of(once, 2).modes().get(1).eigenvalue().getReal(), within(1e-12));
        double time = Math.scalb(0.25, -power);
        double[] later = new Uniformisation(once).apply(0.25, start, 1e-13);
        assertThat(new Uniformisation(scaled).apply(time, start, 1e-13)).containsExactly(later, within(1e-14));
        assertThat(Passage.to(scaled, new int[] {3}).survivalAt(time, 20))
                .containsExactly(Passage.to(once, new int[] {3}).survivalAt(0.25, 20), within(1e-14));
    }

    @Example
    void aSingleStateIsItsLaw() {
        Generator one = Generator.builder(1).build();
        for (SteadyStateMethod method : SteadyStateMethod.values()) {
            StationaryDistribution law = StationaryDistribution.of(NestedChain.of(one), method);
            assertThat(law.probabilities()).containsExactly(1.0);
            assertThat(law.residual()).isZero();
            assertThat(law.componentwiseResidual()).isZero();
        }
        Resolvent resolvent = new Resolvent(NestedChain.of(one));
        assertThat(resolvent.apply(0.5, new double[] {3.0})).containsExactly(3.0);
        for (double tau : new double[] {0.0, -1.0, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY}) {
            refuses("tau", () -> resolvent.apply(tau, new double[] {3.0}));
        }
    }

    private static void refuses(String name, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name);
    }

    @Example
    void whatDoesNotFitIsNamed() {
        Generator chain = chain(0);
        double[] few = new double[3];
        double[] p = {0.25, 0.25, 0.25, 0.25};
        refuses("p and out must have", () -> chain.times(few, new double[4]));
        refuses("p and out must have", () -> chain.times(p, few));
        refuses("u and out must have", () -> chain.backwardTimes(few, new double[4]));
        refuses("p and out must have", () -> chain.residual(few));
        refuses("p must have", () -> EntropyProduction.of(chain, few, p));
        refuses("steady must have", () -> EntropyProduction.excess(chain, p, few));
        refuses("p must have", () -> EntropyProduction.local(chain, few));
        refuses("p must have", () -> new Uniformisation(chain).apply(1.0, few, 1e-6));
        Dissection order = Dissection.of(chain);
        refuses("right must have", () -> Elimination.of(chain, order, 1.0).solve(few));
        refuses("right must have", () -> Elimination.of(chain, order, 1.0).solveTransposed(few));
        refuses("weights must", () -> Eigenmodes.of(chain, order, few, 1, 1.0));
        for (double wrong : new double[] {-1.0, Double.NaN, Double.POSITIVE_INFINITY}) {
            refuses("shift must", () -> Elimination.of(chain, order, wrong));
            refuses("shift must", () -> Eigenmodes.of(chain, order, p, 1, wrong));
            refuses("time must", () -> new Uniformisation(chain).apply(wrong, p, 1e-6));
            refuses("error must", () -> new Uniformisation(chain).apply(1.0, p, wrong));
            refuses("time must", () -> Passage.to(chain, new int[] {0}).survivalAt(wrong, 4));
        }
        refuses("steps must", () -> Passage.to(chain, new int[] {0}).survivalAt(1.0, Integer.MAX_VALUE));
        refuses("time must", () -> Passage.to(chain, new int[] {0}).survivalAt(Double.MIN_VALUE, 4));
        refuses("time must", () -> new Uniformisation(chain).apply(1e300, p, 1e-6));
        for (int[] states : new int[][] {{}, {0, 1, 2}, {0, 1, 2, 2}, {0, 1, 2, 4}, {0, 1, 2, -1}, {0, 1, 2, 3, 3}}) {
            refuses("dissection must", () -> Elimination.of(chain, Dissection.of(states, List.of()), 1.0));
        }
        Dissection torn = Dissection.of(
                new int[] {3},
                List.of(Dissection.of(new int[] {0, 1}, List.of()), Dissection.of(new int[] {2}, List.of())));
        refuses("dissection must separate", () -> Elimination.of(chain, torn, 1.0));
    }
}
