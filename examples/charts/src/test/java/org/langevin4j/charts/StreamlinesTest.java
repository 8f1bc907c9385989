package org.langevin4j.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;

class StreamlinesTest {

    private static final Rectangle2D SQUARE = new Rectangle2D.Double(-2, -2, 4, 4);
    private static final double SIZE = 300;
    private static final double SEPARATION = 15;

    private static List<Streamlines.Line> trace(VectorField field) {
        return new Streamlines(field, SQUARE, SIZE, SIZE, SEPARATION).trace();
    }

    @Test
    void ofARotationAreCircles() {
        List<Streamlines.Line> lines = trace((x, out) -> {
            out[0] = -x[1];
            out[1] = x[0];
        });
        assertThat(lines).hasSizeGreaterThan(8);
        for (Streamlines.Line line : lines) {
            double radius = Math.hypot(line.x[0], line.y[0]);
            for (int i = 0; i < line.x.length; i++) {
                assertThat(Math.hypot(line.x[i], line.y[i])).isEqualTo(radius, within(1e-3));
                assertThat(line.speed[i]).isEqualTo(radius, within(1e-3));
            }
            // Counter-clockwise, as the field.
            assertThat(line.x[0] * line.y[1] - line.y[0] * line.x[1]).isPositive();
        }
        assertThat(lines).anySatisfy(line -> {
            int last = line.x.length - 1;
            assertThat(line.x[last]).isEqualTo(line.x[0]);
            assertThat(line.y[last]).isEqualTo(line.y[0]);
        });
    }

    @Test
    void keepTheirDistance() {
        List<Streamlines.Line> lines = trace((x, out) -> {
            out[0] = 1;
            out[1] = Math.sin(2 * x[0]);
        });
        double nearest = Double.POSITIVE_INFINITY;
        for (int a = 0; a < lines.size(); a++) {
            for (int b = a + 1; b < lines.size(); b++) {
                for (int i = 0; i < lines.get(a).x.length; i++) {
                    for (int k = 0; k < lines.get(b).x.length; k++) {
                        nearest = Math.min(
                                nearest,
                                Math.hypot(
                                        lines.get(a).x[i] - lines.get(b).x[k], lines.get(a).y[i] - lines.get(b).y[k]));
                    }
                }
            }
        }
        assertThat(nearest * SIZE / 4).isGreaterThanOrEqualTo(0.5 * SEPARATION);
    }

    @Test
    void endAtAFixedPointAndInASpiral() {
        assertThat(trace((x, out) -> {
                    out[0] = -x[0];
                    out[1] = -x[1];
                }))
                .isNotEmpty();
        assertThat(trace((x, out) -> {
                    out[0] = -0.05 * x[0] - x[1];
                    out[1] = x[0] - 0.05 * x[1];
                }))
                .isNotEmpty();
    }

    @Test
    void ofAFieldThatIsZeroOrNotANumberThereAreNone() {
        assertThat(trace((x, out) -> {
                    out[0] = 0;
                    out[1] = 0;
                }))
                .isEmpty();
        assertThat(trace((x, out) -> {
                    out[0] = Double.NaN;
                    out[1] = 1;
                }))
                .isEmpty();
    }
}
