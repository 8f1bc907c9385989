package org.langevin4j.solvers.orbit;

import java.util.List;
import java.util.Locale;

/** Periodic orbits of a family of fields along a curve, with what happens on the way and why it ends. */
public final class PeriodicOrbitBranch {

    /** Why a branch is followed no further. */
    public enum Ending {
        /** The parameter came to an end of its range; the last orbit is there. */
        PARAMETER,
        /** The orbits shrank onto a fixed point: another Hopf point. */
        FIXED_POINT,
        /** All orbits are at one parameter: they are not isolated, as around a centre. */
        CENTRE,
        /** The period is a thousand times the first one: it goes to infinity, as where an orbit comes to a saddle. */
        PERIOD,
        /** The polynomials no longer resolve the orbit, as where it becomes stiff; more intervals may ({@link Continuation#withIntervals}). */
        RESOLUTION,
        /** Newton's method does not converge from any step. */
        STAGNATION,
        /** There are as many orbits as are followed at most. */
        LENGTH
    }

    private final List<PeriodicOrbit> orbits;
    private final double[] parameters;
    private final List<PeriodicOrbitBifurcation> bifurcations;
    private final Ending ending;

    PeriodicOrbitBranch(
            List<PeriodicOrbit> orbits,
            double[] parameters,
            List<PeriodicOrbitBifurcation> bifurcations,
            Ending ending) {
        this.orbits = List.copyOf(orbits);
        this.parameters = parameters.clone();
        this.bifurcations = List.copyOf(bifurcations);
        this.ending = ending;
    }

    /**
     * The orbits.
     *
     * @return in the order of the curve, from the Hopf point, which is not among them
     */
    public List<PeriodicOrbit> orbits() {
        return orbits;
    }

    /**
     * The parameter of each orbit.
     *
     * @return a new array, as long as the list of orbits
     */
    public double[] parameters() {
        return parameters.clone();
    }

    /**
     * The period of each orbit.
     *
     * @return a new array, as long as the list of orbits
     */
    public double[] periods() {
        return orbits.stream().mapToDouble(PeriodicOrbit::period).toArray();
    }

    /**
     * Half of the way between the largest and the smallest value of a coordinate on each orbit, at 256 moments of it.
     *
     * @param k 0 … d−1
     * @return a new array, as long as the list of orbits
     */
    public double[] amplitudes(int k) {
        return orbits.stream().mapToDouble(each -> amplitude(each, k)).toArray();
    }

    private static double amplitude(PeriodicOrbit orbit, int k) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (double x : orbit.orbit().coordinates(257)[k]) {
            least = Math.min(least, x);
            largest = Math.max(largest, x);
        }
        return 0.5 * (largest - least);
    }

    /**
     * Folds, period doublings, tori and crossings.
     *
     * @return in the order of the curve
     */
    public List<PeriodicOrbitBifurcation> bifurcations() {
        return bifurcations;
    }

    /**
     * Why the branch ends where it does.
     *
     * @return the reason
     */
    public Ending ending() {
        return ending;
    }

    @Override
    public String toString() {
        int last = parameters.length - 1;
        return String.format(
                Locale.ROOT,
                "%d periodic orbits for parameters from %.6g to %.6g, periods %.6g to %.6g, bifurcations %s, ended by %s",
                parameters.length,
                parameters[0],
                parameters[last],
                orbits.get(0).period(),
                orbits.get(last).period(),
                bifurcations,
                ending.toString().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
