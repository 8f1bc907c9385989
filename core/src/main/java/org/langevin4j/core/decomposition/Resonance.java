package org.langevin4j.core.decomposition;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.hipparchus.util.FastMath;

/**
 * Two eigenvalues λᵢ, λⱼ (i ≠ j) of a drift matrix, whose sum decides whether Q is unique.
 *
 * @param first λᵢ
 * @param second λⱼ
 */
public record Resonance(Complex first, Complex second) {

    /** The two that come closest to cancelling; none if there is but one eigenvalue. */
    static Optional<Resonance> closest(Complex[] eigenvalues) {
        Complex[] values = eigenvalues.clone();
        Arrays.sort(values, Comparator.comparingDouble(Complex::getReal).thenComparingDouble(z -> -z.getImaginary()));
        int n = values.length;
        int first = 0;
        int second = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double real = values[i].getReal();
            double imaginary = values[i].getImaginary();
            for (int j = i + 1; j < n; j++) {
                double x = real + values[j].getReal();
                double y = imaginary + values[j].getImaginary();
                double square = x * x + y * y;
                if (square < least) {
                    least = square;
                    first = i;
                    second = j;
                }
            }
        }
        return n < 2 ? Optional.empty() : Optional.of(new Resonance(values[first], values[second]));
    }

    /**
     * How far the pair is from resonance.
     *
     * @return |λᵢ + λⱼ|
     */
    public double distance() {
        return FastMath.hypot(first.getReal() + second.getReal(), first.getImaginary() + second.getImaginary());
    }

    /** Times 2^exponent. */
    Resonance scaled(int exponent) {
        return new Resonance(scaled(first, exponent), scaled(second, exponent));
    }

    static Complex scaled(Complex z, int exponent) {
        return new Complex(FastMath.scalb(z.getReal(), exponent), FastMath.scalb(z.getImaginary(), exponent));
    }

    @Override
    public String toString() {
        return text(first) + " and " + text(second);
    }

    static String text(Complex z) {
        return z.getImaginary() == 0.0
                ? String.format(Locale.ROOT, "%.10g", z.getReal())
                : String.format(
                        Locale.ROOT,
                        "%.10g %s %.10gi",
                        z.getReal(),
                        z.getImaginary() < 0.0 ? "−" : "+",
                        FastMath.abs(z.getImaginary()));
    }
}
