package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.complex.Complex;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/** Chemical reactions and the square-root process. */
class ReactionModelsTest {

    private static Complex[] eigenvalues(DifferentiableField field, double... x) {
        int d = x.length;
        double[] entries = new double[d * d];
        field.jacobian(x, entries);
        RealMatrix jacobian = MatrixUtils.createRealMatrix(d, d);
        for (int k = 0; k < d * d; k++) {
            jacobian.setEntry(k / d, k % d, entries[k]);
        }
        return new EigenDecompositionNonSymmetric(jacobian).getEigenvalues();
    }

    /** mpmath, 20 digits: ∫b/D by partial fractions over the complex roots, moments by quadrature. */
    @ParameterizedTest
    @CsvSource({
        "2, 0.47931844370970235, 0.73538851055879308",
        "20, 0.14505061741323993, 0.12495526329885848",
        "60, 0.096953754912716588, 0.0049384579828202502"
    })
    void momentsOfSchloegl(double volume, double mean, double variance) {
        StationaryMoments moments =
                new Schloegl().stationaryMoments(Temperature.of(1.0 / volume)).orElseThrow();
        assertThat(moments.mean()[0]).isCloseTo(mean, within(1e-12));
        assertThat(moments.covariance().getEntry(0, 0)).isCloseTo(variance, within(1e-12));
    }

    /** The same source: 4 − 4∫₀² w₊/(w₊ + w₋) du, which is Φ(2) − Φ(0) without its logarithms. */
    @Test
    void potentialOfSchloegl() {
        Temperature t = Temperature.of(0.3);
        Schloegl model = new Schloegl();
        double difference = model.potential(t).orElseThrow().at(new double[] {2.0})
                - model.potential(t).orElseThrow().at(new double[] {0.0});
        double rates = (0.25 + 2.95 * 2.0 + 3.0 * 4.0 + 0.6 * 8.0) / 0.25;
        assertThat(difference - 0.3 * Math.log(rates)).isCloseTo(0.17476265246114317, within(1e-14));
    }

    /** Three roots of the cubic, NumPy; the outer two are stable. */
    @Test
    void schloeglHasTwoStableStates() {
        Schloegl model = new Schloegl();
        assertThat(model.restingPoints()).hasSize(3);
        double product = 1.0;
        double sum = 0.0;
        for (double[] point : model.restingPoints()) {
            product *= point[0];
            sum += point[0];
        }
        // Viète: 0.6x³ − 3x² + 2.95x − 0.25.
        assertThat(sum).isCloseTo(5.0, within(1e-13));
        assertThat(product).isCloseTo(0.25 / 0.6, within(1e-13));
        double[] slope = new double[1];
        for (int k = 0; k < 3; k++) {
            model.drift().jacobian(model.restingPoints().get(k), slope);
            assertThat(Math.signum(slope[0])).isEqualTo(k == 1 ? 1.0 : -1.0);
        }
        assertThat(model.with("k3", 3.0).restingPoints()).hasSize(1);
    }

    /** A triple root of the denominator, (x + 1)³: Φ in closed form. */
    @Test
    void potentialOfSchloeglAtATripleRoot() {
        Schloegl model = new Schloegl(3.0, 1.0, 1.0, 3.0);
        Temperature t = Temperature.of(0.5);
        double x = 1.7;
        // ∫₀ˣ (3u² + 1)/(u + 1)³ du with u = v − 1: 3 log v + 6/v − 2/v² between 1 and x + 1.
        double v = 1.0 + x;
        double share = 3.0 * Math.log(v) + 6.0 / v - 2.0 / (v * v) - 4.0;
        double expected = 2.0 * x - 4.0 * share + 0.5 * Math.log(0.5 * v * v * v);
        assertThat(model.potential(t).orElseThrow().at(new double[] {x})).isCloseTo(expected, within(1e-13));
    }

    /** The trace of the Jacobian vanishes at B = 1 + A² and the frequency is A (Prigogine and Lefever 1968). */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 1.0, 2.3})
    void theBrusselatorStartsToOscillate(double feed) {
        double critical = new Brusselator(feed, 1.0).criticalConversion();
        Brusselator model = new Brusselator(feed, critical);
        for (Complex value : eigenvalues(model.drift(), model.restingPoints().get(0))) {
            assertThat(value.getReal()).isCloseTo(0.0, within(1e-12));
            assertThat(Math.abs(value.getImaginary())).isCloseTo(feed, within(1e-12));
        }
    }

    /** SciPy, DOP853 at rtol 1e-13: A = 1, B = 3 has the period 7.15691992 and passes (1, 4.46889306). */
    @Test
    void periodOfTheBrusselator() {
        DifferentiableField drift = new Brusselator(1.0, 3.0).drift();
        double[] x = {1.0, 4.46889306};
        int steps = 20_000;
        double h = 7.15691992 / steps;
        double[] k1 = new double[2];
        double[] k2 = new double[2];
        for (int k = 0; k < steps; k++) {
            drift.at(x, k1);
            drift.at(new double[] {x[0] + 0.5 * h * k1[0], x[1] + 0.5 * h * k1[1]}, k2);
            x[0] += h * k2[0];
            x[1] += h * k2[1];
        }
        assertThat(x).containsExactly(new double[] {1.0, 4.46889306}, within(2e-5));
    }

    /** At the critical production one eigenvalue of the symmetric point is zero, whatever n. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void theToggleBecomesASwitch(int n) {
        double critical = new GeneticToggle(1.0, n).criticalProduction().orElseThrow();
        GeneticToggle model = new GeneticToggle(critical, n);
        double largest = Double.NEGATIVE_INFINITY;
        for (Complex value : eigenvalues(model.drift(), model.restingPoints().get(0))) {
            largest = Math.max(largest, value.getReal());
        }
        assertThat(largest).isCloseTo(0.0, within(1e-12));
        assertThat(new GeneticToggle(1.0, 1).criticalProduction()).isEmpty();
        assertThat(new GeneticToggle(1.0, 2).criticalProduction()).hasValue(2.0);
    }

    /** n = 2, a = 4: the outer points are 2 ± √3, stable; the symmetric one is a saddle. */
    @Test
    void statesOfTheToggle() {
        GeneticToggle model = new GeneticToggle(4.0, 2);
        assertThat(model.restingPoints()).hasSize(3);
        assertThat(model.restingPoints().get(1))
                .containsExactly(new double[] {2.0 + Math.sqrt(3.0), 2.0 - Math.sqrt(3.0)}, within(1e-14));
        for (int k = 0; k < 3; k++) {
            int unstable = 0;
            for (Complex value :
                    eigenvalues(model.drift(), model.restingPoints().get(k))) {
                unstable += value.getReal() > 0.0 ? 1 : 0;
            }
            assertThat(unstable).isEqualTo(k == 0 ? 1 : 0);
        }
    }

    /** Each reaction changes the variance at its rate: D is half the sum of νν′ over the rates, here at one state by hand. */
    @Test
    void noiseIsHalfOfTheRates() {
        double[] d = new double[4];
        double[] state = {2.0, 3.0};
        // a/(1 + y²) = 0.4, a/(1 + x²) = 0.8.
        new GeneticToggle(4.0, 2).diffusion().matrix(state, d);
        assertThat(d).containsExactly(new double[] {1.2, 0.0, 0.0, 1.9}, within(1e-15));
        // A = 1, x = 2; Bx = 6 and x²y = 12 exchange.
        new Brusselator(1.0, 3.0).diffusion().matrix(state, d);
        assertThat(d).containsExactly(new double[] {10.5, -9.0, -9.0, 9.0}, within(1e-14));
    }

    /** Both forms have one drift and one 2β⁻¹D: κ(θ − x) and 2β⁻¹σ²x. */
    @Test
    void squareRootProcessForExactSampling() {
        Temperature temperature = Temperature.of(0.8);
        Sde exact = new CoxIngersollRoss(0.5, 0.04, 0.2).process(temperature).sde();
        double[] out = new double[1];
        exact.drift().at(new double[] {0.1}, out);
        assertThat(out[0]).isCloseTo(0.5 * (0.04 - 0.1), within(1e-16));
        exact.diffusion().times(new double[] {0.1}, new double[] {1.0}, out);
        assertThat(2.0 * exact.temperature().value() * out[0]).isCloseTo(2.0 * 0.8 * 0.2 * 0.2 * 0.1, within(1e-16));
        assertThat(org.langevin4j.core.sde.CoxIngersollRoss.recognise(exact)).isPresent();
    }

    /** Feller's Gamma law: shape βκθ/σ², and d log ρ/dx = −βΦ′ is that of the Gamma density. */
    @Test
    void squareRootProcess() {
        CoxIngersollRoss model = new CoxIngersollRoss(0.5, 0.04, 0.2);
        Temperature t = Temperature.of(0.25);
        double shape = 4.0 * 0.5 * 0.04 / 0.04;
        double scale = 0.04 / shape;
        double[] slope = new double[1];
        model.potential(t).orElseThrow().gradient(new double[] {0.07}, slope);
        assertThat(-4.0 * slope[0]).isCloseTo((shape - 1.0) / 0.07 - 1.0 / scale, within(1e-12));
        StationaryMoments moments = model.stationaryMoments(t).orElseThrow();
        assertThat(moments.mean()).containsExactly(0.04);
        assertThat(moments.covariance().getEntry(0, 0)).isCloseTo(shape * scale * scale, within(1e-17));
        assertThat(model.mean(0.1, 1e3)).isCloseTo(0.04, within(1e-16));
        assertThat(model.variance(t, 0.1, 1e3)).isCloseTo(shape * scale * scale, within(1e-17));
        // dV/dt = −2κV + 2β⁻¹σ²m, by central differences.
        double h = 1e-4;
        double rate = (model.variance(t, 0.1, 0.7 + h) - model.variance(t, 0.1, 0.7 - h)) / (2.0 * h);
        assertThat(rate)
                .isCloseTo(-model.variance(t, 0.1, 0.7) + 2.0 * 0.25 * 0.04 * model.mean(0.1, 0.7), within(1e-10));
    }
}
