package org.langevin4j.examples.paper.potential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;

class SectionVTest {

    private static final MatrixField SHEARED = MatrixField.of(2, (x, out) -> {
        out[0] = 2.0 + x[1];
        out[1] = 1.0;
        out[2] = 1.0;
        out[3] = 1.0;
    });

    /** Stokes: D⁻¹v = (−x₂, x₁) has the curl 2 on an area of 1, counter-clockwise. */
    @Test
    void circulationIsTheCurlOverTheSquare() {
        VectorField v = (x, out) -> {
            out[0] = -(2.0 + x[1]) * x[1] + x[0];
            out[1] = -x[1] + x[0];
        };
        assertThat(SectionV.circulation(SHEARED, v, 0.0)).isCloseTo(2.0, within(1e-12));
    }

    /** v = D∇(x₁x₂); ∇·D = 0, so that T is of no account. */
    @Test
    void aGradientDoesNotCirculate() {
        VectorField v = (x, out) -> {
            out[0] = (2.0 + x[1]) * x[1] + x[0];
            out[1] = x[1] + x[0];
        };
        assertThat(SectionV.circulation(SHEARED, v, 0.7)).isCloseTo(0.0, within(1e-10));
    }
}
