package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.langevin4j.core.sde.Temperature;

/** Closed forms and their integrals where a parameter is very large or small, against what they tend to. */
class ExtremeFormulasTest {

    /** v = F(1 − A²/(2F²)) and D = β⁻¹(1 + 3A²/(2F²)) to the next order in A²/F², once βF is large. */
    @Property(tries = 60, seed = "1")
    void aSteepWashboardIsAPlane(@ForAll @DoubleRange(min = 2.0, max = 290.0) double power) {
        double tilt = Math.pow(10.0, power);
        TiltedWashboard washboard = new TiltedWashboard(1.0, tilt);
        Temperature one = Temperature.of(1.0);
        double small = 1.0 / (tilt * tilt);
        assertThat(washboard.meanVelocity(one) / tilt)
                .isCloseTo(1.0 - 0.5 * small, within(1e-13 + 4.0 * small * small));
        assertThat(washboard.effectiveDiffusion(one))
                .isCloseTo(1.0 + 1.5 * small, within(1e-13 + 40.0 * small * small));
    }

    @Property(tries = 60, seed = "1")
    void aHotWashboardDoesNotSeeTheRipple(@ForAll @DoubleRange(min = 10.0, max = 300.0) double power) {
        double hot = Math.pow(10.0, power);
        TiltedWashboard washboard = new TiltedWashboard(1.0, 0.7);
        assertThat(washboard.effectiveDiffusion(Temperature.of(hot)) / hot).isCloseTo(1.0, within(1e-9));
        assertThat(washboard.meanVelocity(Temperature.of(hot))).isCloseTo(0.7, within(1e-9));
    }

    @Example
    void aColdPlaneIsRefused() {
        assertThatThrownBy(() -> new TiltedWashboard(0.0, 1.0).meanVelocity(Temperature.of(1e-305)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("temperature must");
    }

    /** E max(S − K, 0) − E max(K − S, 0) = S(0) − e^(−rt)K; the strike is so low that nothing is below it. */
    @Property(tries = 60, seed = "1")
    void callsOnWhatIsSurelyAboveTheStrikeAreWorthTheDifference(
            @ForAll @DoubleRange(min = -0.5, max = 2.0) double jumpMean,
            @ForAll @DoubleRange(min = 0.1, max = 60.0) double intensity,
            @ForAll @IntRange(min = -600, max = 600) int power) {
        MertonJumpDiffusion model = new MertonJumpDiffusion(0.05, 0.2, intensity, jumpMean, 0.1);
        double price = Math.scalb(1.0, power);
        double strike = price * 1e-100;
        double found = model.callPrice(Temperature.of(0.5), price, strike, 1.0);
        assertThat(found / price).isCloseTo(1.0, within(1e-11));
    }

    @Example
    void callsOfMoreJumpsThanCanBeSummedAreRefused() {
        MertonJumpDiffusion model = new MertonJumpDiffusion();
        for (double time : new double[] {1e20, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN, 0.0, -1.0}) {
            assertThatThrownBy(() -> model.callPrice(Temperature.of(0.5), 1.0, 1.0, time))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("time must");
        }
    }

    /** E = λe^(Φ(1, 0)) (1 + O(λ)). */
    @Property(tries = 60, seed = "1")
    void wellsOfATinyRotationAreWhereTheyWere(@ForAll @DoubleRange(min = -323.0, max = -20.0) double power) {
        double lambda = Math.pow(10.0, power);
        double[] well = new DoubleWell(lambda).restingPoints().get(1);
        assertThat(well[0]).isEqualTo(1.0);
        double limit = lambda * 1e16 * new DoubleWell(1e-16).restingPoints().get(1)[1];
        assertThat(well[1]).isCloseTo(limit, within(1e-9 * limit + 1e-15));
    }
}
