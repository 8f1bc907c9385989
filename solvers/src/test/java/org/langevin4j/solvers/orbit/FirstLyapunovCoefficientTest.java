package org.langevin4j.solvers.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;

class FirstLyapunovCoefficientTest {

    /** c₀x² + c₁xy + c₂y² + c₃x³ + c₄x²y + c₅xy² + c₆y³. */
    private static double cubic(double[] c, int offset, double x, double y) {
        return c[offset] * x * x
                + c[offset + 1] * x * y
                + c[offset + 2] * y * y
                + c[offset + 3] * x * x * x
                + c[offset + 4] * x * x * y
                + c[offset + 5] * x * y * y
                + c[offset + 6] * y * y * y;
    }

    /** Guckenheimer and Holmes (1983), eq. 3.4.11, for x′ = −ωy + f, y′ = ωx + g. */
    private static double guckenheimerHolmes(double[] c, double omega) {
        double fxx = 2 * c[0];
        double fxy = c[1];
        double fyy = 2 * c[2];
        double gxx = 2 * c[7];
        double gxy = c[8];
        double gyy = 2 * c[9];
        double cubicTerms = 6 * c[3] + 2 * c[5] + 2 * c[11] + 6 * c[13];
        return (cubicTerms + (fxy * (fxx + fyy) - gxy * (gxx + gyy) - fxx * gxx + fyy * gyy) / omega) / 16.0;
    }

    @Provide
    Arbitrary<double[]> coefficients() {
        return Arbitraries.doubles().between(-1.0, 1.0).array(double[].class).ofSize(14);
    }

    @Property(tries = 60)
    void planarFormula(@ForAll("coefficients") double[] c, @ForAll @DoubleRange(min = 0.5, max = 3) double omega) {
        double expected = guckenheimerHolmes(c, omega);
        VectorField field = (x, out) -> {
            out[0] = -omega * x[1] + cubic(c, 0, x[0], x[1]);
            out[1] = omega * x[0] + cubic(c, 7, x[0], x[1]);
        };
        FirstLyapunovCoefficient differences = FirstLyapunovCoefficient.of(field, 0, 0);
        assertThat(0.5 * omega * differences.value()).isCloseTo(expected, within(1e-8));
        assertThat(differences.frequency()).isCloseTo(omega, within(1e-10));
        assertThat(differences.amplitudeRate(0)).isCloseTo(expected, within(1e-8));

        FirstLyapunovCoefficient automatic = FirstLyapunovCoefficient.automatic(
                x -> new DerivativeStructure[] {
                    cubic(c, 0, x[0], x[1]).subtract(x[1].multiply(omega)),
                    cubic(c, 7, x[0], x[1]).add(x[0].multiply(omega))
                },
                0,
                0);
        assertThat(0.5 * omega * automatic.value()).isCloseTo(expected, within(1e-12));
    }

    private static DerivativeStructure cubic(double[] c, int o, DerivativeStructure x, DerivativeStructure y) {
        return x.square()
                .multiply(c[o])
                .add(x.multiply(y).multiply(c[o + 1]))
                .add(y.square().multiply(c[o + 2]))
                .add(x.pow(3).multiply(c[o + 3]))
                .add(x.square().multiply(y).multiply(c[o + 4]))
                .add(x.multiply(y.square()).multiply(c[o + 5]))
                .add(y.pow(3).multiply(c[o + 6]));
    }

    /** A third coordinate w′ = −w + x² + y² slaves to r², and x′ = … + sxw then gives a = s on the centre manifold. */
    @Test
    void centreManifoldInThreeDimensions() {
        // w = α r² + β(x² − y²) + γxy obeys w′ = −w + r²; its average over a turn is r², so that with x′ = −ωy + sxw,
        // y′ = ωx + syw: r′ = s r w = s r³.
        double s = 0.7;
        double omega = 1.3;
        VectorField field = (x, out) -> {
            out[0] = -omega * x[1] + s * x[0] * x[2];
            out[1] = omega * x[0] + s * x[1] * x[2];
            out[2] = -x[2] + x[0] * x[0] + x[1] * x[1];
        };
        FirstLyapunovCoefficient found = FirstLyapunovCoefficient.of(field, 0, 0, 0);
        assertThat(0.5 * omega * found.value()).isCloseTo(s, within(1e-8));
    }

    @Test
    void trueCentreHasNone() {
        FirstLyapunovCoefficient pendulum = FirstLyapunovCoefficient.of(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = -Math.sin(x[0]);
                },
                0,
                0);
        assertThat(pendulum.value()).isCloseTo(0.0, within(1e-8));
    }

    @Test
    void focusIsRefused() {
        assertThatThrownBy(() -> FirstLyapunovCoefficient.of(Systems.hopf(0.5, 2.0), 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "x must have a pair of eigenvalues on the imaginary axis, got [(0.5, 2.0), (0.5, -2.0)]");
    }
}
