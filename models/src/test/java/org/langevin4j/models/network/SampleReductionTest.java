package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.linear.LinearAlgebra;

/** D and sketches of it from blocks of samples, merged along the one tree. */
class SampleReductionTest {

    private static double[][] random(int rows, int columns, double mean, long seed) {
        Random random = new Random(seed);
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            Arrays.setAll(row, i -> mean + random.nextGaussian());
        }
        return matrix;
    }

    private static RealMatrix difference(SketchedDiffusion sketch, MeasuredDiffusion exact) {
        double[] s = new double[exact.dimension() * exact.dimension()];
        sketch.sketch().matrix(new double[exact.dimension()], s);
        RealMatrix difference = exact.toMatrix();
        for (int i = 0; i < s.length; i++) {
            difference.addToEntry(i / exact.dimension(), i % exact.dimension(), -s[i]);
        }
        return difference;
    }

    /** One block, several, a last one that is not full; fewer samples than weights; native code for what follows the sums. */
    @ParameterizedTest
    @CsvSource({"2,1", "5,5", "40,7", "7,40", "256,3", "257,3", "3000,20", "300,70", "70,300"})
    void agreesWithOnePass(int n, int d) {
        for (double mean : new double[] {0.5, 1e6}) {
            double[][] g = random(n, d, mean, 3);
            // Sorted, so that the means of blocks differ.
            Arrays.sort(g, (a, b) -> Double.compare(a[0], b[0]));
            for (Sampling sampling : Sampling.values()) {
                MeasuredDiffusion expected = MeasuredDiffusion.from(g, sampling);
                MeasuredDiffusion found = SampleReduction.exact(sampling).run(PerSampleGradients.of(g));
                double size = expected.frobeniusNorm();
                assertThat(found.samples()).isEqualTo(n);
                assertThat(found.meanGradient()).containsExactly(expected.meanGradient(), within(1e-15 * mean + 1e-14));
                assertThat(found.toMatrix().subtract(expected.toMatrix()).getFrobeniusNorm())
                        .isLessThan(1e-13 * size);
                assertThat(found.trace()).isCloseTo(expected.trace(), within(1e-13 * expected.trace()));
                assertThat(found.noiseDimension()).isEqualTo(expected.noiseDimension());
                double[] values = expected.spectrum().eigenvalues();
                for (int j = 0; j < Math.min(d, n - 1); j++) {
                    assertThat(found.spectrum().eigenvalues()[j]).isCloseTo(values[j], within(1e-13 * size));
                }
                assertThat(found.leadingEigenpairs(1).value(0)).isCloseTo(values[0], within(1e-13 * size));
                double[] xi = random(1, found.noiseDimension(), 0.0, 5)[0];
                double[] a = new double[d];
                double[] b = new double[d];
                expected.factorTimes(new double[d], xi, a);
                found.factorTimes(new double[d], xi, b);
                assertThat(b).containsExactly(a, within(1e-12 * size));
            }
        }
    }

    /** Integers whose sums are exact: D as NumPy's {@code cov(g.T, bias=True)} has it, digit by digit. Of many samples a block has two steps. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 10, 1 << 19})
    void isExactWhereTheSumsAre(int n) {
        assertThat(new MomentsReduction(Sampling.WITH_REPLACEMENT).blockSize(n)).isEqualTo(n == 1 << 10 ? 256 : 512);
        double[][] g = new double[n][];
        long[] sums = new long[3];
        long[][] squares = new long[3][3];
        for (int k = 0; k < n; k++) {
            int[] row = {k % 8, (k * 5) % 16 - 3, 7 - k % 4};
            g[k] = Arrays.stream(row).asDoubleStream().toArray();
            for (int i = 0; i < 3; i++) {
                sums[i] += row[i];
                for (int j = 0; j < 3; j++) {
                    squares[i][j] += (long) row[i] * row[j];
                }
            }
        }
        RealMatrix found = SampleReduction.exact(Sampling.WITH_REPLACEMENT)
                .run(PerSampleGradients.of(g))
                .toMatrix();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double expected = (double) (n * squares[i][j] - sums[i] * sums[j]) / n / n;
                assertThat(found.getEntry(i, j)).isEqualTo(expected);
            }
        }
    }

    /** Entries whose squares are no numbers, in all blocks or in one of them, and gradients that are all equal. */
    @Test
    void sizesOfAllKinds() {
        for (int[] powers :
                new int[][] {{0, 0}, {400, 400}, {-400, -400}, {-400, 0}, {0, 300}, {300, -300}, {-60, 60}}) {
            double[][] g = random(700, 4, 0.0, 8);
            for (int k = 0; k < g.length; k++) {
                for (int i = 0; i < 4; i++) {
                    g[k][i] = Math.scalb(g[k][i], powers[k / 350]);
                }
            }
            MeasuredDiffusion expected = MeasuredDiffusion.from(g, Sampling.WITH_REPLACEMENT);
            MeasuredDiffusion found =
                    SampleReduction.exact(Sampling.WITH_REPLACEMENT).run(PerSampleGradients.of(g));
            assertThat(found.relativeDistance(expected)).isLessThan(1e-13);
            assertThat(found.trace()).isCloseTo(expected.trace(), within(1e-13 * expected.trace()));
        }
        double[][] equal = new double[600][];
        Arrays.fill(equal, new double[] {0.1, 1e300, -3.0});
        PerSampleGradients gradients = PerSampleGradients.of(equal);
        assertThat(SampleReduction.exact(Sampling.WITH_REPLACEMENT)
                        .run(gradients)
                        .trace())
                .isZero();
        SketchedDiffusion sketch =
                SampleReduction.sketch(4, Sampling.WITH_REPLACEMENT).run(gradients);
        assertThat(sketch.trace()).isZero();
        assertThat(sketch.error()).isZero();
        assertThat(sketch.rank()).isZero();
        assertThat(sketch.highest(2)).isZero();
        double[] product = new double[3];
        sketch.sketch().times(new double[3], new double[] {1.0, 1.0, 1.0}, product);
        assertThat(product).containsOnly(0.0);
    }

    @Test
    void sketchesRefuseSquaresThatAreNoNumbers() {
        for (double size : new double[] {1e160, 1e-160}) {
            double[][] g = random(20, 4, 0.0, 8);
            for (double[] row : g) {
                Arrays.setAll(row, i -> size * row[i]);
            }
            assertThatThrownBy(() ->
                            SampleReduction.sketch(3, Sampling.WITH_REPLACEMENT).run(PerSampleGradients.of(g)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("gradients must differ by (less|more) than 2\\^-?400 .*");
        }
    }

    /** Each range of blocks is cut, shipped and merged elsewhere; the root does not change by a bit. */
    @ParameterizedTest
    @CsvSource({"2", "3", "7", "12"})
    void theRootDoesNotDependOnWhereNodesAreFormed(int parts) throws Exception {
        PerSampleGradients gradients = PerSampleGradients.of(random(3_001, 12, 2.0, 4));
        MomentsReduction exact = new MomentsReduction(Sampling.WITH_REPLACEMENT);
        MeasuredDiffusion expected = exact.run(gradients);
        MeasuredDiffusion found =
                exact.result(root(exact, gradients, parts), gradients, gradients.toRows()[0]);
        assertThat(found.toMatrix()).isEqualTo(expected.toMatrix());
        assertThat(found.meanGradient()).isEqualTo(expected.meanGradient());

        SketchReduction sketch = new SketchReduction(5, Sampling.WITHOUT_REPLACEMENT);
        SketchedDiffusion one = sketch.run(gradients);
        SketchedDiffusion many = sketch.result(
                root(sketch, gradients, parts), gradients, gradients.toRows()[0]);
        assertThat(many.trace()).isEqualTo(one.trace());
        assertThat(many.error()).isEqualTo(one.error()).isGreaterThan(0.0);
        assertThat(many.leadingEigenpairs(5).vectors())
                .isEqualTo(one.leadingEigenpairs(5).vectors());
    }

    private static <P extends Serializable> P root(
            SampleReduction<P, ?> reduction, PerSampleGradients gradients, int parts) throws Exception {
        double[] centre = SampleReduction.centre(gradients);
        int blocks = reduction.blocks(gradients.samples());
        TreeMap<Integer, PartialTree.Node<P>> nodes = new TreeMap<>();
        for (int p = parts - 1; p >= 0; p--) {
            for (PartialTree.Node<P> node :
                    reduction.nodes(gradients, centre, p * blocks / parts, (p + 1) * blocks / parts)) {
                nodes.put(node.index() << node.level(), copy(node));
            }
        }
        // By the definition of the tree, level by level.
        for (int level = 0; level < PartialTree.rootLevel(blocks); level++) {
            for (int first = 0; first < blocks; first += 2 << level) {
                PartialTree.Node<P> left = nodes.get(first);
                PartialTree.Node<P> right = nodes.remove(first + (1 << level));
                if (left != null && left.level() == level) {
                    P whole = right == null ? left.partial() : reduction.merge(left.partial(), right.partial());
                    nodes.put(first, left.parent(whole));
                } else {
                    assertThat(right).isNull();
                }
            }
        }
        return Objects.requireNonNull(nodes.get(0)).partial();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Serializable> T copy(T value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    /** What is sent is of one size for any number of samples. */
    @Test
    void partialResultsDoNotGrow() throws IOException {
        for (SampleReduction<?, ?> reduction : List.of(
                SampleReduction.exact(Sampling.WITH_REPLACEMENT),
                SampleReduction.sketch(4, Sampling.WITH_REPLACEMENT))) {
            int few = size(reduction, 600);
            assertThat(size(reduction, 6_000)).isEqualTo(few).isLessThan(8 * 30 * 32 / 2 + 2_000);
            assertThat(reduction.blocks(Integer.MAX_VALUE)).isLessThanOrEqualTo(SampleReduction.MOST_BLOCKS);
        }
    }

    private static int size(SampleReduction<?, ?> reduction, int n) throws IOException {
        PerSampleGradients gradients = PerSampleGradients.of(random(n, 30, 0.0, 1));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(reduction
                    .nodes(gradients, new double[30], 0, reduction.blocks(n))
                    .get(0));
        }
        return bytes.size();
    }

    private static double[][] lowRankAndNoise(int n, int d, int rank, double noise) {
        double[][] directions = random(rank, d, 0.0, 21);
        double[][] weights = random(n, rank, 0.3, 22);
        double[][] g = random(n, d, 0.0, 23);
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < d; i++) {
                double sum = 4.0 + noise * g[k][i];
                for (int r = 0; r < rank; r++) {
                    sum += weights[k][r] * directions[r][i] / (1 + r * r);
                }
                g[k][i] = sum;
            }
        }
        return g;
    }

    @ParameterizedTest
    @EnumSource(Sampling.class)
    void theSketchIsWithinItsBound(Sampling sampling) {
        double[][] g = lowRankAndNoise(2_000, 60, 5, 0.05);
        MeasuredDiffusion exact = MeasuredDiffusion.from(g, sampling);
        double[] values = exact.spectrum().eigenvalues();
        for (int directions : new int[] {3, 8, 20}) {
            SketchedDiffusion sketch =
                    SampleReduction.sketch(directions, sampling).run(PerSampleGradients.of(g));
            assertThat(sketch.trace()).isCloseTo(exact.trace(), within(1e-13 * exact.trace()));
            assertThat(sketch.meanGradient()).containsExactly(exact.meanGradient(), within(1e-14 * 10));
            double[] differences = LinearAlgebra.pureJava().symmetricEigenvalues(difference(sketch, exact));
            assertThat(differences[0]).isPositive().isLessThanOrEqualTo(sketch.error() + sketch.rounding());
            assertThat(differences[59]).isGreaterThanOrEqualTo(-sketch.rounding());
            assertThat(sketch.rounding()).isLessThan(1e-11 * exact.trace());
            for (int i = 0; i < 60; i++) {
                assertThat(values[i]).isBetween(sketch.lowest(i), sketch.highest(i));
            }
            // What theory promises, for the best k.
            double tail = exact.trace();
            double promised = Double.MAX_VALUE;
            for (int k = 0; k <= directions; k++) {
                promised = Math.min(promised, tail / (directions + 1 - k));
                tail -= values[k];
            }
            assertThat(sketch.error()).isPositive().isLessThanOrEqualTo(promised * (1.0 + 1e-12));
            if (directions == 20) {
                double cosine = Math.abs(sketch.leadingEigenpairs(1)
                        .vectors()
                        .getColumnVector(0)
                        .dotProduct(exact.leadingEigenpairs(1).vectors().getColumnVector(0)));
                assertThat(cosine).isGreaterThan(0.9999);
            }
        }
        assertThatThrownBy(() -> SampleReduction.sketch(0, sampling)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Sixteen directions of one strength and eight kept: all of them are lost at the last merging, and the bound is reached. */
    @Test
    void theBoundIsReached() {
        double[][] g = new double[32][16];
        for (int k = 0; k < 32; k++) {
            g[k][k / 2] = k % 2 == 0 ? 3.0 : -3.0;
        }
        PerSampleGradients gradients = PerSampleGradients.of(g);
        SketchedDiffusion sketch =
                SampleReduction.sketch(8, Sampling.WITH_REPLACEMENT).run(gradients);
        double largest =
                LinearAlgebra.pureJava().symmetricEigenvalues(difference(sketch, MeasuredDiffusion.from(gradients)))[0];
        assertThat(largest).isGreaterThan(0.9 * sketch.error()).isLessThanOrEqualTo(sketch.error() + sketch.rounding());
        assertThat(sketch.error()).isCloseTo(2.0 * 9.0 / 32.0, within(1e-12));
    }

    /**
     * No more directions than are kept: the sketch is D but for rounding, over twelve orders of magnitude of singular values. Those of 10⁻⁸ of the largest and less are lost in the inner products, and
     * D is not: its error stays below the bound on rounding, by far.
     */
    @Test
    void roundingIsBelowItsBound() {
        double[][] directions = random(6, 40, 0.0, 31);
        double[][] weights = random(1_500, 6, 0.0, 32);
        double[][] g = new double[1_500][40];
        for (int k = 0; k < g.length; k++) {
            for (int i = 0; i < 40; i++) {
                for (int r = 0; r < 6; r++) {
                    g[k][i] += weights[k][r] * directions[r][i] * Math.pow(10.0, -2.4 * r);
                }
            }
        }
        PerSampleGradients gradients = PerSampleGradients.of(g);
        MeasuredDiffusion exact = MeasuredDiffusion.from(gradients);
        SketchedDiffusion sketch =
                SampleReduction.sketch(10, Sampling.WITH_REPLACEMENT).run(gradients);
        assertThat(sketch.error()).isLessThan(1e-15 * exact.trace());
        double[] differences = LinearAlgebra.pureJava().symmetricEigenvalues(difference(sketch, exact));
        double found = Math.max(differences[0] - sketch.error(), -differences[39]);
        assertThat(found).isLessThan(0.1 * sketch.rounding());
        assertThat(sketch.rounding()).isLessThan(1e-11 * exact.trace());
    }

    @Test
    void entriesThatAreNotFiniteAreTold() {
        double[][] g = random(900, 3, 0.0, 2);
        g[701][2] = Double.NaN;
        for (SampleReduction<?, ?> reduction : List.of(
                SampleReduction.exact(Sampling.WITH_REPLACEMENT),
                SampleReduction.sketch(2, Sampling.WITH_REPLACEMENT))) {
            assertThatThrownBy(() -> reduction.run(PerSampleGradients.of(g)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("gradients must be finite, got [701][2] = NaN");
            assertThatThrownBy(() -> reduction.run(PerSampleGradients.of(new double[1][3])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("samples must be at least 2, got 1");
        }
    }
}
