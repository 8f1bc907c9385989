package org.langevin4j.solvers.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;

/**
 * Rates of escape with their prefactors, for β → ∞:
 *
 * <pre>
 * k = Σₛ λ₊(s)/(2π) · |det ∇∇Φ(s)|^(−½) e^(−βΦ(s) − ∫F dt) / Σ_w (det ∇∇Φ(w))^(−½) e^(−βΦ(w))
 * </pre>
 *
 * over the saddles s that lead out of the wells w, of which there is mostly one; several are taken to be in equilibrium with each other. λ₊ is the
 * positive eigenvalue of the Jacobian of the drift at the saddle.
 *
 * <ul>
 *   <li>Where b = −(D+Q)∇Φ + β⁻¹∇·(D+Q), e^(−βΦ) is stationary, λ₊ is that of −(D+Q)∇∇Φ and F = 0. With Q = 0 this is the formula of Eyring (1935) and
 *       Kramers (1940) in the form of Langer (1969); for a particle with inertia, {@link Decomposition#of(org.langevin4j.core.sde.UnderdampedLangevin)}, it is
 *       Kramers' result for spatial diffusion, λ₊ = √(γ²/4 + ω²) − γ/2, which is wrong where γ is so weak that the energy is nearly kept (γ∮p dq ≲ β⁻¹).
 *   <li>Where Φ is only the quasi-potential, b = −D∇Φ + ℓ with ℓ·∇Φ = 0, the stationary density is not e^(−βΦ), and F = ∇·ℓ + (∇·D)·∇Φ = ∇·b + D:∇∇Φ +
 *       2(∇·D)·∇Φ is integrated along the most likely path ẋ = b + 2D∇Φ from the well to the saddle (Bouchet and Reygner 2016, Ann. Henri Poincaré 17, 3499).
 * </ul>
 *
 * <p>The relative error is of order β⁻¹. In one dimension, with Q = 0, its first term is known: k(1 − c₁/β). Immutable.
 */
public final class EyringKramers {

    /** A step of differences in parts of the way from well to saddle. */
    private static final double STEP = 0.01;

    /** Eigenvalues below this part of the norm are zero. */
    private static final double ZERO = 1e-8;

    private final Potential potential;
    private final Diffusion diffusion;
    private final Temperature temperature;

    /** Φ, D, Q and nothing else, or the parts of b with F. */
    private final Dynamics dynamics;

    /** Which of the two formulas. */
    private sealed interface Dynamics {}

    private record Stationary(AntisymmetricField q) implements Dynamics {}

    private record Drifting(VectorField drift) implements Dynamics {}

    private EyringKramers(Potential potential, Diffusion diffusion, Temperature temperature, Dynamics dynamics) {
        this.potential = Objects.requireNonNull(potential, "potential");
        this.diffusion = diffusion.requireAutonomous("EyringKramers");
        this.temperature = temperature.requireConstant("EyringKramers");
        this.dynamics = dynamics;
    }

    /**
     * Of a system with the stationary density e^(−βΦ).
     *
     * @param system Φ, D and Q; D may be singular, as with inertia
     * @param temperature β⁻¹
     * @return its rates
     */
    public static EyringKramers of(Decomposition system, Temperature temperature) {
        return new EyringKramers(system.potential(), system.diffusion(), temperature, new Stationary(system.q()));
    }

    /**
     * Of a reversible system, b = −D∇Φ + β⁻¹∇·D.
     *
     * @param potential Φ
     * @param diffusion D
     * @param temperature β⁻¹
     * @return its rates
     */
    public static EyringKramers of(Potential potential, Diffusion diffusion, Temperature temperature) {
        return of(new Decomposition(potential, diffusion, AntisymmetricField.zero(diffusion.dimension())), temperature);
    }

    /**
     * Of an Itô equation whose quasi-potential is known; see {@link QuasiPotential} for how to find one.
     *
     * @param drift b, the same at every temperature
     * @param diffusion D
     * @param quasiPotential V with D∇V·∇V + b·∇V = 0
     * @param temperature β⁻¹
     * @return its rates
     */
    public static EyringKramers of(
            VectorField drift, Diffusion diffusion, Potential quasiPotential, Temperature temperature) {
        return new EyringKramers(
                quasiPotential, diffusion, temperature, new Drifting(drift.requireAutonomous("EyringKramers")));
    }

    /**
     * The rate out of one well.
     *
     * @param well near a minimum of Φ, length d
     * @param saddles near the saddles that lead out of it
     * @return the rate
     * @throws IllegalArgumentException as {@link #rate(List, List)}
     */
    public EscapeRate rate(double[] well, double[]... saddles) {
        return rate(List.of(well), List.of(saddles));
    }

    /**
     * The rate out of wells between which the system goes to and fro much faster.
     *
     * @param wells near minima of Φ; one where Φ is the quasi-potential of a drift
     * @param saddles near the saddles that lead out of them
     * @return the rate
     * @throws IllegalArgumentException if a point that was found is not a minimum or not a saddle with one unstable direction of the
     *     drift, is degenerate, or a saddle is not above the wells
     * @throws org.langevin4j.solvers.ConvergenceException if near a point there is none with ∇Φ = 0
     */
    public EscapeRate rate(List<double[]> wells, List<double[]> saddles) {
        if (wells.isEmpty() || saddles.isEmpty()) {
            throw new IllegalArgumentException(
                    "wells and saddles must number at least 1, got " + wells.size() + " and " + saddles.size());
        }
        if (wells.size() > 1 && dynamics instanceof Drifting) {
            throw new IllegalArgumentException(
                    "wells must number 1 where Φ is the quasi-potential of a drift, got " + wells.size());
        }
        double beta = temperature.beta();
        List<FixedPoint> minima = wells.stream().map(this::minimum).toList();
        double lowest = minima.stream()
                .mapToDouble(w -> potential.at(w.location()))
                .min()
                .orElseThrow();
        double weight = 0.0;
        for (FixedPoint well : minima) {
            double determinant = LuFactors.of(well.jacobian()).determinant();
            weight += Math.exp(-beta * (potential.at(well.location()) - lowest)) / Math.sqrt(determinant);
        }
        List<EscapeRate.Way> ways = new ArrayList<>();
        for (double[] near : saddles) {
            FixedPoint saddle = resting(near);
            double barrier = potential.at(saddle.location()) - lowest;
            if (!(barrier > 0.0)) {
                throw new IllegalArgumentException("saddles must be above the wells, got " + saddle + " by " + barrier);
            }
            RealMatrix hessian = saddle.jacobian();
            double determinant = Math.abs(LuFactors.of(hessian).determinant());
            double unstable = unstable(saddle);
            double exponent = dynamics instanceof Drifting drifting
                    ? new FluctuationPath(drifting.drift(), diffusion, potential)
                            .integral(minima.get(0).location(), saddle.location(), unstable)
                    : 0.0;
            double prefactor = unstable / (2.0 * Math.PI) / Math.sqrt(determinant) / weight * Math.exp(-exponent);
            ways.add(new EscapeRate.Way(barrier, prefactor, unstable, exponent));
        }
        boolean plain = dynamics instanceof Stationary && diffusion.dimension() == 1;
        if (!plain || minima.size() > 1 || saddles.size() > 1) {
            return new EscapeRate(ways, beta, OptionalDouble.empty());
        }
        double first =
                firstOrder(minima.get(0).location()[0], resting(saddles.get(0)).location()[0]);
        return new EscapeRate(ways, beta, OptionalDouble.of(first));
    }

    private FixedPoint resting(double[] near) {
        FixedPoint point = FixedPoint.near(Flow.of(potential::gradient, diffusion.dimension()), near);
        double smallest = Double.POSITIVE_INFINITY;
        for (Complex value : point.eigenvalues()) {
            smallest = Math.min(smallest, value.norm());
        }
        if (!(smallest > ZERO * Vectors.norm(point.jacobian()))) {
            throw new IllegalArgumentException(
                    "wells and saddles must have ∇∇Φ of full rank, got a degenerate point at "
                            + VectorText.of(point.location()));
        }
        return point;
    }

    private FixedPoint minimum(double[] near) {
        FixedPoint point = resting(near);
        for (Complex value : point.eigenvalues()) {
            if (!(value.getReal() > 0.0)) {
                throw new IllegalArgumentException("wells must be minima of Φ, got one with an eigenvalue "
                        + value.getReal() + " of ∇∇Φ at " + VectorText.of(point.location()));
            }
        }
        return point;
    }

    /** λ₊ at a saddle, where ∇Φ = 0. */
    private double unstable(FixedPoint saddle) {
        double[] x = saddle.location();
        RealMatrix jacobian = jacobian(saddle);
        int positive = 0;
        double found = 0.0;
        for (Complex value : LinearAlgebra.pureJava().eigenvalues(jacobian)) {
            if (value.getReal() > 0.0) {
                positive++;
                found = value.getReal();
            }
        }
        if (positive != 1 || !(found > ZERO * Vectors.norm(jacobian))) {
            throw new IllegalArgumentException(
                    "saddles must have one unstable direction, got " + positive + " at " + VectorText.of(x));
        }
        return found;
    }

    private RealMatrix jacobian(FixedPoint point) {
        double[] x = point.location();
        if (dynamics instanceof Drifting drifting) {
            return Flow.of(drifting.drift(), x.length).jacobian(x);
        }
        double[] entries = new double[x.length * x.length];
        ((Stationary) dynamics).q().at(x, entries);
        RealMatrix q = FluctuationPath.matrix(entries, x.length);
        return q.add(noise(x)).multiply(point.jacobian()).scalarMultiply(-1.0);
    }

    private RealMatrix noise(double[] x) {
        double[] entries = new double[x.length * x.length];
        diffusion.matrix(x, entries);
        return FluctuationPath.matrix(entries, x.length);
    }

    /** c₁ in one dimension: both integrals of τ = β∫e^(βΦ)/D ∫e^(−βΦ) by Laplace's method to the next order. */
    private double firstOrder(double well, double saddle) {
        double h = STEP * (saddle - well);
        double[] inverse = derivatives(x -> 1.0 / noise(new double[] {x}).getEntry(0, 0), saddle, h);
        double[] top = derivatives(this::curvature, saddle, h);
        double[] bottom = derivatives(this::curvature, well, h);
        double fromNoise = (inverse[2] - inverse[1] * top[1] / top[0]) / (-2.0 * inverse[0] * top[0]);
        return ofShape(bottom, 1.0) + ofShape(top, -1.0) + fromNoise;
    }

    /** 5U‴²/(24U″³) − U⁗/(8U″²) for U = ±Φ. */
    private static double ofShape(double[] curvature, double sign) {
        double second = sign * curvature[0];
        return 5.0 * curvature[1] * curvature[1] / (24.0 * second * second * second)
                - sign * curvature[2] / (8.0 * second * second);
    }

    private double curvature(double x) {
        return Flow.of(potential::gradient, 1).jacobian(new double[] {x}).getEntry(0, 0);
    }

    /** A function with its first two derivatives, of fourth order in h. */
    private static double[] derivatives(DoubleUnaryOperator f, double x, double h) {
        double middle = f.applyAsDouble(x);
        double near = f.applyAsDouble(x + h);
        double far = f.applyAsDouble(x + 2.0 * h);
        double before = f.applyAsDouble(x - h);
        double farBefore = f.applyAsDouble(x - 2.0 * h);
        return new double[] {
            middle,
            (8.0 * (near - before) - (far - farBefore)) / (12.0 * h),
            (16.0 * (near + before) - (far + farBefore) - 30.0 * middle) / (12.0 * h * h)
        };
    }

    @Override
    public String toString() {
        return "rates of escape in " + diffusion.dimension() + " dimensions at " + temperature
                + (dynamics instanceof Drifting ? ", Φ the quasi-potential of a drift" : "");
    }
}
