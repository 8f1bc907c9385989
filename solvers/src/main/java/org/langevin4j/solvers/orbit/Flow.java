package org.langevin4j.solvers.orbit;

import java.util.Locale;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.ode.DenseOutputModel;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Vectors;

/**
 * The flow φₜ of ẋ = b(x), by the Dormand–Prince method of order 8(5,3) with dense output (Hairer, Nørsett and Wanner 1993,
 * Section II.10), as Hipparchus has it. Where b is a {@link DifferentiableField} its Jacobian is used, and elsewhere
 * extrapolated differences with a first step of 1/16 of a coordinate or of 1, whichever is more. Immutable.
 */
public final class Flow {

    private static final double TOLERANCE = 1e-13;
    private static final double RADIUS = 1e6;
    private final OrbitIntegration integration;

    private Flow(DifferentiableField field, int dimension, double tolerance, double radius) {
        this.integration = new OrbitIntegration(field, dimension, tolerance, radius);
    }

    /**
     * The flow of a field, with tolerance 1e-13 and within |x| ≤ 1e6.
     *
     * @param field b
     * @param dimension d
     * @return the flow
     */
    public static Flow of(VectorField field, int dimension) {
        field.requireAutonomous("Flow");
        if (!(dimension >= 1)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        return new Flow(ExtrapolatedDifferences.differentiable(field), dimension, TOLERANCE, RADIUS);
    }

    /**
     * The same flow with another error for each step, absolute and relative.
     *
     * @param tolerance 1e-15 … 0.1
     * @return a new flow
     */
    public Flow withTolerance(double tolerance) {
        if (!(tolerance >= 1e-15 && tolerance <= 0.1)) {
            throw new IllegalArgumentException("tolerance must be 1e-15 to 0.1, got " + tolerance);
        }
        return new Flow(field(), dimension(), tolerance, integration.radius());
    }

    /**
     * The same flow with another bound beyond which an orbit counts as run away.
     *
     * @param radius largest |x|
     * @return a new flow
     */
    public Flow withRadius(double radius) {
        if (!(radius > 0.0)) {
            throw new IllegalArgumentException("radius must be positive, got " + radius);
        }
        return new Flow(field(), dimension(), integration.tolerance(), radius);
    }

    /**
     * The flow of −b: the same orbits backwards.
     *
     * @return a new flow
     */
    public Flow reversed() {
        DifferentiableField field = field();
        DifferentiableField reversed = DifferentiableField.of(
                (x, out) -> {
                    field.at(x, out);
                    Vectors.negate(out);
                },
                (x, out) -> {
                    field.jacobian(x, out);
                    Vectors.negate(out);
                });
        return new Flow(reversed, dimension(), integration.tolerance(), integration.radius());
    }

    /**
     * The field.
     *
     * @return b with its Jacobian
     */
    public DifferentiableField field() {
        return integration.field();
    }

    /**
     * The dimension.
     *
     * @return d
     */
    public int dimension() {
        return integration.dimension();
    }

    /**
     * The value of the field.
     *
     * @param x state
     * @return b(x), a new array
     */
    public double[] velocity(double[] x) {
        return integration.velocity(requireState(x));
    }

    /**
     * The Jacobian of the field.
     *
     * @param x state
     * @return ∂ⱼbᵢ(x), d×d
     * @throws IllegalArgumentException if x is not finite, or d² entries do not fit into memory or an array
     */
    public RealMatrix jacobian(double[] x) {
        int d = dimension();
        Memory.require("a Jacobian of order " + d, 16.0 * d * d, "field().along takes no matrix");
        if (!((long) d * d <= Integer.MAX_VALUE - 8)) {
            throw new IllegalArgumentException("a Jacobian of order " + d + " is more than a Java array holds");
        }
        double[] entries = new double[d * d];
        field().jacobian(requireState(x), entries);
        return VariationalEquation.matrix(entries, 0, d);
    }

    /**
     * The state after a time.
     *
     * @param x start
     * @param duration t ≥ 0
     * @return φₜ(x)
     * @throws OrbitException if the orbit leaves |x| ≤ radius, the step underflows or the work exceeds 2·10⁷ evaluations
     */
    public double[] after(double[] x, double duration) {
        requireState(x);
        requireDuration(duration);
        return integration.advance(integration.equation(), x.clone(), duration);
    }

    /**
     * The orbit over a time, with dense output.
     *
     * @param x start
     * @param duration t > 0
     * @return φₛ(x) for 0 ≤ s ≤ t
     * @throws OrbitException as {@link #after}
     */
    public Orbit orbit(double[] x, double duration) {
        return orbit(x, duration, state -> 1.0);
    }

    /**
     * The orbit over a time, or until it leaves a region.
     *
     * @param x start
     * @param duration t > 0, at most
     * @param region the orbit stops just beyond where this changes its sign; a start where it is zero counts as on the side
     *     to which the orbit goes
     * @return the orbit up to there
     * @throws OrbitException as {@link #after}
     */
    public Orbit orbit(double[] x, double duration, ScalarField region) {
        requireState(x);
        requirePositive(duration);
        DormandPrince853Integrator integrator = integration.integrator(duration);
        DenseOutputModel dense = new DenseOutputModel();
        integrator.addStepHandler(dense);
        SignChange change = SignChange.any(region, x);
        integrator.addStepEndHandler(change);
        OrbitIntegration.LastStep last = new OrbitIntegration.LastStep(x);
        integrator.addStepHandler(last);
        double end = integration
                .integrate(integrator, integration.equation(), x, duration)
                .getTime();
        if (change.found()) {
            end = SignChange.root(t -> region.at(dense.getInterpolatedState(t).getPrimaryState()), last.time(), end);
        }
        return Orbit.of(dense, end, dimension());
    }

    /**
     * The flow and its derivative with respect to the start, by the variational equation V̇ = J(φ)V.
     *
     * @param x start
     * @param duration t ≥ 0
     * @return φₜ(x) and ∂φₜ/∂x
     * @throws OrbitException as {@link #after}
     */
    public Tangent tangent(double[] x, double duration) {
        requireState(x);
        requireDuration(duration);
        VariationalEquation variation = new VariationalEquation(field(), dimension());
        return variation.tangent(integration.advance(variation, variation.start(x), duration));
    }

    /**
     * Follows an orbit to the next place where it goes through a section in its direction. A start on the section does not
     * count.
     *
     * @param x start
     * @param section where to stop
     * @param maxDuration when to give up
     * @return the crossing, on the section to rounding
     * @throws OrbitException if there is none, or as {@link #after}
     */
    public Crossing nextCrossing(double[] x, Section section, double maxDuration) {
        requireState(x);
        requirePositive(maxDuration);
        section.requireDimension(dimension());
        return new SectionSearch(integration, section).next(x, maxDuration);
    }

    private double[] requireState(double[] x) {
        if (x.length != dimension()) {
            throw new IllegalArgumentException("state must have length " + dimension() + ", got " + x.length);
        }
        if (!(Vectors.norm(x) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("state must be finite, got " + OrbitException.text(x));
        }
        return x;
    }

    private static void requireDuration(double duration) {
        if (!(duration >= 0.0 && duration <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("duration must be finite and not negative, got " + duration);
        }
    }

    static void requirePositive(double duration) {
        if (!(duration > 0.0 && duration <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("duration must be finite and positive, got " + duration);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "flow in %d dimensions, tolerance %.2g", dimension(), integration.tolerance());
    }
}
