package org.langevin4j.solvers.path;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The geometric minimum action method (Heymann and Vanden-Eijnden 2008): the path between two states that minimises
 *
 * <pre>S = inf over T of ¼∫₀ᵀ(ẋ − b)ᵀD⁻¹(ẋ − b)dt = ½∫(|b||φ′| − ⟨b, φ′⟩)dα,   ⟨u, v⟩ = uᵀD(φ)⁻¹v,</pre>
 *
 * <p>so that transitions are as rare as e^(−βS), and S = ΔΦ for the climb out of a well of b = −D∇Φ. D may depend on the state.
 * Where it is positive definite along the path the curve relaxes by Heymann and Vanden-Eijnden's flow,
 * and its points are set at equal distances along a cubic spline after each step. The action is then taken along the spline by a
 * quadrature of high order. The points are of second order in their distance, the action therefore of fourth. Its error is
 * estimated from paths of N/4, N/2 and N segments and, but out of a focus, the square of the Hamilton residual.
 *
 * <p>The minimum found is a local one: it depends on the path to start from where there are several, as at the Maier–Stein
 * system for β &gt; 4, whose straight path is a saddle of the action between two mirrored instantons. A path that settles on such a
 * saddle says so ({@link TransitionPath#isSaddle}; it is nudged to find out), or leaves it ({@link #withSaddlesLeft}); from a start
 * beside it the path goes to the minimum. Go to the saddle of the drift only: beyond it the path may have a corner, and what
 * follows b costs nothing.
 *
 * <p>Out of a focus whose rotation is more than its decay (|Im λ| &gt; Re λ of −∂b) a path of least action spirals in infinitely
 * many turns, which no points resolve. It is therefore begun beside the focus, where V is known: V₀ = ½(x − x̄)ᵀUx of Lemma 20 and
 * the third order, −∫H(y, ∇V₀)dt along the linear spiral; the direction there is b + 2D∇V₀, the place free. It begins ever nearer
 * until the square of the third order over V₀ is below the tolerance, or the turns are no longer resolved; {@link
 * TransitionPath#action(int)} of its first point is V there. So −Fx with rotation 10 times the decay is right to 2e-7 of V with 200
 * segments, 20 times to 8e-6. More segments than asked for are taken where the rotation is more than 12 times the decay.
 *
 * <p>Where D is singular the action is finite for paths along what D and the drift reach together: S = ∫p·Dp dt with ẋ = b + 2Dp. If they
 * stay in a plane through the first corner (a conserved quantity; a coordinate without noise of its own or from others), the path is
 * looked for there, and a corner elsewhere is refused with the direction that nothing leads along. If D is singular in that plane
 * too, as in dq = v dt, dv = −(U′ + γv)dt + √(2γT)dW, the path is a solution of Hamilton's equations, found by collocation of
 * fourth order from a stable resting point, which the first corner must be, to a state or a saddle; its end is led along the
 * corners. There S = ΔH/T for every γ, to 1e-9 from γ = 0.1 to 100 times the rate of the well. Points are then more and not at equal
 * distances, {@link TransitionPath#work} is not defined, and {@link #withSaddlesLeft} has no effect.
 *
 * <p>Immutable; each call computes by itself.
 */
public final class MinimumAction {

    /** Length of central differences, relative to the length of the path. */
    private static final double DIFFERENCE = 1e-5;

    /** The levels of V₀ on which paths out of a focus begin: relative to the end's at first, then by this factor in the squared radius. */
    private static final double FIRST_LEVEL = 0.5;

    private static final double SHRINK = 4.0;

    /** The largest angles that a segment turns by, where the path ends and where it begins. */
    private static final double TURN = 0.06;

    private static final double ANGLE = 0.2;

    /** The weight of the guess of what V lacks where a path out of a focus begins. */
    private static final double UNKNOWN = 5.0;

    private final VectorField drift;
    private final Diffusion diffusion;
    private final int segments;
    private final double tolerance;
    private final int maxIterations;
    private final boolean saddlesLeft;

    private MinimumAction(
            VectorField drift,
            Diffusion diffusion,
            int segments,
            double tolerance,
            int maxIterations,
            boolean saddlesLeft) {
        this.saddlesLeft = saddlesLeft;
        this.drift = drift;
        this.diffusion = diffusion;
        this.segments = segments;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    /**
     * The method with 200 segments, tolerance 1e-7 and at most 50,000 iterations on a level.
     *
     * @param drift b; if it is a {@link org.langevin4j.core.field.DifferentiableField} its Jacobian is used, otherwise
     *     differences
     * @param diffusion D, positive definite, or singular where the drift carries noise on
     * @return the method
     */
    public static MinimumAction of(VectorField drift, Diffusion diffusion) {
        return new MinimumAction(
                drift.requireAutonomous("MinimumAction"),
                diffusion.requireAutonomous("MinimumAction"),
                200,
                1e-7,
                50_000,
                false);
    }

    /**
     * Sets the number of segments between points; strong foci may take more.
     *
     * @param count even, at least 16
     * @return the method with that many
     */
    public MinimumAction withSegments(int count) {
        if (!(count >= 16 && count % 2 == 0)) {
            throw new IllegalArgumentException("segments must be even and at least 16, got " + count);
        }
        return new MinimumAction(drift, diffusion, count, tolerance, maxIterations, saddlesLeft);
    }

    /**
     * Sets when to stop: when no point moves by more than this fraction of the path in a time 1/‖∂b‖² of the flow.
     *
     * @param value positive
     * @return the method with that tolerance
     */
    public MinimumAction withTolerance(double value) {
        if (!(value > 0.0)) {
            throw new IllegalArgumentException("tolerance must be positive, got " + value);
        }
        return new MinimumAction(drift, diffusion, segments, value, maxIterations, saddlesLeft);
    }

    /**
     * Sets when to give up.
     *
     * @param count iterations on each level, positive
     * @return the method with that limit
     */
    public MinimumAction withMaxIterations(int count) {
        if (!(count > 0)) {
            throw new IllegalArgumentException("maxIterations must be positive, got " + count);
        }
        return new MinimumAction(drift, diffusion, segments, tolerance, count, saddlesLeft);
    }

    /**
     * Sets what becomes of a path that settles on a saddle of the action, as one that starts on an axis of symmetry does: it is
     * returned with {@link TransitionPath#isSaddle}, or left to one side.
     *
     * @param left true to leave it for a path of lesser action
     * @return the method with that choice
     */
    public MinimumAction withSaddlesLeft(boolean left) {
        return new MinimumAction(drift, diffusion, segments, tolerance, maxIterations, left);
    }

    /**
     * Minimises from the straight path.
     *
     * @param from beginning, length d
     * @param to end, length d
     * @return the path
     * @throws ConvergenceException if the iteration does not reach its tolerance
     */
    public TransitionPath between(double[] from, double[] to) {
        return along(from, to);
    }

    /**
     * Minimises from a broken line.
     *
     * @param corners the beginning, corners of the first guess if any, the end; each of length d
     * @return the path from the first to the last corner
     * @throws IllegalArgumentException if there are fewer than two corners, they do not fit or two neighbours coincide, or if
     *     D is singular and noise does not reach a corner, or the first is no stable resting point where that is needed
     * @throws ConvergenceException if the iteration does not reach its tolerance
     */
    public TransitionPath along(double[]... corners) {
        double length = SplineCurve.polygonLength(corners, diffusion.dimension());
        return ReachableDirections.isDefinite(diffusion, corners[0])
                ? settled(corners, length)
                : withinReach(corners, length);
    }

    /** In the plane that noise reaches, where D may still be singular. */
    private TransitionPath withinReach(double[][] corners, double length) {
        Hamiltonian hamiltonian = Hamiltonian.of(drift, diffusion, DIFFERENCE * length);
        ReachableDirections reach = ReachableDirections.from(hamiltonian, corners[0], Focus.NEAR * length);
        double[][] places = new double[corners.length][];
        Arrays.setAll(places, k -> reach.coordinates(corners[k]));
        VectorField within = reach.drift(drift);
        Diffusion noise = reach.diffusion(diffusion);
        TransitionPath path = ReachableDirections.isDefinite(noise, places[0])
                ? new MinimumAction(within, noise, segments, tolerance, maxIterations, saddlesLeft)
                        .settled(places, length)
                : HypoellipticPath.along(within, noise, places, segments, tolerance, maxIterations);
        TransitionPath whole = path.in(reach::state, reach::outside);
        for (int i = 0; i < whole.size(); i++) {
            reach.requireInvariant(drift, diffusion, whole.point(i));
        }
        return whole;
    }

    private TransitionPath settled(double[][] corners, double length) {
        long begin = System.nanoTime();
        Hamiltonian hamiltonian = Hamiltonian.of(drift, diffusion, DIFFERENCE * length);
        ActionMetric metric = new ActionMetric(hamiltonian, diffusion.isConstant());
        Relaxation relaxation = new Relaxation(tolerance, maxIterations, length);
        double[] end = corners[corners.length - 1];
        Optional<Focus> focus = Focus.at(hamiltonian, corners[0], length).filter(at -> at.value(end) > 0.0);
        GeometricFlow flow = new GeometricFlow(hamiltonian, metric, DIFFERENCE);
        int count = segments;
        double[][] half;
        if (focus.isPresent()) {
            Focus from = focus.get();
            count = Math.max(segments, 2 * (int) Math.ceil(0.5 * from.segments(TURN)));
            double top = from.value(end);
            double radius = from.leastRadius(count, ANGLE);
            double least = Math.min(FIRST_LEVEL / SHRINK, radius * radius) * top;
            double level = FIRST_LEVEL * top;
            flow = flow.from(from);
            // A straight line says nothing of the turns; the linear spiral does.
            double[][] guess = corners.length == 2 ? new double[][] {end} : from.outside(corners, level);
            half = relaxation.settle(flow, SplineCurve.alongPolygon(from.spiral(guess, level), count / 2));
            while (level > least && from.unknown(half[0]) > tolerance * flow.action(half)) {
                level = Math.max(least, level / SHRINK);
                half = relaxation.settle(flow, SplineCurve.alongPolygon(from.spiral(half, level), count / 2));
            }
        } else {
            half = relaxation.settle(flow, SplineCurve.alongPolygon(corners, count / 2));
        }
        Optional<double[][]> beside = relaxation.beside(flow, half);
        if (saddlesLeft && beside.isPresent()) {
            half = relaxation.settle(flow, beside.get());
        }
        double[][] fine = relaxation.settle(flow, SplineCurve.through(half).equidistant(count));
        double residual = relaxation.residual();
        double middle = flow.action(half);
        double action = flow.action(fine);
        double[][] start = SplineCurve.through(half).equidistant(count / 4);
        // A quarter of the segments is too few for the turns.
        double coarse =
                focus.isPresent() ? middle + 6.0 * (middle - action) : flow.action(relaxation.settle(flow, start));
        double error = TransitionPath.refinementError(coarse, middle, action);
        double core = 0.0;
        if (focus.isPresent()) {
            core = focus.get().value(fine[0]) + focus.get().correction(fine[0]);
            error += UNKNOWN * focus.get().unknown(fine[0]);
        }
        // A lesser action must be so by more than the error.
        boolean saddle = !saddlesLeft && beside.isPresent() && middle - flow.action(beside.get()) > error;
        TransitionPath path = TransitionPath.of(
                hamiltonian,
                metric,
                SplineCurve.through(fine),
                core,
                saddle,
                error,
                residual,
                relaxation.iterations(),
                Duration.ofNanos(System.nanoTime() - begin));
        // The action is off by the square of what the path is. Beside a focus the other parts tell more.
        double off = focus.isPresent() ? 0.0 : path.hamiltonResidual();
        return path.withErrorEstimate(error + 2.0 * off * off * path.action());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "minimum action in %d segments, tolerance %.2g", segments, tolerance);
    }
}
