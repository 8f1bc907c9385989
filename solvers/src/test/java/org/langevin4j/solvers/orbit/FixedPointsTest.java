package org.langevin4j.solvers.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.solvers.ConvergenceException;
import org.langevin4j.solvers.orbit.FixedPoint.Kind;

class FixedPointsTest {

    private static final Grid BOX = Grid.square(-2.1, 2.3, 6);

    /** values.json, example19: fixed_points, origin_eigenvalues. */
    @ParameterizedTest
    @CsvSource({
        "0.25, 0.9800689825445236, 0.19469802219715165, -1.000084056052118, 0, -1.842118251341421, STABLE_NODE",
        "0.5, 0.9024283211774303, 0.3888022383568555, -1.047405411903675, 0, -1.216497907662306, STABLE_NODE",
        "0.7, 0.6111841627132617, 0.48374518737316297, -0.3700163631129968, 0.281233667953136, -0.3700163631129968,"
                + " STABLE_FOCUS"
    })
    void wellsOfExample19(
            double lambda, double x1, double x2, double real, double imaginary, double second, Kind kind) {
        FixedPoints found = FixedPoints.in(Flow.of(Systems.example19(lambda), 2), BOX);
        assertThat(found.points()).hasSize(3);
        assertThat(found.boundaryIndex()).hasValue(1);
        assertThat(found.indicesAgree()).isTrue();
        List<FixedPoint> sorted = found.points().stream()
                .sorted(Comparator.comparingDouble(point -> point.location()[0]))
                .toList();
        assertThat(sorted.get(1).kind()).isEqualTo(Kind.SADDLE);
        assertThat(sorted.get(1).location()).containsExactly(new double[2], within(1e-12));
        assertThat(sorted.get(0).location()).containsExactly(new double[] {-x1, -x2}, within(1e-12));
        FixedPoint well = sorted.get(2);
        assertThat(well.location()).containsExactly(new double[] {x1, x2}, within(1e-12));
        assertThat(well.kind()).isEqualTo(kind);
        assertThat(well.isStable()).isTrue();
        Complex[] values = well.eigenvalues();
        assertThat(values[0].getReal()).isCloseTo(real, within(1e-10));
        assertThat(values[0].getImaginary()).isCloseTo(imaginary, within(1e-10));
        assertThat(values[1].getReal()).isCloseTo(second, within(1e-10));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.8054323501698502", "1.5, 1.646093210931656", "3, 3.720012289805123"})
    void originOfExample19IsACentreAtLinearOrder(double lambda, double frequency) {
        FixedPoints found = FixedPoints.in(Flow.of(Systems.example19(lambda), 2), BOX);
        assertThat(found.points()).hasSize(1);
        assertThat(found.indicesAgree()).isTrue();
        FixedPoint origin = found.points().get(0);
        assertThat(origin.kind()).isEqualTo(Kind.CENTRE);
        assertThat(origin.isStable()).isFalse();
        assertThat(origin.eigenvalues()[0].getReal()).isCloseTo(0.0, within(1e-11));
        assertThat(origin.eigenvalues()[0].getImaginary()).isCloseTo(frequency, within(1e-11));
        // The amplitude of x₁ falls as 2/√t: A′ = −A³/8.
        FirstLyapunovCoefficient weak = FirstLyapunovCoefficient.of(Systems.example19(lambda), 0, 0);
        assertThat(weak.value()).isNegative();
        assertThat(weak.amplitudeRate(0)).isCloseTo(-0.125, within(1e-7));
    }

    /** Triangular matrices show their eigenvalues. */
    @ParameterizedTest
    @CsvSource({
        "-1, 5, 0, -2, STABLE_NODE",
        "1, 5, 0, 2, UNSTABLE_NODE",
        "-1, 5, 0, 2, SADDLE",
        "-1, 5, -5, -1, STABLE_FOCUS",
        "1, 5, -5, 1, UNSTABLE_FOCUS",
        "0, 5, -5, 0, CENTRE",
        "0, 5, 0, 1, DEGENERATE",
        "0, 0, 0, 0, DEGENERATE"
    })
    void kindsInThePlane(double a, double b, double c, double d, Kind kind) {
        Flow flow = Flow.of(LinearField.of(MatrixUtils.createRealMatrix(new double[][] {{a, b}, {c, d}})), 2);
        assertThat(FixedPoint.near(flow, 0, 0).kind()).isEqualTo(kind);
    }

    /** Strogatz (2014), Section 9.2: the origin and (±√(b(ρ−1)), ·, ρ−1); eigenvalues at the origin in closed form. */
    @Test
    void lorenzInThreeDimensions() {
        Axis wide = Axis.uniform(-20, 21, 3);
        FixedPoints found =
                FixedPoints.in(Flow.of(Systems.lorenz(28), 3), Grid.of(wide, wide, Axis.uniform(-5, 40, 3)));
        assertThat(found.points()).hasSize(3);
        assertThat(found.boundaryIndex()).isEmpty();
        assertThat(found.indicesAgree()).isFalse();
        for (FixedPoint point : found.points()) {
            assertThat(point.kind()).isEqualTo(Kind.SADDLE);
            double[] x = point.location();
            if (Math.abs(x[2]) < 1.0) {
                double root = Math.sqrt(81.0 + 40.0 * 28.0);
                assertThat(point.eigenvalues()[0].getReal()).isCloseTo(0.5 * (-11.0 + root), within(1e-11));
                assertThat(point.eigenvalues()[1].getReal()).isCloseTo(-8.0 / 3.0, within(1e-11));
                assertThat(point.eigenvalues()[2].getReal()).isCloseTo(0.5 * (-11.0 - root), within(1e-11));
            } else {
                assertThat(Math.abs(x[0])).isCloseTo(Math.sqrt(72.0), within(1e-11));
                assertThat(x[2]).isCloseTo(27.0, within(1e-11));
                assertThat(point.eigenvalues()[0].getImaginary()).isGreaterThan(1.0);
            }
        }
    }

    @Test
    void indexTellsWhatIsMissing() {
        // A gradient field of two wells and a saddle; the starts lie about the wells.
        Flow flow = Flow.of(Systems.example19(0.0), 2);
        FixedPoints wells = FixedPoints.in(flow, Grid.square(-1.95, 2.0, 2));
        assertThat(wells.points()).hasSize(2);
        assertThat(wells.indexSum()).hasValue(2);
        assertThat(wells.boundaryIndex()).hasValue(1);
        assertThat(wells.indicesAgree()).isFalse();
    }

    /** At the merging the origin is a degenerate point of index 1. */
    @Test
    void degeneratePointHasAnIndex() {
        FixedPoints found = FixedPoints.in(Flow.of(Systems.example19(Math.exp(-0.25)), 2), BOX);
        assertThat(found.boundaryIndex()).hasValue(1);
        assertThat(found.points()).isNotEmpty();
        assertThat(found.points().get(0).location()).containsExactly(new double[2], within(1e-6));
    }

    @Test
    void noFixedPointIsReportedWithTheResidual() {
        Flow flow = Flow.of((x, out) -> out[0] = 1.0 + x[0] * x[0], 1);
        assertThatThrownBy(() -> FixedPoint.near(flow, 0.7))
                .isInstanceOf(ConvergenceException.class)
                .hasMessageStartingWith("Newton's method for a fixed point from [0.7] stopped at [")
                .satisfies(
                        e -> assertThat(((ConvergenceException) e).residual()).isGreaterThanOrEqualTo(1.0));
    }
}
