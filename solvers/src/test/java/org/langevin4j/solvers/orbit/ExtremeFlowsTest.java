package org.langevin4j.solvers.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;

/** Fields of any size, none at all, and a million dimensions. */
class ExtremeFlowsTest {

    private static VectorField focus(int power) {
        return (x, out) -> {
            out[0] = Math.scalb(-x[0] - 2.0 * x[1], power);
            out[1] = Math.scalb(2.0 * x[0] - x[1], power);
        };
    }

    @Property(tries = 60, seed = "1")
    void fixedPointsHaveNoUnitOfTime(@ForAll @IntRange(min = -900, max = 900) int power) {
        FixedPoints found = FixedPoints.in(Flow.of(focus(power), 2), Grid.square(-1.0, 1.5, 2));
        assertThat(found.boundaryIndex()).hasValue(1);
        assertThat(found.points()).hasSize(1);
        FixedPoint point = found.points().get(0);
        assertThat(point.kind()).isEqualTo(FixedPoint.Kind.STABLE_FOCUS);
        assertThat(Math.scalb(point.eigenvalues()[0].getImaginary(), -power)).isCloseTo(2.0, within(1e-6));
    }

    /** Bisections stop at the first piece in which the field vanishes. */
    @Example
    void aFieldThatVanishesHasNoIndex() {
        Flow still = Flow.of((x, out) -> Arrays.fill(out, 0.0), 2);
        assertThat(FixedPoints.in(still, Grid.square(-1.0, 1.0, 2)).boundaryIndex())
                .isEmpty();
    }

    @Example
    void derivativesAreTakenOfWhatHasThem() {
        for (double[] x : new double[][] {{}, new double[40], {Double.NaN, 0.0}, {Double.POSITIVE_INFINITY, 0.0}}) {
            assertThatThrownBy(() -> FirstLyapunovCoefficient.of(focus(0), x))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("x must");
            assertThatThrownBy(() -> FirstLyapunovCoefficient.automatic(v -> v, x))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("x must");
        }
    }

    @Example
    void aMillionDimensionsHaveAVelocityAndNoMatrix() {
        int d = 1_000_000;
        Flow flow = Flow.of((x, out) -> System.arraycopy(x, 0, out, 0, d), d);
        double[] x = new double[d];
        x[d - 1] = 3.0;
        assertThat(flow.velocity(x)[d - 1]).isEqualTo(3.0);
        assertThatThrownBy(() -> flow.jacobian(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a Jacobian of order 1000000");
        assertThatThrownBy(() -> Section.coordinate(Integer.MAX_VALUE, 0, 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a section in dimension");
    }
}
