package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;

/** As many weights as small-lenet has, d = 13,338, with noise of rank m = 200: nothing of size d×d may appear. */
class LargeSystemTest {

    private static final int D = 13_338;
    private static final int M = 200;

    /**
     * dx = −x dt + √(2β⁻¹) B dW with the column k of B equal to the vectors k, k + m, k + 2m, … of length √Dᵢᵢ: Euler–Maruyama
     * has the stationary variance β⁻¹Dᵢᵢ/(1 − h/2) in every coordinate.
     */
    @Test
    void aFactorOfLowRankCostsItsOwnSize() {
        RealMatrix factor = MatrixUtils.createRealMatrix(D, M);
        for (int i = 0; i < D; i++) {
            factor.setEntry(i, i % M, 1.0 + 0.5 * Math.sin(i));
        }
        VectorField drift = new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                for (int i = 0; i < out.length; i++) {
                    out[i] = -x[i];
                }
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                for (int i = 0; i < out.length; i++) {
                    for (int p = 0; p < paths; p++) {
                        out[i][p] = -x[i][p];
                    }
                }
            }
        };
        Diffusion diffusion = Diffusion.constantFactor(factor);
        assertThat(diffusion.noiseDimension()).isEqualTo(M);
        double h = 0.1;
        TimeAverage squares = TimeAverage.of(
                (x, out) -> {
                    out[0] = x[0] * x[0];
                    out[1] = x[D - 1] * x[D - 1];
                    out[2] = x[0] * x[M];
                },
                3);
        RunningMoments moments = Ensemble.of(Sde.ito(drift, diffusion, Temperature.of(0.5)))
                .scheme(EulerMaruyama.withStep(h))
                .paths(64)
                .until(20.0)
                .seed(4)
                .observe(When.every(1, 5.0), squares)
                .run()
                .get(squares);
        double first = 1.0;
        double last = Math.pow(1.0 + 0.5 * Math.sin(D - 1), 2);
        // Coordinates 0 and m share a noise: their covariance is that of the product of their amplitudes.
        double shared = 1.0 + 0.5 * Math.sin(M);
        double scale = 0.5 / (1 - h / 2);
        assertThat(moments.mean(0)).isCloseTo(scale * first, within(4 * moments.standardError(0)));
        assertThat(moments.mean(1)).isCloseTo(scale * last, within(4 * moments.standardError(1)));
        assertThat(moments.mean(2)).isCloseTo(scale * shared, within(4 * moments.standardError(2)));
    }
}
