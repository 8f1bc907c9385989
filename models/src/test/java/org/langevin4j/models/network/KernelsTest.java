package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KernelsTest {

    private static final int LANES = Kernels.LANES;

    /** All numbers of outputs, which the vector unit takes in sixes, fours and ones. */
    @Property(tries = 60)
    void productsHaveTheSameBitsOnTheVectorUnit(
            @ForAll @IntRange(min = 1, max = 27) int outputs,
            @ForAll @IntRange(min = 1, max = 5) int channels,
            @ForAll @IntRange(min = 1, max = 9) int window,
            @ForAll long seed) {
        Random random = new Random(seed);
        int[] weights = new int[window];
        int[] rows = new int[window];
        for (int t = 0; t < window; t++) {
            weights[t] = t * channels * outputs;
            rows[t] = LANES * channels * random.nextInt(12);
        }
        Taps taps = new Taps(channels, outputs, weights, rows);
        float[] w = numbers(random, channels * window * outputs);
        float[] x = numbers(random, channels * 12 * LANES);
        float[] bias = random.nextBoolean() ? numbers(random, outputs) : w;
        int biasStart = bias == w ? -1 : 0;
        float[] plain = new float[outputs * LANES];
        float[] vector = new float[outputs * LANES];
        new FloatKernels().products(taps, outputs, w, x, 0, bias, biasStart, plain, 0);
        vectorKernels().products(taps, outputs, w, x, 0, bias, biasStart, vector, 0);
        assertThat(vector).isEqualTo(plain);
        // Against a sum in double precision.
        for (int m = 0; m < outputs; m++) {
            double sum = biasStart < 0 ? 0.0 : bias[m];
            double size = Math.abs(sum);
            for (int t = 0; t < window; t++) {
                for (int i = 0; i < channels; i++) {
                    double term = (double) w[(t * channels + i) * outputs + m] * x[rows[t] + i * LANES + 3];
                    sum += term;
                    size += Math.abs(term);
                }
            }
            assertThat(Math.abs(plain[m * LANES + 3] - sum)).isLessThanOrEqualTo(size * 1e-5);
        }
    }

    @Property(tries = 60)
    void crossProductsHaveTheSameBitsOnTheVectorUnit(
            @ForAll @IntRange(min = 1, max = 19) int outputs,
            @ForAll @IntRange(min = 1, max = 5) int inputs,
            @ForAll @IntRange(min = 0, max = 30) int pairs,
            @ForAll boolean add,
            @ForAll long seed) {
        Random random = new Random(seed);
        int[] deltas = random.ints(pairs, 0, 9).map(r -> r * outputs * LANES).toArray();
        int[] rows = random.ints(pairs, 0, 11).map(r -> r * inputs * LANES).toArray();
        float[] delta = numbers(random, 9 * outputs * LANES);
        float[] x = numbers(random, 11 * inputs * LANES);
        int outStride = 3 * inputs * LANES;
        int inStride = 3 * LANES;
        float[] plain = numbers(random, outputs * outStride);
        float[] vector = plain.clone();
        float[] before = plain.clone();
        Pairs[] met = {new Pairs(new int[0], new int[0]), new Pairs(deltas, rows)};
        new FloatKernels().crossProducts(met, 28, add, outputs, inputs, delta, 0, x, 0, plain, 0, outStride, inStride);
        vectorKernels().crossProducts(met, 28, add, outputs, inputs, delta, 0, x, 0, vector, 0, outStride, inStride);
        assertThat(vector).isEqualTo(plain);
        for (int m = 0; m < outputs; m++) {
            for (int i = 0; i < inputs; i++) {
                int to = LANES + m * outStride + i * inStride;
                assertThat(plain[to - 1]).isEqualTo(add ? before[to - 1] : 0f);
                assertThat(plain[to + LANES]).isEqualTo(before[to + LANES]);
                double sum = add ? before[to + 5] : 0.0;
                double size = Math.abs(sum);
                for (int p = 0; p < Math.min(pairs, 28); p++) {
                    double term = (double) delta[deltas[p] + m * LANES + 5] * x[rows[p] + i * LANES + 5];
                    sum += term;
                    size += Math.abs(term);
                }
                assertThat(Math.abs(plain[to + 5] - sum)).isLessThanOrEqualTo(size * 1e-5);
            }
        }
    }

    /** Some numbers are equal, so that of several largest ones the first is taken, and some are 0. */
    @Property(tries = 40)
    void normalisationAndPoolingHaveTheSameBitsOnTheVectorUnit(
            @ForAll @IntRange(min = 1, max = 5) int channels,
            @ForAll @IntRange(min = 1, max = 7) int pixels,
            @ForAll long seed) {
        Random random = new Random(seed);
        int period = channels * LANES;
        int length = pixels * period;
        float[][] of = new float[4][];
        for (int i = 0; i < of.length; i++) {
            of[i] = numbers(random, period);
        }
        float[] x = numbers(random, LANES + length);
        float[] delta = numbers(random, LANES + length);
        for (int i = 0; i < length; i += 3) {
            x[i] = Math.round(x[i]);
        }
        int[] offsets = random.ints(4, 0, pixels).map(p -> p * period).toArray();
        float[][] results = new float[2][];
        double[][] multiples = new double[2][period + 1];
        int which = 0;
        for (FloatKernels k : List.of(new FloatKernels(), vectorKernels())) {
            float[] all = numbers(new Random(seed), 12 * (length + 2 * period));
            float[] changed = delta.clone();
            int step = length + 2 * period;
            k.standardise(of[0], of[1], of[2], period, x, LANES, all, 0, length);
            k.standardiseCut(of[0], of[1], of[2], period, x, LANES, all, step, length);
            k.standardiseBack(of[0], of[1], of[2], of[3], period, x, LANES, delta, LANES, all, 2 * step, length);
            k.cutBack(of[0], of[1], of[2], of[3], period, x, LANES, changed, LANES, length, all, 3 * step);
            System.arraycopy(changed, LANES, all, 4 * step, length);
            k.addPeriods(x, LANES, length, all, 5 * step, period);
            k.addSquares(of[0], 0, x, LANES, length, all, 6 * step, period);
            k.copy(x, LANES, all, 7 * step, period);
            for (int offset : offsets) {
                k.maximum(x, LANES + offset, all, 7 * step, period);
            }
            k.atMaximum(x, LANES, offsets, all, 7 * step, delta, LANES, all, 8 * step, period);
            for (int offset : offsets) {
                k.takeBack(x, LANES + offset, all, 7 * step, changed, LANES, all, 9 * step + offset, period);
            }
            System.arraycopy(changed, LANES, all, 11 * step, length);
            k.multiples(of[0][0], of[1], period - channels, multiples[which], 1);
            results[which++] = all;
        }
        assertThat(results[1]).isEqualTo(results[0]);
        assertThat(multiples[1]).isEqualTo(multiples[0]);
    }

    @Test
    void sumsOverLanesAreATreeInBothPrecisions() {
        double[] numbers = new Random(1).doubles(3 * LANES).toArray();
        double[] sums = new double[3];
        new DoubleKernels().laneSums(numbers, LANES, 2, sums, 1);
        for (int i = 1; i < 3; i++) {
            double sum = 0.0;
            for (int lane = 0; lane < LANES; lane++) {
                sum += numbers[i * LANES + lane];
            }
            assertThat(sums[i]).isCloseTo(sum, within(1e-14));
        }
        assertThat(sums[0]).isZero();
    }

    private static FloatKernels vectorKernels() {
        FloatKernels kernels = (FloatKernels) Precision.SINGLE.kernels();
        assumeTrue(kernels.isWide(), "skipped: no vector unit of 256 bits or more");
        return kernels;
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
