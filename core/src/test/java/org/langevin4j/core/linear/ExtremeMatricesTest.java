package org.langevin4j.core.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.langevin4j.core.Extremes.answer;
import static org.langevin4j.core.Extremes.times;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.Extremes;

/** Decompositions and equations of matrices in any unit, and of entries that are no usual numbers. */
@Domain(Extremes.class)
class ExtremeMatricesTest {

    private static final LinearAlgebra JAVA = LinearAlgebra.pureJava();

    private static final double[][] A = {{2.0, -1.0, 0.25}, {0.5, 3.0, 1.0}, {-0.75, 0.125, 1.5}};
    private static final double[][] S = {{2.0, 0.5, 0.25}, {0.5, 3.0, -1.0}, {0.25, -1.0, 1.5}};

    private static RealMatrix matrix(int power, double[][] rows) {
        return new Array2DRowRealMatrix(
                Arrays.stream(rows).map(row -> times(power, row)).toArray(double[][]::new), false);
    }

    private static double[] entries(RealMatrix a) {
        return Arrays.stream(a.getData()).flatMapToDouble(Arrays::stream).toArray();
    }

    /** Nothing is lost by powers of two: the same bits. */
    @Property(tries = 100, seed = "1")
    @Domain(DomainContext.Global.class)
    void decompositionsHaveNoUnits(@ForAll @IntRange(min = -1000, max = 1000) int power) {
        Eigenpairs once = JAVA.symmetricEigen(matrix(0, S));
        Eigenpairs scaled = JAVA.symmetricEigen(matrix(power, S));
        assertThat(times(-power, scaled.values())).isEqualTo(once.values());
        assertThat(entries(scaled.vectors())).isEqualTo(entries(once.vectors()));
        assertThat(Arrays.stream(JAVA.eigenvalues(matrix(power, A)))
                        .mapToDouble(Complex::getReal)
                        .map(v -> Math.scalb(v, -power)))
                .containsExactly(Arrays.stream(JAVA.eigenvalues(matrix(0, A)))
                        .map(Complex::getReal)
                        .toArray(Double[]::new));
        assertThat(times(-power, SingularVectors.of(matrix(power, A)).values()))
                .isEqualTo(SingularVectors.of(matrix(0, A)).values());
    }

    @Property(tries = 100, seed = "1")
    @Domain(DomainContext.Global.class)
    void equationsGoWithBothSides(
            @ForAll @IntRange(min = -1000, max = 1000) int left, @ForAll @IntRange(min = -1000, max = 1000) int right) {
        double[] b = {1.0, -2.0, 0.5};
        RealMatrix identity = MatrixUtils.createRealIdentityMatrix(3);
        int power = right - left;
        if (Math.abs(power) <= 1000) {
            assertThat(times(-power, LuFactors.of(matrix(left, A)).solve(times(right, b))))
                    .isEqualTo(LuFactors.of(matrix(0, A)).solve(b));
            RealMatrix c = identity.scalarMultiply(Math.scalb(1.0, right));
            assertThat(times(
                            -power,
                            entries(LyapunovEquation.of(matrix(left, A), JAVA)
                                    .solve(c, LyapunovEquation.Symmetry.SYMMETRIC))))
                    .isEqualTo(entries(LyapunovEquation.of(matrix(0, A), JAVA)
                            .solve(identity, LyapunovEquation.Symmetry.SYMMETRIC)));
        } else if (power > 1030) {
            assertThatThrownBy(() -> LuFactors.of(matrix(left, A)).solve(times(right, b)))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("beyond");
        }
    }

    @Property(tries = 200, seed = "1")
    void matricesAreAnsweredInNumbersOrRefused(
            @ForAll double x, @ForAll double y, @ForAll double z, @ForAll double[] b) {
        RealMatrix a = new Array2DRowRealMatrix(new double[][] {{x, y}, {z, 1.0}}, false);
        answer("matrix|singular|beyond|right", () -> LuFactors.of(a).inverse())
                .ifPresent(inverse -> assertThat(entries(inverse)).doesNotContain(Double.NaN));
        answer("matrix|singular|beyond|right-hand side", () -> LuFactors.of(a).solve(new double[] {1.0, -1.0}))
                .ifPresent(solution -> assertThat(Arrays.stream(solution)).allMatch(Double::isFinite));
        answer("matrix|converge|beyond", () -> JAVA.eigenvalues(a))
                .ifPresent(values -> assertThat(values).noneMatch(Complex::isNaN));
        answer("matrix|eigenvalue|root|beyond|converge", () -> MatrixLogarithm.of(a))
                .ifPresent(log -> assertThat(Arrays.stream(entries(log))).allMatch(Double::isFinite));
        answer("a must|radius", () -> SteinEquation.of(a, JAVA));
        int d = b.length;
        answer("^m must|^l must", () -> Cholesky.definite(b.clone(), 2));
        answer("^m must", () -> Cholesky.semiDefinite(b.clone(), d));
        answer("rows", () -> Eigenpairs.ofRows(b, new double[][] {{x}}));
        answer("vectors and form", () -> RealSchur.of(MatrixUtils.createRealIdentityMatrix(3), a));
        answer("^a must", () -> TransposedProduct.ofItself(new double[][] {b, {1.0}}));
    }

    @Example
    void norms() {
        assertThat(Vectors.norm(new double[] {3e-320, 4e-320})).isCloseTo(5e-320, within(1e-322));
        for (int power : new int[] {-1000, -600, 0, 600, 1000}) {
            assertThat(Vectors.norm(matrix(power, new double[][] {{3.0, 0.0}, {4.0, 12.0}})))
                    .isEqualTo(Math.scalb(13.0, power));
        }
    }
}
