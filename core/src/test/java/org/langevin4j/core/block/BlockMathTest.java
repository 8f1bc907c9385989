package org.langevin4j.core.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BlockMathTest {

    /** A function of BlockMath. */
    @FunctionalInterface
    interface BlockFunction {
        void apply(double[] x, int n, double[] out);
    }

    private static final Kernels SCALAR = new ScalarKernels();

    static Stream<Arguments> functions() {
        return Stream.of(
                arguments("exp", BlockMath::exp, SCALAR::exp, StrictMath::exp, 700, 1.5),
                arguments("log", BlockMath::log, SCALAR::log, StrictMath::log, 1e300, 2.5),
                arguments("sin", BlockMath::sin, SCALAR::sin, StrictMath::sin, 1e5, 2.0),
                arguments("cos", BlockMath::cos, SCALAR::cos, StrictMath::cos, 1e5, 2.0));
    }

    private static Arguments arguments(
            String name,
            BlockFunction chosen,
            BlockFunction scalar,
            DoubleUnaryOperator exact,
            double range,
            double ulps) {
        return Arguments.of(Named.of(name, chosen), scalar, exact, range, ulps);
    }

    /** Numbers of every size up to the range, near the borders of the reductions too. */
    private static double[] numbers(double range, long seed) {
        Random random = new Random(seed);
        double[] x = new double[100_003];
        for (int p = 0; p < x.length; p++) {
            double size = Math.pow(10, -3 + random.nextDouble() * (Math.log10(range) + 3));
            x[p] = switch (p % 4) {
                case 0 -> size;
                case 1 -> -size;
                case 2 -> Math.min(range, (random.nextInt(60_000) + 0.0) * Math.PI / 2 * (1 + (p % 3 - 1) * 1e-15));
                default -> 1 + random.nextGaussian() * 1e-6;
            };
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functionsAreThoseOfStrictMath(
            BlockFunction chosen, BlockFunction scalar, DoubleUnaryOperator exact, double range, double ulps) {
        double[] x = numbers(range, 1);
        double[] out = new double[x.length];
        chosen.apply(x, x.length, out);
        for (int p = 0; p < x.length; p++) {
            double expected = exact.applyAsDouble(x[p]);
            if (Double.isNaN(expected)) {
                assertThat(out[p]).isNaN();
            } else if (Double.isInfinite(expected)) {
                assertThat(out[p]).isEqualTo(expected);
            } else {
                assertThat(Math.abs(out[p] - expected))
                        .as("%s at %s", expected, x[p])
                        .isLessThanOrEqualTo(ulps * Math.ulp(expected));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void vectorAndScalarGiveTheSameBits(
            BlockFunction chosen, BlockFunction scalar, DoubleUnaryOperator exact, double range, double ulps) {
        assumeVector();
        double[] x = numbers(range, 2);
        double[] first = new double[x.length];
        double[] second = new double[x.length];
        chosen.apply(x, x.length, first);
        scalar.apply(x, x.length, second);
        for (int p = 0; p < x.length; p++) {
            assertThat(Double.doubleToRawLongBits(first[p]))
                    .as("at %s", x[p])
                    .isEqualTo(Double.doubleToRawLongBits(second[p]));
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void edgesAreThoseOfMath(
            BlockFunction chosen, BlockFunction scalar, DoubleUnaryOperator exact, double range, double ulps) {
        double[] x = {
            0.0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            710,
            -709,
            -740,
            -745,
            -746,
            1e-310,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            -1,
            1,
            Math.PI,
            1e22
        };
        double[] out = new double[x.length];
        chosen.apply(x, x.length, out);
        for (int p = 0; p < x.length; p++) {
            double expected = exact.applyAsDouble(x[p]);
            assertThat(out[p] == expected
                            || (Double.isNaN(out[p]) && Double.isNaN(expected))
                            || Math.abs(out[p] - expected) <= ulps * Math.ulp(expected))
                    .as("%s at %s, expected %s", out[p], x[p], expected)
                    .isTrue();
        }
    }

    @Property(tries = 300)
    void normalsHaveTheSameBitsInBothImplementations(
            @ForAll long key, @ForAll long first, @ForAll long counter, @ForAll @IntRange(min = 1, max = 70) int n) {
        double[] even = new double[n];
        double[] odd = new double[n];
        double[] scalarEven = new double[n];
        double[] scalarOdd = new double[n];
        BlockMath.normals(key, 2L, first, n, counter, even, odd);
        SCALAR.normals(key, 2L, first, n, counter, scalarEven, scalarOdd);
        assertThat(even).containsExactly(scalarEven);
        assertThat(odd).containsExactly(scalarOdd);
    }

    /** Each pair of rows alone, by the other form of the kernel; rows outside stay as they are. */
    @Property(tries = 300)
    void rowsHaveTheBitsOfPairsAlone(
            @ForAll long key,
            @ForAll long counter,
            @ForAll @IntRange(min = 1, max = 70) int n,
            @ForAll @IntRange(max = 40) int pairs) {
        long[] first = new Random(key).longs(n).toArray();
        double[][] rows = new double[2 * pairs + 3][n];
        double[][] scalar = new double[2 * pairs + 3][n];
        BlockMath.normals(key, 2L, first, n, counter, rows, 1, 2 * pairs + 1);
        SCALAR.normals(key, 2L, first, n, counter, scalar, 1, 2 * pairs + 1);
        double[] even = new double[1];
        double[] odd = new double[1];
        for (int row = 0; row < rows.length; row++) {
            assertThat(rows[row]).containsExactly(scalar[row]);
            for (int p = 0; p < n; p++) {
                boolean outside = row == 0 || row > 2 * pairs;
                SCALAR.normals(key, 2L, first[p], 1, counter + (row - 1) / 2, even, odd);
                assertThat(rows[row][p]).isEqualTo(outside ? 0.0 : row % 2 == 1 ? even[0] : odd[0]);
            }
        }
    }

    @Test
    void rowsThatAreNoPairsAreRefused() {
        assertThatThrownBy(() -> BlockMath.normals(1L, 2L, new long[4], 4, 0L, new double[4][4], 1, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows must be pairs of the 4 there are, got those from 1 to 4");
        assertThatThrownBy(() -> BlockMath.normals(1L, 2L, new long[4], 4, 0L, new double[4][3], 0, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n must be from 0 to the lengths of the arrays");
    }

    /** The transform itself, with the functions of StrictMath on the words of Threefry. */
    @Test
    void normalsAreThoseOfBoxAndMuller() {
        int n = 10_000;
        double[] even = new double[n];
        double[] odd = new double[n];
        BlockMath.normals(5L, 6L, 7L, n, 8L, even, odd);
        long[] words = new long[2];
        for (int p = 0; p < n; p++) {
            words[0] = 7L + p;
            words[1] = 8L;
            Threefry.hash(5L, 6L, words);
            double u = 1.0 - (words[0] & (1L << 52) - 1) * 0x1p-52;
            double angle = 2 * Math.PI * ((words[1] & (1L << 52) - 1) * 0x1p-52);
            double radius = Math.sqrt(-2 * StrictMath.log(u));
            assertThat(even[p]).isCloseTo(radius * StrictMath.cos(angle), within(1e-14));
            assertThat(odd[p]).isCloseTo(radius * StrictMath.sin(angle), within(1e-14));
        }
    }

    /** Point forms of fields call the functions of one number, block forms those of arrays. */
    @Test
    void oneNumberHasTheBitsOfABlock() {
        Random random = new Random(4);
        int n = 5001;
        double[] x = new double[n];
        for (int p = 0; p < n; p++) {
            x[p] = (random.nextDouble() - 0.5) * Math.pow(10.0, random.nextInt(-3, 7));
        }
        double[] sines = new double[n];
        double[] cosines = new double[n];
        double[] exponentials = new double[n];
        BlockMath.sin(x, n, sines);
        BlockMath.cos(x, n, cosines);
        BlockMath.exp(x, n, exponentials);
        double[] logarithms = new double[n];
        BlockMath.log(x, n, logarithms);
        for (int p = 0; p < n; p++) {
            // As objects: NaN, the logarithm of what is negative, is equal to itself.
            assertThat(BlockMath.log(x[p])).isEqualTo(Double.valueOf(logarithms[p]));
            assertThat(BlockMath.sin(x[p])).isEqualTo(sines[p]).isCloseTo(StrictMath.sin(x[p]), within(4e-16));
            assertThat(BlockMath.cos(x[p])).isEqualTo(cosines[p]).isCloseTo(StrictMath.cos(x[p]), within(4e-16));
            assertThat(BlockMath.exp(x[p])).isEqualTo(exponentials[p]);
        }
    }

    /** One number of another kind among ordinary ones, at every place; those after the n-th do not count. */
    @Test
    void oneNumberBeyondTheBoundIsFound() {
        double[] others = {
            2.0,
            -2.0,
            Math.nextUp(2.0),
            -Math.nextUp(2.0),
            0.0,
            -0.0,
            Double.MIN_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            Double.longBitsToDouble(-1L)
        };
        for (double other : others) {
            for (int place = 0; place < 37; place++) {
                double[] x = new double[37];
                Arrays.setAll(x, p -> p % 2 == 0 ? 1.5 : -1.5);
                x[place] = other;
                for (int n : new int[] {place, place + 1, 37}) {
                    boolean within = n <= place || (other >= -2.0 && other <= 2.0);
                    assertThat(BlockMath.areWithin(x, n, 2.0))
                            .as("%s at %d of %d", other, place, n)
                            .isEqualTo(within);
                    assertThat(SCALAR.areWithin(x, n, 2.0)).isEqualTo(within);
                }
            }
        }
        assertThat(BlockMath.areWithin(new double[] {0.0, -0.0}, 2, -0.0)).isTrue();
        assertThat(BlockMath.areWithin(new double[] {Double.NEGATIVE_INFINITY}, 1, Double.POSITIVE_INFINITY))
                .isTrue();
        assertThatThrownBy(() -> BlockMath.areWithin(new double[1], 1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bound must not be negative, got NaN");
    }

    @Test
    void oneNumberOfAnotherSignIsFound() {
        double[] others = {
            1e-300,
            1e300,
            Double.POSITIVE_INFINITY,
            -1e-300,
            -1e300,
            Double.NEGATIVE_INFINITY,
            0.0,
            -0.0,
            Double.NaN,
            Double.longBitsToDouble(-1L),
            Double.MIN_VALUE,
            -Double.MIN_VALUE
        };
        for (double other : others) {
            for (int place = 0; place < 37; place++) {
                double[] x = new double[37];
                double[] signs = new double[37];
                Arrays.setAll(signs, p -> p % 3 == 0 ? 1.0 : -1.0);
                Arrays.setAll(x, p -> 0.7 * signs[p]);
                x[place] = other;
                for (int n : new int[] {place, place + 1, 37}) {
                    boolean same = n <= place || (signs[place] > 0.0 ? other > 0.0 : other < 0.0);
                    assertThat(BlockMath.haveSameSigns(x, signs, n))
                            .as("%s at %d of %d", other, place, n)
                            .isEqualTo(same);
                    assertThat(SCALAR.haveSameSigns(x, signs, n)).isEqualTo(same);
                }
            }
        }
    }

    private static void assumeVector() {
        Assumptions.assumeTrue(
                BlockMath.implementation().startsWith("vector"), "no vector unit or jdk.incubator.vector is missing");
    }
}
