package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;

/** What does not fit is refused with both numbers: at construction where they are known, else when first evaluated. */
class ShapesTest {

    private static final RealMatrix A = MatrixUtils.createRealMatrix(new double[][] {{-1, 0.5}, {0, -2}});
    private static final Temperature ONE = Temperature.of(1.0);
    private static final double[] X = {0.3, 0.7};
    private static final double[] XI = {1.0, -1.0};

    private static Gradient[][] square(Gradient[] x, int... rowLengths) {
        Gradient[][] rows = new Gradient[rowLengths.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Gradient[rowLengths[i]];
            java.util.Arrays.fill(rows[i], x[0].add(2.0));
        }
        return rows;
    }

    private static Gradient[] list(Gradient[] x, int length) {
        return square(x, length)[0];
    }

    private static Arguments refused(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }

    static Stream<Arguments> atConstruction() {
        VectorField linear = LinearField.of(A);
        VectorField affine = AffineField.of(A, 1, 2);
        VectorField wide = LinearField.of(MatrixUtils.createRealMatrix(2, 3));
        String twoForThree = "field must map 3 coordinates to 3 components, got a matrix of 2×2";
        return Stream.of(
                refused(twoForThree, () -> Sde.ito(linear, Diffusion.isotropic(3, 1), ONE)),
                refused(twoForThree, () -> Sde.ito(affine, Diffusion.diagonal(1, 2, 3), ONE)),
                refused(
                        "field must map 1 coordinates to 1 components, got a matrix of 2×2",
                        () -> Sde.ito(affine, Diffusion.automaticFactor(1, 2, x -> square(x, 2)), ONE)),
                refused(
                        "field must map 2 coordinates to 2 components, got a matrix of 2×3",
                        () -> Sde.ito(wide, Diffusion.isotropic(2, 1), ONE)),
                refused(
                        twoForThree,
                        () -> Sde.ito(DifferentiableField.of(linear, (x, out) -> {}), Diffusion.isotropic(3, 1), ONE)),
                refused(
                        twoForThree,
                        () -> Sde.ito(DifferentiableField.byDifferences(linear), Diffusion.isotropic(3, 1), ONE)),
                refused(
                        twoForThree,
                        () -> Sde.ito(VectorField.driven(t -> AffineField.of(A, t, 0)), Diffusion.isotropic(3, 1), ONE)
                                .atTime(2.0)),
                refused(
                        "q must have the dimension of the diffusion, 2, got 3",
                        () -> new Sde(
                                linear,
                                Diffusion.isotropic(2, 1),
                                ONE,
                                new Calculus.AType(AntisymmetricField.zero(3)))),
                refused(
                        "field must map 2 coordinates to 4 components, got a matrix of 2×2",
                        () -> Diffusion.factor(2, 2, linear)),
                refused(
                        "field must map 3 coordinates to 3 components, got a matrix of 2×2",
                        () -> Diffusion.diagonal(3, linear)),
                refused(
                        "field must map 2 coordinates to 4 components, got a matrix of 2×2",
                        () -> MatrixField.of(2, linear)),
                refused(
                        "field must map 3 coordinates to 3 components, got a matrix of 2×2",
                        () -> Diffusion.isotropic(3, 1).inverseTimes(linear)),
                refused("dimension must be positive, got 0", () -> Diffusion.factor(0, 1, (x, out) -> {})),
                refused("noiseDimension must be positive, got 0", () -> Diffusion.factor(1, 0, (x, out) -> {})),
                refused("dimension must be positive, got 0", () -> Diffusion.isotropic(0, x -> 1.0)),
                refused("dimension must be positive, got -1", () -> Diffusion.diagonal(-1, (x, out) -> {})));
    }

    static Stream<Arguments> atEvaluation() {
        return Stream.of(
                refused(
                        "matrix must be 2×2, got 3 rows",
                        () -> products(Diffusion.automaticFactor(2, 2, x -> square(x, 3, 3, 3)))),
                refused(
                        "matrix must be 2×2, got 3 entries in row 1",
                        () -> products(Diffusion.automaticFactor(2, 2, x -> square(x, 2, 3)))),
                refused(
                        "matrix must be 2×2, got 1 rows",
                        () -> products(Diffusion.automaticFactor(2, 2, x -> square(x, 2)))),
                refused(
                        "matrix must be 2×2, got 1 entries in row 0",
                        () -> products(Diffusion.automaticFactor(2, 2, x -> square(x, 1, 2)))),
                refused(
                        "field must give 2 components for d = 2, got 3",
                        () -> products(Diffusion.automaticDiagonal(2, x -> list(x, 3)))),
                refused(
                        "field must give 2 components for d = 2, got 1",
                        () -> products(Diffusion.automaticDiagonal(2, x -> list(x, 1)))),
                refused(
                        "matrix must be 2×2, got 3 entries in row 0",
                        () -> products(Diffusion.of(MatrixField.automatic(2, x -> square(x, 3, 2))))),
                refused(
                        "matrix must be 2×2, got 3 rows",
                        () -> MatrixField.automatic(2, x -> square(x, 2, 2, 2)).divergence(X, new double[2])),
                refused(
                        "field must give 2 components for d = 2, got 3",
                        () -> DifferentiableField.automatic(x -> list(x, 3)).at(X, new double[2])),
                refused(
                        "field must give 2 components for d = 2, got 1",
                        () -> DifferentiableField.automatic(x -> list(x, 1)).jacobian(X, new double[4])),
                refused(
                        "upper must give 1 entries for d = 2, got 2",
                        () -> AntisymmetricField.automatic(2, x -> list(x, 2)).at(X, new double[4])),
                refused(
                        "factor must write 4 entries for d = 2, got: Index 4 out of bounds for length 4",
                        () -> products(Diffusion.factor(2, 2, (x, out) -> out[4] = 1.0))),
                refused(
                        "diffusion must write 2 entries for d = 2, got: Index 2 out of bounds for length 2",
                        () -> products(Diffusion.diagonal(2, (x, out) -> out[2] = 1.0))),
                refused(
                        "diffusion must write 4 entries for d = 2, got: Index 8 out of bounds for length 4",
                        () -> products(Diffusion.of(MatrixField.of(2, (x, out) -> out[8] = 1.0)))));
    }

    private static void products(Diffusion diffusion) {
        diffusion.factorTimes(X, XI, new double[2]);
    }

    @ParameterizedTest
    @MethodSource({"atConstruction", "atEvaluation"})
    void refusedWithBothNumbers(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    /** In a block too. */
    @Test
    void blocks() {
        double[][] two = new double[2][3];
        assertThatThrownBy(() -> Diffusion.automaticFactor(2, 2, x -> square(x, 3, 3, 3))
                        .factorTimesBlock(two, two, 3, new double[2][3]))
                .hasMessage("matrix must be 2×2, got 3 rows");
        assertThatThrownBy(() -> DifferentiableField.automatic(x -> list(x, 3)).atBlock(two, 3, new double[2][3]))
                .hasMessage("field must give 2 components for d = 2, got 3");
        assertThatThrownBy(() -> Diffusion.factor(2, 2, (x, out) -> out[5] = 0.0)
                        .factorTimesBlock(two, two, 3, new double[2][3]))
                .hasMessageStartingWith("factor must write 4 entries for d = 2");
    }

    @Test
    void whatFitsIsTaken() {
        assertThatCode(() -> {
                    Sde.ito(LinearField.of(A), Diffusion.isotropic(2, 1), ONE);
                    Sde.ito(VectorField.driven(t -> AffineField.of(A, Math.log(t), 0)), Diffusion.isotropic(2, 1), ONE);
                    Diffusion.factor(2, 1, LinearField.of(A)).factorTimes(X, new double[] {1.0}, new double[2]);
                })
                .doesNotThrowAnyException();
    }
}
