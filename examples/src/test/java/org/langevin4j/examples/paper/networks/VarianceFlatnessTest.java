package org.langevin4j.examples.paper.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.Potential;

class VarianceFlatnessTest {

    /** f = 1 + ½Σhᵢxᵢ² has the widths 2√(2(e − 1)/hᵢ), so that variances hᵢᵖ are F^(−2p). */
    @ParameterizedTest
    @ValueSource(doubles = {-1.0, 0.5, 2.0})
    void aQuadraticLossHasTheExponentOfItsVariances(double power) {
        int d = 24;
        double[] curvatures = new double[d];
        List<double[]> weights = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            curvatures[i] = Math.pow(10.0, -1.0 + i / 8.0);
            for (double sign : new double[] {1.0, -1.0}) {
                double[] x = new double[d];
                x[i] = sign * Math.sqrt(d * Math.pow(curvatures[i], power));
                weights.add(x);
            }
        }
        weights.add(new double[d]);
        Potential loss = Potential.of(
                x -> {
                    double f = 1.0;
                    for (int i = 0; i < d; i++) {
                        f += 0.5 * curvatures[i] * x[i] * x[i];
                    }
                    return f;
                },
                (x, out) -> {
                    throw new UnsupportedOperationException();
                });
        VarianceFlatness.Measured found = VarianceFlatness.measured(loss, weights);
        double[] variances = found.variances();
        for (int k = 0; k < d; k++) {
            double h = Math.pow(variances[k] * (2 * d + 1) / (2 * d), 1.0 / power);
            assertThat(found.widths()[k])
                    .isCloseTo(2.0 * Math.sqrt(2.0 * (Math.E - 1.0) / h), within(0.02 * found.widths()[k]));
        }
        assertThat(found.exponent()).isCloseTo(2.0 * power, within(0.02));
    }
}
