package org.langevin4j.core.decomposition;

import java.util.Locale;
import org.hipparchus.complex.Complex;
import org.hipparchus.util.FastMath;

/**
 * Two eigenvalues λᵢ, λⱼ (i ≠ j) of a drift matrix, whose sum decides whether Q is unique.
 *
 * @param first λᵢ
 * @param second λⱼ
 */
public record EigenvaluePair(Complex first, Complex second) {

    /**
     * How far the pair is from resonance.
     *
     * @return |λᵢ + λⱼ|
     */
    public double distance() {
        return FastMath.hypot(first.getReal() + second.getReal(), first.getImaginary() + second.getImaginary());
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
