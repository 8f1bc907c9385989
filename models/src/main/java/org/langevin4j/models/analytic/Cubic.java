package org.langevin4j.models.analytic;

import java.util.List;
import java.util.stream.DoubleStream;

/** The real roots of ax³ + bx² + cx + d, a ≠ 0, by Viète's formulas and a polish by Newton's method. */
final class Cubic {

    private Cubic() {}

    /** The real roots in ascending order; a double root may be given once, twice or not at all, as rounding has it. */
    static List<Double> roots(double a, double b, double c, double d) {
        double shift = b / (3.0 * a);
        double p = c / a - 3.0 * shift * shift;
        double q = d / a - shift * (c / a - 2.0 * shift * shift);
        return depressed(p, q)
                .map(t -> polished(a, b, c, d, t - shift))
                .sorted()
                .boxed()
                .toList();
    }

    /** The real roots of t³ + pt + q. */
    private static DoubleStream depressed(double p, double q) {
        if (p == 0.0) {
            return DoubleStream.of(-Math.cbrt(q));
        }
        double scale = 2.0 * Math.sqrt(Math.abs(p) / 3.0);
        double ratio = 3.0 * q / (p * scale);
        if (p > 0.0) {
            return DoubleStream.of(-scale * Math.sinh(asinh(ratio) / 3.0));
        }
        if (Math.abs(ratio) > 1.0) {
            double size = Math.abs(ratio);
            double angle = Math.log(size + Math.sqrt((size - 1.0) * (size + 1.0))) / 3.0;
            return DoubleStream.of(-Math.signum(q) * scale * Math.cosh(angle));
        }
        double angle = Math.acos(ratio) / 3.0;
        return DoubleStream.of(0.0, 1.0, 2.0).map(k -> scale * Math.cos(angle - 2.0 * Math.PI * k / 3.0));
    }

    private static double asinh(double x) {
        double size = Math.abs(x);
        return Math.signum(x) * Math.log(size + Math.sqrt(size * size + 1.0));
    }

    private static double polished(double a, double b, double c, double d, double root) {
        double x = root;
        for (int k = 0; k < 3; k++) {
            double slope = (3.0 * a * x + 2.0 * b) * x + c;
            double next = x - (((a * x + b) * x + c) * x + d) / slope;
            if (!(Math.abs(next - x) <= 1e-6 * (1.0 + Math.abs(x)))) {
                return x;
            }
            x = next;
        }
        return x;
    }
}
