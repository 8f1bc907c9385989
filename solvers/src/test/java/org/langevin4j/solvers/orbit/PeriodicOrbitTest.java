package org.langevin4j.solvers.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.complex.Complex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.solvers.ConvergenceException;

class PeriodicOrbitTest {

    private static ReturnMap across(Flow flow) {
        return new ReturnMap(flow, Section.coordinate(flow.dimension(), 1, 0.0), 100.0);
    }

    /** r = √μ, 2π/ω, e^(−4πμ/ω). */
    @ParameterizedTest
    @CsvSource({"1, 2", "0.25, 3", "2, 0.7", "1e-4, 1"})
    void hopfNormalForm(double mu, double omega) {
        Flow flow = Flow.of(Systems.hopf(mu, omega), 2);
        PeriodicOrbit cycle = PeriodicOrbit.near(across(flow), new double[] {1.3 * Math.sqrt(mu), 0.0});
        assertThat(cycle.point()).containsExactly(new double[] {Math.sqrt(mu), 0.0}, within(1e-11));
        assertThat(cycle.period()).isCloseTo(2.0 * Math.PI / omega, within(1e-11));
        double multiplier = Math.exp(-4.0 * Math.PI * mu / omega);
        assertThat(cycle.largestMultiplier() / multiplier).isCloseTo(1.0, within(1e-10));
        assertThat(cycle.trivialMultiplierError()).isLessThan(1e-11);
        assertThat(cycle.isStable()).isTrue();
        assertThat(cycle.gap()).isLessThan(1e-12);
    }

    /** The same backwards in time: Newton's method does not mind a multiplier of e^(2π) = 535. */
    @Test
    void repellingCycle() {
        Flow flow = Flow.of(Systems.hopf(1.0, 2.0), 2).reversed();
        ReturnMap map = new ReturnMap(flow, Section.coordinate(2, 1, 0.0).reversed(), 100.0);
        PeriodicOrbit cycle = PeriodicOrbit.near(map, new double[] {0.999, 0.0});
        assertThat(cycle.point()).containsExactly(new double[] {1.0, 0.0}, within(1e-11));
        assertThat(Math.log(cycle.largestMultiplier())).isCloseTo(2.0 * Math.PI, within(1e-9));
        assertThat(cycle.isStable()).isFalse();
    }

    /**
     * SciPy, DOP853 with rtol 2.5e-14 and an event on y = 0: period, amplitude and ∮∇·b dt. The period at μ = 1 is that of
     * the literature, 6.66328685932 (Andersen and Geer 1982).
     */
    @ParameterizedTest
    @CsvSource({
        "0.5, 6.380675801773597, 2.0024879304471095, -3.239667474474285",
        "1, 6.6632868593231285, 2.008619860874841, -7.0589328087989225",
        "3, 8.859095499719896, 2.023304141682214, -34.89695595220104"
    })
    void vanDerPol(double mu, double period, double amplitude, double logMultiplier) {
        Flow flow = Flow.of(Systems.vanDerPol(mu), 2);
        ReturnMap map = new ReturnMap(flow, Section.coordinate(2, 1, 0.0).reversed(), 100.0);
        PeriodicOrbit cycle = PeriodicOrbit.near(map, new double[] {1.0, 0.0});
        assertThat(cycle.period()).isCloseTo(period, within(2e-11));
        assertThat(cycle.point()[0]).isCloseTo(amplitude, within(1e-11));
        assertThat(Math.log(cycle.largestMultiplier())).isCloseTo(logMultiplier, within(1e-9));
        assertThat(cycle.trivialMultiplierError()).isLessThan(1e-9);
        double[][] x = cycle.orbit().coordinates(400);
        assertThat(x[0][0]).isCloseTo(x[0][399], within(1e-10));
    }

    /** SciPy, shooting with DOP853 and the variational equation: T = 5.748991183278001, multiplier −0.769693642. */
    @Test
    void rosslerInThreeDimensions() {
        Flow flow = Flow.of(Systems.rossler(), 3);
        ReturnMap map = new ReturnMap(flow, Section.coordinate(3, 0, 0.0), 100.0);
        PeriodicOrbit cycle = PeriodicOrbit.near(map, new double[] {0.0, -4.0, 0.1});
        assertThat(cycle.period()).isCloseTo(5.748991183278001, within(1e-10));
        assertThat(cycle.multipliers()[0].getReal()).isCloseTo(-0.769693642, within(1e-8));
        // ∮∇·b dt = log of the product; here −5.17430433e-06 as SciPy's eigenvalue.
        assertThat(cycle.multipliers()[1].getReal()).isCloseTo(-5.17430433e-06, within(1e-12));
        assertThat(cycle.isStable()).isTrue();
    }

    /**
     * The orbit AB of Lorenz' attractor, a saddle: T = 1.5586522107161747 (Viswanath 2003, Physica D 190, 115); multipliers by
     * SciPy, and their product e^(−41T/3).
     */
    @Test
    void saddleCycleOfLorenz() {
        Flow flow = Flow.of(Systems.lorenz(28), 3);
        ReturnMap map = new ReturnMap(flow, Section.coordinate(3, 2, 27.0), 100.0);
        PeriodicOrbit cycle = PeriodicOrbit.near(map, new double[] {-13.7, -19.6, 27.0}, 2);
        assertThat(cycle.period()).isCloseTo(1.5586522107161747, within(1e-11));
        Complex[] multipliers = cycle.multipliers();
        assertThat(multipliers[0].getReal()).isCloseTo(4.71294727, within(1e-7));
        assertThat(multipliers[1].getReal() * multipliers[0].getReal())
                .isCloseTo(Math.exp(-41.0 / 3.0 * 1.5586522107161747), within(1e-18));
        assertThat(cycle.trivialMultiplierError()).isLessThan(1e-8);
        assertThat(cycle.isStable()).isFalse();
    }

    /** values.json, example19_poincare: DOP853 at rtol 3e-14. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.25, 0.21652050229261638, 7.417491915411603",
        "1, 2, 0.35831259041953056, 7.7204156126039205",
        "1.5, 0.25, 0.2394521709491852, 3.7862486132597932",
        "1.5, 0.5, 0.4164937886372488, 3.7923026762366643",
        "1.5, 1, 0.5416005963117917, 4.015572506172132",
        "1.5, 2, 0.5624969261575427, 4.273321582568404",
        "3, 1, 0.7114723210511269, 1.8642226049378983",
        "3, 2, 0.776138279922453, 2.1475916183245145"
    })
    void returnMapOfExample19(double lambda, double s, double image, double time) {
        Crossing back = across(Flow.of(Systems.example19(lambda), 2)).at(new double[] {s, 0.0});
        assertThat(back.state()[0]).isCloseTo(image, within(5e-12));
        assertThat(back.state()[1]).isCloseTo(0.0, within(1e-15));
        assertThat(back.time()).isCloseTo(time, within(5e-12));
    }

    /** It has no cycle: Newton's method ends in the origin and says so. */
    @Test
    void shrinkingOntoAFixedPointIsNoCycle() {
        Flow flow = Flow.of(Systems.example19(1.5), 2);
        assertThatThrownBy(() -> PeriodicOrbit.near(across(flow), new double[] {1.0, 0.0}))
                .isInstanceOf(ConvergenceException.class)
                .hasMessageStartingWith("Newton's method for a periodic orbit from [1.0, 0.0] stopped at [");
    }

    @Test
    void startThatNeverReturnsIsReported() {
        Flow flow = Flow.of(
                (x, out) -> {
                    out[0] = 1.0;
                    out[1] = 1.0;
                },
                2);
        assertThatThrownBy(() -> PeriodicOrbit.near(across(flow), new double[] {1.0, 0.0}))
                .isInstanceOf(OrbitException.class)
                .hasMessageContaining("did not cross the section")
                .hasMessageContaining("within the time 100.0");
    }

    /** A family of closed orbits has none that is isolated. */
    @Test
    void centreHasNoIsolatedOrbit() {
        Flow flow = Flow.of(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = -x[0] - x[0] * x[0] * x[0];
                },
                2);
        ReturnMap map = new ReturnMap(flow, Section.coordinate(2, 1, 0.0).reversed(), 100.0);
        assertThat(map.at(new double[] {1.0, 0.0}).state()[0]).isCloseTo(1.0, within(1e-12));
        ClosedLoop loop = ClosedLoop.through(flow, new double[] {1.0, 0.0}, 100.0);
        // T = 4K(m)/√(1 + A²), m = A²/(2(1 + A²)), A = 1 (SciPy: 4*ellipk(0.25)/sqrt(2)).
        assertThat(loop.period()).isCloseTo(4.768022, within(1e-6));
    }

    /** The plane through the fixed points C± of Lorenz: nearby orbits shrink into them, and that is told. */
    @Test
    void fixedPointOnTheSectionIsNoCycle() {
        ReturnMap map = new ReturnMap(
                Flow.of(Systems.lorenz(28), 3), Section.coordinate(3, 2, 27.0).reversed(), 100.0);
        assertThatThrownBy(() -> PeriodicOrbit.near(map, new double[] {-13.7, -19.6, 27.0}, 2))
                .isInstanceOf(ConvergenceException.class)
                .hasMessageContaining("a fixed point and no periodic orbit");
    }
}
