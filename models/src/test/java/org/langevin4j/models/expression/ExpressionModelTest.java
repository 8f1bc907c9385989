package org.langevin4j.models.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

class ExpressionModelTest {

    private static ExpressionModel oscillator() {
        return ExpressionModel.of("x, v")
                .drift("v, x*(1 - x^2) - g*v + A*cos(w*t)")
                .factor("0; sqrt(g)")
                .parameter("g", 0.5)
                .parameter("A", 0.3)
                .parameter("w", 0.2)
                .build();
    }

    private static double[] at(DifferentiableField field, double... x) {
        double[] out = new double[x.length];
        field.at(x, out);
        return out;
    }

    @Test
    void isAModelLikeOthers() {
        Model model = oscillator();
        assertThat(model.coordinates()).containsExactly("x", "v");
        assertThat(model.parameters()).extracting(Parameter::name).containsExactly("g", "A", "w");
        assertThat(model.description())
                .isEqualTo("d(x, v) = (v, x*(1 - x^2) - g*v + A*cos(w*t)) dt + √(2β⁻¹) B dW, B = (0; sqrt(g))");
        assertThat(model)
                .isEqualTo(oscillator())
                .hasSameHashCodeAs(oscillator())
                .isNotEqualTo(model.with("g", 0.6));
        assertThat(model.with(Map.of("g", 0.6)).with("g", 0.5)).isEqualTo(model.withValues(0.5, 0.3, 0.2));
        assertThatThrownBy(() -> model.with("G", 1.0)).hasMessageContaining("did you mean 'g'");
        assertThatThrownBy(() -> model.with("g", Double.NaN)).hasMessageContaining("g must be finite");
        assertThatThrownBy(() -> model.withValues(1.0)).hasMessageContaining("3");
        Sde sde = model.sde(Temperature.of(0.1));
        assertThat(sde.isAutonomous()).isFalse();
        assertThat(sde.diffusion().isConstant()).isTrue();
        assertThat(sde.diffusion().noiseDimension()).isEqualTo(1);
        sde.requireWritten(0.7, new double[] {0.3, 0.2});
        assertThatThrownBy(() -> sde.drift().at(new double[2], new double[2])).hasMessageContaining("time");
    }

    @Test
    void parametersChangeTheFieldWithoutAnotherClass() {
        ExpressionModel model = oscillator();
        double[] x = {0.4, -0.2};
        double[] got = at(model.with("g", 2.0).with("A", 1.5).drift().atTime(3.0), x);
        double cosine = BlockMath.cos(0.2 * 3.0);
        assertThat(got).containsExactly(-0.2, 0.4 * (1 - 0.4 * 0.4) - 2.0 * -0.2 + 1.5 * cosine);
        assertThat(at(model.drift().atTime(3.0), x)[1]).isEqualTo(0.4 * (1 - 0.4 * 0.4) - 0.5 * -0.2 + 0.3 * cosine);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // text | as factor? | structure | constant | noise
                "2 | true | ISOTROPIC | true | ADDITIVE",
                "1, a | true | DIAGONAL | true | ADDITIVE",
                "1, 0; 0, a | true | DIAGONAL | true | ADDITIVE",
                "0; a | true | FULL | true | ADDITIVE",
                "a, 1; 0, 2 | true | FULL | true | ADDITIVE",
                "x | true | ISOTROPIC | false | GENERAL",
                "x, y*a | true | DIAGONAL | false | DIAGONAL",
                "y, x*a | true | DIAGONAL | false | GENERAL",
                "x; a | true | FULL | false | SCALAR",
                "x, y, 1; 0, a, y | true | FULL | false | GENERAL",
                "2*a | false | ISOTROPIC | true | ADDITIVE",
                "1, 3*a | false | DIAGONAL | true | ADDITIVE",
                "2, a; a, 1 | false | FULL | true | ADDITIVE",
                "1 + x^2 | false | ISOTROPIC | false | GENERAL",
                "1 + x^2, a + y^2 | false | DIAGONAL | false | DIAGONAL",
                "1 + y^2, a | false | DIAGONAL | false | GENERAL",
                "1 + x^2, 0; 0, a | false | DIAGONAL | false | DIAGONAL",
                "2 + x^2, x*y; y*x, a + y^2 | false | FULL | false | GENERAL"
            })
    void structureIsWhatTheTextShows(
            String text, boolean isFactor, Diffusion.Structure structure, boolean constant, Noise noise) {
        ExpressionModel.Builder builder =
                ExpressionModel.of("x, y").drift("-x, -a*y").parameter("a", 0.5);
        Diffusion d = (isFactor ? builder.factor(text) : builder.diffusion(text))
                .build()
                .diffusion();
        assertThat(d.structure()).isEqualTo(structure);
        assertThat(d.isConstant()).isEqualTo(constant);
        assertThat(d.noise()).isEqualTo(noise);
        d.requireWritten(0.0, new double[] {0.3, 0.4});
    }

    /** All that a diffusion gives, against the same factor in Java with differences for derivatives. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.3 + x*y | true",
                "sin(x) - 2, 1 + x*y^2 | true",
                "x, y, 1; x*y, exp(-x), y | true",
                "2 + sin(x*y) | false",
                "1 + x^2*y^2, 2 + cos(x) | false",
                "2 + x^2, x*y; y*x, 3 + y^2 | false"
            })
    void derivativesOfTheNoiseAreThoseOfDifferences(String text, boolean isFactor) {
        ExpressionModel.Builder builder = ExpressionModel.of("x, y").drift("-x, -y");
        Diffusion typed = (isFactor ? builder.factor(text) : builder.diffusion(text))
                .build()
                .diffusion();
        double[] x = {0.4, -0.7};
        double[] divergence = new double[2];
        typed.divergence(x, divergence);
        DifferentiableField entries = DifferentiableField.byDifferences(typed::matrix);
        double[] jacobian = new double[8];
        entries.jacobian(x, jacobian);
        for (int i = 0; i < 2; i++) {
            assertThat(divergence[i]).isCloseTo(jacobian[4 * i] + jacobian[4 * i + 3], within(1e-8));
        }
        int m = typed.noiseDimension();
        double[] xi = new double[m];
        Random random = new Random(1);
        Arrays.setAll(xi, k -> random.nextGaussian());
        if (typed.factorDerivative().isPresent()) {
            double[] u = {0.3, 0.8};
            double[] along = new double[2];
            typed.factorDerivative().get().at(x, u, xi, along);
            double[] expected = new double[2];
            DifferentiableField.byDifferences((state, out) -> typed.factorTimes(state, xi, out))
                    .along(x, u, expected);
            assertThat(along).containsExactly(expected, within(1e-8));
            double[] induced = new double[2];
            typed.noiseInducedDrift().orElseThrow().at(x, induced);
            assertThat(induced).containsExactly(induced(typed, x), within(1e-7));
        }
        double[][] block = new double[2][1];
        double[] alone = new double[2];
        double[][] xis = new double[m][1];
        for (int k = 0; k < m; k++) {
            xis[k][0] = xi[k];
        }
        typed.factorTimesBlock(new double[][] {{x[0]}, {x[1]}}, xis, 1, block);
        typed.factorTimes(x, xi, alone);
        assertThat(new double[] {block[0][0], block[1][0]}).containsExactly(alone);
        double[] times = new double[2];
        double[] matrix = new double[4];
        typed.times(x, new double[] {1.0, 2.0}, times);
        typed.matrix(x, matrix);
        assertThat(times[0]).isCloseTo(matrix[0] + 2 * matrix[1], within(1e-14));
        assertThat(times[1]).isCloseTo(matrix[2] + 2 * matrix[3], within(1e-14));
    }

    /** Σⱼₖ Bⱼₖ∂ⱼBᵢₖ by differences of the columns. */
    private static double[] induced(Diffusion d, double[] x) {
        double[] sum = new double[2];
        for (int k = 0; k < d.noiseDimension(); k++) {
            double[] unit = new double[d.noiseDimension()];
            unit[k] = 1.0;
            double[] column = new double[2];
            d.factorTimes(x, unit, column);
            double[] derivative = new double[2];
            DifferentiableField.byDifferences((state, out) -> d.factorTimes(state, unit, out))
                    .along(x, column, derivative);
            sum[0] += derivative[0];
            sum[1] += derivative[1];
        }
        return sum;
    }

    @Test
    void theDriftKnowsItsJacobian() {
        double[] jacobian = new double[4];
        oscillator().drift().atTime(1.0).jacobian(new double[] {0.5, 2.0}, jacobian);
        assertThat(jacobian).containsExactly(0.0, 1.0, 1 - 3 * 0.25, -0.5);
    }

    @Test
    void aPotentialGivesDriftAndDecomposition() {
        ExpressionModel model = ExpressionModel.of("x, y")
                .potential("x^4/4 - a*x^2/2 + y^2")
                .diffusion("2")
                .parameter("a", 1.0)
                .build();
        assertThat(at(model.drift(), 0.5, 0.25)).containsExactly(new double[] {0.375, -0.5}, within(1e-15));
        Decomposition parts = model.decomposition(Temperature.of(0.3)).orElseThrow();
        double[] back = new double[2];
        parts.aTypeDrift().at(new double[] {0.5, 0.25}, back);
        assertThat(back).containsExactly(new double[] {0.375, -0.5}, within(1e-14));
        assertThat(parts.potential().at(new double[] {2.0, 1.0})).isEqualTo((4.0 - 2.0 + 1.0) / 2.0);
        assertThat(ExpressionModel.of("x").potential("x^2*cos(t)").build().decomposition(Temperature.of(1)))
                .isEmpty();
        assertThat(ExpressionModel.of("x").potential("x^2").factor("x").build().decomposition(Temperature.of(1)))
                .isEmpty();
        assertThat(oscillator().potential(Temperature.of(1.0))).isEmpty();
    }

    @Test
    void noiseMayDependOnTimeAndItsReadingBeChosen() {
        ExpressionModel model = ExpressionModel.of("x")
                .drift("-x")
                .factor("x*(2 + sin(t))")
                .calculus(Calculus.STRATONOVICH)
                .build();
        Sde sde = model.sde(Temperature.of(0.5));
        assertThat(sde.calculus()).isEqualTo(Calculus.STRATONOVICH);
        assertThat(model.description()).endsWith("Stratonovich");
        double[] out = new double[1];
        sde.diffusion().atTime(1.0).times(new double[] {2.0}, new double[] {1.0}, out);
        double b = 2.0 * (2.0 + StrictMath.sin(1.0));
        assertThat(out[0]).isCloseTo(b * b, within(1e-14));
        Diffusion additive =
                ExpressionModel.of("x").drift("-x").diffusion("1 + t^2").build().diffusion();
        additive.atTime(2.0).times(new double[] {0.0}, new double[] {1.0}, out);
        assertThat(out[0]).isEqualTo(5.0);
    }

    @Test
    void withoutNoiseGivenTheDiffusionIsTheIdentity() {
        Diffusion d = ExpressionModel.of("x, y").drift("-x, -y").build().diffusion();
        double[] matrix = new double[4];
        d.matrix(new double[2], matrix);
        assertThat(matrix).containsExactly(1, 0, 0, 1);
    }

    @Test
    void aConstantFactorIsThatOfTheLibrary() {
        Diffusion typed = ExpressionModel.of("x, y")
                .drift("-x, -y")
                .factor("1, 2, 3; 0, 1, 1/2")
                .build()
                .diffusion();
        Diffusion given =
                Diffusion.constantFactor(MatrixUtils.createRealMatrix(new double[][] {{1, 2, 3}, {0, 1, 0.5}}));
        double[] a = new double[2];
        double[] b = new double[2];
        typed.factorTimes(new double[2], new double[] {0.1, 0.2, 0.3}, a);
        given.factorTimes(new double[2], new double[] {0.1, 0.2, 0.3}, b);
        assertThat(a).containsExactly(b);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // states | drift | diffusion | column, 0 for a fault that is not in a text
                "x | x, y | 1 | 4",
                "x, y | x | 1 | 1",
                "x, y | x; y, x | 1 | 7",
                "x, y | x, y, x | 1 | 7",
                "x, y | x, k | 1 | 4",
                "x, y | x, y | 1, 2; 3, 4 | 7",
                "x, y | x, y | 1, x; y, 1 | 7",
                "x, y | x, y | 1; 2 | 1",
                "x, y | x, y | 1, 2, 3 | 1",
                "x, y | x, y | 1, 2; 3 | 7",
                "x, y | x, y | 1, 2; 2, 1 | 0",
                "x | x | -1 | 0",
                "x | x | 0/0 | 0",
                "x y | x | 1 | 3",
                "x, | x | 1 | 3",
                "x, x | x | 1 | 0",
                "t | 1 | 1 | 0",
                "e | 1 | 1 | 0"
            })
    void whatDoesNotFitIsRefused(String states, String drift, String diffusion, int column) {
        assertThatThrownBy(() -> ExpressionModel.of(states)
                        .drift(drift)
                        .diffusion(diffusion)
                        .build())
                .isInstanceOfSatisfying(IllegalArgumentException.class, e -> {
                    if (column > 0) {
                        assertThat(e).isInstanceOf(ExpressionException.class);
                        assertThat(((ExpressionException) e).column())
                                .as(e.getMessage())
                                .isEqualTo(column);
                    }
                });
    }

    @Test
    void theBuilderRefusesWhatIsMissingOrTooMuch() {
        assertThatThrownBy(() -> ExpressionModel.of("x").build()).hasMessageContaining("neither");
        assertThatThrownBy(
                        () -> ExpressionModel.of("x").drift("x").potential("x").build())
                .hasMessageContaining("both");
        assertThatThrownBy(() -> ExpressionModel.of("x")
                        .drift("x")
                        .factor("1")
                        .diffusion("1")
                        .build())
                .hasMessageContaining("both");
        assertThatThrownBy(() ->
                        ExpressionModel.of("x").drift("x").parameter("k", 1.0).build())
                .hasMessageContaining("'k'");
        assertThatThrownBy(() -> ExpressionModel.of("x")
                        .drift("k*x")
                        .parameter("k", Double.NaN)
                        .build())
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> ExpressionModel.of("x")
                        .drift("k*x")
                        .parameter(Parameter.of("k", 1.0, Range.POSITIVE, "1/time", "rate"))
                        .build()
                        .with("k", -1.0))
                .hasMessageContaining("positive");
        assertThatThrownBy(() -> ExpressionModel.of("x")
                        .drift("k*x")
                        .parameter("k", 1)
                        .parameter("k", 2)
                        .build())
                .hasMessageContaining("twice");
    }

    @Test
    void aDiffusionThatIsNegativeSomewhereIsRefusedThere() {
        Diffusion d = ExpressionModel.of("x").drift("-x").diffusion("x").build().diffusion();
        assertThatThrownBy(() -> d.factorTimes(new double[] {-1.0}, new double[] {1.0}, new double[1]))
                .hasMessageContaining("must not be negative");
    }

    @Test
    void manyCoordinates() {
        int n = 300;
        StringBuilder states = new StringBuilder("x0");
        StringBuilder drift = new StringBuilder("sin(x" + (n - 1) + " - x0)");
        for (int i = 1; i < n; i++) {
            states.append(", x").append(i);
            drift.append(", sin(x").append(i - 1).append(" - x").append(i).append(")");
        }
        DifferentiableField b = ExpressionModel.of(states.toString())
                .drift(drift.toString())
                .build()
                .drift();
        double[] x = new double[n];
        double[] jacobian = new double[n * n];
        b.jacobian(x, jacobian);
        assertThat(jacobian[0]).isEqualTo(-1.0);
        assertThat(jacobian[n]).isEqualTo(1.0);
        assertThat(Arrays.stream(jacobian).sum()).isZero();
    }
}
