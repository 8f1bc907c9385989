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
import org.langevin4j.solvers.ensemble.FunctionMoments;

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
            factor.setEntry(i, i % M, amplitude(i));
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
        double scale = 0.5 / (1 - h / 2);
        // Over all coordinates, of which M are independent; i and i + M share a noise: their covariance is that of the
        // product of their amplitudes.
        VectorField ratios = (x, out) -> {
            out[0] = 0.0;
            out[1] = 0.0;
            for (int i = 0; i < D; i++) {
                out[0] += x[i] * x[i] / (amplitude(i) * amplitude(i) * scale * D);
                int shared = (i + M) % D;
                out[1] += shared < i ? 0.0 : x[i] * x[shared] / (amplitude(i) * amplitude(shared) * scale * (D - M));
            }
        };
        FunctionMoments moments = FunctionMoments.of(ratios, 2);
        RunningMoments found = Ensemble.of(Sde.ito(drift, diffusion, Temperature.of(0.5)))
                .scheme(EulerMaruyama.withStep(h))
                .paths(32)
                .until(6.0)
                .seed(4)
                .observe(moments)
                .run()
                .get(moments);
        // It sees 7 %.
        assertThat(found.standardError(0)).isBetween(0.01, 0.025);
        assertThat(found.mean(0)).isCloseTo(1.0, within(4 * found.standardError(0)));
        assertThat(found.mean(1)).isCloseTo(1.0, within(4 * found.standardError(1)));
    }

    private static double amplitude(int i) {
        return 1.0 + 0.5 * Math.sin(i);
    }
}
