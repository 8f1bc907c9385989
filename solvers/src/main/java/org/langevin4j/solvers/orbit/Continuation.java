package org.langevin4j.solvers.orbit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
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
    private static final double SMALLEST_STEP = 1e-7;
    private static final int MOST_POINTS = 20_000;

    /** A branch that goes beyond |(x, p)| = 10⁶ is followed no further. */
    private static final double FAR = 1e6;

    /** Least cosine of the angle between tangents at the ends of a step. */
    private static final double LEAST_COSINE = 0.95;

    private static final double STRAIGHT = 0.995;

    /** A test function that is smaller, relative to its parts, has no sign. */
    private static final double NO_SIGN = 1e-8;

    /** Smallest p′ of a branch that is not upright. */
    private static final double UPRIGHT = 1e-5;

    private final DoubleFunction<? extends VectorField> family;
    private final int dimension;
    private final double min;
    private final double max;
    private final double largestStep;

    private Continuation(
            DoubleFunction<? extends VectorField> family, int dimension, double min, double max, double largestStep) {
        this.family = family;
        this.dimension = dimension;
        this.min = min;
        this.max = max;
        this.largestStep = largestStep;
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
        return new Continuation(family, dimension, min, max, LARGEST_STEP);
    }

    /**
     * The same continuation with other steps. Two points of one kind within one step are not told apart.
     *
     * @param largest length of a step in (x, p), at most
     * @return a new continuation
     */
    public Continuation withSteps(double largest) {
        if (!(largest > SMALLEST_STEP && largest <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("largest must be above " + SMALLEST_STEP + ", got " + largest);
        }
        return new Continuation(family, dimension, min, max, largest);
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
    public Branch from(double parameter, double... start) {
        if (!(parameter >= min && parameter <= max)) {
            throw new IllegalArgumentException("parameter must be " + min + " to " + max + ", got " + parameter);
        }
        Flow flow = flow(parameter);
        double[] y = append(FixedPoint.near(flow, start).location(), parameter);
        RealMatrix nullSpace = rightSingularVectors(y);
        double[] tangent = nullSpace.getColumn(dimension);
        if (tangent[dimension] > 0.0) {
            negate(tangent);
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
    public Branch crossing(Branch along, Bifurcation crossing) {
        if (crossing.tangents().isEmpty()) {
            throw new IllegalArgumentException("crossing must be a pitchfork or transcritical, got " + crossing);
        }
        double[] y = append(crossing.location(), crossing.parameter());
        double[] own = tangentNear(along, y);
        double[] one = crossing.tangents().get(0);
        double[] two = crossing.tangents().get(1);
        double[] other = Math.abs(dot(own, one)) > Math.abs(dot(own, two)) ? two : one;
        return through(y, other);
    }

    /** The direction of the chord of the branch on either side of a point. */
    private static double[] tangentNear(Branch along, double[] y) {
        double[] parameters = along.parameters();
        int nearest = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < parameters.length; i++) {
            double[] a = append(along.points().get(i - 1).location(), parameters[i - 1]);
            double[] b = append(along.points().get(i).location(), parameters[i]);
            double sum = Flow.norm(difference(a, y)) + Flow.norm(difference(b, y));
            if (sum < least) {
                least = sum;
                nearest = i;
            }
        }
        return unit(difference(
                append(along.points().get(nearest).location(), parameters[nearest]),
                append(along.points().get(nearest - 1).location(), parameters[nearest - 1])));
    }

    private Branch through(double[] y, double[] tangent) {
        double[] opposite = tangent.clone();
        negate(opposite);
        Course first = follow(y, tangent);
        // Once around a closed curve is all of it.
        Course second = first.closed ? new Course() : follow(y, opposite);
        List<double[]> curve = new ArrayList<>(first.points);
        Collections.reverse(curve);
        curve.addAll(second.points.stream().skip(1).toList());
        List<Bifurcation> bifurcations = new ArrayList<>(first.bifurcations);
        Collections.reverse(bifurcations);
        bifurcations.addAll(second.bifurcations);
        List<FixedPoint> points = new ArrayList<>();
        double[] parameters = new double[curve.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = curve.get(i)[dimension];
            points.add(FixedPoint.at(flow(parameters[i]), Arrays.copyOf(curve.get(i), dimension)));
        }
        return new Branch(List.copyOf(points), parameters, List.copyOf(bifurcations));
    }

    /** One direction from a point. */
    private static final class Course {
        private final List<double[]> points = new ArrayList<>();
        private final List<Bifurcation> bifurcations = new ArrayList<>();
        private boolean closed;
    }

    private Course follow(double[] start, double[] startTangent) {
        Course course = new Course();
        course.points.add(start);
        double[] y = start;
        double[] tangent = startTangent;
        double step = 0.1 * largestStep;
        Tests last = tests(y, tangent, null);
        while (course.points.size() < MOST_POINTS) {
            double[] predicted = moved(y, tangent, step);
            double[] next;
            double[] nextTangent;
            try {
                next = corrected(predicted, tangent);
                nextTangent = tangent(next, tangent);
            } catch (ConvergenceException e) {
                next = predicted;
                nextTangent = new double[dimension + 1];
            }
            double cosine = dot(tangent, nextTangent);
            if (!(cosine >= LEAST_COSINE && Flow.norm(difference(next, predicted)) <= 0.5 * step)) {
                step *= 0.5;
                if (step < SMALLEST_STEP) {
                    throw new ConvergenceException(
                            "continuation cannot pass the parameter " + y[dimension] + ", x = "
                                    + OrbitException.text(Arrays.copyOf(y, dimension)),
                            Flow.norm(value(predicted)),
                            course.points.size(),
                            SMALLEST_STEP);
                }
                continue;
            }
            if (!(next[dimension] >= min && next[dimension] <= max)) {
                end(course, y, next);
                return course;
            }
            last = tests(next, nextTangent, last);
            course.bifurcations.addAll(last.found);
            course.points.add(next);
            boolean closed = course.points.size() > 4
                    && Flow.norm(difference(next, start)) < step
                    && dot(nextTangent, startTangent) > LEAST_COSINE;
            y = next;
            tangent = nextTangent;
            if (closed || Flow.norm(y) > FAR) {
                course.closed = closed;
                return course;
            }
            step = cosine > STRAIGHT ? Math.min(largestStep, 1.5 * step) : step;
        }
        return course;
    }

    /** The point where the curve leaves the range of p. */
    private void end(Course course, double[] inside, double[] outside) {
        double edge = outside[dimension] > max ? max : min;
        if (inside[dimension] == edge) {
            return;
        }
        double t = (edge - inside[dimension]) / (outside[dimension] - inside[dimension]);
        double[] guess = moved(inside, difference(outside, inside), t);
        double[] x = Newton.solve(field(edge), Arrays.copyOf(guess, dimension), "the end of a branch");
        course.points.add(append(x, edge));
    }

    /** The test functions at a point, and what was found since the last point where they had a sign. */
    private static final class Tests {
        private final double[] values = new double[3];
        private final double[][] points = new double[3][];
        private List<Bifurcation> found = List.of();
    }

    private Tests tests(double[] y, double[] tangent, @Nullable Tests last) {
        RealMatrix bordered = bordered(y, tangent);
        double scale = 1.0;
        for (int i = 0; i <= dimension; i++) {
            scale *= bordered.getRowVector(i).getNorm();
        }
        RealMatrix jacobian = bordered.getSubMatrix(0, dimension - 1, 0, dimension - 1);
        Complex[] eigenvalues = Eigenvalues.of(jacobian);
        double hopf = 1.0;
        double least = Double.POSITIVE_INFINITY;
        Complex product = Complex.ONE;
        for (int i = 0; i < dimension; i++) {
            for (int j = i + 1; j < dimension; j++) {
                Complex sum = eigenvalues[i].add(eigenvalues[j]);
                product = product.multiply(sum);
                least = Math.min(least, Eigenvalues.modulus(sum));
            }
        }
        if (dimension > 1) {
            hopf = least > NO_SIGN * jacobian.getFrobeniusNorm() ? product.getReal() : 0.0;
        }
        double determinant = new LUDecomposition(bordered, 0.0).getDeterminant();
        double[] values = {
            Math.abs(tangent[dimension]) > NO_SIGN ? tangent[dimension] : 0.0,
            Math.abs(determinant) > NO_SIGN * scale ? determinant : 0.0,
            hopf
        };
        Tests now = new Tests();
        boolean[] changed = new boolean[3];
        for (int k = 0; k < 3; k++) {
            boolean signed = values[k] != 0.0;
            changed[k] = signed && last != null && last.values[k] * values[k] < 0.0;
            now.values[k] = signed || last == null ? values[k] : last.values[k];
            now.points[k] = signed || last == null ? y : last.points[k];
        }
        if (last != null) {
            now.found = located(last, values, y, tangent, changed);
        }
        return now;
    }

    private List<Bifurcation> located(Tests last, double[] values, double[] y, double[] tangent, boolean[] changed) {
        List<Bifurcation> found = new ArrayList<>();
        if (changed[1]) {
            found.add(crossingNear(guess(last, values, y, 1)));
        } else if (changed[0]) {
            found.add(foldNear(guess(last, values, y, 0), tangent));
        }
        if (changed[2]) {
            hopfNear(guess(last, values, y, 2)).ifPresent(found::add);
        }
        return found;
    }

    /** Where the test function would vanish if it were linear. */
    private static double[] guess(Tests last, double[] values, double[] y, int k) {
        double t = last.values[k] / (last.values[k] - values[k]);
        return moved(last.points[k], difference(y, last.points[k]), t);
    }

    /** b = 0, Jv = 0, v·v = 1. */
    private Bifurcation foldNear(double[] guess, double[] tangent) {
        int d = dimension;
        double[] start = Arrays.copyOf(guess, 2 * d + 1);
        double size = Flow.norm(Arrays.copyOf(tangent, d));
        for (int i = 0; i < d; i++) {
            start[d + 1 + i] = tangent[i] / size;
        }
        double[] root = solve(
                (u, out) -> {
                    RealMatrix extended = derivative(Arrays.copyOf(u, d + 1));
                    double[] b = value(u);
                    double norm = -1.0;
                    for (int i = 0; i < d; i++) {
                        out[i] = b[i];
                        for (int j = 0; j < d; j++) {
                            out[d + i] += extended.getEntry(i, j) * u[d + 1 + j];
                        }
                        norm += u[d + 1 + i] * u[d + 1 + i];
                    }
                    out[2 * d] = norm;
                },
                start,
                "a fold");
        return new Bifurcation(Bifurcation.Type.FOLD, Arrays.copyOf(root, d), root[d], List.of(), Optional.empty());
    }

    /** b + μw = 0, wᵀ(J, bₚ) = 0, w·w = 1. */
    private Bifurcation crossingNear(double[] guess) {
        int d = dimension;
        double[] start = Arrays.copyOf(guess, 2 * d + 2);
        RealMatrix left = new SingularValueDecomposition(derivative(guess)).getU();
        System.arraycopy(left.getColumn(d - 1), 0, start, d + 2, d);
        double[] root = solve(
                (u, out) -> {
                    RealMatrix extended = derivative(Arrays.copyOf(u, d + 1));
                    double[] b = value(u);
                    double norm = -1.0;
                    for (int i = 0; i < d; i++) {
                        out[i] = b[i] + u[d + 1] * u[d + 2 + i];
                        for (int j = 0; j <= d; j++) {
                            out[d + j] += extended.getEntry(i, j) * u[d + 2 + i];
                        }
                        norm += u[d + 2 + i] * u[d + 2 + i];
                    }
                    out[2 * d + 1] = norm;
                },
                start,
                "a branch point");
        double[] y = Arrays.copyOf(root, d + 1);
        double[] w = Arrays.copyOfRange(root, d + 2, 2 * d + 2);
        List<double[]> tangents = crossingTangents(y, w);
        boolean upright = tangents.stream().anyMatch(t -> Math.abs(t[d]) < UPRIGHT);
        return new Bifurcation(
                upright ? Bifurcation.Type.PITCHFORK : Bifurcation.Type.TRANSCRITICAL,
                Arrays.copyOf(y, d),
                y[d],
                tangents,
                Optional.empty());
    }

    /** The roots of the quadratic form wᵀb″[t, t] on the two null vectors of (J, bₚ): the tangents of the branches. */
    private List<double[]> crossingTangents(double[] y, double[] w) {
        RealMatrix right = rightSingularVectors(y);
        double[][] basis = {right.getColumn(dimension - 1), right.getColumn(dimension)};
        double[][] form = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double[] along = basis[i];
                double[] into = basis[j];
                VectorField slope = (s, out) ->
                        out[0] = dot(w, derivative(moved(y, along, s[0])).operate(into));
                form[i][j] = Differences.derivative(slope, new double[1], 0, 1)[0];
            }
        }
        double a = form[0][0];
        double b = 0.5 * (form[0][1] + form[1][0]);
        double c = form[1][1];
        double discriminant = b * b - a * c;
        if (!(discriminant > 0.0)) {
            throw new ConvergenceException(
                    "two real branches at the parameter " + y[dimension] + " were expected", discriminant, 0, 0.0);
        }
        // The roots α : β without cancellation, (−b ∓ √) : a and c : (−b ∓ √).
        double q = -(b + Math.copySign(Math.sqrt(discriminant), b));
        return List.of(unit(moved(scaled(basis[0], q), basis[1], a)), unit(moved(scaled(basis[0], c), basis[1], q)));
    }

    /** b = 0, Jv = −ωw, Jw = ωv, v₀·v + w₀·w = 1, v₀·w = w₀·v; empty if the pair is real. */
    private Optional<Bifurcation> hopfNear(double[] guess) {
        int d = dimension;
        RealMatrix jacobian = derivative(guess).getSubMatrix(0, d - 1, 0, d - 1);
        Complex pair = Complex.ZERO;
        double least = Double.POSITIVE_INFINITY;
        for (Complex value : Eigenvalues.of(jacobian)) {
            if (value.getImaginary() > 0.0 && Math.abs(value.getReal()) < least) {
                least = Math.abs(value.getReal());
                pair = value;
            }
        }
        if (!(pair.getImaginary() > 0.0)) {
            return Optional.empty();
        }
        Complex[] q = Eigenvalues.vector(jacobian, pair);
        double[] start = Arrays.copyOf(guess, 3 * d + 2);
        start[d + 1] = pair.getImaginary();
        for (int i = 0; i < d; i++) {
            start[d + 2 + i] = q[i].getReal();
            start[2 * d + 2 + i] = q[i].getImaginary();
        }
        double[] first = start.clone();
        double[] root = solve(
                (u, out) -> {
                    RealMatrix extended = derivative(Arrays.copyOf(u, d + 1));
                    double[] b = value(u);
                    out[3 * d] = -1.0;
                    for (int i = 0; i < d; i++) {
                        double v = u[d + 2 + i];
                        double w = u[2 * d + 2 + i];
                        out[i] = b[i];
                        out[d + i] = u[d + 1] * w;
                        out[2 * d + i] = -u[d + 1] * v;
                        for (int j = 0; j < d; j++) {
                            out[d + i] += extended.getEntry(i, j) * u[d + 2 + j];
                            out[2 * d + i] += extended.getEntry(i, j) * u[2 * d + 2 + j];
                        }
                        out[3 * d] += first[d + 2 + i] * v + first[2 * d + 2 + i] * w;
                        out[3 * d + 1] += first[d + 2 + i] * w - first[2 * d + 2 + i] * v;
                    }
                },
                start,
                "a Hopf point");
        double[] x = Arrays.copyOf(root, d);
        return Optional.of(new Bifurcation(
                Bifurcation.Type.HOPF,
                x,
                root[d],
                List.of(),
                Optional.of(FirstLyapunovCoefficient.at(field(root[d]), x))));
    }

    /** The system writes sums into zeros. */
    private static double[] solve(VectorField system, double[] start, String what) {
        VectorField fresh = (u, out) -> {
            Arrays.fill(out, 0.0);
            system.at(u, out);
        };
        return Newton.solve(Differences.differentiable(fresh), start, what);
    }

    private Flow flow(double parameter) {
        return Flow.of(family.apply(parameter), dimension);
    }

    private DifferentiableField field(double parameter) {
        return Differences.differentiable(family.apply(parameter));
    }

    /** b at (x, p), the first components of the argument. */
    private double[] value(double[] y) {
        double[] out = new double[dimension];
        family.apply(y[dimension]).at(Arrays.copyOf(y, dimension), out);
        return out;
    }

    /** (J, bₚ), d×(d+1). */
    private RealMatrix derivative(double[] y) {
        int d = dimension;
        double[] x = Arrays.copyOf(y, d);
        double[] jacobian = new double[d * d];
        field(y[d]).jacobian(x, jacobian);
        double[] slope = Differences.derivative((p, out) -> family.apply(p[0]).at(x, out), new double[] {y[d]}, 0, d);
        RealMatrix matrix = MatrixUtils.createRealMatrix(d, d + 1);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                matrix.setEntry(i, j, jacobian[i * d + j]);
            }
            matrix.setEntry(i, d, slope[i]);
        }
        return matrix;
    }

    /** (J, bₚ) over tᵀ. */
    private RealMatrix bordered(double[] y, double[] tangent) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(dimension + 1, dimension + 1);
        matrix.setSubMatrix(derivative(y).getData(), 0, 0);
        matrix.setRow(dimension, tangent);
        return matrix;
    }

    /** Of (J, bₚ), as columns by falling singular value; the last is the tangent. */
    private RealMatrix rightSingularVectors(double[] y) {
        return new SingularValueDecomposition(bordered(y, new double[dimension + 1])).getV();
    }

    /** The unit null vector of (J, bₚ) on the side of the last one. */
    private double[] tangent(double[] y, double[] last) {
        double[] right = new double[dimension + 1];
        right[dimension] = 1.0;
        RealMatrix bordered = bordered(y, last);
        LUDecomposition factors = new LUDecomposition(bordered, 0.0);
        return factors.getSolver().isNonSingular()
                ? unit(factors.getSolver().solve(new ArrayRealVector(right)).toArray())
                : last;
    }

    /** Newton's method on the plane through a point across the tangent. */
    private double[] corrected(double[] predicted, double[] tangent) {
        DifferentiableField system = DifferentiableField.of(
                (y, out) -> {
                    System.arraycopy(value(y), 0, out, 0, dimension);
                    out[dimension] = dot(tangent, difference(y, predicted));
                },
                (y, out) -> {
                    RealMatrix matrix = bordered(y, tangent);
                    for (int i = 0; i <= dimension; i++) {
                        System.arraycopy(matrix.getRow(i), 0, out, i * (dimension + 1), dimension + 1);
                    }
                });
        return Newton.solve(system, predicted, "a branch");
    }

    private static double[] append(double[] x, double parameter) {
        double[] y = Arrays.copyOf(x, x.length + 1);
        y[x.length] = parameter;
        return y;
    }

    private static void negate(double[] v) {
        for (int i = 0; i < v.length; i++) {
            v[i] = -v[i];
        }
    }

    private static double[] scaled(double[] v, double factor) {
        double[] out = v.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= factor;
        }
        return out;
    }

    private static double[] unit(double[] v) {
        return scaled(v, 1.0 / Flow.norm(v));
    }

    /** y + t·v. */
    private static double[] moved(double[] y, double[] v, double t) {
        double[] out = y.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += t * v[i];
        }
        return out;
    }

    private static double[] difference(double[] a, double[] b) {
        return moved(a, b, -1.0);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "continuation of fixed points in %d dimensions for parameters from %.5g to %.5g",
                dimension,
                min,
                max);
    }
}
