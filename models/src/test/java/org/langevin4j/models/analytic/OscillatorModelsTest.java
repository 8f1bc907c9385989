package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Temperature;

/** Phases, excitable membranes, rolls, spins and chains. */
class OscillatorModelsTest {

    /** SciPy: where the real part of the eigenvalues at the resting point changes its sign, ε = 0.08, a = 0.7, c = 0.8. */
    @Test
    void hopfCurrentsOfFitzHughAndNagumo() {
        FitzHughNagumo model = new FitzHughNagumo();
        assertThat(model.hopfCurrents().get(0)).isCloseTo(0.3312813374547457, within(1e-12));
        assertThat(model.hopfCurrents().get(1)).isCloseTo(1.4187186625452541, within(1e-12));
        assertThat(model.with("timescale", 2.0))
                .isInstanceOfSatisfying(
                        FitzHughNagumo.class,
                        slow -> assertThat(slow.hopfCurrents()).isEmpty());
    }

    /** NumPy's roots: (−1.1994080352, −0.6242600441) at I = 0; three points where the nullclines cross thrice. */
    @Test
    void restingPointsOfFitzHughAndNagumo() {
        assertThat(new FitzHughNagumo().restingPoints()).hasSize(1);
        assertThat(new FitzHughNagumo().restingPoints().get(0))
                .containsExactly(new double[] {-1.1994080352440346, -0.6242600440550433}, within(1e-13));
        assertThat(new FitzHughNagumo(0.0, 0.08, 0.0, 2.0, 0.0).restingPoints()).hasSize(3);
    }

    /** Φ is that of the Hopf normal form, the cycle turns with ω − qμ, and weak noise on it spreads (1 + q²) times faster. */
    @Test
    void shearOfStuartAndLandau() {
        StuartLandau model = new StuartLandau(0.8, 2.0, -1.5);
        assertThat(model.cycle().orElseThrow().period()).isCloseTo(2.0 * Math.PI / 3.2, within(1e-15));
        assertThat(model.phaseDiffusion(Temperature.of(0.01))).isCloseTo(0.01 * 3.25 / 0.8, within(1e-16));
        assertThatThrownBy(() -> new StuartLandau(-1.0, 1.0, 1.0).phaseDiffusion(Temperature.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mu must be positive for a cycle, got -1.0");
        // At weak noise E[r²] → μ, so that the mean rotation is that of the cycle.
        assertThat(model.meanRotation(Temperature.of(1e-4))).isCloseTo(3.2, within(1e-3));
        assertThat(new StuartLandau(0.8, 2.0, 0.0).decomposition(Temperature.of(0.7)))
                .isPresent();
    }

    /** The tail of the truncated normal law: the series below −8 standard deviations meets the closed form. */
    @Test
    void radiusFarBelowTheBifurcation() {
        Temperature t = Temperature.of(0.5);
        double left = HopfNormalForm.meanSquareRadius(-8.000001, t);
        double right = HopfNormalForm.meanSquareRadius(-7.999999, t);
        assertThat(left / right).isCloseTo(1.0, within(1e-5));
        // Deep below, r² is exponential of mean 2β⁻¹/|μ|.
        assertThat(HopfNormalForm.meanSquareRadius(-1e6, t)).isCloseTo(1e-6, within(1e-17));
    }

    /** mpmath: roots of R = I₁(βKR)/I₀(βKR). */
    @ParameterizedTest
    @CsvSource({
        "2.2, 0.41338851306438332",
        "3, 0.72415871762635286",
        "5, 0.87682342206294461",
        "20, 0.97398438537445766"
    })
    void orderOfManyOscillators(double strength, double order) {
        Temperature t = Temperature.of(0.7);
        Kuramoto model = new Kuramoto(50, 0.7 * strength, 0.0);
        assertThat(model.limitOfOrder(t).orElseThrow()).isCloseTo(order, within(1e-12));
        assertThat(new Kuramoto(50, 1.39, 0.0).limitOfOrder(t)).hasValue(0.0);
        assertThat(new Kuramoto(50, 3.0, 0.1).limitOfOrder(t)).isEmpty();
        assertThat(new Kuramoto(50, 3.0, 0.1).criticalCoupling(t)).isCloseTo(1.6, within(1e-15));
    }

    /** The mean field against the double sum of its definition, for 10⁵ oscillators at a few of them. */
    @Test
    void meanFieldOfManyOscillators() {
        int n = 100_000;
        Kuramoto model = new Kuramoto(n, 1.7, 0.5);
        double[] frequencies = model.frequencies();
        Random random = new Random(1);
        double[] theta = random.doubles(n, 0.0, 2.0 * Math.PI).toArray();
        double[] out = new double[n];
        model.drift().at(theta, out);
        for (int i : new int[] {0, 1234, 99_999}) {
            double sum = 0.0;
            for (double other : theta) {
                sum += Math.sin(other - theta[i]);
            }
            assertThat(out[i]).isCloseTo(frequencies[i] + 1.7 * sum / n, within(1e-12 * (1.0 + Math.abs(out[i]))));
        }
        // Quantiles: half of a Lorentz law lies within its width.
        int within = 0;
        for (double frequency : frequencies) {
            within += Math.abs(frequency) < 0.5 ? 1 : 0;
        }
        assertThat(within).isEqualTo(n / 2);
    }

    /** The steady rolls lose their stability at 470/19 for σ = 10, b = 8/3 (Lorenz 1963): two eigenvalues on the axis. */
    @Test
    void criticalRayleighNumber() {
        NoisyLorenz classic = new NoisyLorenz();
        assertThat(classic.criticalRayleigh().orElseThrow()).isCloseTo(470.0 / 19.0, within(1e-13));
        NoisyLorenz critical = new NoisyLorenz(10.0, 470.0 / 19.0, 8.0 / 3.0);
        double[] entries = new double[9];
        critical.drift().jacobian(critical.restingPoints().get(1), entries);
        RealMatrix jacobian = MatrixUtils.createRealMatrix(3, 3);
        for (int k = 0; k < 9; k++) {
            jacobian.setEntry(k / 3, k % 3, entries[k]);
        }
        int onTheAxis = 0;
        for (Complex value : new EigenDecompositionNonSymmetric(jacobian).getEigenvalues()) {
            onTheAxis += Math.abs(value.getReal()) < 1e-12 && value.getImaginary() != 0.0 ? 1 : 0;
        }
        assertThat(onTheAxis).isEqualTo(2);
        assertThat(new NoisyLorenz(2.0, 28.0, 1.5).criticalRayleigh()).isEmpty();
        assertThat(new NoisyLorenz(10.0, 0.9, 1.0).restingPoints()).hasSize(1);
    }

    /** e^(βh s₃) on the sphere, s₃ uniform by Archimedes: sums over s₃. */
    @ParameterizedTest
    @CsvSource({"1, 0.5", "-3, 0.4", "0.001, 1", "0, 1", "0.03, 1", "0.032, 1", "20, 0.3"})
    void spinsInAField(double field, double temperature) {
        double mass = 0.0;
        double first = 0.0;
        double second = 0.0;
        int n = 200_000;
        for (int k = 0; k < n; k++) {
            double z = -1.0 + (2.0 * k + 1.0) / n;
            double weight = Math.exp(field / temperature * z);
            mass += weight;
            first += weight * z;
            second += weight * z * z;
        }
        first /= mass;
        second /= mass;
        StationaryMoments moments = new SpinOnSphere(field, 0.7, 2.0)
                .stationaryMoments(Temperature.of(temperature))
                .orElseThrow();
        assertThat(moments.mean()).containsExactly(new double[] {0.0, 0.0, first}, within(1e-8));
        assertThat(moments.covariance().getEntry(2, 2)).isCloseTo(second - first * first, within(1e-8));
        assertThat(moments.covariance().getEntry(0, 0)).isCloseTo(0.5 * (1.0 - second), within(1e-8));
        assertThat(moments.covariance().getEntry(1, 1))
                .isEqualTo(moments.covariance().getEntry(0, 0));
    }

    /** Neither drift nor noise moves a spin along itself: |s| is kept by the Stratonovich equation. */
    @Test
    void spinsKeepTheirLength() {
        SpinOnSphere model = new SpinOnSphere(1.3, 0.7, 2.0);
        double[] s = {0.48, -0.6, 0.64};
        double[] out = new double[3];
        model.drift().at(s, out);
        assertThat(out[0] * s[0] + out[1] * s[1] + out[2] * s[2]).isCloseTo(0.0, within(1e-15));
        model.diffusion().factorTimes(s, new double[] {0.3, 1.2, -0.7}, out);
        assertThat(out[0] * s[0] + out[1] * s[1] + out[2] * s[2]).isCloseTo(0.0, within(1e-15));
        // In Itô's form the drift gets −2β⁻¹a s.
        double[] ito = new double[3];
        model.sde(Temperature.of(0.4)).toIto().drift().at(s, ito);
        model.drift().at(s, out);
        for (int i = 0; i < 3; i++) {
            assertThat(ito[i] - out[i]).isCloseTo(-2.0 * 0.4 * 0.7 * s[i], within(1e-15));
        }
    }

    /**
     * The heat current from the covariance, k E[(q₁ − q₂)p₂], and from the bath, γ(T₁ − E[p₁²]), against the closed form;
     * SciPy's solver of Lyapunov's equation gives 0.20974178073445 and 0.2. The chain of 32 is the one with (3 − √5)/4.
     */
    @ParameterizedTest
    @CsvSource({"32, 1.0, 1.0, 2.0, 0.19098300562505", "5, 1.3, 0.7, 2.0, 0.20974178073445", "2, 2.0, 0.5, 2.0, 0.2"})
    void heatCurrentOfTheChain(int n, double stiffness, double friction, double ratio, double current) {
        HeatConductingChain model = new HeatConductingChain(n, stiffness, friction, ratio);
        for (double temperature : new double[] {1.0, 0.3}) {
            Temperature t = Temperature.of(temperature);
            assertThat(model.heatCurrent(t)).isCloseTo(temperature * current, within(1e-13));
            RealMatrix covariance = model.stationaryMoments(t).orElseThrow().covariance();
            double byForce = stiffness * (covariance.getEntry(0, n + 1) - covariance.getEntry(1, n + 1));
            double byBath = friction * (ratio * temperature - covariance.getEntry(n, n));
            assertThat(byForce).isCloseTo(temperature * current, within(1e-12));
            assertThat(byBath).isCloseTo(temperature * current, within(1e-12));
        }
    }

    /** Long chains: no overflow of the hyperbolic sines, and equal baths carry nothing. */
    @Test
    void heatCurrentOfLongChains() {
        Temperature t = Temperature.of(1.0);
        assertThat(new HeatConductingChain(100_000, 1.0, 1.0, 2.0).heatCurrent(t))
                .isCloseTo((3.0 - Math.sqrt(5.0)) / 4.0, within(1e-14));
        assertThat(new HeatConductingChain(10, 1.0, 1.0, 1.0).heatCurrent(t)).isZero();
        // Weak coupling: γ/2 for unit difference, whatever the springs.
        assertThat(new HeatConductingChain(10, 1.0, 1e-6, 2.0).heatCurrent(t)).isCloseTo(5e-7, within(1e-15));
    }
}
