package org.langevin4j.solvers.orbit;

import java.util.List;

/** Fixed points of a family along a curve in (x, p), with what happens on the way. */
public final class FixedPointBranch {

    private final List<FixedPoint> points;
    private final double[] parameters;
    private final List<Bifurcation> bifurcations;

    FixedPointBranch(List<FixedPoint> points, double[] parameters, List<Bifurcation> bifurcations) {
        this.points = points;
        this.parameters = parameters;
        this.bifurcations = bifurcations;
    }

    /**
     * The points.
     *
     * @return in the order of the curve
     */
    public List<FixedPoint> points() {
        return points;
    }

    /**
     * The parameter at each point.
     *
     * @return a new array, as long as the list of points
     */
    public double[] parameters() {
        return parameters.clone();
    }

    /**
     * One coordinate at each point.
     *
     * @param k 0 … d−1
     * @return a new array, as long as the list of points
     */
    public double[] coordinate(int k) {
        return points.stream().mapToDouble(point -> point.location()[k]).toArray();
    }

    /**
     * Folds, Hopf points and crossings.
     *
     * @return in the order of the curve
     */
    public List<Bifurcation> bifurcations() {
        return bifurcations;
    }

    @Override
    public String toString() {
        return points.size() + " fixed points for parameters from " + parameters[0] + " to "
                + parameters[parameters.length - 1] + ", bifurcations " + bifurcations;
    }
}
