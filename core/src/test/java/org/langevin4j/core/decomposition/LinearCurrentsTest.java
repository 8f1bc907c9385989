package org.langevin4j.core.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.decomposition.LinearCurrents.Current;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;

class LinearCurrentsTest {

    private static final double[] X = {1, 0};
    private static final double[] Y = {0, 1};

    private static RealMatrix matrix(double[]... rows) {
        return MatrixUtils.createRealMatrix(rows);
    }

    private static LinearCurrents currents(RealMatrix f, RealMatrix d, double temperature) {
        return LinearCurrents.of(LinearDecomposition.of(f, d), Temperature.of(temperature));
    }

    /** F = I + ωJ, D = I: the area grows at β⁻¹ω and spreads at β⁻²(1 + ω²), while σ = 2ω². */
    @Test
    void rotationInTheIsotropicPlane() {
        for (double omega : new double[] {0.3, 2.0}) {
            for (double temperature : new double[] {1.0, 0.25}) {
                RealMatrix f = matrix(new double[] {1, omega}, new double[] {-omega, 1});
                Current area = currents(f, MatrixUtils.createRealIdentityMatrix(2), temperature)
                        .area(X, Y);
                assertThat(area.rate()).isCloseTo(temperature * omega, within(1e-12));
                assertThat(area.varianceRate())
                        .isCloseTo(temperature * temperature * (1 + omega * omega), within(1e-12));
                assertThat(area.entropyBound()).isCloseTo(2 * omega * omega / (1 + omega * omega), within(1e-12));
            }
        }
    }

    /** Between two heat baths, F = (2, 1; 1, 2) and D = diag(1, 4): the mean is β⁻¹Q₁₂, and paths have that variance. */
    @Test
    void gyratorAgainstPaths() {
        RealMatrix f = matrix(new double[] {2, 1}, new double[] {1, 2});
        RealMatrix d = matrix(new double[] {1, 0}, new double[] {0, 4});
        double temperature = 0.5;
        Current area = currents(f, d, temperature).area(X, Y);
        assertThat(area.rate())
                .isCloseTo(temperature * LinearDecomposition.of(f, d).q().getEntry(0, 1), within(1e-12));
        Random random = new Random(3);
        double h = 0.01;
        int steps = 4000;
        double sum = 0.0;
        RunningMoments first = new RunningMoments(1);
        RunningMoments second = new RunningMoments(1);
        double x = 0.0;
        double y = 0.0;
        for (int block = 0; block < 4000; block++) {
            double half = 0.0;
            for (int k = 0; k < steps; k++) {
                double nextX = x - h * (2 * x + y) + Math.sqrt(2 * temperature * h) * random.nextGaussian();
                double nextY = y - h * (x + 2 * y) + Math.sqrt(8 * temperature * h) * random.nextGaussian();
                half += 0.5 * (x * nextY - y * nextX);
                x = nextX;
                y = nextY;
            }
            first.add(half);
            sum += half;
            if (block % 2 == 1) {
                second.add(sum);
                sum = 0.0;
            }
        }
        double time = h * steps;
        assertThat(first.mean(0) / time)
                .isCloseTo(area.rate(), within(4 * first.standardError(0) / time + 0.02 * area.rate()));
        // What the ends of a block add does not grow with it, and goes in the difference.
        double variance = (second.variance(0) - first.variance(0)) / time;
        double error = Math.hypot(second.variance(0) * Math.sqrt(2.0 / 2000), first.variance(0) * Math.sqrt(2.0 / 4000))
                / time;
        assertThat(variance).isCloseTo(area.varianceRate(), within(4 * error + 0.02 * area.varianceRate()));
        assertThat(4 * error).isLessThan(0.35 * area.varianceRate());
    }

    /** The current of the force D⁻¹(−QU)x is entropy production itself; no current says more of it. */
    @Test
    void forceProducesTheEntropy() {
        Random random = new Random(7);
        for (int run = 0; run < 5; run++) {
            RealMatrix b = matrix(new double[4], new double[4], new double[4], new double[4]);
            RealMatrix f = b.copy();
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    b.setEntry(i, j, random.nextGaussian());
                    f.setEntry(i, j, random.nextGaussian() + (i == j ? 4 : 0));
                }
            }
            RealMatrix d = b.multiplyTransposed(b).add(MatrixUtils.createRealIdentityMatrix(4));
            LinearDecomposition decomposition = LinearDecomposition.of(f, d);
            double sigma = LinearIrreversibility.of(decomposition)
                    .entropyProductionRate()
                    .orElseThrow();
            LinearCurrents currents = LinearCurrents.of(decomposition, Temperature.of(0.2));
            RealMatrix qu = decomposition.q().multiply(decomposition.u());
            Current force = currents.current(
                    new LUDecomposition(d).getSolver().solve(qu).scalarMultiply(-1 / 0.2));
            assertThat(force.rate()).isCloseTo(sigma, within(1e-9 * sigma));
            assertThat(force.entropyBound()).isBetween(0.0, sigma);
            for (RotationPlane plane : LinearIrreversibility.of(decomposition).rotationPlanes()) {
                double[] p = decomposition.u().operate(plane.first());
                double[] q = decomposition.u().operate(plane.second());
                assertThat(currents.area(p, q).rate()).isCloseTo(0.2 * plane.rate(), within(1e-9));
                assertThat(currents.area(p, q).entropyBound()).isBetween(0.0, sigma);
            }
        }
    }

    /** A gradient is the change of a quantity: no rate, no variance that grows. */
    @Test
    void gradientsAreNoCurrents() {
        RealMatrix f = matrix(new double[] {2, 1}, new double[] {0.5, 3});
        RealMatrix d = matrix(new double[] {1, 0.2}, new double[] {0.2, 4});
        Current none = currents(f, d, 1.0).current(matrix(new double[] {1, 2}, new double[] {2, -1}));
        assertThat(none.rate()).isCloseTo(0.0, within(1e-12));
        assertThat(none.varianceRate()).isCloseTo(0.0, within(1e-12));
    }

    @Test
    void needsAStationaryState() {
        RealMatrix f = matrix(new double[] {2, 0}, new double[] {0, -1});
        assertThatThrownBy(() -> currents(f, MatrixUtils.createRealIdentityMatrix(2), 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stable");
    }
}
