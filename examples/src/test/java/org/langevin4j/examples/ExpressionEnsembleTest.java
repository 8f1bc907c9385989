package org.langevin4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.expression.ExpressionModel;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FinalStates;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Heun;
import org.langevin4j.solvers.sde.Milstein;
import org.langevin4j.solvers.sde.Scheme;

/** A typed model and the same one in Java have the same paths, bit by bit. */
class ExpressionEnsembleTest {

    private static final Temperature TEMPERATURE = Temperature.of(0.2);
    private static final int PATHS = 300;

    static Stream<Arguments> models() {
        Scheme euler = EulerMaruyama.withStep(0.01);
        return Stream.of(
                Arguments.of(
                        "driven double well",
                        ExpressionModel.of("x").drift("x-x^3+0.3*cos(0.1*t)"),
                        Sde.ito(
                                VectorField.driven(t -> {
                                    double push = 0.3 * BlockMath.cos(0.1 * t);
                                    return (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0] + push;
                                }),
                                Diffusion.isotropic(1, 1.0),
                                TEMPERATURE),
                        euler),
                Arguments.of(
                        "two coordinates, functions, correlated noise",
                        ExpressionModel.of("x, y")
                                .drift("-sin(x)*y - a*x, exp(-y^2) - tanh(x)")
                                .factor("1, 0.5; 0, 1/a")
                                .parameter("a", 0.7),
                        Sde.ito(
                                (x, out) -> {
                                    out[0] = -BlockMath.sin(x[0]) * x[1] - 0.7 * x[0];
                                    out[1] = BlockMath.exp(-(x[1] * x[1])) - StrictMath.tanh(x[0]);
                                },
                                Diffusion.constantFactor(MatrixUtils.createRealMatrix(
                                        new double[][] {{1, 0.5}, {0, 1 / 0.7}})),
                                TEMPERATURE),
                        euler),
                Arguments.of(
                        "three coordinates",
                        ExpressionModel.of("x, y, z")
                                .drift("10*(y - x), x*(28 - z) - y, x*y - 8/3*z")
                                .diffusion("1, 2, 0"),
                        Sde.ito(
                                (x, out) -> {
                                    out[0] = 10 * (x[1] - x[0]);
                                    out[1] = x[0] * (28 - x[2]) - x[1];
                                    out[2] = x[0] * x[1] - 8.0 / 3.0 * x[2];
                                },
                                Diffusion.diagonal(1, 2, 0),
                                TEMPERATURE),
                        euler),
                Arguments.of(
                        "multiplicative noise, Milstein",
                        ExpressionModel.of("x").drift("-x").factor("s*x + 1").parameter("s", 0.4),
                        Sde.ito(
                                (x, out) -> out[0] = -x[0],
                                Diffusion.factor(
                                        1,
                                        1,
                                        DifferentiableField.of(
                                                (x, out) -> out[0] = 0.4 * x[0] + 1, (x, out) -> out[0] = 0.4)),
                                TEMPERATURE),
                        Milstein.withStep(0.01)),
                Arguments.of(
                        "Stratonovich, driven factor of three noises",
                        ExpressionModel.of("x, y")
                                .drift("-x, -y")
                                .factor("x, 1, sin(t); 0, y, x*y")
                                .calculus(Calculus.STRATONOVICH),
                        new Sde(
                                (x, out) -> {
                                    out[0] = -x[0];
                                    out[1] = -x[1];
                                },
                                Diffusion.driven(t -> {
                                    double sine = BlockMath.sin(t);
                                    return Diffusion.factor(2, 3, (x, out) -> {
                                        out[0] = x[0];
                                        out[1] = 1;
                                        out[2] = sine;
                                        out[3] = 0;
                                        out[4] = x[1];
                                        out[5] = x[0] * x[1];
                                    });
                                }),
                                TEMPERATURE,
                                Calculus.STRATONOVICH),
                        Heun.withStep(0.01)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void sameBits(String name, ExpressionModel.Builder typed, Sde inJava, Scheme scheme) {
        assertThat(finalStates(typed.build().sde(TEMPERATURE), scheme)).isDeepEqualTo(finalStates(inJava, scheme));
    }

    private static double[][] finalStates(Sde sde, Scheme scheme) {
        double[] start = new double[sde.dimension()];
        Arrays.fill(start, 0.5);
        FinalStates all = FinalStates.all();
        FinalStates.States states = Ensemble.of(sde)
                .scheme(scheme)
                .paths(PATHS)
                .until(1.0)
                .startingAt(start)
                .seed(7)
                .observe(all)
                .run()
                .get(all);
        double[][] result = new double[states.paths()][sde.dimension()];
        for (int k = 0; k < result.length; k++) {
            states.copyState(k, result[k]);
        }
        return result;
    }
}
