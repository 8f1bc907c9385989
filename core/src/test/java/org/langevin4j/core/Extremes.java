package org.langevin4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/**
 * The ends of the number formats: what {@code @ForAll} draws in properties of {@code @Domain(Extremes.class)}, half of it usual numbers, and what
 * such a call may end in.
 */
public final class Extremes extends DomainContextBase {

    private static final Double[] ENDS = {
        0.0,
        -0.0,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        1e-320,
        Double.MIN_NORMAL,
        1e-300,
        1e-160,
        1e160,
        1e300,
        -1e300,
        1e308,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private static final Integer[] SIZES = {0, 1, 2, 3, 4, 8, 17, -1, Integer.MIN_VALUE, Integer.MAX_VALUE};

    private static final Long[] NUMBERS = {0L, 1L, 2L, 1000L, -1L, Long.MIN_VALUE, Long.MAX_VALUE};

    /** Doubles of any kind. */
    @Provide
    public Arbitrary<Double> doubles() {
        return Arbitraries.oneOf(Arbitraries.of(ENDS), Arbitraries.of(-3.0, -1.0, -0.5, 0.25, 1.0, 1.5, 2.0, 10.0));
    }

    /** Counts, sizes, indices. */
    @Provide
    public Arbitrary<Integer> ints() {
        return Arbitraries.of(SIZES);
    }

    /** Seeds, counts of steps. */
    @Provide
    public Arbitrary<Long> longs() {
        return Arbitraries.of(NUMBERS);
    }

    /** Short arrays, empty ones among them. */
    @Provide
    public Arbitrary<double[]> arrays() {
        return doubles().array(double[].class).ofMinSize(0).ofMaxSize(5);
    }

    /**
     * The answer to a call, or nothing if it was refused in one of the documented ways: an illegal argument that is named, or a numerical
     * failure in words. Anything else is thrown on.
     *
     * @param names a regular expression for what a refusal has to name
     */
    public static <T> Optional<T> answer(String names, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageFindingMatch(names);
        } catch (ArithmeticException failed) {
            // The words of the virtual machine and of Math.addExact are no answer.
            assertThat(failed).hasMessageNotContainingAny("by zero", "overflow").hasMessageContaining(" ");
        }
        return Optional.empty();
    }

    /** Every number times 2ᵖ, exactly unless it leaves the normal numbers. */
    public static double[] times(int power, double... values) {
        double[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.scalb(scaled[i], power);
        }
        return scaled;
    }
}
