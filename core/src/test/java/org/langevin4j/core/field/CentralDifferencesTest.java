package org.langevin4j.core.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CentralDifferencesTest {

    /** v = (sin(kx)eʸ, x²y³, 1/(1 + k²x²)), from two coordinates to three components. */
    private static VectorField field(double k) {
        return (x, out) -> {
            out[0] = Math.sin(k * x[0]) * Math.exp(x[1]);
            out[1] = x[0] * x[0] * x[1] * x[1] * x[1];
            out[2] = 1.0 / (1.0 + k * k * x[0] * x[0]);
        };
    }

    private static double[] jacobian(double k, double x, double y) {
        double bell = 1.0 / (1.0 + k * k * x * x);
        return new double[] {
            k * Math.cos(k * x) * Math.exp(y), Math.sin(k * x) * Math.exp(y),
            2 * x * y * y * y, 3 * x * x * y * y,
            -2 * k * k * x * bell * bell, 0.0
        };
    }

    /** Functions that change over lengths from 1 to 10⁻⁵: nine digits, and the estimate covers the error. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 30.0, 1e3, 1e5})
    void jacobianAndItsError(double k) {
        CentralDifferences differences = DifferentiableField.byDifferences(field(k));
        double[] found = new double[6];
        double[] error = new double[6];
        for (double x : new double[] {0.3 / k, -1.7 / k, 0.0, 0.8}) {
            double[] state = {x, -0.6};
            double[] expected = jacobian(k, x, -0.6);
            differences.jacobian(state, found);
            differences.jacobianError(state, error);
            for (int e = 0; e < 6; e++) {
                double rounding = 4e-15 * (1.0 + Math.abs(k * x)) * Math.abs(expected[e]);
                assertThat(Math.abs(found[e] - expected[e])).isLessThanOrEqualTo(error[e] + rounding);
                assertThat(error[e]).isLessThan(2e-7 * Math.max(1.0, k));
            }
            assertThat(found).containsExactly(expected, within(1e-9 * k));
            double[] along = new double[3];
            differences.along(state, new double[] {2.0, -3.0}, along);
            for (int i = 0; i < 3; i++) {
                assertThat(along[i]).isCloseTo(2.0 * expected[2 * i] - 3.0 * expected[2 * i + 1], within(1e-8 * k));
            }
        }
    }

    /** On functions of order one the stated error, 10⁻¹². */
    @Test
    void ordinaryFunctions() {
        double[] found = new double[6];
        DifferentiableField.byDifferences(field(1.0)).jacobian(new double[] {0.3, -0.6}, found);
        assertThat(found).containsExactly(jacobian(1.0, 0.3, -0.6), within(2e-12));
        double[] gradient = new double[2];
        Potential.byDifferences(x -> x[0] * x[0] * Math.cos(x[1])).gradient(new double[] {3.0, 0.5}, gradient);
        assertThat(gradient).containsExactly(new double[] {6 * Math.cos(0.5), -9 * Math.sin(0.5)}, within(3e-11));
    }

    /** √x is not defined below 0: the step is cut until it stays inside. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 1e-2, 1e-4, 1e-7, 1e-12})
    void nextToTheBorderOfTheDomain(double x) {
        double[] found = new double[1];
        DifferentiableField.byDifferences((y, out) -> out[0] = Math.sqrt(y[0])).jacobian(new double[] {x}, found);
        assertThat(found[0] * Math.sqrt(x)).isCloseTo(0.5, within(1e-7));
    }

    @Test
    void lostStatesGiveNaN() {
        DifferentiableField differences = DifferentiableField.byDifferences(field(1.0));
        double[] found = new double[6];
        differences.jacobian(new double[] {Double.NaN, 1.0}, found);
        assertThat(found).containsOnly(Double.NaN);
        differences.along(new double[] {1.0, Double.NEGATIVE_INFINITY}, new double[] {1.0, 0.0}, found);
        assertThat(found).containsOnly(Double.NaN);
        double[] zero = new double[3];
        differences.along(new double[] {1.0, 2.0}, new double[2], zero);
        assertThat(zero).containsOnly(0.0);
    }

    @Test
    void divergenceOfEntriesAlone() {
        MatrixField field = MatrixField.of(2, (x, out) -> {
            out[0] = x[0] * x[0];
            out[1] = x[0] * x[1];
            out[2] = x[0] * x[1];
            out[3] = Math.exp(x[1]);
        });
        double[] divergence = new double[2];
        field.divergence(new double[] {0.7, -0.3}, divergence);
        assertThat(divergence).containsExactly(new double[] {2 * 0.7 + 0.7, -0.3 + Math.exp(-0.3)}, within(1e-11));
        // With its Jacobian it is exact.
        MatrixField exact = MatrixField.of(
                2,
                DifferentiableField.of(
                        (x, out) -> {
                            out[0] = x[0] * x[0];
                            out[1] = out[2] = x[0] * x[1];
                            out[3] = 0.0;
                        },
                        (x, out) -> {
                            double[] rows = {2 * x[0], 0, x[1], x[0], x[1], x[0], 0, 0};
                            System.arraycopy(rows, 0, out, 0, 8);
                        }));
        exact.divergence(new double[] {0.7, -0.3}, divergence);
        assertThat(divergence).containsExactly(2 * 0.7 + 0.7, -0.3);
    }

    @Test
    void drivenFieldsAreDifferentiatedAtATime() {
        CentralDifferences driven =
                DifferentiableField.byDifferences(VectorField.driven(t -> (x, out) -> out[0] = t * x[0] * x[0]));
        assertThat(driven.isAutonomous()).isFalse();
        double[] found = new double[1];
        driven.atTime(3.0).jacobian(new double[] {2.0}, found);
        assertThat(found[0]).isCloseTo(12.0, within(1e-10));
    }
}
