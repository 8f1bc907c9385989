package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;

class InverseFieldTest {

    private static final VectorField V = (x, out) -> {
        for (int i = 0; i < 3; i++) {
            out[i] = Math.sin(i + x[0]) - x[1] * x[2];
        }
    };

    /** D·D⁻¹v = v, also where entries of D differ by ten orders of magnitude. */
    @Test
    void timesTheDiffusionGivesTheFieldBack() {
        RealMatrix b = MatrixUtils.createRealMatrix(new double[][] {{1e-5, 0, 0}, {1, 2, 0}, {-0.5, 1, 300}});
        Diffusion constant = Diffusion.constantFactor(b);
        Diffusion state = Diffusion.automaticFactor(3, 3, x -> new Gradient[][] {
            {x[0].multiply(x[0]).add(1), x[1], x[0]},
            {x[2], x[2].multiply(x[2]).add(2), x[1]},
            {x[0].multiply(0).add(0.3), x[1].sin(), x[0].cos().add(3)}
        });
        Random random = new Random(4);
        for (Diffusion d : new Diffusion[] {constant, state, Diffusion.diagonal(1e-12, 1, 1e6)}) {
            VectorField inverse = d.inverseTimes(V);
            double[][] block = new double[3][7];
            double[][] out = new double[3][7];
            for (double[] row : block) {
                for (int p = 0; p < row.length; p++) {
                    row[p] = random.nextGaussian();
                }
            }
            inverse.atBlock(block, 7, out);
            for (int p = 0; p < 7; p++) {
                double[] x = {block[0][p], block[1][p], block[2][p]};
                double[] v = new double[3];
                double[] w = new double[3];
                double[] back = new double[3];
                V.at(x, v);
                inverse.at(x, w);
                d.times(x, w, back);
                assertThat(back).containsExactly(v, within(1e-6));
                assertThat(new double[] {out[0][p], out[1][p], out[2][p]}).containsExactly(w);
            }
        }
    }

    @Test
    void aSingularDiffusionIsRefused() {
        Diffusion rank1 = Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 1}, {1, 1}}));
        assertThatThrownBy(() -> rank1.inverseTimes(V))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive definite to be inverted, got pivot 1");
        VectorField inverse = Diffusion.automaticDiagonal(2, x -> x).inverseTimes((x, out) -> out[0] = 1);
        assertThatThrownBy(() -> inverse.at(new double[] {1, 0}, new double[2]))
                .hasMessageContaining("at x = [1.0, 0.0]");
    }
}
