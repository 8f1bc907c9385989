package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.CoxIngersollRoss;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.GeometricBrownianMotion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.solvers.adaptive.AdaptiveScheme;
import org.langevin4j.solvers.adaptive.AdaptiveSolver;
import org.langevin4j.solvers.convergence.ConvergenceStudy;

/** No scheme steps over jumps or a delay in silence. */
class RefusalTest {

    private static final Temperature ONE = Temperature.of(1.0);

    private static final Sde LINEAR = Sde.ito(
            LinearField.of(MatrixUtils.createRealMatrix(new double[][] {{-1}})), Diffusion.isotropic(1, 1.0), ONE);

    private record Case(String name, DoubleFunction<? extends Scheme> scheme, Sde sde) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Case> schemes() {
        Sde kinetic = UnderdampedLangevin.ofGradient(1, (q, out) -> out[0] = q[0], 1.0, ONE)
                .sde();
        Sde geometric =
                GeometricBrownianMotion.of(new double[] {1}, new double[] {1}).sde();
        return Stream.of(
                new Case("EulerMaruyama", EulerMaruyama::withStep, LINEAR),
                new Case("AlphaEuler", AlphaEuler::withStep, LINEAR),
                new Case("TamedEuler", TamedEuler::withStep, LINEAR),
                new Case("DriftImplicitEuler", DriftImplicitEuler::withStep, LINEAR),
                new Case("SkRock", h -> SkRock.withStages(h, 3), LINEAR),
                new Case("Milstein", Milstein::withStep, LINEAR),
                new Case("StratonovichMilstein", StratonovichMilstein::withStep, LINEAR),
                new Case("Heun", Heun::withStep, LINEAR),
                new Case("Midpoint", Midpoint::withStep, LINEAR),
                new Case("Sra1", Sra1::withStep, LINEAR),
                new Case("Sra3", Sra3::withStep, LINEAR),
                new Case("Sri1w1", Sri1w1::withStep, LINEAR),
                new Case("PlatenWeak2", PlatenWeak2::withStep, LINEAR),
                new Case("LeimkuhlerMatthews", LeimkuhlerMatthews::withStep, LINEAR),
                new Case("OrnsteinUhlenbeckExact", OrnsteinUhlenbeckExact::withStep, LINEAR),
                new Case("GeometricBrownianMotionExact", GeometricBrownianMotionExact::withStep, geometric),
                new Case("StochasticTheta", StochasticTheta::withStep, LINEAR),
                new Case("ImplicitWeak2", ImplicitWeak2::withStep, LINEAR),
                new Case("FullTruncationEuler", h -> FullTruncationEuler.withStep(h, 0), LINEAR),
                new Case(
                        "CoxIngersollRossExact",
                        CoxIngersollRossExact::withStep,
                        CoxIngersollRoss.of(0.5, 0.04, 1.0).sde()),
                new Case("Baoab", Baoab::withStep, kinetic),
                new Case("Obabo", Obabo::withStep, kinetic));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void jumpsAndDelaysAreRefusedByName(Case scheme) {
        Scheme h = scheme.scheme.apply(0.1);
        h.stepper(scheme.sde);
        Jumps jumps = Jumps.of(Jump.atRate(1.0, (x, mark) -> x[0] += 1));
        for (Jumps some : new Jumps[] {jumps, Jumps.driven(t -> jumps)}) {
            assertThatThrownBy(() -> h.stepper(scheme.sde.with(some)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(scheme.name + " takes an equation with continuous paths");
        }
        if (!(h instanceof EulerMaruyama)) {
            Sde delayed = new Sde(
                    VectorField.delayed(1.0, (t, x, past, out) -> out[0] = -past[0]),
                    scheme.sde.diffusion(),
                    scheme.sde.temperature(),
                    scheme.sde.calculus());
            assertThatThrownBy(() -> h.stepper(delayed))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(scheme.name + " takes an equation without delay");
        }
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void soDoTheirDrivers(Driver driver) {
        Sde jumping = LINEAR.with(Jumps.of(Jump.atRate(1.0, (x, mark) -> x[0] += 1)));
        assertThatThrownBy(() -> driver.of(jumping))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes an equation with continuous paths");
    }

    private interface Driver {
        void of(Sde sde);
    }

    private static Stream<Driver> drivers() {
        return Stream.of(
                sde -> AdaptiveSolver.of(sde, Sra1::withStep),
                sde -> AdaptiveScheme.of(Sra1::withStep, 0.1).stepper(sde),
                sde -> ConvergenceStudy.of(sde),
                sde -> ATypeEuler.withStep(0.1)
                        .stepper(new Sde(sde.drift(), sde.diffusion(), sde.temperature(), Calculus.ITO, sde.jumps())));
    }
}
