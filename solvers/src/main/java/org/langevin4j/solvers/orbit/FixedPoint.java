package org.langevin4j.solvers.orbit;

import java.util.Locale;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.ConvergenceException;

/**
 * A point where b(x) = 0, with the eigenvalues of the Jacobian there. Real parts below 1e-9 of the Jacobian's norm count as
 * zero: the linear order decides nothing then.
 */
public final class FixedPoint {

    private static final double ZERO = 1e-9;

    /** What the flow looks like at linear order. */
    public enum Kind {
        /** All eigenvalues real and negative. */
        STABLE_NODE,
        /** All real parts negative, some eigenvalues complex. */
        STABLE_FOCUS,
        /** All eigenvalues real and positive. */
        UNSTABLE_NODE,
        /** All real parts positive, some eigenvalues complex. */
        UNSTABLE_FOCUS,
        /** Real parts of both signs, none zero. */
        SADDLE,
        /** A pair on the imaginary axis, no eigenvalue zero: a centre, or a weak focus that the cubic terms decide. */
        CENTRE,
        /** An eigenvalue zero. */
        DEGENERATE
    }

    private final double[] location;
    private final RealMatrix jacobian;
    private final Complex[] eigenvalues;
    private final Kind kind;

    private FixedPoint(double[] location, RealMatrix jacobian) {
        this.location = location;
        this.jacobian = jacobian;
        this.eigenvalues = Eigenvalues.of(jacobian);
        this.kind = kind(eigenvalues, ZERO * Vectors.norm(jacobian));
    }

    /**
     * Finds one by Newton's method.
     *
     * @param flow whose field vanishes
     * @param start where to begin
     * @return the point that was found, not always the nearest
     * @throws ConvergenceException if there is none on the way
     */
    public static FixedPoint near(Flow flow, double... start) {
        if (start.length != flow.dimension()) {
            throw new IllegalArgumentException("start must have length " + flow.dimension() + ", got " + start.length);
        }
        double[] x = Newton.solve(flow.field(), start, "a fixed point");
        return at(flow, x);
    }

    /** A point of which it is known already. */
    static FixedPoint at(Flow flow, double[] x) {
        return new FixedPoint(x.clone(), flow.jacobian(x));
    }

    private static Kind kind(Complex[] eigenvalues, double zero) {
        int positive = 0;
        int negative = 0;
        boolean turns = false;
        boolean degenerate = false;
        for (Complex value : eigenvalues) {
            positive += value.getReal() > zero ? 1 : 0;
            negative += value.getReal() < -zero ? 1 : 0;
            turns |= Math.abs(value.getImaginary()) > zero;
            degenerate |= Eigenvalues.modulus(value) <= zero;
        }
        if (degenerate) {
            return Kind.DEGENERATE;
        }
        if (positive + negative < eigenvalues.length) {
            return Kind.CENTRE;
        }
        if (positive > 0 && negative > 0) {
            return Kind.SADDLE;
        }
        if (negative > 0) {
            return turns ? Kind.STABLE_FOCUS : Kind.STABLE_NODE;
        }
        return turns ? Kind.UNSTABLE_FOCUS : Kind.UNSTABLE_NODE;
    }

    /**
     * Where it is.
     *
     * @return a new array of length d
     */
    public double[] location() {
        return location.clone();
    }

    /**
     * The Jacobian there.
     *
     * @return ∂ⱼbᵢ, d×d, a copy
     */
    public RealMatrix jacobian() {
        return jacobian.copy();
    }

    /**
     * The eigenvalues of the Jacobian.
     *
     * @return d numbers, by falling real part
     */
    public Complex[] eigenvalues() {
        return eigenvalues.clone();
    }

    /**
     * What the linear order says.
     *
     * @return node, focus, saddle, centre, or nothing
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether all real parts are negative.
     *
     * @return true if it attracts exponentially
     */
    public boolean isStable() {
        return kind == Kind.STABLE_NODE || kind == Kind.STABLE_FOCUS;
    }

    @Override
    public String toString() {
        return kind.toString().toLowerCase(Locale.ROOT).replace('_', ' ') + " at " + OrbitException.text(location);
    }
}
