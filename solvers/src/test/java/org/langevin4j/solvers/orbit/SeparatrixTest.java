package org.langevin4j.solvers.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;

class SeparatrixTest {

    private static final Grid BOX = Grid.square(-3, 3, 2);

    /** H = y²/2 − x²/2 + x⁴/4: both manifolds of the origin lie on the two loops H = 0. */
    @Test
    void homoclinicLoops() {
        Flow flow = Flow.of(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = x[0] - x[0] * x[0] * x[0];
                },
                2);
        List<Separatrix> all = Separatrix.of(flow, FixedPoint.near(flow, 0.05, 0.02), BOX, 25.0);
        assertThat(all).hasSize(4);
        assertThat(all).extracting(Separatrix::unstable).containsExactly(true, true, false, false);
        for (Separatrix separatrix : all) {
            double[][] x = separatrix.orbit().coordinates(200);
            double farthest = 0.0;
            for (int k = 0; k < 200; k++) {
                double u = x[0][k];
                assertThat(0.5 * x[1][k] * x[1][k] - 0.5 * u * u + 0.25 * u * u * u * u)
                        .isCloseTo(0.0, within(1e-11));
                farthest = Math.max(farthest, Math.abs(u));
            }
            assertThat(farthest).isCloseTo(Math.sqrt(2.0), within(0.02));
        }
    }

    @Test
    void endAtTheBox() {
        Flow flow = Flow.of(
                (x, out) -> {
                    out[0] = x[0];
                    out[1] = -2.0 * x[1] + x[0] * x[0];
                },
                2);
        // The unstable manifold of this field is y = x²/4.
        List<Separatrix> all = Separatrix.of(flow, FixedPoint.near(flow, 0.1, 0.1), BOX, 1e3);
        double[] end = all.get(0).orbit().end();
        assertThat(Math.abs(end[0])).isCloseTo(3.0, within(1e-6));
        assertThat(end[1]).isCloseTo(2.25, within(1e-6));
        assertThat(Math.abs(all.get(2).orbit().end()[1])).isCloseTo(3.0, within(1e-6));
    }

    @Test
    void inThreeDimensionsOnlyTheLonelyDirection() {
        Flow flow = Flow.of(Systems.lorenz(5.0), 3);
        Axis axis = Axis.uniform(-50, 50, 2);
        FixedPoint origin = FixedPoint.near(flow, 0, 0, 0);
        List<Separatrix> unstable = Separatrix.of(flow, origin, Grid.of(axis, axis, axis), 60.0);
        assertThat(unstable).hasSize(2);
        // They end in the two other fixed points, ±√(b(ρ−1)).
        for (Separatrix separatrix : unstable) {
            assertThat(Math.abs(separatrix.orbit().end()[0])).isCloseTo(Math.sqrt(32.0 / 3.0), within(1e-8));
        }
    }

    @Test
    void nodeHasNone() {
        Flow flow = Flow.of(
                (x, out) -> {
                    out[0] = -x[0];
                    out[1] = -2.0 * x[1];
                },
                2);
        FixedPoint node = FixedPoint.near(flow, 0, 0);
        assertThatThrownBy(() -> Separatrix.of(flow, node, BOX, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("saddle must be one, got stable node at [0.0, 0.0]");
    }
}
