package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.langevin4j.core.model.Model;

/** Every model of the catalogue with too few, too many, and extreme values of its parameters. */
class ExtremeParametersTest {

    @Example
    void valuesMustBeAsManyAsParameters() {
        for (Model model : Catalogue.models()) {
            int n = model.parameters().size();
            for (int wrong : n == 0 ? new int[] {1} : new int[] {0, n - 1, n + 1}) {
                assertThatThrownBy(() -> model.withValues(new double[wrong]))
                        .as(model.name())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("values must number " + n);
            }
        }
    }

    @Provide
    Arbitrary<double[]> values() {
        return Arbitraries.of(
                        0.0,
                        -0.0,
                        Double.MIN_VALUE,
                        1e-300,
                        1.0,
                        1e300,
                        Double.MAX_VALUE,
                        -1e308,
                        Double.NaN,
                        Double.POSITIVE_INFINITY)
                .array(double[].class)
                .ofSize(8);
    }

    @Property(tries = 200, seed = "1")
    void extremeValuesAreTakenOrRefusedByName(@ForAll("values") double[] values) {
        for (Model model : Catalogue.models()) {
            double[] own = Arrays.copyOf(values, model.parameters().size());
            try {
                assertThat(model.withValues(own).parameters()).hasSameSizeAs(model.parameters());
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).as(model.name()).matches("(?s).*\\w+ must .*");
            }
        }
    }
}
