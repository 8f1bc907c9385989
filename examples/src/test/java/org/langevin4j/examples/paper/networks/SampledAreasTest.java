package org.langevin4j.examples.paper.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.decomposition.LinearCurrents;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;

class SampledAreasTest {

    private static final double[] RATES = {3.0, 1.0};
    private static final RealMatrix D = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.8}, {0.8, 2.0}});
    private static final double[] P = {1.0, 0.3};
    private static final double[] Q = {-0.2, 1.0};

    /** As the step goes to 0 both rates are those of the path, the variance to first order. */
    @Test
    void tendToThoseOfThePath() {
        LinearCurrents.Current path = LinearCurrents.of(
                        LinearDecomposition.of(MatrixUtils.createRealDiagonalMatrix(RATES), D), Temperature.of(1.0))
                .area(P, Q);
        SampledAreas fine = new SampledAreas(RATES, D, P, Q, 1e-4);
        assertThat(fine.rate()).isCloseTo(path.rate(), within(1e-3 * Math.abs(path.rate())));
        assertThat(fine.varianceRate()).isCloseTo(path.varianceRate(), within(1e-3 * path.varianceRate()));
    }

    @Test
    void pathsHaveTheseRates() {
        SampledAreas areas = new SampledAreas(RATES, D, P, Q, 0.3);
        int length = 400;
        RunningMoments moments = new RunningMoments(1);
        for (int path = 0; path < 300; path++) {
            for (double area : areas.blocks(Seed.of(5), path, 10, length)) {
                moments.add(area);
            }
        }
        double time = 0.3 * length;
        assertThat(moments.mean(0) / time).isCloseTo(areas.rate(), within(4 * moments.standardError(0) / time));
        // The ends of a block add some correlation time over its length.
        assertThat(moments.variance(0) / time / areas.varianceRate())
                .isCloseTo(1.0, within(4 * Math.sqrt(2.0 / 3000) + 1.0 / 120));
    }
}
