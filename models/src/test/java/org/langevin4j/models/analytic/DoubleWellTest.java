package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Temperature;

/** Reference values: entry example19 of the project's independent figures (mpmath, 20 digits). */
class DoubleWellTest {

    private static double[] at(VectorField field, double... x) {
        double[] out = new double[2];
        field.at(x, out);
        return out;
    }

    /** b, j, Φ exactly as the paper prints them. */
    @Property(tries = 200)
    void fieldsAreThoseOfThePaper(
            @ForAll @DoubleRange(min = 0, max = 4) double lambda,
            @ForAll @DoubleRange(min = -3, max = 3) double x,
            @ForAll @DoubleRange(min = -3, max = 3) double y) {
        DoubleWell model = new DoubleWell(lambda);
        double phi = Math.pow(x * x - 1, 2) / 4 + y * y / 2;
        double current = lambda * Math.exp(-Math.pow(x * x + y * y, 2) / 4);
        double force = Math.exp(phi) * current;
        double scale = 1e-12 * (1 + force * Math.hypot(x, y) + Math.abs(x * x * x) + Math.abs(y));
        assertThat(model.potential().at(new double[] {x, y})).isCloseTo(phi, within(1e-13 * (1 + phi)));
        assertThat(at(model.conservativeForce(), x, y))
                .containsExactly(new double[] {-force * y, force * x}, within(scale));
        assertThat(at(model.stationaryCurrent(), x, y))
                .containsExactly(new double[] {-current * y, current * x}, within(1e-15));
        assertThat(at(model.drift(), x, y))
                .containsExactly(new double[] {-force * y - x * (x * x - 1), force * x - y}, within(scale));
    }

    /** Eq. (19) at β = 1: the drift of (Φ, I, Q) is the drift of the paper, here with ∇·Q in closed form. */
    @Property(tries = 500)
    void decompositionReproducesTheDrift(
            @ForAll @DoubleRange(min = 0, max = 4) double lambda,
            @ForAll @DoubleRange(min = -6, max = 6) double x,
            @ForAll @DoubleRange(min = -6, max = 6) double y) {
        DoubleWell model = new DoubleWell(lambda);
        Decomposition decomposition = model.decomposition(Temperature.of(1.0)).orElseThrow();
        double[] expected = at(model.drift(), x, y);
        double[] found = at(decomposition.aType(Temperature.of(1.0)).toIto().drift(), x, y);
        double scale = 1 + Math.abs(x * x * x) + Math.abs(y);
        double[] q = new double[4];
        model.antisymmetric().at(new double[] {x, y}, q);
        assertThat(found).containsExactly(expected, within(1e-13 * scale * (1 + Math.abs(q[1]))));
        assertThat(at(decomposition.conservativeForce(Temperature.of(1.0)), x, y))
                .containsExactly(at(model.conservativeForce(), x, y), within(1e-13 * scale * (1 + Math.abs(q[1]))));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1.1379378972343737",
        "1, 0, 0.42494591903996554",
        "0, 1, 0.8996105176670954",
        "1, 1, 0.22983634942111297",
        "0.5, -0.5, 0.8364637949943551",
        "2, 0, 0.03933173804237148"
    })
    void qHasItsReferenceValues(double x, double y, double expected) {
        double[] q = new double[4];
        new DoubleWell(1.5).antisymmetric().at(new double[] {x, y}, q);
        assertThat(q[1] / 1.5).isCloseTo(expected, within(2e-15));
        assertThat(q[2]).isEqualTo(-q[1]);
        assertThat(q[0]).isZero();
    }

    /** The continued fraction takes over from erfc at r²/2 = 4 without a seam. */
    /** divj_over_lambda_at of example19: Assumption 4 of the paper does not hold. */
    @Test
    void theForceDiverges() {
        ScalarField divergence = new DoubleWell(1.5)
                .decomposition(Temperature.of(1.0))
                .orElseThrow()
                .forceDivergence();
        assertThat(divergence.at(new double[] {1, 1}) / 1.5).isCloseTo(0.6065306597126334, within(1e-14));
        assertThat(divergence.at(new double[] {0.5, -0.5}) / 1.5).isCloseTo(-0.5360362051963221, within(1e-14));
        assertThat(divergence.at(new double[] {0, 1})).isCloseTo(0.0, within(1e-14));
    }

    @Test
    void qIsContinuousWhereItsFormulaChanges() {
        double[] below = new double[4];
        double[] above = new double[4];
        double r = Math.sqrt(8.0);
        new DoubleWell(1.0).antisymmetric().at(new double[] {0.6 * r * (1 - 1e-15), 0.8 * r * (1 - 1e-15)}, below);
        new DoubleWell(1.0).antisymmetric().at(new double[] {0.6 * r * (1 + 1e-15), 0.8 * r * (1 + 1e-15)}, above);
        assertThat(above[1] / below[1]).isCloseTo(1.0, within(1e-12));
    }

    /** Far out erfc underflows and e^Φ overflows; their product is still a number. */
    @Test
    void qIsFiniteFarOut() {
        double[] q = new double[4];
        for (double[] x : new double[][] {{20, 0}, {0, 20}, {9, 9}, {50, -3}}) {
            new DoubleWell(1.0).antisymmetric().at(x, q);
            assertThat(q[1]).isFinite().isNotNegative();
        }
    }

    /** The paper's Assumption 4, ∇·j = 0, does not hold for its own example. */
    @ParameterizedTest
    @CsvSource({"1, 1, 0.6065306597126334", "0.5, -0.5, -0.5360362051963221", "0, 1, 0"})
    void divergenceOfTheForceIsNotZero(double x, double y, double expected) {
        DoubleWell model = new DoubleWell(1.0);
        double h = 1e-5;
        double divergence = (at(model.conservativeForce(), x + h, y)[0]
                        - at(model.conservativeForce(), x - h, y)[0]
                        + at(model.conservativeForce(), x, y + h)[1]
                        - at(model.conservativeForce(), x, y - h)[1])
                / (2 * h);
        assertThat(divergence).isCloseTo(expected, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 1.0, 0.0",
        "0.25, 0.9800689825445236, 0.19469802219715165",
        "0.5, 0.9024283211774303, 0.3888022383568555",
        "0.7, 0.6111841627132617, 0.48374518737316297"
    })
    void wellsOfTheDriftMove(double lambda, double x, double y) {
        DoubleWell model = new DoubleWell(lambda);
        assertThat(model.restingPoints()).hasSize(3);
        assertThat(model.restingPoints().get(1)).containsExactly(new double[] {x, y}, within(1e-13));
        assertThat(model.restingPoints().get(2)).containsExactly(new double[] {-x, -y}, within(1e-13));
        for (double[] point : model.restingPoints()) {
            assertThat(at(model.drift(), point)).containsExactly(new double[] {0, 0}, within(1e-13));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7789, 1.5, 10})
    void wellsMergeWithTheOrigin(double lambda) {
        assertThat(DoubleWell.MERGING_LAMBDA).isCloseTo(0.7788007830714049, within(1e-16));
        assertThat(new DoubleWell(lambda).restingPoints()).hasSize(1);
        assertThat(new DoubleWell(0.778).restingPoints()).hasSize(3);
    }

    @Test
    void blockGivesTheSameBits() {
        VectorField drift = new DoubleWell(1.5).drift();
        double[][] x = new double[2][50];
        for (int p = 0; p < 50; p++) {
            x[0][p] = 2 * Math.sin(p);
            x[1][p] = 2 * Math.cos(7 * p);
        }
        double[][] out = new double[2][50];
        drift.atBlock(x, 50, out);
        for (int p = 0; p < 50; p++) {
            assertThat(new double[] {out[0][p], out[1][p]}).containsExactly(at(drift, x[0][p], x[1][p]));
        }
    }

    @Test
    void badLambdaIsRefused() {
        assertThatThrownBy(() -> new DoubleWell(-0.1)).hasMessage("lambda must be finite and not negative, got -0.1");
        assertThatThrownBy(() -> new DoubleWell(Double.NaN))
                .hasMessage("lambda must be finite and not negative, got NaN");
        assertThatThrownBy(() -> new TwistedWell(Double.POSITIVE_INFINITY))
                .hasMessage("omega must be finite, got Infinity");
    }
}
