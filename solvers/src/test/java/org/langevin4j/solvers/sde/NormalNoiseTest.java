package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

class NormalNoiseTest {

    private static final int PATHS = 200_000;

    private static DrivingNoise noise(NormalNoise noise) {
        double[][] xi = new double[noise.normals()][PATHS];
        NormalStream.of(Seed.of(7)).fill(0, PATHS, 0, xi);
        return noise.from(xi, PATHS);
    }

    /** E a² = ¼, E cos(λa) = 1/cosh(λ/2) (Lévy 1951), for few terms of the series and for many. 200,000 samples. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 0.01, 1e-4})
    void levyAreasHaveTheirLaw(double stepSize) {
        double[][] areas = noise(new NormalNoise(2, DrivingNoise.Detail.LEVY_AREAS, stepSize))
                .levyAreas();
        assertThat(areas).hasDimensions(1, PATHS);
        double square = 0.0;
        for (double a : areas[0]) {
            square += a * a / PATHS;
        }
        // E a⁴ = 5/16 of sech: the variance of a² is ¼.
        assertThat(square).isCloseTo(0.25, within(4.0 * 0.5 / Math.sqrt(PATHS)));
        for (double lambda : new double[] {1.0, 2.0, 4.0, 8.0}) {
            double sum = 0.0;
            for (double a : areas[0]) {
                sum += Math.cos(lambda * a) / PATHS;
            }
            double mean = 1.0 / Math.cosh(0.5 * lambda);
            double variance = 0.5 + 0.5 / Math.cosh(lambda) - mean * mean;
            // One term only (h = 1) replaces a part of the law of small variance by a normal.
            double replaced = stepSize == 1.0 ? 2e-3 : 0.0;
            assertThat(sum).isCloseTo(mean, within(4.0 * Math.sqrt(variance / PATHS) + replaced));
        }
    }

    /** Given the increments, E[a²|ξ] = (1 + ξⱼ² + ξₖ²)/12; areas of different pairs are uncorrelated. */
    @Test
    void levyAreasGoWithTheIncrements() {
        DrivingNoise noise = noise(new NormalNoise(3, DrivingNoise.Detail.LEVY_AREAS, 0.01));
        double[][] xi = noise.increments();
        double[][] areas = noise.levyAreas();
        int[][] pairs = {{0, 1}, {0, 2}, {1, 2}};
        assertThat(xi).hasDimensions(3, PATHS);
        assertThat(areas).hasDimensions(3, PATHS);
        for (int pair = 0; pair < 3; pair++) {
            int other = (pair + 1) % 3;
            double[] products = new double[4];
            double spread = 0.0;
            for (int p = 0; p < PATHS; p++) {
                double r =
                        xi[pairs[pair][0]][p] * xi[pairs[pair][0]][p] + xi[pairs[pair][1]][p] * xi[pairs[pair][1]][p];
                double a = areas[pair][p];
                double weighted = a * a * (r - 2.0);
                products[0] += weighted / PATHS;
                spread += weighted * weighted / PATHS;
                products[1] += a * areas[other][p] / PATHS;
                products[2] += a * xi[pairs[pair][0]][p] / PATHS;
                products[3] += a * xi[pairs[pair][0]][p] * xi[pairs[pair][1]][p] / PATHS;
            }
            // E[(r − 2)(1 + r)/12] = Var r/12 = 4/12.
            assertThat(products[0]).isCloseTo(1.0 / 3.0, within(4.0 * Math.sqrt(spread / PATHS)));
            assertThat(products[1]).isCloseTo(0.0, within(4.0 * 0.3 / Math.sqrt(PATHS)));
            assertThat(products[2]).isCloseTo(0.0, within(4.0 * 0.6 / Math.sqrt(PATHS)));
            assertThat(products[3]).isCloseTo(0.0, within(4.0 / Math.sqrt(PATHS)));
        }
    }

    @Test
    void oneNoiseHasNoArea() {
        NormalNoise one = new NormalNoise(1, DrivingNoise.Detail.LEVY_AREAS, 0.1);
        assertThat(one.normals()).isEqualTo(1);
        assertThat(noise(one).levyAreas()).isEmpty();
    }
}
