package org.langevin4j.solvers.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;

class FlowTest {

    private static final double[] ONE = {1.0};

    @Test
    void oscillatorIsRotation() {
        VectorField field = (x, out) -> {
            out[0] = -2.0 * x[1];
            out[1] = 2.0 * x[0];
        };
        Flow flow = Flow.of(field, 2);
        double t = 50.3;
        assertThat(flow.after(new double[] {1, 0}, t))
                .containsExactly(new double[] {Math.cos(2 * t), Math.sin(2 * t)}, within(1e-11));
        assertThat(flow.reversed().after(flow.after(new double[] {1, 0}, 3.0), 3.0))
                .containsExactly(new double[] {1, 0}, within(1e-12));
        Orbit orbit = flow.orbit(new double[] {1, 0}, 3.0);
        for (double s = 0.0; s <= 3.0; s += 0.037) {
            assertThat(orbit.at(s)).containsExactly(new double[] {Math.cos(2 * s), Math.sin(2 * s)}, within(1e-11));
        }
        assertThat(orbit.coordinates(4)[1][2]).isCloseTo(Math.sin(4.0), within(1e-11));
    }

    /** ẋ = −x³ has x = s/√(1 + 2s²t), hence dx/ds = (1 + 2s²t)^(−3/2). */
    @Test
    void tangentIsTheDerivativeOfTheFlow() {
        Flow flow = Flow.of((x, out) -> out[0] = -x[0] * x[0] * x[0], 1);
        double s = 1.7;
        double t = 2.3;
        Tangent tangent = flow.tangent(new double[] {s}, t);
        double exact = Math.pow(1.0 + 2.0 * s * s * t, -1.5);
        assertThat(tangent.state()[0]).isCloseTo(s / Math.sqrt(1.0 + 2.0 * s * s * t), within(1e-12));
        assertThat(tangent.matrix().getEntry(0, 0)).isCloseTo(exact, within(1e-11));
        assertThat(tangent.logDeterminant()).isCloseTo(Math.log(exact), within(1e-11));
    }

    @Test
    void jacobianByDifferencesIsThatOfTheClosedForm() {
        double[] x = {-13.7, 0.02, 27.0};
        RealMatrix exact = Flow.of(Systems.lorenz(28), 3).jacobian(x);
        VectorField bare = (y, out) -> Systems.lorenz(28).at(y, out);
        assertThat(Flow.of(bare, 3).jacobian(x).subtract(exact).getNorm1()).isLessThan(1e-11);

        // A field with the small length 0.01, where a fixed step of the size of 1 would fail.
        Flow fast = Flow.of((y, out) -> out[0] = Math.sin(100.0 * y[0]), 1);
        assertThat(fast.jacobian(new double[] {0.3}).getEntry(0, 0)).isCloseTo(100.0 * Math.cos(30.0), within(1e-7));

        RealMatrix a = MatrixUtils.createRealMatrix(new double[][] {{1, 2}, {3, 4}});
        assertThat(Flow.of(LinearField.of(a), 2).jacobian(new double[2])).isEqualTo(a);
    }

    /** ẋ = x² from 1 is at infinity at t = 1. */
    @Test
    void runawayIsReportedWithItsNumbers() {
        Flow flow = Flow.of((x, out) -> out[0] = x[0] * x[0], 1).withRadius(1e3);
        assertThatThrownBy(() -> flow.after(ONE, 2.0))
                .isInstanceOf(OrbitException.class)
                .hasMessageStartingWith("orbit from [1.0] ran away: beyond |x| = 1000.0 at t = 0.99")
                .satisfies(e -> {
                    assertThat(((OrbitException) e).time()).isBetween(0.999, 1.0);
                    assertThat(((OrbitException) e).state()[0]).isGreaterThan(1e3);
                });
        // Nothing in the way: the steps shrink towards the pole until they vanish.
        assertThatThrownBy(() -> flow.withRadius(Double.MAX_VALUE).after(ONE, 2.0))
                .isInstanceOf(OrbitException.class)
                .satisfies(e -> assertThat(((OrbitException) e).time()).isBetween(0.999, 1.001));
    }

    @Test
    void fieldThatIsNotANumberIsReported() {
        Flow flow = Flow.of((x, out) -> out[0] = -1.0 / Math.sqrt(x[0]), 1);
        assertThatThrownBy(() -> flow.after(ONE, 2.0)).isInstanceOf(OrbitException.class);
    }

    @Test
    void crossingIsOnTheSectionAtTheRightTime() {
        Flow flow = Flow.of(Systems.hopf(1.0, 2.0), 2);
        Crossing half = flow.nextCrossing(
                new double[] {1, 0}, Section.coordinate(2, 1, 0.0).reversed(), 10.0);
        assertThat(half.time()).isCloseTo(Math.PI / 2, within(1e-13));
        assertThat(half.state()).containsExactly(new double[] {-1, 0}, within(1e-13));
        Crossing full = flow.nextCrossing(new double[] {1, 0}, Section.coordinate(2, 1, 0.0), 10.0);
        assertThat(full.time()).isCloseTo(Math.PI, within(1e-13));
        assertThat(full.state()[1]).isCloseTo(0.0, within(1e-15));
        // A start a rounding error before or behind the section is a start on it.
        for (double offset : new double[] {1e-15, -1e-15}) {
            Crossing again = flow.nextCrossing(new double[] {1, offset}, Section.coordinate(2, 1, 0.0), 10.0);
            assertThat(again.time()).isCloseTo(Math.PI, within(1e-12));
        }
    }

    @Test
    void sectionThatIsNeverCrossedIsReported() {
        Flow flow = Flow.of(Systems.hopf(1.0, 2.0), 2);
        assertThatThrownBy(() -> flow.nextCrossing(new double[] {1, 0}, Section.coordinate(2, 0, 5.0), 20.0))
                .isInstanceOf(OrbitException.class)
                .hasMessageStartingWith(
                        "orbit from [1.0, 0.0] did not cross the section n·(x − a) = 0 with n = [1.0, 0.0], "
                                + "a = [5.0, 0.0] within the time 20.0; it ended at [");
    }

    @Test
    void argumentsAreChecked() {
        Flow flow = Flow.of(Systems.hopf(1.0, 2.0), 2);
        assertThatThrownBy(() -> flow.after(ONE, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("state must have length 2, got 1");
        assertThatThrownBy(() -> flow.after(new double[] {Double.NaN, 0}, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("state must be finite, got [NaN, 0.0]");
        assertThatThrownBy(() -> flow.orbit(new double[2], Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("duration must be finite and positive, got NaN");
        assertThatThrownBy(() -> flow.withTolerance(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tolerance must be 1e-15 to 0.1, got NaN");
        assertThatThrownBy(() -> Section.of(new double[2], 0.0, 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("normal must be finite, not zero and of length 2, got [0.0, 0.0]");
    }

    @Test
    void restAndInvariantSectionsAreReported() {
        Flow node = Flow.of(
                (x, out) -> {
                    out[0] = -x[0];
                    out[1] = -2.0 * x[1];
                },
                2);
        Section axis = Section.coordinate(2, 0, 0.0);
        assertThatThrownBy(() -> node.nextCrossing(new double[2], axis, 10.0))
                .isInstanceOf(OrbitException.class)
                .hasMessage("orbit from [0.0, 0.0] is at rest at t = 0.0, x = [0.0, 0.0]: |b| = 0.0");
        // It never leaves the section, and so never crosses it.
        assertThatThrownBy(() -> node.nextCrossing(new double[] {0, 1}, axis, 10.0))
                .isInstanceOf(OrbitException.class)
                .hasMessageContaining("did not cross the section");
        // It comes to the section at t = ∞ only; where its distance is rounding there is no crossing to report.
        assertThatThrownBy(() -> node.nextCrossing(new double[] {-1, 1}, axis, 1e3))
                .isInstanceOf(OrbitException.class);
    }

    /** From one turning point of a rotation to the next, over and over: each time half a turn, never stuck at its start. */
    @Test
    void trajectoryGoesOnFromWhereItStopped() {
        Flow flow = Flow.of(Systems.hopf(1.0, 2.0), 2);
        double[] x = {1.0, 0.0};
        for (int k = 1; k <= 400; k++) {
            Orbit half = flow.orbit(x, 10.0, y -> y[1]);
            assertThat(half.duration()).isCloseTo(Math.PI / 2, within(1e-11));
            x = half.end();
            assertThat(x).containsExactly(new double[] {k % 2 == 0 ? 1.0 : -1.0, 0.0}, within(1e-11));
        }
    }
}
