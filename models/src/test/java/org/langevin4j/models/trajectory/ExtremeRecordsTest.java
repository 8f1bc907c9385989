package org.langevin4j.models.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.data.GeneratedDigits;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.QuadraticSgd;

/** Records in any unit, and shapes that do not fit. */
class ExtremeRecordsTest {

    private static double[][] record(int power) {
        Random random = new Random(8);
        double[][] rows = new double[64][2];
        for (int t = 0; t < rows.length; t++) {
            for (int i = 0; i < 2; i++) {
                rows[t][i] = Math.scalb(random.nextGaussian() + 0.01 * t, power);
            }
        }
        return rows;
    }

    @Property(tries = 60, seed = "1")
    void driftHasNoUnit(@ForAll @IntRange(min = -1000, max = 1000) int power) {
        assertThat(RecordProjection.drift(record(power))).isCloseTo(RecordProjection.drift(record(0)), within(1e-13));
    }

    @Example
    void shapesThatDoNotFitAreNamed() {
        double[][][] wrong = {{}, {{}}, {{}, {}}, {{1.0}}, {{1.0}, {1.0, 2.0}}, {{1.0, 2.0}, {1.0}}};
        for (double[][] rows : wrong) {
            assertThatThrownBy(() -> RecordProjection.drift(rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rows must");
            assertThatThrownBy(() -> LoopTest.increments(rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rows must");
            assertThatThrownBy(() -> LoopTest.of(rows, 0, 4, 4, 4, Seed.of(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rows must");
        }
        assertThatThrownBy(() -> GeneratedDigits.large(Integer.MAX_VALUE, Seed.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("images");
    }

    @Example
    void bowlsHaveACurvatureForEachDirectionOfTheNoise() {
        QuadraticSgd sgd = QuadraticSgd.of(0.1, 0.5, false, Batches.SHUFFLED, 12, 4);
        double[] curvatures = {1.0, 0.5};
        assertThat(Arrays.stream(sgd.epochs(curvatures, MatrixUtils.createRealIdentityMatrix(2))
                                .covariance()
                                .getData())
                        .flatMapToDouble(Arrays::stream))
                .allMatch(Double::isFinite);
        assertThatThrownBy(() -> sgd.epochs(new double[0], MatrixUtils.createRealIdentityMatrix(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("curvatures must");
        assertThatThrownBy(() -> sgd.epochs(curvatures, MatrixUtils.createRealIdentityMatrix(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("noise must be 2×2");
    }
}
