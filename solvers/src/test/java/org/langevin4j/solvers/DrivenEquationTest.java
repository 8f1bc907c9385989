package org.langevin4j.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.decomposition.Irreversibility;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.TemperatureConditions;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.decomposition.AssumptionReport;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.domain.LevelSet;
import org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.irreversibility.AsymmetricCorrelation;
import org.langevin4j.solvers.irreversibility.PathCurrent;
import org.langevin4j.solvers.orbit.Continuation;
import org.langevin4j.solvers.orbit.FirstLyapunovCoefficient;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.path.CharacteristicFronts;
import org.langevin4j.solvers.path.MinimumAction;
import org.langevin4j.solvers.path.OrderedLineIntegrals;
import org.langevin4j.solvers.path.StringMethod;
import org.langevin4j.solvers.transport.EntropicJko;
import org.langevin4j.solvers.transport.JkoFunctional;
import org.langevin4j.solvers.transport.QuantileJko;

/** Whoever needs an autonomous equation says so where it is given, in one line with the way out. */
class DrivenEquationTest {

    private static final Grid GRID = Grid.square(-2.0, 2.0, 16);
    private static final Region BOX = Region.of(GRID, Boundary.REFLECTING);

    private static final DifferentiableField REST =
            DifferentiableField.of((x, out) -> toOrigin(x, out), (x, out) -> minusIdentity(out));
    private static final Diffusion CONSTANT = Diffusion.isotropic(2, 0.5);
    private static final Temperature TWO = Temperature.of(2.0);
    private static final Potential BOWL = Potential.of(x -> x[0] * x[0] + x[1] * x[1], (x, out) -> twice(x, out));
    private static final AntisymmetricField NONE = AntisymmetricField.zero(2);
    private static final Decomposition SYSTEM = new Decomposition(BOWL, CONSTANT, NONE);
    private static final Density FLAT = Density.gaussian(GRID, new double[2], 1.0);

    private static final DifferentiableField DRIVEN_FIELD = DifferentiableField.driven(t -> REST);
    private static final Diffusion DRIVEN_DIFFUSION = Diffusion.driven(t -> Diffusion.isotropic(2, 1.5 + Math.sin(t)));
    private static final Temperature VARYING = Temperature.varying(t -> 1.0 + 0.5 * Math.cos(t));

    private static void toOrigin(double[] x, double[] out) {
        out[0] = -x[0];
        out[1] = -x[1];
    }

    private static void twice(double[] x, double[] out) {
        out[0] = 2.0 * x[0];
        out[1] = 2.0 * x[1];
    }

    private static void minusIdentity(double[] out) {
        out[0] = -1.0;
        out[1] = 0.0;
        out[2] = 0.0;
        out[3] = -1.0;
    }

    /** What is asked of a drift, a diffusion and a temperature; of one of them that is not used the other form is given. */
    @FunctionalInterface
    private interface Analysis {
        Object of(VectorField drift, Diffusion diffusion, Temperature temperature);
    }

    private enum Part {
        DRIFT,
        DIFFUSION,
        TEMPERATURE
    }

    private static Sde sde(VectorField b, Diffusion d, Temperature t) {
        return Sde.ito(b, d, t);
    }

    private static Stream<Arguments> analyses() {
        List<Part> all = List.of(Part.values());
        List<Part> fields = List.of(Part.DRIFT, Part.DIFFUSION);
        List<Part> drift = List.of(Part.DRIFT);
        List<Part> temperature = List.of(Part.TEMPERATURE);
        return Stream.of(
                        entry("FokkerPlanck", all, (b, d, t) -> FokkerPlanck.of(sde(b, d, t), BOX)),
                        entry("FokkerPlanck", all, (b, d, t) -> FokkerPlanck.of(sde(b, d, t), GRID, Boundary.PERIODIC)),
                        entry(
                                "FokkerPlanck",
                                all,
                                (b, d, t) -> FokkerPlanck.of(new Sde(b, d, t, Calculus.STRATONOVICH), BOX)),
                        entry("FokkerPlanck", temperature, (b, d, t) -> FokkerPlanck.of(SYSTEM, t, BOX)),
                        entry("GridDecomposition", all, (b, d, t) -> GridDecomposition.of(sde(b, d, t), BOX)),
                        entry(
                                "GridDecomposition",
                                all,
                                (b, d, t) -> GridDecomposition.of(sde(b, d, t), GRID, Boundary.REFLECTING)),
                        entry(
                                "GridDecomposition",
                                all,
                                (b, d, t) -> GridDecomposition.of(
                                        sde(b, d, t), FokkerPlanck.of(sde(REST, CONSTANT, TWO), BOX), FLAT)),
                        entry("AssumptionReport", all, (b, d, t) -> AssumptionReport.of(sde(b, d, t), BOX)),
                        entry("PathCurrent", all, (b, d, t) -> PathCurrent.entropyProduction(sde(b, d, t))),
                        entry("PathCurrent", drift, (b, d, t) -> PathCurrent.of(b)),
                        entry("PathCurrent", drift, (b, d, t) -> new PathCurrent(b, 2)),
                        entry("AsymmetricCorrelation", drift, (b, d, t) -> AsymmetricCorrelation.of(b, 2, 3)),
                        entry("Flow", drift, (b, d, t) -> Flow.of(b, 2)),
                        entry("FirstLyapunovCoefficient", drift, (b, d, t) -> lyapunov(b)),
                        entry("Continuation", drift, (b, d, t) -> Continuation.of(p -> b, 2, 0.0, 1.0)),
                        entry("StringMethod", fields, (b, d, t) -> StringMethod.of(b, d)),
                        entry("MinimumAction", fields, (b, d, t) -> MinimumAction.of(b, d)),
                        entry("CharacteristicFronts", fields, (b, d, t) -> CharacteristicFronts.of(b, d)),
                        entry("OrderedLineIntegrals", fields, (b, d, t) -> OrderedLineIntegrals.of(b, d)),
                        entry("LevelSet", drift, (b, d, t) -> LevelSet.absorbing(2, x -> 1.0, b)),
                        entry("JkoFunctional", temperature, (b, d, t) -> JkoFunctional.of(FLAT, BOWL, t)),
                        entry("EntropicJko", temperature, (b, d, t) -> EntropicJko.of(BOWL, t, 0.1)),
                        entry("QuantileJko", temperature, (b, d, t) -> QuantileJko.of(BOWL, t)),
                        entry("Decomposition", List.of(Part.DIFFUSION), (b, d, t) -> new Decomposition(BOWL, d, NONE)),
                        entry("Decomposition", temperature, (b, d, t) -> SYSTEM.conservativeForce(t)),
                        entry(
                                "Decomposition",
                                List.of(Part.DRIFT, Part.TEMPERATURE),
                                (b, d, t) -> SYSTEM.residual(b, t)),
                        entry("TemperatureConditions", temperature, (b, d, t) -> TemperatureConditions.of(SYSTEM, t)),
                        entry(
                                "TemperatureConditions",
                                List.of(Part.DRIFT, Part.TEMPERATURE),
                                (b, d, t) -> TemperatureConditions.of(SYSTEM, t, (DifferentiableField) b)),
                        entry("Irreversibility", temperature, (b, d, t) -> Irreversibility.of(SYSTEM, t, GRID)),
                        entry("LinearDecomposition", temperature, (b, d, t) -> covariance(t)),
                        entry("Density.gibbs", temperature, (b, d, t) -> Density.gibbs(GRID, BOWL, t)),
                        entry("FreeEnergy", temperature, (b, d, t) -> FreeEnergy.of(FLAT, FLAT, t)),
                        entry(
                                "FreeEnergy",
                                List.of(Part.DIFFUSION, Part.TEMPERATURE),
                                (b, d, t) -> FreeEnergy.rate(FLAT, FLAT, d, t)))
                .flatMap(entries -> entries);
    }

    private static Object lyapunov(VectorField field) {
        // The frozen field has no pair on the imaginary axis, which is refused later and in other words.
        return field.isAutonomous() ? field : FirstLyapunovCoefficient.of(field, 0.0, 0.0);
    }

    private static Object covariance(Temperature temperature) {
        return LinearDecomposition.of(MatrixUtils.createRealIdentityMatrix(2), MatrixUtils.createRealIdentityMatrix(2))
                .stationaryCovariance(temperature);
    }

    private static Stream<Arguments> entry(String who, List<Part> parts, Analysis analysis) {
        return parts.stream().map(part -> Arguments.of(who, part, analysis));
    }

    @ParameterizedTest(name = "{0}, driven {1}")
    @MethodSource("analyses")
    void anAutonomousAnalysisRefusesADrivenEquation(String who, Part part, Analysis analysis) {
        assertThatThrownBy(() -> analysis.of(
                        part == Part.DRIFT ? DRIVEN_FIELD : REST,
                        part == Part.DIFFUSION ? DRIVEN_DIFFUSION : CONSTANT,
                        part == Part.TEMPERATURE ? VARYING : TWO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(who)
                .hasMessageContaining("depends on time")
                .hasMessageContaining("atTime(t)")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("\n"));
    }

    @ParameterizedTest(name = "{0}, frozen {1}")
    @MethodSource("analyses")
    void itTakesTheSameEquationAtOneTime(String who, Part part, Analysis analysis) {
        assertThatCode(() -> analysis.of(DRIVEN_FIELD.atTime(0.3), DRIVEN_DIFFUSION.atTime(0.3), VARYING.atTime(0.3)))
                .doesNotThrowAnyException();
    }

    private static Stream<Arguments> ofWholeEquations() {
        return Stream.<Arguments>of(
                Arguments.of("FokkerPlanck", whole(sde -> FokkerPlanck.of(sde, BOX))),
                Arguments.of("DrivenFokkerPlanck", whole(sde -> DrivenFokkerPlanck.of(sde, BOX))),
                Arguments.of("GridDecomposition", whole(sde -> GridDecomposition.of(sde, BOX))),
                Arguments.of(
                        "GridDecomposition",
                        whole(sde -> GridDecomposition.of(sde, FokkerPlanck.of(sde(REST, CONSTANT, TWO), BOX), FLAT))),
                Arguments.of("AssumptionReport", whole(sde -> AssumptionReport.of(sde, BOX))),
                Arguments.of("PathCurrent", whole(PathCurrent::entropyProduction)));
    }

    private static Function<Sde, Object> whole(Function<Sde, Object> analysis) {
        return analysis;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofWholeEquations")
    void jumpsAndDelaysAreNeverLeftOut(String who, Function<Sde, Object> analysis) {
        Jump jump = Jump.atRate(1.0, (x, mark) -> x[0] += mark.normal(0));
        for (Jumps jumps : List.of(Jumps.of(jump), Jumps.driven(t -> Jumps.of(jump)))) {
            assertThatThrownBy(() -> analysis.apply(sde(REST, CONSTANT, TWO).with(jumps)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(who)
                    .hasMessageContaining("jumps")
                    .hasMessageContaining("withoutJumps()");
        }
        Sde delayed = sde(VectorField.delayed(0.5, (t, x, past, out) -> toOrigin(past, out)), CONSTANT, TWO);
        assertThatThrownBy(() -> analysis.apply(delayed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(who)
                .hasMessageContaining("delay");
        assertThatThrownBy(() -> Flow.of(delayed.drift(), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Flow takes a field without delay");
        assertThatCode(() -> analysis.apply(
                        sde(REST, CONSTANT, TWO).with(Jumps.of(jump)).withoutJumps()))
                .doesNotThrowAnyException();
    }
}
