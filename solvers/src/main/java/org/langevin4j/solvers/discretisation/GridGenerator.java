package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.solvers.markov.Dissection;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.NestedChain;

/**
 * An equation on a region as a Markov chain on its cells: the rates, how the cells lie, and what the discretisation tells of
 * itself; see the package page. It knows no analysis. Immutable.
 */
public final class GridGenerator implements NestedChain {

    private final Region region;
    private final Temperature temperature;
    private final Generator generator;
    private final GridDissection order;
    private final int[] reach;
    private final double thickness;
    private final double outwardWalls;
    private final float[] peclet;
    private final QuietWalls quietWalls;
    private final boolean upwind;

    /** Of a system given by Φ, D and Q. */
    private final @Nullable ThirdOrderFlux thirdOrder;

    /** The same equation on another region. */
    private final Function<Region, GridGenerator> rediscretised;

    private final Killing killing;

    private GridGenerator(
            Region region,
            Temperature temperature,
            List<ColumnRange> columns,
            @Nullable GridGenerator alike,
            @Nullable ThirdOrderFlux thirdOrder,
            Function<Region, GridGenerator> rediscretised) {
        this.thirdOrder = thirdOrder;
        this.rediscretised = rediscretised;
        this.region = region;
        this.temperature = temperature;
        this.generator = ColumnRange.join(columns);
        this.killing = Killing.none(generator);
        this.reach = ColumnRange.reach(columns);
        double thickest = 0.0;
        int faces = 0;
        int outward = 0;
        boolean moved = false;
        for (ColumnRange range : columns) {
            thickest = Math.max(thickest, range.thickness);
            faces += range.wallFaces;
            outward += range.outwardFaces;
            moved |= range.upwind;
        }
        this.order =
                alike != null && Arrays.equals(alike.reach, reach) ? alike.order : new GridDissection(region, reach);
        this.upwind = moved;
        this.thickness = thickest;
        this.outwardWalls = faces == 0 ? 0.0 : (double) outward / faces;
        this.quietWalls = QuietWalls.of(columns, region.size());
        this.peclet = new float[region.size()];
        for (ColumnRange range : columns) {
            System.arraycopy(range.peclet, 0, peclet, range.from(), range.peclet.length);
        }
    }

    /** With killing besides. */
    private GridGenerator(GridGenerator alive, ScalarField rate) {
        this.killing = alive.killing.with(alive.region, rate);
        this.generator = killing.applied(alive.generator);
        this.rediscretised = other -> alive.on(other).withKilling(rate);
        this.region = alive.region;
        this.temperature = alive.temperature;
        this.order = alive.order;
        this.reach = alive.reach;
        this.thickness = alive.thickness;
        this.outwardWalls = alive.outwardWalls;
        this.peclet = alive.peclet;
        this.quietWalls = alive.quietWalls;
        this.thirdOrder = alive.thirdOrder;
        this.upwind = alive.upwind;
    }

    /**
     * Discretises an equation on a region: in the form (Φ, D, Q) if it is an {@link UnderdampedLangevin} whose Φ is known
     * ({@link Decomposition#of(UnderdampedLangevin)}) and as periodic as the region, else as given by b and D. D may be any positive semi-definite matrix in up to three
     * dimensions, and diagonal in more.
     *
     * @param sde the equation, in any calculus; its functions are called by several threads at once
     * @param region Ω with its boundaries
     * @return the chain
     * @throws IllegalArgumentException if the equation depends on time or has jumps, the dimensions differ, or the drift is
     *     not finite, or D is not finite, symmetric and positive semi-definite somewhere on the grid
     */
    public static GridGenerator of(Sde sde, Region region) {
        sde.requireContinuous("FokkerPlanck").requireAutonomous("FokkerPlanck.of, unlike DrivenFokkerPlanck.of,");
        requireDimension(sde.dimension(), region);
        requireRound(region);
        requireMemory(region);
        Optional<Decomposition> system = UnderdampedLangevin.recognise(sde).flatMap(Decomposition::of);
        if (system.isPresent() && BalancedScheme.isPeriodic(system.get().potential(), sde.temperature(), region)) {
            return balanced(system.get(), sde.temperature(), region, true);
        }
        return of(sde, region, null);
    }

    /**
     * Discretises an equation as given by b and D, whatever else is known of it.
     *
     * @param sde the equation, in any calculus; its functions are called by several threads at once
     * @param region Ω with its boundaries
     * @return the chain
     * @throws IllegalArgumentException as by {@link #of(Sde, Region)}
     */
    public static GridGenerator byDrift(Sde sde, Region region) {
        sde.requireContinuous("FokkerPlanck").requireAutonomous("GridGenerator.byDrift");
        requireDimension(sde.dimension(), region);
        requireRound(region);
        requireMemory(region);
        return of(sde, region, null);
    }

    private static GridGenerator of(Sde sde, Region region, @Nullable GridGenerator alike) {
        return new GridGenerator(
                region,
                sde.temperature(),
                ItoScheme.columns(sde.toIto(), region),
                alike,
                null,
                other -> of(sde, other, null));
    }

    /**
     * Discretises another equation on this region, as the same equation at another time; the order of elimination is kept if
     * the rates lead as far.
     *
     * @param sde an equation that does not depend on time, in any calculus
     * @return the chain
     * @throws IllegalArgumentException as by {@link #of(Sde, Region)}
     */
    public GridGenerator withEquation(Sde sde) {
        return of(sde, region, this);
    }

    /**
     * Discretises a system given by Φ, D and Q so that e^(−βΦ) at the centres of the cells is its exact stationary
     * density: reversible exchange with the exact differences of Φ, and the current of Q as a discrete curl, with no
     * flux through any wall.
     *
     * @param system Φ, D and Q
     * @param temperature β⁻¹
     * @param region Ω with its boundaries
     * @return the chain
     * @throws IllegalArgumentException if the dimensions differ, or Φ or Q is not finite, or D is not finite, symmetric
     *     and positive semi-definite somewhere on the grid
     */
    public static GridGenerator of(Decomposition system, Temperature temperature, Region region) {
        temperature.requireConstant("FokkerPlanck.of");
        requireDimension(system.diffusion().dimension(), region);
        requireRound(region);
        requireMemory(region);
        return balanced(system, temperature, region, false);
    }

    private static GridGenerator balanced(
            Decomposition system, Temperature temperature, Region region, boolean openWalls) {
        BalancedScheme.Result written = BalancedScheme.columns(system, temperature, region, openWalls);
        return new GridGenerator(
                region,
                temperature,
                written.columns,
                null,
                written.thirdOrder,
                other -> balanced(system, temperature, other, openWalls));
    }

    /**
     * The flux of third order along directions in which the positive scheme blurs more than the noise does: there is one for a
     * system given by Φ, D and Q whose rotation is stronger than its noise somewhere, as that of positions with momenta.
     *
     * @return the flux, or empty where the positive scheme is good enough or Φ is not known
     */
    public Optional<ThirdOrderFlux> thirdOrder() {
        return thirdOrder != null && thirdOrder.isNeeded() ? Optional.of(thirdOrder) : Optional.empty();
    }

    /**
     * The order of elimination of the cells of any region for rates of a given reach.
     *
     * @param region the region
     * @param reach how many cells a rate leads at most, one number an axis
     * @return nested dissection by slabs
     * @throws IllegalArgumentException if there is not one reach for each axis, or one is negative
     */
    public static Dissection order(Region region, int[] reach) {
        if (reach.length != region.grid().dimension() || Arrays.stream(reach).anyMatch(cells -> cells < 0)) {
            throw new IllegalArgumentException("reach must have one number ≥ 0 for each of the "
                    + region.grid().dimension() + " axes, got " + Arrays.toString(reach));
        }
        return GridDissection.of(region, reach);
    }

    /**
     * Requires the grid of a region to have the dimension of an equation.
     *
     * @param dimension of the equation
     * @param region the region
     */
    public static void requireDimension(int dimension, Region region) {
        if (dimension != region.grid().dimension()) {
            throw new IllegalArgumentException("grid must have the dimension of the equation, " + dimension + ", got "
                    + region.grid().dimension());
        }
    }

    /** Measured at the peak, with part of the rates in two copies; a little less, so that nothing is refused that would fit. */
    private static void requireMemory(Region region) {
        Memory.require(
                "the generator on " + region.size() + " cells",
                60.0 * region.grid().dimension() * region.size(),
                "fewer cells need less");
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

    /** Round a periodic axis there are two ways; requires that where a rate leads, and so a current, is known. */
    public void requireWays() {
        for (int a = 0; a < reach.length; a++) {
            if (region.isPeriodic(a) && !(grid().axis(a).cells() > 2 * reach[a])) {
                throw new IllegalArgumentException(
                        "periodic axis " + a + " must have more than twice as many cells as a rate" + " leads, "
                                + reach[a] + ", got " + grid().axis(a).cells());
            }
        }
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

    @Override
    public Generator generator() {
        return generator;
    }

    @Override
    public Dissection order() {
        return order.get();
    }

    @Override
    public int dimension() {
        return grid().dimension();
    }

    @Override
    public double[] volumes() {
        return region.volumes();
    }

    @Override
    public Optional<Coarsening> coarsened() {
        Optional<Grid> coarse = GridCoarsening.of(region, generator);
        if (coarse.isEmpty()) {
            return Optional.empty();
        }
        Region wide = region.coarsened(coarse.get());
        try {
            return Optional.of(new Coarsening(on(wide), new GridInterpolation(region, wide)));
        } catch (IllegalArgumentException e) {
            // The equation is not defined at some coarse centre.
            return Optional.empty();
        }
    }

    /**
     * The same equation on another region.
     *
     * @param other a region of the same dimension, as with cells of another size
     * @return the chain
     */
    public GridGenerator on(Region other) {
        return rediscretised.apply(other);
    }

    /**
     * Whether the error is not of second order in every direction: of an equation given by b and D some drift was moved upwind, as
     * that which a singular D does not reach; or the flux of {@link #thirdOrder} stands in for one that blurs.
     *
     * @return whether an error should be estimated
     */
    public boolean isRough() {
        return upwind || thirdOrder().isPresent();
    }

    /**
     * The same equation with killing at a rate, −k(x)ρ; adds to what is killed already.
     *
     * @param rate k ≥ 0, per unit of time
     * @return the chain
     * @throws IllegalArgumentException if k is negative or not finite at the centre of a cell
     */
    public GridGenerator withKilling(ScalarField rate) {
        return new GridGenerator(this, rate);
    }

    /**
     * What is killed, apart from what the faces absorb.
     *
     * @return the rates in the cells
     */
    public Killing killing() {
        return killing;
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
        return function(values);
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
     * The part of the probability's flow that stops at reflecting walls which the noise does not reach: of a law p, the flow
     * ∫ρ(b·n)⁺ into faces with nᵀDn = 0 over the mean flow ∫ρ|b·n|/L across the box, L long, along such axes. There J·n = 0 is
     * the law of a momentum that is kept while the position waits at the wall, not that of a bounce.
     *
     * @param p probabilities of the cells
     * @return 0 where the noise reaches all walls, or at specular ones
     */
    public double stoppedFlow(double[] p) {
        return quietWalls.stoppedFlow(p);
    }

    /**
     * Whether the drift meets a reflecting wall that the noise does not reach.
     *
     * @return whether {@link #stoppedFlow} can be positive
     */
    public boolean hasQuietWalls() {
        return quietWalls.exist();
    }

    /**
     * Refuses probabilities of which such walls stop more than 1e-2; what is below is about the error it makes.
     *
     * @param p probabilities of the cells
     * @param what is refused, as for a sentence: "the steady state"
     * @throws IllegalStateException if they stop more
     */
    public void requireFlow(double[] p, String what) {
        quietWalls.require(p, what);
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
     * The probabilities of the cells.
     *
     * @param density ρ, on the grid of this equation, zero outside the region
     * @return ρ·volume, one a cell of the region
     */
    public double[] probabilities(Density density) {
        return CellProbabilities.of(density, region);
    }

    /**
     * The density with given probabilities of the cells.
     *
     * @param p probabilities, one a cell of the region
     * @return ρ, zero outside the region
     */
    public Density density(double[] p) {
        return CellProbabilities.toDensity(p, region);
    }

    /**
     * The function with given values in the cells.
     *
     * @param u values, one a cell of the region
     * @return the function, NaN outside the region
     */
    public CellFunction function(double[] u) {
        double[] values = new double[grid().cells()];
        Arrays.fill(values, Double.NaN);
        for (int k = 0; k < u.length; k++) {
            values[region.cell(k)] = u[k];
        }
        return CellFunction.of(grid(), values);
    }

    /**
     * In which form the equation was taken, and what blurs it.
     *
     * @return words to append to a sentence
     */
    public String form() {
        if (thirdOrder == null) {
            return upwind
                    ? "; by (b, D), with drift moved upwind where the noise does not reach, of first order"
                    : "; by (b, D)";
        }
        return "; by (Φ, D, Q)" + thirdOrder().map(flux -> ", " + flux).orElse("");
    }

    @Override
    public String toString() {
        return "chain at " + temperature + " on " + region + ", " + generator + form();
    }
}
