package org.langevin4j.core.field;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * An antisymmetric matrix field, Q(x) = −Q(x)ᵀ: the part of the dynamics that rotates without changing the stationary
 * density (Chaudhari and Soatto 2018, eqs. 16 and 19). Every factory either builds Q from its upper triangle, so that it
 * cannot fail to be antisymmetric, or checks it.
 */
public final class AntisymmetricField implements MatrixField {

    private final MatrixField field;

    /** The field of each time where it depends on time. */
    private final @Nullable DoubleFunction<AntisymmetricField> times;

    private AntisymmetricField(MatrixField field) {
        this(field, null);
    }

    private AntisymmetricField(MatrixField field, @Nullable DoubleFunction<AntisymmetricField> times) {
        this.field = field;
        this.times = times;
    }

    /**
     * Q = 0: detailed balance.
     *
     * @param dimension d
     * @return the zero field
     */
    public static AntisymmetricField zero(int dimension) {
        return new AntisymmetricField(
                MatrixField.of(dimension, (x, out) -> Arrays.fill(out, 0.0), (x, out) -> Arrays.fill(out, 0.0)));
    }

    /**
     * A field that does not depend on the state.
     *
     * @param q antisymmetric d×d matrix
     * @return the field, with ∇·Q = 0
     * @throws IllegalArgumentException if q is not square, not finite or not exactly antisymmetric
     */
    public static AntisymmetricField constant(RealMatrix q) {
        int d = q.getRowDimension();
        if (q.getColumnDimension() != d) {
            throw new IllegalArgumentException("q must be square, got " + d + "×" + q.getColumnDimension());
        }
        double[] entries = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double value = q.getEntry(i, j);
                if (!(Math.abs(value) <= Double.MAX_VALUE) || value != -q.getEntry(j, i)) {
                    throw new IllegalArgumentException("q must be finite and antisymmetric, got q[" + i + "][" + j
                            + "] = " + value + " and q[" + j + "][" + i + "] = " + q.getEntry(j, i));
                }
                entries[i * d + j] = value;
            }
        }
        return new AntisymmetricField(MatrixField.of(
                d,
                (x, out) -> System.arraycopy(entries, 0, out, 0, entries.length),
                (x, out) -> Arrays.fill(out, 0.0)));
    }

    /**
     * The general field in two dimensions, Q = q·[[0, 1], [−1, 0]] and ∇·Q = (∂₂q, −∂₁q).
     *
     * @param q the entry Q₁₂ with its gradient
     * @return the field, d = 2
     */
    public static AntisymmetricField planar(Potential q) {
        Objects.requireNonNull(q, "q");
        return new AntisymmetricField(MatrixField.of(
                2,
                (x, out) -> {
                    double value = q.at(x);
                    out[0] = 0.0;
                    out[1] = value;
                    out[2] = -value;
                    out[3] = 0.0;
                },
                (x, out) -> {
                    q.gradient(x, out);
                    double first = out[0];
                    out[0] = out[1];
                    out[1] = -first;
                }));
    }

    /**
     * A field given by its upper triangle, differentiated automatically.
     *
     * @param dimension d
     * @param upper the d(d−1)/2 entries above the diagonal, row after row: Q₁₂, Q₁₃, …, Q₂₃, …
     * @return the field
     */
    public static AntisymmetricField automatic(int dimension, Function<Gradient[], Gradient[]> upper) {
        Objects.requireNonNull(upper, "upper");
        return new AntisymmetricField(MatrixField.automatic(dimension, x -> {
            Gradient[] entries = upper.apply(x);
            int expected = dimension * (dimension - 1) / 2;
            if (entries.length != expected) {
                throw new IllegalArgumentException(
                        "upper must give " + expected + " entries for d = " + dimension + ", got " + entries.length);
            }
            Gradient[][] q = new Gradient[dimension][dimension];
            int k = 0;
            for (int i = 0; i < dimension; i++) {
                q[i][i] = x[0].newInstance(0.0);
                for (int j = i + 1; j < dimension; j++) {
                    q[i][j] = entries[k];
                    q[j][i] = entries[k].negate();
                    k++;
                }
            }
            return q;
        }));
    }

    /**
     * A field that depends on time, Q(t, x); see {@link VectorField#driven}.
     *
     * @param dimension d
     * @param q the autonomous field Q(t, ·) of each time t; must be thread-safe
     * @return Q(t, x)
     */
    public static AntisymmetricField driven(int dimension, DoubleFunction<AntisymmetricField> q) {
        Objects.requireNonNull(q, "q");
        VectorField timeless = (x, out) -> {
            throw DrivenField.timeless();
        };
        return new AntisymmetricField(MatrixField.of(dimension, timeless, timeless), q);
    }

    /**
     * Whether Q is a function of the state alone.
     *
     * @return false if it depends on time; it can then be evaluated through {@link #atTime} only
     */
    public boolean isAutonomous() {
        return times == null;
    }

    /**
     * The field at one time, Q(t, ·).
     *
     * @param t time
     * @return an autonomous field; this one if it does not depend on time
     * @throws IllegalArgumentException if the field of that time has another dimension
     */
    public AntisymmetricField atTime(double t) {
        if (times == null) {
            return this;
        }
        AntisymmetricField frozen = Objects.requireNonNull(times.apply(t), "q at a time");
        if (frozen.dimension() != dimension()) {
            throw new IllegalArgumentException("q must have the dimension " + dimension() + " at all times, got "
                    + frozen.dimension() + " at t = " + t);
        }
        return frozen;
    }

    @Override
    public int dimension() {
        return field.dimension();
    }

    @Override
    public void at(double[] x, double[] out) {
        field.at(x, out);
    }

    @Override
    public void divergence(double[] x, double[] out) {
        field.divergence(x, out);
    }

    @Override
    public String toString() {
        return "antisymmetric field of dimension " + dimension();
    }
}
