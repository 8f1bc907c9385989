package org.langevin4j.solvers.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.solvers.ConvergenceException;

class ContinuationTest {

    private static List<Bifurcation.Type> types(FixedPointBranch branch) {
        return branch.bifurcations().stream().map(Bifurcation::type).toList();
    }

    /** ẋ = p + x − x³/3: folds at x = ∓1, p = ±2/3, and p = x³/3 − x all along. */
    @Test
    void foldsOfTheCubic() {
        Continuation continuation =
                Continuation.of(p -> (x, out) -> out[0] = p + x[0] - x[0] * x[0] * x[0] / 3.0, 1, -2.0, 2.0);
        FixedPointBranch branch = continuation.from(-2.0, -3.0);
        assertThat(types(branch)).containsExactly(Bifurcation.Type.FOLD, Bifurcation.Type.FOLD);
        Bifurcation first = branch.bifurcations().get(0);
        Bifurcation second = branch.bifurcations().get(1);
        assertThat(Math.abs(first.parameter())).isCloseTo(2.0 / 3.0, within(1e-12));
        assertThat(first.location()[0]).isCloseTo(-Math.signum(first.parameter()), within(1e-10));
        assertThat(second.parameter()).isCloseTo(-first.parameter(), within(1e-12));
        double[] x = branch.coordinate(0);
        double[] p = branch.parameters();
        for (int i = 0; i < x.length; i++) {
            assertThat(p[i]).isCloseTo(x[i] * x[i] * x[i] / 3.0 - x[i], within(1e-11));
            assertThat(branch.points().get(i).isStable()).isEqualTo(Math.abs(x[i]) > 1.0);
        }
        assertThat(IntStream.range(0, p.length).mapToDouble(i -> p[i]).min()).hasValue(-2.0);
        assertThat(p[0]).isIn(-2.0, 2.0);
        assertThat(p[p.length - 1]).isEqualTo(-p[0]);
    }

    /** Brusselator with a = 1.2: Hopf point at b = 1 + a², ω = a, supercritical. */
    @Test
    void hopfPointOfTheBrusselator() {
        double a = 1.2;
        Continuation continuation = Continuation.of(
                b -> (x, out) -> {
                    double reaction = x[0] * x[0] * x[1];
                    out[0] = a - (b + 1.0) * x[0] + reaction;
                    out[1] = b * x[0] - reaction;
                },
                2,
                0.5,
                4.0);
        FixedPointBranch branch = continuation.from(1.0, 1.0, 1.0);
        assertThat(types(branch)).containsExactly(Bifurcation.Type.HOPF);
        Bifurcation hopf = branch.bifurcations().get(0);
        assertThat(hopf.parameter()).isCloseTo(1.0 + a * a, within(1e-11));
        assertThat(hopf.location()).containsExactly(new double[] {a, (1.0 + a * a) / a}, within(1e-11));
        FirstLyapunovCoefficient coefficient = hopf.lyapunov().orElseThrow();
        assertThat(coefficient.frequency()).isCloseTo(a, within(1e-9));
        assertThat(coefficient.value()).isNegative();
    }

    /**
     * Lorenz: pitchfork at ρ = 1; subcritical Hopf points at ρ = σ(σ+b+3)/(σ−b−1) = 470/19 with ω² = b(σ+ρ) (Sparrow 1982,
     * Chapter 1).
     */
    @Test
    void lorenz() {
        Continuation continuation =
                Continuation.of(Systems::lorenz, 3, 0.2, 27.0).withSteps(0.5);
        FixedPointBranch origin = continuation.from(0.2, 0, 0, 0);
        assertThat(types(origin)).containsExactly(Bifurcation.Type.PITCHFORK);
        Bifurcation pitchfork = origin.bifurcations().get(0);
        assertThat(pitchfork.parameter()).isCloseTo(1.0, within(1e-11));
        assertThat(pitchfork.location()).containsExactly(new double[3], within(1e-9));

        FixedPointBranch wings = continuation.crossing(origin, pitchfork);
        assertThat(types(wings)).containsExactly(Bifurcation.Type.HOPF, Bifurcation.Type.HOPF);
        for (Bifurcation hopf : wings.bifurcations()) {
            assertThat(hopf.parameter()).isCloseTo(470.0 / 19.0, within(1e-9));
            double omega = Math.sqrt(8.0 / 3.0 * (10.0 + 470.0 / 19.0));
            assertThat(hopf.lyapunov().orElseThrow().frequency()).isCloseTo(omega, within(1e-8));
            assertThat(hopf.lyapunov().orElseThrow().value()).isPositive();
        }
        double[] rho = wings.parameters();
        for (int i = 0; i < rho.length; i++) {
            double[] x = wings.points().get(i).location();
            assertThat(x[0] * x[0]).isCloseTo(8.0 / 3.0 * (rho[i] - 1.0), within(1e-9));
        }
    }

    /** ẋ = px − x²: lines x = 0 and x = p. */
    @Test
    void transcritical() {
        Continuation continuation = Continuation.of(p -> (x, out) -> out[0] = p * x[0] - x[0] * x[0], 1, -1.0, 1.0);
        FixedPointBranch zero = continuation.from(-1.0, 0.0);
        assertThat(types(zero)).containsExactly(Bifurcation.Type.TRANSCRITICAL);
        assertThat(zero.bifurcations().get(0).parameter()).isCloseTo(0.0, within(1e-11));
        FixedPointBranch line = continuation.crossing(zero, zero.bifurcations().get(0));
        assertThat(line.coordinate(0)).containsExactly(line.parameters(), within(1e-10));
        assertThat(line.parameters()).contains(-1.0, 1.0);
    }

    /** The wells of Example 19 meet in the origin at λ = e^(−1/4), where the whole Jacobian is nilpotent. */
    @Test
    void wellsOfExample19Merge() {
        Continuation continuation = Continuation.of(Systems::example19, 2, 0.1, 1.5);
        FixedPointBranch wells = continuation.from(0.1, 1.0, 0.1);
        assertThat(types(wells)).containsExactly(Bifurcation.Type.PITCHFORK);
        Bifurcation merging = wells.bifurcations().get(0);
        assertThat(merging.parameter()).isCloseTo(Math.exp(-0.25), within(1e-10));
        assertThat(merging.location()).containsExactly(new double[2], within(1e-7));
        double[] x = wells.coordinate(0);
        assertThat(x[0] * x[x.length - 1]).isNegative();

        FixedPointBranch origin = continuation.crossing(wells, merging);
        assertThat(types(origin)).isEmpty();
        assertThat(origin.parameters()).contains(0.1, 1.5);
        assertThat(origin.points())
                .allSatisfy(point -> assertThat(point.location()).containsExactly(new double[2], within(1e-9)));

        FixedPointBranch direct = continuation.from(0.1, 0.0, 0.0);
        assertThat(types(direct)).containsExactly(Bifurcation.Type.PITCHFORK);
        assertThat(direct.bifurcations().get(0).parameter()).isCloseTo(Math.exp(-0.25), within(1e-10));
    }

    /** A neutral saddle, λ₁ = −λ₂ real, changes the sign of the sum of eigenvalues and is no Hopf point. */
    @Test
    void neutralSaddleIsNoHopfPoint() {
        Continuation continuation = Continuation.of(
                p -> (x, out) -> {
                    out[0] = (1.0 + p) * x[0];
                    out[1] = -x[1];
                },
                2,
                -0.5,
                0.5);
        assertThat(continuation.from(-0.5, 0, 0).bifurcations()).isEmpty();
    }

    @Test
    void faultsAreReported() {
        Continuation continuation = Continuation.of(p -> (x, out) -> out[0] = 1.0 + x[0] * x[0] + p, 1, 0.0, 1.0);
        assertThatThrownBy(() -> continuation.from(0.0, 1.0))
                .isInstanceOf(ConvergenceException.class)
                .hasMessageStartingWith("Newton's method for a fixed point from [1.0]");
        assertThatThrownBy(() -> continuation.from(2.0, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter must be 0.0 to 1.0, got 2.0");
        VectorField any = (x, out) -> out[0] = x[0];
        assertThatThrownBy(() -> Continuation.of(p -> any, 1, 1.0, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter must run from min to max, got 1.0 and NaN");
        assertThatThrownBy(() -> Continuation.of(p -> any, 1, 0.0, 1.0).withSteps(0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("largest must be above");
    }

    /** x² + p² = 1: a closed curve, gone around once. */
    @Test
    void isola() {
        FixedPointBranch circle = Continuation.of(p -> (x, out) -> out[0] = x[0] * x[0] + p * p - 1.0, 1, -2.0, 2.0)
                .from(0.0, 1.0);
        assertThat(types(circle)).containsExactly(Bifurcation.Type.FOLD, Bifurcation.Type.FOLD);
        double length = 0.0;
        double[] p = circle.parameters();
        double[] x = circle.coordinate(0);
        for (int i = 1; i < p.length; i++) {
            length += Math.hypot(p[i] - p[i - 1], x[i] - x[i - 1]);
        }
        assertThat(length).isBetween(2.0 * Math.PI - 0.06, 2.0 * Math.PI + 0.06);
    }
}
