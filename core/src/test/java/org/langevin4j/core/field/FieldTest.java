package org.langevin4j.core.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

class FieldTest {

    private static final double[] X = {0.7, -0.4};

    @Test
    void automaticGradientIsThatByHand() {
        Potential p =
                Potential.automatic(x -> x[0].multiply(x[0]).multiply(x[1]).add(x[1].sin()));
        double[] gradient = new double[2];
        p.gradient(X, gradient);
        assertThat(p.at(X)).isCloseTo(0.49 * -0.4 + Math.sin(-0.4), within(1e-15));
        assertThat(gradient[0]).isCloseTo(2 * 0.7 * -0.4, within(1e-15));
        assertThat(gradient[1]).isCloseTo(0.49 + Math.cos(-0.4), within(1e-15));
    }

    /** M = [[x, xy], [y², 1]]: (∇·M) = (1 + x, 0) over the second index; (1 + 2y, y) over the first. */
    @Test
    void divergenceSumsTheSecondIndex() {
        MatrixField m = MatrixField.automatic(2, x ->
                new Gradient[][] {{x[0], x[0].multiply(x[1])}, {x[1].square(), x[0].newInstance(1.0)}});
        double[] divergence = new double[2];
        m.divergence(X, divergence);
        assertThat(divergence[0]).isCloseTo(1 + 0.7, within(1e-15));
        assertThat(divergence[1]).isEqualTo(0.0);
    }

    @Test
    void planarAndAutomaticAntisymmetricFieldsAgree() {
        AntisymmetricField planar = AntisymmetricField.planar(Potential.of(x -> x[0] * x[0] * x[1], (x, out) -> {
            out[0] = 2 * x[0] * x[1];
            out[1] = x[0] * x[0];
        }));
        AntisymmetricField automatic = AntisymmetricField.automatic(
                2, x -> new Gradient[] {x[0].square().multiply(x[1])});
        double[] q = new double[4];
        double[] r = new double[4];
        planar.at(X, q);
        automatic.at(X, r);
        assertThat(q).containsExactly(r, within(1e-15));
        assertThat(q[1]).isEqualTo(-q[2]).isEqualTo(0.7 * 0.7 * -0.4);
        double[] d = new double[2];
        double[] e = new double[2];
        planar.divergence(X, d);
        automatic.divergence(X, e);
        assertThat(d).containsExactly(e, within(1e-15));
        assertThat(d[0]).isCloseTo(0.49, within(1e-15));
        assertThat(d[1]).isCloseTo(0.56, within(1e-15));
    }

    @Test
    void constantAntisymmetricFieldsAreChecked() {
        assertThatThrownBy(() ->
                        AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0, 1}, {1, 0}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("q must be finite and antisymmetric, got q[0][1] = 1.0 and q[1][0] = 1.0");
        assertThatThrownBy(() -> AntisymmetricField.constant(MatrixUtils.createRealMatrix(2, 3)))
                .hasMessage("q must be square, got 2×3");
        assertThatThrownBy(() -> AntisymmetricField.automatic(3, x -> new Gradient[] {x[0]})
                        .at(new double[3], new double[9]))
                .hasMessage("upper must give 3 entries for d = 3, got 1");
    }

    @Property(tries = 60)
    void linearFieldGivesTheSameBitsAloneAndInABlock(
            @ForAll @IntRange(min = 1, max = 13) int rows,
            @ForAll @IntRange(min = 1, max = 13) int columns,
            @ForAll @IntRange(min = 1, max = 40) int paths,
            @ForAll long seed) {
        NormalStream normals = NormalStream.of(Seed.of(seed));
        RealMatrix matrix = MatrixUtils.createRealMatrix(rows, columns);
        double[][] x = new double[columns][paths];
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                matrix.setEntry(i, j, normals.at(i, 0, j));
            }
            for (int p = 0; p < paths; p++) {
                x[j][p] = normals.at(p, 1, j);
            }
        }
        LinearField field = LinearField.of(matrix);
        double[][] out = new double[rows][paths];
        field.atBlock(x, paths, out);
        for (int p = 0; p < paths; p++) {
            double[] state = new double[columns];
            for (int j = 0; j < columns; j++) {
                state[j] = x[j][p];
            }
            double[] expected = new double[rows];
            field.at(state, expected);
            double[] product = matrix.operate(state);
            for (int i = 0; i < rows; i++) {
                assertThat(out[i][p]).isEqualTo(expected[i]).isCloseTo(product[i], within(1e-12));
            }
            double[] back = new double[columns];
            field.transposed(expected, back);
            assertThat(back).containsExactly(matrix.transpose().operate(expected), within(1e-10));
        }
    }

    @Test
    void linearFieldRefusesNaN() {
        assertThatThrownBy(() -> LinearField.of(MatrixUtils.createRealMatrix(new double[][] {{1, Double.NaN}})))
                .hasMessage("matrix must be finite, got entry [0][1] = NaN");
    }
}
