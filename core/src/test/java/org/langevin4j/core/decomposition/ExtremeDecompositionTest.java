package org.langevin4j.core.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.langevin4j.core.Extremes.answer;
import static org.langevin4j.core.Extremes.times;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.Extremes;
import org.langevin4j.core.sde.Temperature;

/** Linear systems in any unit of length and time: F is a rate, D and Q are squares of lengths a time. */
@Domain(Extremes.class)
class ExtremeDecompositionTest {

    private static final double[][] F = {{2.0, -1.0, 0.25}, {0.5, 3.0, 1.0}, {-0.75, 0.125, 1.5}};
    private static final double[][] D = {{1.0, 0.25, 0.0}, {0.25, 0.5, 0.125}, {0.0, 0.125, 2.0}};

    private static RealMatrix matrix(int power, double[][] rows) {
        return new Array2DRowRealMatrix(
                Arrays.stream(rows).map(row -> times(power, row)).toArray(double[][]::new), false);
    }

    private static double[] entries(int power, RealMatrix a) {
        return times(
                power,
                Arrays.stream(a.getData()).flatMapToDouble(Arrays::stream).toArray());
    }

    @Property(tries = 100, seed = "1")
    @Domain(DomainContext.Global.class)
    void linearSystemsHaveNoUnits(
            @ForAll @IntRange(min = -900, max = 900) int rate, @ForAll @IntRange(min = -900, max = 900) int diffusion) {
        LinearDecomposition once = LinearDecomposition.of(matrix(0, F), matrix(0, D));
        LinearDecomposition scaled = LinearDecomposition.of(matrix(rate, F), matrix(diffusion, D));
        assertThat(entries(-diffusion, scaled.q())).containsExactly(entries(0, once.q()), within(1e-14));
        if (Math.abs(rate - diffusion) <= 1000) {
            assertThat(entries(diffusion - rate, scaled.u())).containsExactly(entries(0, once.u()), within(1e-13));
            assertThat(scaled.inertiaOfU()).isEqualTo(once.inertiaOfU());
            assertThat(scaled.rankOfD()).isEqualTo(3);
            assertThat(scaled.isStable()).isTrue();
            assertThat(scaled.sylvesterResidual()).isLessThan(1e-13);
            assertThat(scaled.detailedBalanceDefect()).isCloseTo(once.detailedBalanceDefect(), within(1e-12));
            assertThat(Math.scalb(
                            LinearIrreversibility.of(scaled)
                                    .entropyProductionRate()
                                    .orElseThrow(),
                            -rate))
                    .isCloseTo(
                            LinearIrreversibility.of(once)
                                    .entropyProductionRate()
                                    .orElseThrow(),
                            within(1e-12));
        }
    }

    @Property(tries = 200, seed = "1")
    void matricesAreDecomposedOrRefused(@ForAll double x, @ForAll double y, @ForAll double z) {
        RealMatrix f = new Array2DRowRealMatrix(new double[][] {{1.0, x}, {y, 2.0}}, false);
        RealMatrix d = new Array2DRowRealMatrix(new double[][] {{z, 0.0}, {0.0, 1.0}}, false);
        answer(
                        "must|finite|definite|beyond|singular|resonan|converge|eigenvalue|direction",
                        () -> LinearDecomposition.of(f, d))
                .ifPresent(found -> assertThat(entries(0, found.q())).doesNotContain(Double.NaN));
        answer("temperature|beta|β", () -> Temperature.of(x))
                .ifPresent(t -> assertThat(t.beta()).isPositive());
    }
}
