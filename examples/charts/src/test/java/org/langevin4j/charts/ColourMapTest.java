package org.langevin4j.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColourMapTest {

    /** CIE lightness of an sRGB colour, by its definition. */
    private static double lightness(int rgb) {
        double y = 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
        return y > 216.0 / 24389.0 ? 116.0 * Math.cbrt(y) - 16.0 : 24389.0 / 27.0 * y;
    }

    private static double linear(int component) {
        double c = component / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    @Test
    void lightnessFallsEvenlySoThatNoColourLeavesTheGamut() {
        for (int i = 0; i <= 50; i++) {
            assertThat(lightness(ColourMap.rgb(i / 50.0))).isEqualTo(100.0 - 85.0 * i / 50.0, within(0.8));
        }
    }

    @Test
    void zeroIsWhiteAndWhatIsOutsideIsClipped() {
        assertThat(ColourMap.rgb(0.0)).isEqualTo(0xFFFFFF);
        assertThat(ColourMap.rgb(-1.0)).isEqualTo(0xFFFFFF);
        assertThat(ColourMap.rgb(Double.NaN)).isEqualTo(0xFFFFFF);
        assertThat(ColourMap.rgb(2.0)).isEqualTo(ColourMap.rgb(1.0));
    }
}
