package org.langevin4j.solvers.orbit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Follows the fixed points b(x; p) = 0 of a family of fields by pseudo-arclength (Keller 1977): a step along the tangent of
 * the curve in (x, p), then Newton's method in the plane across it, so that folds are no obstacle. On the way it watches
 * for changes of sign of
 *
 * <pre>
 * fold           p′, the last component of the tangent t
 * branch point   det [J bₚ; tᵀ]
 * Hopf           Π (λᵢ + λⱼ) over pairs i &lt; j of eigenvalues of J
 * </pre>
 *
 * <p>and locates each by Newton's method on a system that has it as a regular root (Kuznetsov 2004, Section 10.2): Jv = 0
 * for a fold, Jq = iωq at a Hopf point, wᵀ(J, bₚ) = 0 where branches cross. Derivatives with respect to p are by
 * differences; the family is therefore evaluated to ⅛·max(1, |p|) beyond its range. Immutable.
 */
public final class Continuation {

    private static final double LARGEST_STEP = 0.05;

    private static final int MOST_INTERVALS = 160;
    private final FixedPointEquation equation;
    private final double min;
    private final double max;
    private final double largestStep;
    private final int intervals;

    private Continuation(FixedPointEquation equation, double min, double max, double largestStep, int intervals) {
        this.equation = equation;
        this.min = min;
        this.max = max;
        this.largestStep = largestStep;
        this.intervals = intervals;
    }

    /**
     * The fixed points of a family.
     *
     * @param family b(·; p) for each p
     * @param dimension d
     * @param min smallest p
     * @param max largest p
     * @return the continuation, with steps of length 0.05 at most
     */
    public static Continuation of(DoubleFunction<? extends VectorField> family, int dimension, double min, double max) {
        Objects.requireNonNull(family, "family");
        if (!(dimension >= 1)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        if (!(min < max && max - min <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("parameter must run from min to max, got " + min + " and " + max);
        }
        family.apply(min).requireAutonomous("Continuation");
        return new Continuation(new FixedPointEquation(family, dimension), min, max, LARGEST_STEP, MOST_INTERVALS);
    }

    /**
     * The same continuation with other steps. Two points of one kind within one step are not told apart.
     *
     * @param largest length of a step in (x, p), at most
     * @return a new continuation
     */
    public Continuation withSteps(double largest) {
        if (!(largest > PseudoArclength.SMALLEST_STEP && largest <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "largest must be above " + PseudoArclength.SMALLEST_STEP + ", got " + largest);
        }
        return new Continuation(equation, min, max, largest, intervals);
    }

    /**
     * The same continuation with other polynomials for periodic orbits.
     *
     * @param most intervals, at most, in which one turn is divided, each with a polynomial of degree 4; from 20 on they are
     *     doubled while the estimated error is above 1e-5 of the orbit's size; 160 unless said
     * @return a new continuation
     */
    public Continuation withIntervals(int most) {
        if (!(most >= 5)) {
            throw new IllegalArgumentException("most must be at least 5, got " + most);
        }
        return new Continuation(equation, min, max, largestStep, most);
    }

    /**
     * The branch through a fixed point, in both directions to the ends of the range of p. A bifurcation is found where the
     * branch passes it; the start should not be one.
     *
     * @param parameter p of the fixed point
     * @param start near the fixed point
     * @return the branch, the side first on which p falls as it leaves the start
     * @throws ConvergenceException if there is no fixed point near the start, or the curve cannot be followed
     */
    public FixedPointBranch from(double parameter, double... start) {
        if (!(parameter >= min && parameter <= max)) {
            throw new IllegalArgumentException("parameter must be " + min + " to " + max + ", got " + parameter);
        }
        int d = equation.dimension();
        Flow flow = equation.flow(parameter);
        double[] y = Vectors.append(FixedPoint.near(flow, start).location(), parameter);
        double[] tangent = equation.rightSingularVectors(y).getColumn(d);
        if (tangent[d] > 0.0) {
            Vectors.negate(tangent);
        }
        return through(y, tangent);
    }

    /**
     * The other branch through a point where two cross.
     *
     * @param along a branch
     * @param crossing one of its bifurcations, a pitchfork or a transcritical one
     * @return the other branch, in both directions
     * @throws ConvergenceException if the curve cannot be followed
     */
    public FixedPointBranch crossing(FixedPointBranch along, Bifurcation crossing) {
        if (crossing.tangents().isEmpty()) {
            throw new IllegalArgumentException("crossing must be a pitchfork or transcritical, got " + crossing);
        }
        double[] y = Vectors.append(crossing.location(), crossing.parameter());
        double[] own = tangentNear(along, y);
        double[] one = crossing.tangents().get(0);
        double[] two = crossing.tangents().get(1);
        double[] other = Math.abs(Vectors.dot(own, one)) > Math.abs(Vectors.dot(own, two)) ? two : one;
        return through(y, other);
    }

    /**
     * The periodic orbits that branch off at a Hopf point, whether they attract or not, through folds, to an end of the range
     * of p or where they can be followed no further: {@link PeriodicOrbitBranch#ending} says which. The first is a small
     * circle in the plane of the critical eigenvectors, of period 2π/ω and a size of a tenth of a step; the others follow by
     * pseudo-arclength in (u, log T, p), with u the orbit over one turn in the mean square. Folds, period doublings, tori
     * and crossings are located by Brent's method along the curve; folds between which p changes by less than 1e-7 are not told
     * apart.
     *
     * @param hopf a bifurcation of a branch of this family, a Hopf point
     * @return the orbits
     * @throws ConvergenceException if there is no periodic orbit beside the point
     */
    public PeriodicOrbitBranch periodicOrbits(Bifurcation hopf) {
        FirstLyapunovCoefficient coefficient = hopf.lyapunov()
                .orElseThrow(() -> new IllegalArgumentException("hopf must be a Hopf point, got " + hopf));
        if (hopf.location().length != equation.dimension()) {
            throw new IllegalArgumentException(
                    "hopf must be in " + equation.dimension() + " dimensions, got " + hopf.location().length);
        }
        return new PeriodicOrbitCourse(equation, min, max, largestStep, hopf, coefficient.frequency(), intervals)
                .follow();
    }

    /** The direction of the chord of the branch on either side of a point. */
    private static double[] tangentNear(FixedPointBranch along, double[] y) {
        double[] parameters = along.parameters();
        int nearest = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < parameters.length; i++) {
            double[] a = Vectors.append(along.points().get(i - 1).location(), parameters[i - 1]);
            double[] b = Vectors.append(along.points().get(i).location(), parameters[i]);
            double sum = Vectors.distance(a, y) + Vectors.distance(b, y);
            if (sum < least) {
                least = sum;
                nearest = i;
            }
        }
        return Vectors.unit(Vectors.difference(
                Vectors.append(along.points().get(nearest).location(), parameters[nearest]),
                Vectors.append(along.points().get(nearest - 1).location(), parameters[nearest - 1])));
    }

    private FixedPointBranch through(double[] y, double[] tangent) {
        double[] opposite = tangent.clone();
        Vectors.negate(opposite);
        PseudoArclength curve = new PseudoArclength(equation, min, max, largestStep);
        TestFunctions firstTests = new TestFunctions(equation);
        PseudoArclength.Course first = curve.follow(y, tangent, firstTests);
        List<double[]> states = new ArrayList<>(first.points());
        Collections.reverse(states);
        List<Bifurcation> bifurcations = new ArrayList<>(firstTests.found());
        Collections.reverse(bifurcations);
        // Once around a closed curve is all of it.
        if (!first.closed()) {
            TestFunctions secondTests = new TestFunctions(equation);
            PseudoArclength.Course second = curve.follow(y, opposite, secondTests);
            states.addAll(second.points().stream().skip(1).toList());
            bifurcations.addAll(secondTests.found());
        }
        int d = equation.dimension();
        List<FixedPoint> points = new ArrayList<>();
        double[] parameters = new double[states.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = states.get(i)[d];
            points.add(FixedPoint.at(equation.flow(parameters[i]), Arrays.copyOf(states.get(i), d)));
        }
        return new FixedPointBranch(List.copyOf(points), parameters, List.copyOf(bifurcations));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "continuation of fixed points in %d dimensions for parameters from %.5g to %.5g",
                equation.dimension(),
                min,
                max);
    }
}
