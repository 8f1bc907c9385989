package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TailIndexTest {

    private static double[] sample(int n, long seed, ToDoubleFunction<Random> law) {
        Random random = new Random(seed);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = law.applyAsDouble(random);
        }
        return x;
    }

    /** Symmetric α-stable, by Chambers, Mallows and Stuck (1976). */
    private static double stable(double alpha, Random random) {
        double v = Math.PI * (random.nextDouble() - 0.5);
        double w = -Math.log(1.0 - random.nextDouble());
        return Math.sin(alpha * v)
                / Math.pow(Math.cos(v), 1 / alpha)
                * Math.pow(Math.cos((1 - alpha) * v) / w, (1 - alpha) / alpha);
    }

    /** α/√k, at two α. */
    @Test
    void hillOfPareto() {
        for (double alpha : new double[] {1.5, 3.0}) {
            double[] x = sample(100_000, 1, random -> {
                double size = Math.pow(1.0 - random.nextDouble(), -1 / alpha);
                return random.nextBoolean() ? size : -size;
            });
            assertThat(TailIndex.hill(x, 10_000)).isCloseTo(alpha, within(4 * alpha / 100));
        }
    }

    /** The error α/√k against the spread of runs. */
    @Test
    void errorOfHill() {
        Spread.check(600, run -> {
            double[] x = sample(2000, 50 + run, random -> Math.pow(1.0 - random.nextDouble(), -1 / 1.7));
            double found = TailIndex.hill(x, 400);
            return new double[][] {{1 / found, 1 / found / 20, 1 / 1.7}};
        });
    }

    /** From 1/α = E[log(|x|/u); |x| > u]/P(|x| > u) by quadrature: 4.4636 at the largest per cent, so no index of a Gaussian law. */
    @Test
    void hillOfGaussianIsThatOfTheThreshold() {
        double[] x = sample(400_000, 2, Random::nextGaussian);
        double u = 2.5758293035489004;
        double sum = 0.0;
        double h = 1e-4;
        for (double y = u + h / 2; y < 12; y += h) {
            sum += h * Math.log(y / u) * 2 * Math.exp(-y * y / 2) / Math.sqrt(2 * Math.PI) / 0.01;
        }
        assertThat(TailIndex.hill(x, 4000)).isCloseTo(1 / sum, within(4 / sum / Math.sqrt(4000)));
        assertThat(1 / sum).isGreaterThan(4);
    }

    @Test
    void stableIndexOfStableLaws() {
        for (double alpha : new double[] {1.2, 1.7}) {
            RunningMoments found = new RunningMoments(1);
            for (int run = 0; run < 40; run++) {
                found.add(1 / TailIndex.ofStable(sample(10_000, 10 + run, random -> stable(alpha, random)), 100));
            }
            assertThat(found.mean(0)).isCloseTo(1 / alpha, within(4 * found.standardError(0)));
            assertThat(found.standardError(0)).isLessThan(0.01);
        }
    }

    @Test
    void stableIndexOfGaussian() {
        assertThat(TailIndex.ofStable(sample(1_000_000, 3, Random::nextGaussian), 100))
                .isCloseTo(2.0, within(0.05));
    }

    /** Deviations over four decades: not heavy, and far below 2. */
    @Test
    void stableIndexOfManyVariances() {
        double[] x = sample(100_000, 4, random -> Math.pow(10, -4 * random.nextDouble()) * random.nextGaussian());
        assertThat(TailIndex.ofStable(x, 100)).isLessThan(1.6);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> TailIndex.hill(new double[] {1, 2}, 2)).hasMessageContaining("k must be");
        assertThatThrownBy(() -> TailIndex.hill(new double[] {1, 0}, 1)).hasMessageContaining("not zero");
        assertThatThrownBy(() -> TailIndex.ofStable(new double[] {1, 0}, 2)).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> TailIndex.ofStable(new double[] {1, 0}, 1)).hasMessageContaining("m must be");
    }
}
