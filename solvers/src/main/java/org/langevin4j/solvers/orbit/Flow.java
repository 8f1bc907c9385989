package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.ode.DenseOutputModel;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.events.Action;
import org.hipparchus.ode.events.ODEStepEndHandler;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.sampling.ODEStateInterpolator;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/**
 * The flow φₜ of ẋ = b(x), by the Dormand–Prince method of order 8(5,3) with dense output (Hairer, Nørsett and Wanner 1993,
 * Section II.10), as Hipparchus has it. Where b is a {@link DifferentiableField} its Jacobian is used, and elsewhere
 * extrapolated differences with a first step of 1/16 of a coordinate or of 1, whichever is more. Immutable.
 */
public final class Flow {

    private static final double TOLERANCE = 1e-13;
    private static final double RADIUS = 1e6;
    private static final int MAX_EVALUATIONS = 20_000_000;

    /** A start this near to a section lies on it. */
    private static final double ON_SECTION = 1e-8;

    private static final int MAX_ROOT_EVALUATIONS = 200;

    /** A start that would move less than this in all the time does not move. */
    private static final double AT_REST = 1e-12;

    private final DifferentiableField field;
    private final int dimension;
    private final double tolerance;
    private final double radius;

    private Flow(DifferentiableField field, int dimension, double tolerance, double radius) {
        this.field = field;
        this.dimension = dimension;
        this.tolerance = tolerance;
        this.radius = radius;
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
        return new Flow(Differences.differentiable(field), dimension, TOLERANCE, RADIUS);
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
        return new Flow(field, dimension, tolerance, radius);
    }

    /**
     * The same flow with another bound beyond which an orbit counts as run away.
     *
     * @param radius largest |x|
     * @return a new flow
     */
    public Flow withinRadius(double radius) {
        if (!(radius > 0.0)) {
            throw new IllegalArgumentException("radius must be positive, got " + radius);
        }
        return new Flow(field, dimension, tolerance, radius);
    }

    /**
     * The flow of −b: the same orbits backwards.
     *
     * @return a new flow
     */
    public Flow reversed() {
        DifferentiableField reversed = DifferentiableField.of(
                (x, out) -> {
                    field.at(x, out);
                    negate(out);
                },
                (x, out) -> {
                    field.jacobian(x, out);
                    negate(out);
                });
        return new Flow(reversed, dimension, tolerance, radius);
    }

    private static void negate(double[] v) {
        for (int i = 0; i < v.length; i++) {
            v[i] = -v[i];
        }
    }

    /**
     * The field.
     *
     * @return b with its Jacobian
     */
    public DifferentiableField field() {
        return field;
    }

    /**
     * The dimension.
     *
     * @return d
     */
    public int dimension() {
        return dimension;
    }

    /**
     * The value of the field.
     *
     * @param x state
     * @return b(x), a new array
     */
    public double[] velocity(double[] x) {
        double[] out = new double[dimension];
        field.at(requireState(x), out);
        return out;
    }

    /**
     * The Jacobian of the field.
     *
     * @param x state
     * @return ∂ⱼbᵢ(x), d×d
     */
    public RealMatrix jacobian(double[] x) {
        double[] entries = new double[dimension * dimension];
        field.jacobian(requireState(x), entries);
        return matrix(entries, 0, dimension);
    }

    private static RealMatrix matrix(double[] entries, int offset, int d) {
        RealMatrix m = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                m.setEntry(i, j, entries[offset + i * d + j]);
            }
        }
        return m;
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
        return advance(equation(), x.clone(), duration);
    }

    /**
     * The orbit over a time, with dense output.
     *
     * @param x start
     * @param duration t > 0
     * @return φₛ(x) for 0 ≤ s ≤ t
     * @throws OrbitException as {@link #after}
     */
    public Trajectory trajectory(double[] x, double duration) {
        return trajectory(x, duration, state -> 1.0);
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
    public Trajectory trajectory(double[] x, double duration, ScalarField region) {
        requireState(x);
        requirePositive(duration);
        DormandPrince853Integrator integrator = integrator(duration);
        DenseOutputModel dense = new DenseOutputModel();
        integrator.addStepHandler(dense);
        SignChange change = new SignChange(region, region.at(x) > 0.0, false);
        // A start where the function vanishes is on the side to which the orbit goes.
        change.undecided = region.at(x) == 0.0;
        integrator.addStepEndHandler(change);
        LastStep last = new LastStep(x);
        integrator.addStepHandler(last);
        double end = integrate(integrator, equation(), x, duration).getTime();
        if (change.found()) {
            end = root(t -> region.at(dense.getInterpolatedState(t).getPrimaryState()), last.time(), end);
        }
        return new Trajectory(dense, end, dimension);
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
        int d = dimension;
        double[] start = new double[d + d * d + 1];
        System.arraycopy(x, 0, start, 0, d);
        for (int i = 0; i < d; i++) {
            start[d + i * d + i] = 1.0;
        }
        double[] end = advance(variation(), start, duration);
        return new Tangent(Arrays.copyOf(end, d), matrix(end, d, d), end[d + d * d]);
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
        section.requireDimension(dimension);
        double[] velocity = velocity(x);
        requireMotion(x, x, velocity, 0.0, maxDuration);
        double height = section.height(x);
        boolean onSection = Math.abs(height) <= ON_SECTION * (1.0 + norm(x));
        SignChange change = new SignChange(section::height, height >= 0.0 || onSection, true);
        DormandPrince853Integrator integrator = integrator(maxDuration);
        integrator.addStepEndHandler(change);
        LastStep last = new LastStep(x);
        integrator.addStepHandler(last);
        ODEStateAndDerivative end = integrate(integrator, equation(), x, maxDuration);
        double[] state = end.getPrimaryState();
        if (!change.found()) {
            throw new OrbitException(
                    "orbit from " + OrbitException.text(x) + " did not cross the section " + section
                            + " within the time "
                            + maxDuration + "; it ended at " + OrbitException.text(state)
                            + ", distance from the section "
                            + section.height(state),
                    maxDuration,
                    state);
        }
        // From the start of the last step, so that the interpolant plays no part.
        double[] before = last.state();
        double within = root(t -> section.height(advance(equation(), before, t)), 0.0, end.getTime() - last.time());
        double time = last.time() + within;
        state = advance(equation(), before, within);
        for (int k = 0; k < 3; k++) {
            double correction = -section.height(state) / section.rate(velocity(state));
            state = advance(equation(), state, correction);
            time += correction;
        }
        requireMotion(x, state, velocity(state), time, maxDuration);
        return new Crossing(state, time);
    }

    /** Next to a fixed point the sign of the distance from a section is rounding. */
    private static void requireMotion(double[] start, double[] x, double[] velocity, double time, double maxDuration) {
        if (!(norm(velocity) * maxDuration > AT_REST * (1.0 + norm(x)))) {
            throw new OrbitException(
                    "orbit from " + OrbitException.text(start) + " is at rest at t = " + time + ", x = "
                            + OrbitException.text(x) + ": |b| = " + norm(velocity),
                    time,
                    x);
        }
    }

    private OrdinaryDifferentialEquation equation() {
        return new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return dimension;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] out = new double[dimension];
                field.at(y, out);
                return out;
            }
        };
    }

    /** State, the matrix V, and log det V = ∫∇·b dt. */
    private OrdinaryDifferentialEquation variation() {
        int d = dimension;
        return new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return d + d * d + 1;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] x = Arrays.copyOf(y, d);
                double[] velocity = new double[d];
                double[] jacobian = new double[d * d];
                field.at(x, velocity);
                field.jacobian(x, jacobian);
                double[] out = Arrays.copyOf(velocity, d + d * d + 1);
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        double sum = 0.0;
                        for (int k = 0; k < d; k++) {
                            sum += jacobian[i * d + k] * y[d + k * d + j];
                        }
                        out[d + i * d + j] = sum;
                    }
                    out[d + d * d] += jacobian[i * d + i];
                }
                return out;
            }
        };
    }

    /** The duration may be negative here. */
    private double[] advance(OrdinaryDifferentialEquation equation, double[] y, double duration) {
        if (Math.abs(duration) < 1e-12) {
            // Too short for an integrator, and for the second order to matter.
            double[] slope = equation.computeDerivatives(0.0, y);
            double[] end = y.clone();
            for (int i = 0; i < y.length; i++) {
                end[i] += duration * slope[i];
            }
            return end;
        }
        return integrate(integrator(duration), equation, y, duration).getPrimaryState();
    }

    private DormandPrince853Integrator integrator(double duration) {
        double longest = Math.abs(duration);
        DormandPrince853Integrator integrator =
                new DormandPrince853Integrator(1e-15 * longest, longest, tolerance, tolerance);
        integrator.setMaxEvaluations(MAX_EVALUATIONS);
        return integrator;
    }

    private ODEStateAndDerivative integrate(
            DormandPrince853Integrator integrator, OrdinaryDifferentialEquation equation, double[] y, double duration) {
        LastStep last = new LastStep(y);
        integrator.addStepHandler(last);
        integrator.addStepHandler(step -> requireNear(y, step.getCurrentState()));
        try {
            return integrator.integrate(equation, new ODEState(0.0, y), duration);
        } catch (MathRuntimeException e) {
            throw new OrbitException(
                    "orbit from " + start(y) + " cannot be followed beyond t = " + last.time() + ", x = "
                            + start(last.state()) + ": " + e.getMessage(),
                    last.time(),
                    Arrays.copyOf(last.state(), dimension));
        }
    }

    private void requireNear(double[] start, ODEStateAndDerivative now) {
        double[] x = Arrays.copyOf(now.getPrimaryState(), dimension);
        if (!(norm(x) <= radius)) {
            throw new OrbitException(
                    "orbit from " + start(start) + " ran away: beyond |x| = " + radius + " at t = " + now.getTime()
                            + ", x = " + OrbitException.text(x),
                    now.getTime(),
                    x);
        }
    }

    private String start(double[] y) {
        return OrbitException.text(Arrays.copyOf(y, dimension));
    }

    static double norm(double[] x) {
        double sum = 0.0;
        for (double v : x) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }

    private double[] requireState(double[] x) {
        if (x.length != dimension) {
            throw new IllegalArgumentException("state must have length " + dimension + ", got " + x.length);
        }
        if (!(norm(x) <= Double.MAX_VALUE)) {
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

    /** Where the last whole step of the method began: a state that is not interpolated. */
    private static final class LastStep implements org.hipparchus.ode.sampling.ODEStepHandler {

        private double time;
        private double[] state;

        LastStep(double[] start) {
            state = start.clone();
        }

        @Override
        public void handleStep(ODEStateInterpolator interpolator) {
            if (!interpolator.isPreviousStateInterpolated()) {
                time = interpolator.getPreviousState().getTime();
                state = interpolator.getPreviousState().getPrimaryState();
            }
        }

        double time() {
            return time;
        }

        double[] state() {
            return state;
        }
    }

    /**
     * Where a function changes its sign, just beyond it: an orbit that goes on from there has changed sides. Zero counts as
     * positive.
     */
    private static double root(UnivariateFunction function, double from, double to) {
        UnivariateFunction signed = t -> {
            double value = function.value(t);
            return value == 0.0 ? Double.MIN_NORMAL : value;
        };
        return new BracketingNthOrderBrentSolver(0.0, 1e-14 * Math.max(1.0, to), 0.0, 5)
                .solveInterval(MAX_ROOT_EVALUATIONS, signed, from, to)
                .getRightAbscissa();
    }

    /** Stops at the end of the first step across which a function of the state changes its sign. */
    private static final class SignChange implements ODEStepEndHandler {

        private final ScalarField function;
        private final boolean risingOnly;
        private boolean positive;
        private boolean found;
        private boolean undecided;

        SignChange(ScalarField function, boolean positive, boolean risingOnly) {
            this.function = function;
            this.positive = positive;
            this.risingOnly = risingOnly;
        }

        @Override
        public Action stepEndOccurred(ODEStateAndDerivative state, boolean forward) {
            boolean now = function.at(state.getPrimaryState()) >= 0.0;
            found = !undecided && now != positive && (now || !risingOnly);
            undecided = false;
            positive = now;
            return found ? Action.STOP : Action.CONTINUE;
        }

        boolean found() {
            return found;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "flow in %d dimensions, tolerance %.2g", dimension, tolerance);
    }
}
