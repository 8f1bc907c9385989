package org.langevin4j.core.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class DifferentiableFieldTest {

    private static final RealMatrix A = MatrixUtils.createRealMatrix(new double[][] {{1, 2}, {-3, 0.5}});

    /** v = (xy², sin x): J = ((y², 2xy), (cos x, 0)). */
    @Test
    void automaticJacobian() {
        DifferentiableField field =
                DifferentiableField.automatic(x -> new Gradient[] {x[0].multiply(x[1].square()), x[0].sin()});
        double[] value = new double[2];
        double[] jacobian = new double[4];
        double[] x = {0.7, -1.5};
        field.at(x, value);
        field.jacobian(x, jacobian);
        assertThat(value[0]).isCloseTo(0.7 * 2.25, within(1e-15));
        assertThat(value[1]).isCloseTo(Math.sin(0.7), within(1e-15));
        assertThat(jacobian[0]).isCloseTo(2.25, within(1e-15));
        assertThat(jacobian[1]).isCloseTo(2 * 0.7 * -1.5, within(1e-15));
        assertThat(jacobian[2]).isCloseTo(Math.cos(0.7), within(1e-15));
        assertThat(jacobian[3]).isZero();
    }

    @Test
    void givenJacobianAndBlockForm() {
        DifferentiableField field = DifferentiableField.of(LinearField.of(A), (x, out) -> {
            out[0] = 1;
            out[1] = 2;
            out[2] = -3;
            out[3] = 0.5;
        });
        double[][] out = new double[2][2];
        field.atBlock(new double[][] {{1, 0}, {0, 1}}, 2, out);
        assertThat(out).isDeepEqualTo(A.getData());
        double[] jacobian = new double[4];
        field.jacobian(new double[2], jacobian);
        assertThat(jacobian).containsExactly(1, 2, -3, 0.5);
    }

    @Test
    void affineField() {
        AffineField field = AffineField.of(A, 10, 20);
        double[] value = new double[2];
        field.at(new double[] {1, -1}, value);
        assertThat(value).containsExactly(9, 16.5);
        double[][] block = new double[2][3];
        field.atBlock(new double[][] {{1, 0, 0}, {-1, 0, 0}}, 2, block);
        assertThat(block).isDeepEqualTo(new double[][] {{9, 10, 0}, {16.5, 20, 0}});
        double[] jacobian = new double[4];
        field.jacobian(value, jacobian);
        assertThat(jacobian).containsExactly(1, 2, -3, 0.5);
        assertThat(field.matrix()).isEqualTo(A);
        assertThat(field.offset()).containsExactly(10, 20);
        assertThat(field.dimension()).isEqualTo(2);
    }

    @Test
    void affineFieldsAreRecognisedByType() {
        AffineField field = AffineField.of(A, 10, 20);
        assertThat(AffineField.recognise(field)).containsSame(field);
        AffineField linear = AffineField.recognise(LinearField.of(A)).orElseThrow();
        assertThat(linear.matrix()).isEqualTo(A);
        assertThat(linear.offset()).containsExactly(0, 0);
        assertThat(AffineField.recognise((x, out) -> out[0] = x[0])).isEmpty();
        assertThat(AffineField.recognise(LinearField.of(MatrixUtils.createRealMatrix(2, 3))))
                .isEmpty();
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> AffineField.of(MatrixUtils.createRealMatrix(2, 3), 0, 0))
                .hasMessage("matrix must be square, got 2×3");
        assertThatThrownBy(() -> AffineField.of(A, 1)).hasMessage("offset must have length 2, got 1");
        assertThatThrownBy(() -> AffineField.of(A, 1, Double.NaN)).hasMessage("offset must be finite, got c[1] = NaN");
    }
}
