package org.langevin4j.solvers.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.hipparchus.complex.Complex;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.solvers.orbit.PeriodicOrbitBranch.Ending;

class PeriodicOrbitBranchTest {

    /** The orbits from the first Hopf point of the branch of fixed points through a start. */
    private static PeriodicOrbitBranch orbits(Continuation continuation, double parameter, double... start) {
        Bifurcation hopf = continuation.from(parameter, start).bifurcations().stream()
                .filter(each -> each.type() == Bifurcation.Type.HOPF)
                .findFirst()
                .orElseThrow();
        return continuation.periodicOrbits(hopf);
    }

    private static PeriodicOrbit last(PeriodicOrbitBranch branch) {
        return branch.orbits().get(branch.orbits().size() - 1);
    }

    /** r² = μ, T = 2π/ω, multiplier e^(−4πμ/ω) all along, and the polynomials between the nodes. */
    @Test
    void supercriticalNormalForm() {
        double omega = 1.7;
        Continuation continuation = Continuation.of(mu -> Systems.hopf(mu, omega), 2, -0.5, 0.6);
        PeriodicOrbitBranch branch = orbits(continuation, -0.5, 0, 0);
        double[] mu = branch.parameters();
        double[] periods = branch.periods();
        double[] amplitudes = branch.amplitudes(1);
        for (int i = 0; i < mu.length; i++) {
            PeriodicOrbit orbit = branch.orbits().get(i);
            assertThat(amplitudes[i]).isCloseTo(Math.sqrt(mu[i]), within(1e-6));
            assertThat(periods[i]).isCloseTo(2.0 * Math.PI / omega, within(1e-9));
            assertThat(orbit.largestMultiplier()).isCloseTo(Math.exp(-4.0 * Math.PI * mu[i] / omega), within(1e-7));
            double[] x = orbit.orbit().at(0.3137 * orbit.period());
            assertThat(Math.hypot(x[0], x[1])).isCloseTo(Math.sqrt(mu[i]), within(2.0 * orbit.gap() + 1e-12));
            assertThat(orbit.gap()).isLessThan(1e-5 * Math.sqrt(mu[i]));
        }
        assertThat(mu[0]).isCloseTo(0.0, within(1e-4));
        assertThat(mu[mu.length - 1]).isEqualTo(0.6);
        assertThat(branch.bifurcations()).isEmpty();
        assertThat(branch.ending()).isEqualTo(Ending.PARAMETER);
        assertThat(branch)
                .hasToString(mu.length + " periodic orbits for parameters from 2.50000e-05 to 0.600000, "
                        + "periods 3.69599 to 3.69599, bifurcations [], ended by parameter");
    }

    /** r′ = μr + r³ − r⁵, θ′ = 2: μ = r⁴ − r² all along, a fold at μ = −1/4 with r² = 1/2; the multiplier is e^(2π(r² − 2r⁴)). */
    @Test
    void foldBehindASubcriticalHopfPoint() {
        DoubleFunction<VectorField> family = mu -> (x, out) -> {
            double r2 = x[0] * x[0] + x[1] * x[1];
            double growth = mu + r2 - r2 * r2;
            out[0] = growth * x[0] - 2.0 * x[1];
            out[1] = growth * x[1] + 2.0 * x[0];
        };
        PeriodicOrbitBranch branch = orbits(Continuation.of(family, 2, -0.6, 0.3), -0.5, 0, 0);
        assertThat(branch.bifurcations()).hasSize(1);
        PeriodicOrbitBifurcation fold = branch.bifurcations().get(0);
        assertThat(fold.type()).isEqualTo(PeriodicOrbitBifurcation.Type.FOLD);
        assertThat(fold.parameter()).isCloseTo(-0.25, within(1e-9));
        double[] x = fold.orbit().point();
        assertThat(x[0] * x[0] + x[1] * x[1]).isCloseTo(0.5, within(1e-5));
        assertThat(fold.orbit().largestMultiplier()).isCloseTo(1.0, within(1e-5));
        assertThat(fold).hasToString("fold at -0.2500000000, period 3.14159");
        double[] mu = branch.parameters();
        for (int i = 0; i < mu.length; i++) {
            double[] point = branch.orbits().get(i).point();
            double r2 = point[0] * point[0] + point[1] * point[1];
            assertThat(mu[i]).isCloseTo(r2 * r2 - r2, within(1e-7));
            double multiplier = branch.orbits().get(i).largestMultiplier();
            assertThat(multiplier).isCloseTo(Math.exp(2.0 * Math.PI * (r2 - 2.0 * r2 * r2)), within(1e-5));
        }
        assertThat(mu[mu.length - 1]).isEqualTo(0.3);
    }

    /** Period and multiplier of the orbit at the end, by the return map and by SciPy's DOP853 (6.81711996210). */
    @Test
    void brusselatorAgainstTheReturnMap() {
        DoubleFunction<VectorField> family = b -> (x, out) -> {
            double reaction = x[0] * x[0] * x[1];
            out[0] = 1.2 - (b + 1.0) * x[0] + reaction;
            out[1] = b * x[0] - reaction;
        };
        PeriodicOrbit found = last(orbits(Continuation.of(family, 2, 0.5, 4.0).withSteps(0.1), 1.0, 1, 1));
        assertThat(found.period()).isCloseTo(6.8171199621, within(1e-8));
        ReturnMap map = new ReturnMap(Flow.of(family.apply(4.0), 2), Section.coordinate(2, 0, 1.2), 20.0);
        PeriodicOrbit integrated = PeriodicOrbit.near(map, new double[] {1.2, 1.0});
        assertThat(found.period()).isCloseTo(integrated.period(), within(1e-8));
        assertThat(found.largestMultiplier() / integrated.largestMultiplier()).isCloseTo(1.0, within(1e-4));
    }

    /**
     * ẍ = (μ − x²)ẋ − x is van der Pol's equation with x = √μ X: at μ = 1 of period 6.66328685932 and multiplier e^−7.0589328,
     * at μ = 5 of period 11.6122306677 (SciPy's DOP853 to 1e-13).
     */
    @Test
    void vanDerPolBecomesStiff() {
        DoubleFunction<VectorField> family = mu -> (x, out) -> {
            out[0] = x[1];
            out[1] = (mu - x[0] * x[0]) * x[1] - x[0];
        };
        PeriodicOrbit soft = last(orbits(Continuation.of(family, 2, -0.5, 1.0).withSteps(0.2), -0.4, 0, 0));
        assertThat(soft.period()).isCloseTo(6.66328685932, within(1e-8));
        assertThat(Math.log(soft.largestMultiplier())).isCloseTo(-7.0589328, within(1e-6));
        Continuation stiff = Continuation.of(family, 2, -0.5, 5.0).withSteps(0.2);
        assertThat(last(orbits(stiff, -0.4, 0, 0)).period()).isCloseTo(11.6122306677, within(1e-7));
        PeriodicOrbitBranch few = orbits(stiff.withIntervals(10), -0.4, 0, 0);
        assertThat(few.ending()).isEqualTo(Ending.RESOLUTION);
        assertThat(few.toString()).endsWith("ended by resolution");
    }

    /**
     * FitzHugh–Nagumo, from Hopf point to Hopf point at I = 7/8 ± 0.54371866…, mirror images. The fold is where the large
     * attracting cycle appears, by bisection with SciPy's LSODA I = 0.32417852250; its image is at 7/4 − I.
     */
    @Test
    void fitzHughNagumo() {
        Continuation continuation = Continuation.of(
                i -> (x, out) -> {
                    out[0] = x[0] - x[0] * x[0] * x[0] / 3.0 - x[1] + i;
                    out[1] = 0.08 * (x[0] + 0.7 - 0.8 * x[1]);
                },
                2,
                0.0,
                2.0);
        PeriodicOrbitBranch branch = orbits(continuation, 0.0, -1.2, -0.6);
        assertThat(branch.bifurcations().stream().map(PeriodicOrbitBifurcation::type))
                .containsExactly(PeriodicOrbitBifurcation.Type.FOLD, PeriodicOrbitBifurcation.Type.FOLD);
        assertThat(branch.bifurcations().get(0).parameter()).isCloseTo(0.3241785225, within(1e-8));
        assertThat(branch.bifurcations().get(1).parameter()).isCloseTo(1.75 - 0.3241785225, within(1e-8));
        assertThat(branch.ending()).isEqualTo(Ending.FIXED_POINT);
        double[] current = branch.parameters();
        assertThat(current[current.length - 1]).isCloseTo(1.75 - 0.331281337, within(1e-3));
        // At I = ½ the period is 39.474414980 by DOP853; between neighbours it is interpolated.
        double[] period = branch.periods();
        for (int k = 1; k < current.length; k++) {
            if (current[k - 1] < 0.5 && current[k] >= 0.5 && period[k] > 30.0) {
                double t = (0.5 - current[k - 1]) / (current[k] - current[k - 1]);
                assertThat(period[k - 1] + t * (period[k] - period[k - 1])).isCloseTo(39.474415, within(0.05));
            }
        }
    }

    /** Rössler with a = b = 0.2: the multiplier is −1 at c = 2.8324450279, period 5.76982002 (SciPy's DOP853 and fsolve). */
    @Test
    void periodDoublingOfRoessler() {
        Continuation continuation = Continuation.of(
                        c -> (x, out) -> {
                            out[0] = -x[1] - x[2];
                            out[1] = x[0] + 0.2 * x[1];
                            out[2] = 0.2 + x[2] * (x[0] - c);
                        },
                        3,
                        0.3,
                        4.0)
                .withSteps(0.2);
        PeriodicOrbitBranch branch = orbits(continuation, 3.9, 0.01, -0.05, 0.05);
        assertThat(branch.bifurcations()).hasSize(1);
        PeriodicOrbitBifurcation doubling = branch.bifurcations().get(0);
        assertThat(doubling.type()).isEqualTo(PeriodicOrbitBifurcation.Type.PERIOD_DOUBLING);
        assertThat(doubling.parameter()).isCloseTo(2.8324450279, within(1e-6));
        assertThat(doubling.orbit().period()).isCloseTo(5.76982002, within(1e-6));
        assertThat(doubling.orbit().multipliers()[0].getReal()).isCloseTo(-1.0, within(1e-9));
    }

    /** Lorenz: unstable orbits from the subcritical Hopf point into the homoclinic one, at ρ = 13.926557 (Sparrow 1982). */
    @Test
    void lorenzEndsInAHomoclinicOrbit() {
        Continuation continuation =
                Continuation.of(Systems::lorenz, 3, 10.0, 26.0).withSteps(0.5);
        PeriodicOrbitBranch branch = orbits(continuation, 12.0, 5.4, 5.4, 11.0);
        double[] rho = branch.parameters();
        assertThat(rho[0]).isCloseTo(470.0 / 19.0, within(1e-2));
        assertThat(rho[rho.length - 1]).isCloseTo(13.926557, within(2e-5));
        assertThat(branch.ending()).isEqualTo(Ending.PERIOD);
        assertThat(branch.bifurcations()).isEmpty();
        assertThat(branch.orbits())
                .allSatisfy(each -> assertThat(each.isStable()).isFalse());
    }

    /** z′ = (r² − m + iΩ)z − |z|²z on the cycle r² = μ: multipliers e^(2π(μ − m ± iΩ)), a torus from μ = m on. */
    @Test
    void torus() {
        double m = 0.7;
        Continuation continuation = Continuation.of(
                        mu -> (x, out) -> {
                            double r2 = x[0] * x[0] + x[1] * x[1];
                            double s2 = x[2] * x[2] + x[3] * x[3];
                            out[0] = (mu - r2) * x[0] - x[1];
                            out[1] = (mu - r2) * x[1] + x[0];
                            out[2] = (r2 - m - s2) * x[2] - 1.37 * x[3];
                            out[3] = (r2 - m - s2) * x[3] + 1.37 * x[2];
                        },
                        4,
                        -0.5,
                        1.2)
                .withSteps(0.1);
        PeriodicOrbitBranch branch = orbits(continuation, -0.4, 0, 0, 0, 0);
        assertThat(branch.bifurcations()).hasSize(1);
        PeriodicOrbitBifurcation torus = branch.bifurcations().get(0);
        assertThat(torus.type()).isEqualTo(PeriodicOrbitBifurcation.Type.TORUS);
        assertThat(torus.parameter()).isCloseTo(m, within(1e-7));
        Complex expected = new Complex(0.0, 2.0 * Math.PI * 1.37).exp();
        assertThat(torus.orbit().multipliers()[1].getReal()).isCloseTo(expected.getReal(), within(1e-6));
        assertThat(Math.abs(torus.orbit().multipliers()[1].getImaginary()))
                .isCloseTo(Math.abs(expected.getImaginary()), within(1e-6));
    }

    /** z′ = (r² − m)z − z³: a pitchfork of cycles at μ = m, where p does not turn back. */
    @Test
    void pitchforkOfOrbits() {
        Continuation continuation = Continuation.of(
                        mu -> (x, out) -> {
                            double r2 = x[0] * x[0] + x[1] * x[1];
                            out[0] = (mu - r2) * x[0] - x[1];
                            out[1] = (mu - r2) * x[1] + x[0];
                            out[2] = (r2 - 0.6 - x[2] * x[2]) * x[2];
                        },
                        3,
                        -0.5,
                        1.0)
                .withSteps(0.1);
        PeriodicOrbitBranch branch = orbits(continuation, -0.4, 0, 0, 0);
        assertThat(branch.bifurcations().stream().map(PeriodicOrbitBifurcation::type))
                .containsExactly(PeriodicOrbitBifurcation.Type.BRANCH_POINT);
        assertThat(branch.bifurcations().get(0).parameter()).isCloseTo(0.6, within(1e-7));
    }

    /** Van der Pol's equation at μ = 0 is an oscillator: all circles, at one parameter. */
    @Test
    void aCentreIsTold() {
        PeriodicOrbitBranch branch = orbits(Continuation.of(Systems::vanDerPol, 2, -0.5, 0.5), -0.4, 0, 0);
        assertThat(branch.ending()).isEqualTo(Ending.CENTRE);
        assertThat(Arrays.stream(branch.parameters()).map(Math::abs).max().orElseThrow())
                .isLessThan(1e-9);
    }

    @Test
    void faultsAreReported() {
        Continuation continuation = Continuation.of(p -> (x, out) -> out[0] = p - x[0] * x[0], 1, -1.0, 1.0);
        Bifurcation fold = continuation.from(1.0, 1.0).bifurcations().get(0);
        assertThatThrownBy(() -> continuation.periodicOrbits(fold))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("hopf must be a Hopf point, got fold at ");
        assertThatThrownBy(() -> continuation.withIntervals(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("most must be at least 5, got 4");
        Continuation plane = Continuation.of(mu -> Systems.hopf(mu, 1.0), 2, -0.5, 0.5);
        Bifurcation hopf = plane.from(-0.5, 0, 0).bifurcations().get(0);
        assertThatThrownBy(() -> continuation.periodicOrbits(hopf))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hopf must be in 1 dimensions, got 2");
    }
}
