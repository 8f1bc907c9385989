package org.langevin4j.solvers.fokkerplanck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The Fokker–Planck equation of a stochastic differential equation on a grid, as a Markov process on its cells; see the
 * package page for the discretisation. Built once, used for any number of analyses. Immutable.
 */
public final class FokkerPlanck {

    /** Where multigrid stagnates, elimination takes over up to so many cells. */
    private static final int AFFORDABLE_CELLS = 100_000;

    private final Region region;
    private final Temperature temperature;
    private final Generator generator;
    private final Dissection dissection;
    private final int[] reach;
    private final double thickness;
    private final double outwardWalls;
    private final float[] peclet;
    private final QuietWalls quietWalls;

    /** The same equation on another region. */
    private final Function<Region, FokkerPlanck> rediscretised;

    private FokkerPlanck(
            Region region,
            Temperature temperature,
            List<Columns> columns,
            @Nullable FokkerPlanck alike,
            Function<Region, FokkerPlanck> rediscretised) {
        this.rediscretised = rediscretised;
        this.region = region;
        this.temperature = temperature;
        this.generator = Columns.join(columns);
        int d = region.grid().dimension();
        this.reach = new int[d];
        double thickest = 0.0;
        int faces = 0;
        int outward = 0;
        for (Columns range : columns) {
            for (int a = 0; a < d; a++) {
                reach[a] = Math.max(reach[a], range.reach[a]);
            }
            thickest = Math.max(thickest, range.thickness);
            faces += range.wallFaces;
            outward += range.outwardFaces;
        }
        this.dissection =
                alike != null && Arrays.equals(alike.reach, reach) ? alike.dissection : Dissection.of(region, reach);
        this.thickness = thickest;
        this.outwardWalls = faces == 0 ? 0.0 : (double) outward / faces;
        this.quietWalls = QuietWalls.of(columns, region.size());
        this.peclet = new float[region.size()];
        for (Columns range : columns) {
            System.arraycopy(range.peclet, 0, peclet, range.from(), range.peclet.length);
        }
    }

    /**
     * Discretises an equation on a box.
     *
     * @param sde the equation, in any calculus
     * @param grid the box Ω
     * @param boundary what happens at all its faces
     * @return the discrete equation
     * @throws IllegalArgumentException see {@link #of(Sde, Region)}
     */
    public static FokkerPlanck of(Sde sde, Grid grid, Boundary boundary) {
        return of(sde, Region.of(grid, boundary));
    }

    /**
     * Discretises an equation on a region. D may be any positive semi-definite matrix in up to three dimensions, and
     * diagonal in more.
     *
     * @param sde the equation, in any calculus; its functions are called by several threads at once
     * @param region Ω with its boundaries
     * @return the discrete equation
     * @throws IllegalArgumentException if the equation depends on time or has jumps, the dimensions differ, or the drift is
     *     not finite, or D is not finite, symmetric and positive semi-definite somewhere on the grid
     */
    public static FokkerPlanck of(Sde sde, Region region) {
        sde.requireContinuous("FokkerPlanck").requireAutonomous("FokkerPlanck.of, unlike DrivenFokkerPlanck.of,");
        requireDimension(sde.dimension(), region);
        requireRound(region);
        return of(sde, region, null);
    }

    /** The order of elimination is that of an equation on the same region, if its rates lead as far. */
    static FokkerPlanck of(Sde sde, Region region, @Nullable FokkerPlanck alike) {
        return new FokkerPlanck(
                region,
                sde.temperature(),
                ItoScheme.columns(sde.toIto(), region),
                alike,
                other -> of(sde, other, null));
    }

    /** Round a periodic axis there are two ways; where a rate leads, and so a current, must be known. */
    private void requireWays() {
        for (int a = 0; a < reach.length; a++) {
            if (region.isPeriodic(a) && !(grid().axis(a).cells() > 2 * reach[a])) {
                throw new IllegalArgumentException(
                        "periodic axis " + a + " must have more than twice as many cells as a rate" + " leads, "
                                + reach[a] + ", got " + grid().axis(a).cells());
            }
        }
    }

    /** On two cells both ways round a periodic axis lead to the same cell. */
    private static void requireRound(Region region) {
        for (int a = 0; a < region.grid().dimension(); a++) {
            if (region.isPeriodic(a) && !(region.grid().axis(a).cells() >= 3)) {
                throw new IllegalArgumentException("periodic axis " + a + " must have at least 3 cells, got "
                        + region.grid().axis(a).cells());
            }
        }
    }

    /**
     * Discretises a system given by Φ, D and Q so that e^(−βΦ) at the centres of the cells is its exact stationary
     * density: reversible exchange with the exact differences of Φ, and the current of Q as a discrete curl, with no
     * flux through any wall.
     *
     * @param system Φ, D and Q
     * @param temperature β⁻¹
     * @param region Ω with its boundaries
     * @return the discrete equation
     * @throws IllegalArgumentException if the dimensions differ, or Φ or Q is not finite, or D is not finite, symmetric
     *     and positive semi-definite somewhere on the grid
     */
    public static FokkerPlanck of(Decomposition system, Temperature temperature, Region region) {
        temperature.requireConstant("FokkerPlanck.of");
        requireDimension(system.diffusion().dimension(), region);
        if (SpecularFaces.in(region)) {
            throw new IllegalArgumentException(
                    "specular faces must be left to an equation given by b and D; a system given by"
                            + " Φ, D and Q turns its current back at every wall");
        }
        requireRound(region);
        return balanced(system, temperature, region);
    }

    private static FokkerPlanck balanced(Decomposition system, Temperature temperature, Region region) {
        return new FokkerPlanck(
                region,
                temperature,
                BalancedScheme.columns(system, temperature, region),
                null,
                other -> balanced(system, temperature, other));
    }

    static void requireDimension(int dimension, Region region) {
        if (dimension != region.grid().dimension()) {
            throw new IllegalArgumentException("grid must have the dimension of the equation, " + dimension + ", got "
                    + region.grid().dimension());
        }
    }

    /** B(z) = z/(eᶻ − 1), positive, B(0) = 1. */
    static double bernoulli(double z) {
        return Math.abs(z) < 1e-5 ? 1.0 - 0.5 * z + z * z / 12.0 : z / Math.expm1(z);
    }

    /**
     * The grid.
     *
     * @return the grid
     */
    public Grid grid() {
        return region.grid();
    }

    /**
     * The set Ω with its boundaries.
     *
     * @return the region; the generator numbers its cells
     */
    public Region region() {
        return region;
    }

    /**
     * The temperature.
     *
     * @return β⁻¹
     */
    public Temperature temperature() {
        return temperature;
    }

    /**
     * The rates between the cells.
     *
     * @return the generator
     */
    public Generator generator() {
        return generator;
    }

    /**
     * The cell Péclet number: the largest |β∫D⁻¹b·dx| along an edge of the stencil out of each cell. Where it is much above 2
     * in a direction in which the density varies, the grid is too coarse: the scheme stays positive and becomes upwind,
     * of first order.
     *
     * @return one number a cell; zero where only the upwind part of a singular D moves probability
     */
    public CellFunction pecletNumbers() {
        double[] values = new double[region.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = peclet[k];
        }
        return toFunction(values);
    }

    /**
     * The part of the reflecting walls at which the drift points outward. Probability then piles up there, and the steady
     * state is one of the box, not of the equation: mask the region to a set which the drift enters, such as a sublevel
     * set of Φ.
     *
     * @return between 0 and 1; 0 without reflecting walls, and for a system given by its decomposition, whose rotation does
     *     not cross walls
     */
    public double outwardWalls() {
        return outwardWalls;
    }

    /**
     * The part of the probability's flow that stops at reflecting walls which the noise does not reach: of a density ρ, the flow
     * ∫ρ(b·n)⁺ into faces with nᵀDn = 0 over the mean flow ∫ρ|b·n|/L across the box, L long, along such axes. There J·n = 0 is
     * the law of a momentum that is kept while the position waits at the wall, not that of a bounce. A steady state, a spectrum,
     * an evolution or a passage time is refused where it is above 1e-2; what is below is about the error it makes.
     *
     * @param density ρ, on the grid of this equation
     * @return 0 where the noise reaches all walls, or at specular ones
     */
    public double stoppedFlow(Density density) {
        return quietWalls.stoppedFlow(probabilities(density));
    }

    /** Those walls. */
    QuietWalls quietWalls() {
        return quietWalls;
    }

    /**
     * The isotropic part δ that was added to D, in units of the cells' widths and relative to its trace, where D is
     * (nearly) singular in a direction that no offset of reasonable length has.
     *
     * @return the largest over the cells; 0 for most equations
     */
    public double thickening() {
        return thickness;
    }

    /**
     * The stationary density, by the method that suits the number of cells.
     *
     * @return the steady state with its residual
     * @throws ReducibleGeneratorException if it is not unique
     * @throws IllegalStateException if probability is absorbed: there is none; or if it is wrong, see {@link #stoppedFlow}
     */
    public SteadyState steadyState() {
        return steadyState(SteadyStateMethod.AUTOMATIC);
    }

    /**
     * The stationary density.
     *
     * @param method how to find it
     * @return the steady state with its residual
     * @throws ReducibleGeneratorException if it is not unique
     * @throws IllegalStateException if probability is absorbed: there is none; or if it is wrong, see {@link #stoppedFlow}
     * @throws ConvergenceException if multigrid does not reach its tolerance
     */
    public SteadyState steadyState(SteadyStateMethod method) {
        if (!generator.isConservative()) {
            throw new IllegalStateException("there is no steady state: probability is absorbed");
        }
        long start = System.nanoTime();
        SteadyStateMethod chosen = method == SteadyStateMethod.AUTOMATIC ? suitableMethod() : method;
        double[] p = new double[0];
        int iterations = 0;
        if (chosen == SteadyStateMethod.MULTIGRID) {
            try {
                Multigrid.NullVector found = NestedMultigrid.nullVector(this);
                p = found.p;
                iterations = found.iterations;
            } catch (ConvergenceException stagnation) {
                if (method == SteadyStateMethod.MULTIGRID || generator.cells() > AFFORDABLE_CELLS) {
                    throw stagnation;
                }
                chosen = SteadyStateMethod.ELIMINATION;
            }
        }
        if (chosen == SteadyStateMethod.ELIMINATION) {
            p = Elimination.of(generator, dissection, 0.0).nullVector();
        }
        quietWalls.require(p, "the steady state");
        Density density = toDensity(p).normalized();
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        return new SteadyState(
                density,
                generator.residual(p),
                generator.componentwiseResidual(p),
                quietWalls.stoppedFlow(p),
                chosen,
                iterations,
                wallTime);
    }

    /** Elimination as long as it is the faster one. */
    private SteadyStateMethod suitableMethod() {
        int most = switch (grid().dimension()) {
            case 1 -> Integer.MAX_VALUE;
            case 2 -> 20_000;
            default -> 5_000;
        };
        return generator.cells() <= most ? SteadyStateMethod.ELIMINATION : SteadyStateMethod.MULTIGRID;
    }

    /**
     * The flow from a given density by implicit Euler, (I − hA)pₙ₊₁ = pₙ: unconditionally positive, mass-conserving and
     * with non-increasing free energy; first order in h. The elimination is done once.
     *
     * @param start ρ(0), on the grid of this equation
     * @param stepSize h > 0
     * @param steps number of steps, at least 1
     * @return all steps + 1 densities
     */
    public Evolution evolve(Density start, double stepSize, int steps) {
        Integrator integrator = Integrator.implicitEuler(stepSize);
        if (!(steps > 0)) {
            throw new IllegalArgumentException("steps must be positive, got " + steps);
        }
        double[] times = new double[steps];
        for (int n = 0; n < steps; n++) {
            times[n] = (n + 1) * stepSize;
        }
        return evolve(start, times, integrator);
    }

    /**
     * The flow from a given density, at given times.
     *
     * @param start ρ(0), on the grid of this equation
     * @param times when to keep the density: increasing, not negative; 0 is put in front if it is not there
     * @param integrator the method
     * @return the densities at 0 and these times
     * @throws NegativeDensityException if a step of a method that is not positive for every step makes a density negative
     * @throws IllegalStateException if a density is wrong, see {@link #stoppedFlow}
     */
    public Evolution evolve(Density start, double[] times, Integrator integrator) {
        long began = System.nanoTime();
        requireTimes(0.0, times);
        Propagation propagation = new Propagation(this, CellProbabilities.startingFrom(start, region));
        List<Double> kept = new ArrayList<>(times.length + 1);
        List<Density> densities = new ArrayList<>(times.length + 1);
        List<Double> absorbed = new ArrayList<>(times.length + 1);
        kept.add(0.0);
        densities.add(start);
        absorbed.add(0.0);
        for (double time : times) {
            if (time > 0.0) {
                propagation.advance(integrator, time, times[times.length - 1]);
                kept.add(time);
                quietWalls.require(propagation.probabilities(), "the density");
                densities.add(toDensity(propagation.probabilities()));
                absorbed.add(propagation.absorbed());
            }
        }
        Duration wallTime = Duration.ofNanos(System.nanoTime() - began);
        return new Evolution(this, kept, densities, absorbed, propagation.diagnostics(integrator, wallTime));
    }

    static void requireTimes(double from, double[] times) {
        if (!(times.length > 0)) {
            throw new IllegalArgumentException("times must number at least 1, got 0");
        }
        for (int n = 0; n < times.length; n++) {
            if (!(times[n] >= from && times[n] <= Double.MAX_VALUE && (n == 0 || times[n] > times[n - 1]))) {
                throw new IllegalArgumentException(
                        "times must be finite, not " + (from == 0.0 ? "negative" : "before " + from)
                                + " and increasing, got " + Arrays.toString(times));
            }
        }
    }

    /**
     * The probability current of a density.
     *
     * @param density ρ, on the grid of this equation
     * @return J with its divergence
     */
    public Current current(Density density) {
        requireWays();
        return Current.of(this, probabilities(density));
    }

    /**
     * The entropy production of a density.
     *
     * @param density ρ, on the grid of this equation
     * @param steady ρˢˢ, the steady state of {@link #generator()}
     * @return its rate and the two parts of it
     * @throws IllegalArgumentException if there are absorbing boundaries
     */
    public EntropyProduction entropyProduction(Density density, Density steady) {
        requireWays();
        return EntropyProduction.of(generator, probabilities(density), stationary(steady));
    }

    /**
     * The derivative of the free energy along the flow (Chaudhari and Soatto 2018, Theorem 5), exact for the Markov process
     * on the cells: Σᵢ (Ap)ᵢ β⁻¹ log(pᵢ/πᵢ), summed in a form all of whose terms have the same sign.
     *
     * @param density ρ, on the grid of this equation
     * @param steady ρˢˢ, the steady state π of {@link #generator()}
     * @return dF/dt ≤ 0; −∞ if ρ is zero in a cell into which probability flows
     * @throws IllegalArgumentException if there are absorbing boundaries
     */
    public double freeEnergyRate(Density density, Density steady) {
        return -temperature.value() * EntropyProduction.excess(generator, probabilities(density), stationary(steady));
    }

    private double[] stationary(Density steady) {
        if (!generator.isConservative()) {
            throw new IllegalArgumentException(
                    "an equation with absorbing boundaries has no steady state to which an entropy could be relative");
        }
        return probabilities(steady);
    }

    /** The same equation on another region, with cells of another size. */
    FokkerPlanck on(Region other) {
        return rediscretised.apply(other);
    }

    /** The order in which a direct solver eliminates the cells. */
    Dissection dissection() {
        return dissection;
    }

    /** The probabilities of the region's cells; a density on another grid or with mass outside is refused. */
    double[] probabilities(Density density) {
        return CellProbabilities.of(density, region);
    }

    /** The density with the given probabilities of the region's cells, zero outside. */
    Density toDensity(double[] p) {
        return CellProbabilities.toDensity(p, region);
    }

    /** The function with the given values in the region's cells, NaN outside. */
    CellFunction toFunction(double[] u) {
        double[] values = new double[grid().cells()];
        Arrays.fill(values, Double.NaN);
        for (int k = 0; k < u.length; k++) {
            values[region.cell(k)] = u[k];
        }
        return CellFunction.of(grid(), values);
    }

    @Override
    public String toString() {
        return "Fokker–Planck equation at " + temperature + " on " + region + ", " + generator;
    }
}
