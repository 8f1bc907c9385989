package org.langevin4j.solvers.orbit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the fixed points of a family change their number or their stability. */
public final class Bifurcation {

    /** The generic ones of one parameter, and the pitchfork of systems with a symmetry. */
    public enum Type {
        /** Two fixed points meet and vanish: an eigenvalue zero. */
        FOLD,
        /** A pair of eigenvalues crosses the imaginary axis. */
        HOPF,
        /** Two branches cross, one of them upright: it has its points on one side of the parameter only. */
        PITCHFORK,
        /** Two branches cross, both with points on either side. */
        TRANSCRITICAL
    }

    private final Type type;
    private final double[] location;
    private final double parameter;
    private final List<double[]> tangents;
    private final Optional<FirstLyapunovCoefficient> coefficient;

    Bifurcation(
            Type type,
            double[] location,
            double parameter,
            List<double[]> tangents,
            Optional<FirstLyapunovCoefficient> coefficient) {
        this.type = type;
        this.location = location;
        this.parameter = parameter;
        this.tangents = tangents;
        this.coefficient = coefficient;
    }

    /**
     * Which it is.
     *
     * @return the type
     */
    public Type type() {
        return type;
    }

    /**
     * The fixed point.
     *
     * @return a new array of length d
     */
    public double[] location() {
        return location.clone();
    }

    /**
     * The value of the parameter.
     *
     * @return p
     */
    public double parameter() {
        return parameter;
    }

    /**
     * At a Hopf point, the frequency and on which side the cycle is: supercritical, and attracting on the centre manifold, if
     * ℓ₁ &lt; 0.
     *
     * @return the first Lyapunov coefficient; empty at other points
     */
    public Optional<FirstLyapunovCoefficient> lyapunov() {
        return coefficient;
    }

    /** Unit vectors (x′, p′) along the branches that cross here; none if only one goes through. */
    List<double[]> tangents() {
        return tangents;
    }

    @Override
    public String toString() {
        return type.toString().toLowerCase(Locale.ROOT) + " at " + parameter + ", x = " + OrbitException.text(location);
    }
}
