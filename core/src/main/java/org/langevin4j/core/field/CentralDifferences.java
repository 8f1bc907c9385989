package org.langevin4j.core.field;

import java.util.Arrays;
import java.util.Objects;

/**
 * A field with its derivatives by central differences of fourth order, Richardson's extrapolation of two quotients
 *
 * <pre>
 * D(h) = (v(x + hu) − v(x − hu))/2h
 * ∂ᵤv ≈ (4D(h/2) − D(h))/3,   error −h⁴∂ᵤ⁵v/480 + rounding of at most 3·2⁻⁵²·|v|/h
 * </pre>
 *
 * <p>h is 2⁻¹⁰ times a power of two next below max(1, |x|): for functions that change over lengths of order one the
 * error is about 10⁻¹² of |v|. For each component it is divided by 8, down to 2⁻³¹, until the two quotients
 * agree to 2⁻¹⁶ or differ by rounding alone, so that functions that change over shorter lengths, or are undefined a little
 * further on, are served too, at four more values of v. {@link #jacobianError} estimates what is left.
 */
public final class CentralDifferences implements DifferentiableField {

    private static final double FIRST_STEP = 0x1p-10;

    private static final double SHRINK = 0.125;

    /** The last step is 2⁻³¹: below it rounding takes more than the half of the digits. */
    private static final int LEVELS = 8;

    private static final double AGREEMENT = 0x1p-16;

    /** Of the value; more of a bend between three points means that v may have a feature that the step has missed. */
    private static final double BEND = 0x1p-6;

    private static final double EPSILON = 0x1p-52;

    private final VectorField field;

    CentralDifferences(VectorField field) {
        this.field = Objects.requireNonNull(field, "field");
    }

    @Override
    public void at(double[] x, double[] out) {
        field.at(x, out);
    }

    @Override
    public void atBlock(double[][] x, int paths, double[][] out) {
        field.atBlock(x, paths, out);
    }

    @Override
    public void requireShape(int arguments, int values) {
        field.requireShape(arguments, values);
    }

    @Override
    public void requireWritten(String name, double t, double[] x, int values) {
        field.requireWritten(name, t, x, values);
    }

    @Override
    public boolean isAutonomous() {
        return field.isAutonomous();
    }

    @Override
    public CentralDifferences atTime(double t) {
        return isAutonomous() ? this : new CentralDifferences(field.atTime(t));
    }

    @Override
    public void jacobian(double[] x, double[] out) {
        columns(x, out, false);
    }

    /**
     * Estimates the error of each entry of the Jacobian: 16/15 of the difference from the extrapolation of D(h/2) and
     * D(h/4), which is the leading term of the truncation, and the bound of the rounding.
     *
     * @param x state, length d; not modified
     * @param out receives the estimates, all positive or zero, in row-major order, length n·d
     */
    public void jacobianError(double[] x, double[] out) {
        columns(x, out, true);
    }

    private void columns(double[] x, double[] out, boolean errors) {
        int d = x.length;
        if (d == 0) {
            throw new IllegalArgumentException("x must have at least one coordinate");
        }
        int n = out.length / d;
        double[] unit = new double[d];
        double[] column = new double[n];
        Quotient quotient = new Quotient(x, n);
        for (int j = 0; j < d; j++) {
            unit[j] = 1.0;
            quotient.along(unit, column, errors);
            unit[j] = 0.0;
            for (int i = 0; i < n; i++) {
                out[i * d + j] = column[i];
            }
        }
    }

    @Override
    public void along(double[] x, double[] u, double[] out) {
        new Quotient(x, out.length).along(u, out, false);
    }

    /** The work of one state. */
    private final class Quotient {

        private final double[] x;
        private final double[] shifted;
        private final double[] up;
        private final double[] down;
        private final double[] coarse;
        private final double[] fine;
        private final double[] finest;
        private final double[] centre;
        private final boolean[] settled;

        Quotient(double[] x, int n) {
            this.x = x;
            this.shifted = new double[x.length];
            this.up = new double[n];
            this.down = new double[n];
            this.coarse = new double[n];
            this.fine = new double[n];
            this.finest = new double[n];
            this.centre = new double[n];
            this.settled = new boolean[n];
            field.at(x, centre);
        }

        void along(double[] u, double[] out, boolean errors) {
            double length = 0.0;
            double position = 1.0;
            double reach = Double.POSITIVE_INFINITY;
            for (int i = 0; i < x.length; i++) {
                // NaN too.
                if (!(Math.abs(x[i]) <= Double.MAX_VALUE && Math.abs(u[i]) <= Double.MAX_VALUE)) {
                    Arrays.fill(out, Double.NaN);
                    return;
                }
                if (u[i] != 0.0) {
                    length = Math.max(length, Math.abs(u[i]));
                    position = Math.max(position, Math.abs(x[i]));
                    if (x[i] != 0.0) {
                        reach = Math.min(reach, Math.abs(x[i]) / Math.abs(u[i]));
                    }
                }
            }
            if (length == 0.0) {
                Arrays.fill(out, 0.0);
                return;
            }
            Arrays.fill(out, Double.NaN);
            Arrays.fill(settled, false);
            double scale = powerOfTwo(position) / powerOfTwo(length);
            double h = FIRST_STEP * scale;
            boolean all = false;
            for (int level = 0; level < LEVELS && !all; level++) {
                all = attempt(u, h, scale, out, errors);
                h *= SHRINK;
            }
            if (!all && FIRST_STEP * reach < h) {
                // The state is next to the origin of a coordinate, which may be the border of the domain of v.
                attempt(u, FIRST_STEP * powerOfTwo(reach), scale, out, errors);
            }
        }

        private static double powerOfTwo(double below) {
            return Math.scalb(1.0, Math.getExponent(below));
        }

        /** Settles the components for which h is short enough, and tells whether these are all. */
        private boolean attempt(double[] u, double h, double scale, double[] out, boolean errors) {
            if (errors) {
                quotient(u, 0.25 * h, finest);
            }
            quotient(u, 0.5 * h, fine);
            quotient(u, h, coarse);
            boolean all = true;
            for (int i = 0; i < out.length; i++) {
                if (settled[i]) {
                    continue;
                }
                double value = extrapolated(fine[i], coarse[i]);
                // NaN stays outside the domain of v; a shorter step may not.
                if (value <= Double.MAX_VALUE || Double.isNaN(out[i])) {
                    double rounding = 3.0 * EPSILON * Math.max(Math.abs(up[i]), Math.abs(down[i])) / h;
                    double correction = extrapolated(finest[i], fine[i]) - value;
                    out[i] = errors ? Math.abs(correction) * 16.0 / 15.0 + rounding : value;
                    settled[i] = isShort(i, h, scale);
                }
                all &= settled[i];
            }
            return all;
        }

        /** Whether v is nearly straight from x − hu to x + hu, and the quotients agree as far as digits allow. */
        private boolean isShort(int i, double h, double scale) {
            double size = Math.max(Math.abs(up[i]), Math.abs(down[i]));
            double difference = Math.abs(fine[i] - coarse[i]) / 3.0;
            double agreement = AGREEMENT * Math.max(Math.abs(fine[i]), AGREEMENT * size / scale);
            return Math.abs((up[i] - centre[i]) - (centre[i] - down[i])) <= BEND * Math.max(size, Math.abs(centre[i]))
                    && difference <= Math.max(agreement, 12.0 * EPSILON * size / h);
        }

        private static double extrapolated(double fine, double coarse) {
            return fine + (fine - coarse) / 3.0;
        }

        private void quotient(double[] u, double h, double[] out) {
            shift(u, h, up);
            shift(u, -h, down);
            for (int i = 0; i < out.length; i++) {
                out[i] = (up[i] - down[i]) / (2.0 * h);
            }
        }

        private void shift(double[] u, double h, double[] value) {
            for (int i = 0; i < x.length; i++) {
                shifted[i] = x[i] + h * u[i];
            }
            field.at(shifted, value);
        }
    }

    @Override
    public String toString() {
        return "central differences of " + field;
    }
}
