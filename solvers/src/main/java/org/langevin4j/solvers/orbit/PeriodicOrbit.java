package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Supplier;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.ConvergenceException;

/**
 * An isolated periodic orbit, found by Newton's method on the return map of a Poincaré section or by a continuation, so that
 * attracting, repelling and saddle orbits are all alike; with its period and Floquet multipliers, the eigenvalues of the monodromy
 * matrix V = ∂φ_T/∂x. One of them is 1, along the orbit.
 */
public final class PeriodicOrbit {

    private static final double TOLERANCE = 1e-9;
    private static final int MAX_ITERATIONS = 60;

    /** Length of an orbit, speed times period, below which it cannot be told from a fixed point. */
    private static final double SMALLEST_EXTENT = 1e-6;

    /** Part of Newton's step below which it is of no use. */
    private static final double SHORTEST = 1e-4;

    /** A multiplier smaller than this is taken from det V, as its own digits are lost in V. */
    private static final double SMALL = 1e-3;

    private final Supplier<Orbit> orbit;
    private final double[] point;
    private final double period;
    private final RealMatrix monodromy;
    private final double logDeterminant;
    private final double gap;
    private final int iterations;
    private final Complex[] multipliers;
    private final double trivialError;

    PeriodicOrbit(Crossing start, Tangent tangent, double gap, int iterations, Supplier<Orbit> orbit) {
        this.orbit = orbit;
        this.point = start.state();
        this.period = start.time();
        this.monodromy = tangent.matrix();
        this.logDeterminant = tangent.logDeterminant();
        this.gap = gap;
        this.iterations = iterations;
        Complex[] values = Eigenvalues.of(monodromy);
        Arrays.sort(values, Comparator.comparingDouble(z -> Eigenvalues.modulus(z.subtract(1.0))));
        this.trivialError = Eigenvalues.modulus(values[0].subtract(1.0));
        this.multipliers = Arrays.copyOfRange(values, 1, values.length);
        Arrays.sort(
                multipliers,
                Comparator.comparingDouble((Complex z) -> -Eigenvalues.modulus(z))
                        .thenComparingDouble(z -> -z.getImaginary()));
        smallestFromDeterminant();
    }

    /**
     * Finds an orbit that returns to the section after one crossing.
     *
     * @param map return map of the section
     * @param start where to begin; the nearest point of the section is taken
     * @return the orbit
     * @throws OrbitException if the orbit of the start does not return or runs away
     * @throws ConvergenceException if Newton's method stagnates
     */
    public static PeriodicOrbit near(ReturnMap map, double[] start) {
        return near(map, start, 1);
    }

    /**
     * Finds an orbit that crosses the section several times before it closes.
     *
     * @param map return map of the section
     * @param start where to begin; the nearest point of the section is taken
     * @param returns crossings in a period
     * @return the orbit
     * @throws OrbitException if the orbit of the start does not return or runs away
     * @throws ConvergenceException if Newton's method stagnates
     */
    public static PeriodicOrbit near(ReturnMap map, double[] start, int returns) {
        Flow flow = map.flow();
        if (start.length != flow.dimension()) {
            throw new IllegalArgumentException("start must have length " + flow.dimension() + ", got " + start.length);
        }
        double[] x = map.section().project(start);
        Crossing end = map.at(x, returns);
        for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
            Tangent tangent = flow.tangent(x, end.time());
            double residual = Vectors.distance(end.state(), x);
            requireExtent(flow, x, end.time(), start, residual, iteration);
            double[] step = step(map, x, end, tangent);
            double length = Vectors.norm(step);
            if (!(length <= Double.MAX_VALUE)) {
                throw failure(start, x, "the return map minus the identity is singular there", residual, iteration);
            }
            if (length <= TOLERANCE * (1.0 + Vectors.norm(x))) {
                // The last step: of quadratic convergence it leaves rounding only.
                double[] last = moved(map.section(), x, step, 1.0);
                Crossing closed = map.at(last, returns);
                return integrated(flow, new Crossing(last, closed.time()), iteration);
            }
            double factor = 1.0;
            double[] next = moved(map.section(), x, step, factor);
            while (!closesBetter(map, returns, next, residual)) {
                factor *= 0.5;
                if (factor < SHORTEST) {
                    throw failure(start, x, "no shorter step lowers the residual", residual, iteration);
                }
                next = moved(map.section(), x, step, factor);
            }
            x = next;
            end = map.at(x, returns);
        }
        throw failure(start, x, "too many iterations", Vectors.distance(end.state(), x), MAX_ITERATIONS);
    }

    private static PeriodicOrbit integrated(Flow flow, Crossing start, int iterations) {
        double[] point = start.state();
        Tangent tangent = flow.tangent(point, start.time());
        double gap = Vectors.distance(tangent.state(), point);
        return new PeriodicOrbit(start, tangent, gap, iterations, () -> flow.orbit(point, start.time()));
    }

    /** An orbit that shrinks onto a fixed point closes better and better, and is none. */
    private static void requireExtent(
            Flow flow, double[] x, double period, double[] start, double residual, int iteration) {
        double length = Vectors.norm(flow.velocity(x)) * period;
        if (!(length > SMALLEST_EXTENT * (1.0 + Vectors.norm(x)))) {
            throw failure(start, x, "a fixed point and no periodic orbit, length " + length, residual, iteration);
        }
    }

    private static double[] moved(Section section, double[] x, double[] step, double factor) {
        double[] next = x.clone();
        for (int i = 0; i < next.length; i++) {
            next[i] += factor * step[i];
        }
        return section.project(next);
    }

    private static boolean closesBetter(ReturnMap map, int returns, double[] x, double residual) {
        try {
            return Vectors.distance(map.at(x, returns).state(), x) < residual;
        } catch (OrbitException e) {
            return false;
        }
    }

    /** The solution of (DP − I)s = x − P(x) along the section, bordered by n·s = 0; not finite if there is none. */
    private static double[] step(ReturnMap map, double[] x, Crossing end, Tangent tangent) {
        int d = x.length;
        RealMatrix derivative = map.derivative(end.state(), tangent.matrix());
        double[] normal = map.section().normal();
        RealMatrix bordered = MatrixUtils.createRealMatrix(d + 1, d + 1);
        double[] right = new double[d + 1];
        double[] image = end.state();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                bordered.setEntry(i, j, derivative.getEntry(i, j) - (i == j ? 1.0 : 0.0));
            }
            bordered.setEntry(i, d, normal[i]);
            bordered.setEntry(d, i, normal[i]);
            right[i] = x[i] - image[i];
        }
        try {
            return Arrays.copyOf(LuFactors.of(bordered).solve(right), d);
        } catch (ArithmeticException | IllegalArgumentException e) {
            double[] none = new double[d];
            Arrays.fill(none, Double.NaN);
            return none;
        }
    }

    private static ConvergenceException failure(
            double[] start, double[] x, String reason, double residual, int iterations) {
        return new ConvergenceException(
                "Newton's method for a periodic orbit from " + OrbitException.text(start) + " stopped at "
                        + OrbitException.text(x) + ", " + reason,
                residual,
                iterations,
                TOLERANCE);
    }

    /** The product of all multipliers is det V = exp ∮∇·b dt, which is known to all digits. */
    private void smallestFromDeterminant() {
        int last = multipliers.length - 1;
        if (last < 0 || (last > 0 && Eigenvalues.modulus(multipliers[last]) > SMALL)) {
            return;
        }
        // det V > 0 gives the sign, too.
        double sign = 1.0;
        double logOfOthers = 0.0;
        for (int i = 0; i < last; i++) {
            double size = Eigenvalues.modulus(multipliers[i]);
            if (size < SMALL) {
                // Two small ones: det V cannot tell them apart.
                return;
            }
            logOfOthers += Math.log(size);
            sign *= multipliers[i].getImaginary() == 0.0 ? Math.signum(multipliers[i].getReal()) : 1.0;
        }
        multipliers[last] = new Complex(sign * Math.exp(logDeterminant - logOfOthers));
    }

    /**
     * A point of the orbit, on the section where one was given.
     *
     * @return a new array of length d
     */
    public double[] point() {
        return point.clone();
    }

    /**
     * The period.
     *
     * @return T
     */
    public double period() {
        return period;
    }

    /**
     * The derivative of the flow over one period.
     *
     * @return V, d×d, a copy
     */
    public RealMatrix monodromy() {
        return monodromy.copy();
    }

    /**
     * The Floquet multipliers without the one along the orbit.
     *
     * @return d−1 numbers, the largest first; in the plane, and where only one is below 1e-3, the last one from det V =
     *     exp ∮∇·b dt
     */
    public Complex[] multipliers() {
        return multipliers.clone();
    }

    /**
     * The largest Floquet multiplier without the one along the orbit.
     *
     * @return its modulus: below 1 the orbit attracts, above 1 it does not
     */
    public double largestMultiplier() {
        return multipliers.length == 0 ? 0.0 : Eigenvalues.modulus(multipliers[0]);
    }

    /**
     * Whether the orbit attracts its neighbours.
     *
     * @return true if all multipliers but the one along the orbit are within the unit circle
     */
    public boolean isStable() {
        return largestMultiplier() < 1.0;
    }

    /**
     * How far the multiplier along the orbit is from 1, a measure of the error of all of them.
     *
     * @return |μ − 1|
     */
    public double trivialMultiplierError() {
        return trivialError;
    }

    /**
     * How well the orbit closes.
     *
     * @return |φ_T(x) − x|; of an orbit on a branch, the estimated error of its polynomials
     */
    public double gap() {
        return gap;
    }

    /**
     * Iterations of Newton's method.
     *
     * @return number; zero for an orbit on a branch, which began beside its neighbour
     */
    public int iterations() {
        return iterations;
    }

    /**
     * The orbit over one period.
     *
     * @return with dense output
     */
    public Orbit orbit() {
        return orbit.get();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s orbit through %s, period %.6g, largest multiplier %.5g, gap %.2g",
                isStable() ? "stable" : "unstable",
                VectorText.of(point),
                period,
                largestMultiplier(),
                gap);
    }
}
