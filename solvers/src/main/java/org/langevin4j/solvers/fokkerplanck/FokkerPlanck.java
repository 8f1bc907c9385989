package org.langevin4j.solvers.fokkerplanck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ConvergenceException;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.discretisation.CellProbabilities;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.markov.EntropyProduction;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.ReducibleGeneratorException;
import org.langevin4j.solvers.markov.StationaryDistribution;
import org.langevin4j.solvers.markov.SteadyStateMethod;

/**
 * The Fokker–Planck equation of a stochastic differential equation on a grid, as a Markov process on its cells; see the
 * package page for the discretisation. Built once, used for any number of analyses. Immutable.
 */
public final class FokkerPlanck {

    /** Beyond this a number is worth nothing. */
    private static final double ACCEPTED = 0.25;

    private final GridGenerator chain;
    private final double acceptedError;

    /** Probability that comes in, one rate a cell; empty if there is none. */
    private final double[] source;

    private FokkerPlanck(GridGenerator chain, double acceptedError, double[] source) {
        this.chain = chain;
        this.acceptedError = acceptedError;
        this.source = source;
    }

    private FokkerPlanck(GridGenerator chain) {
        this(chain, ACCEPTED, new double[0]);
    }

    /**
     * The same equation, whose results are given up to another error. Where the scheme is not of second order in every direction
     * ({@link GridGenerator#isRough}), the error of passage times, modes and steady states is estimated by the same analysis on
     * cells of twice the width, carried by the result, and refused with an {@link UnresolvedException} where it is larger
     * than 0.25.
     *
     * @param relative the largest relative error that is accepted, > 0; infinity for any
     * @return the changed equation
     */
    public FokkerPlanck withErrorsUpTo(double relative) {
        if (!(relative > 0.0)) {
            throw new IllegalArgumentException("relative must be positive, got " + relative);
        }
        return new FokkerPlanck(chain, relative, source);
    }

    /**
     * The largest relative error with which results are given.
     *
     * @return 0.25 unless set by {@link #withErrorsUpTo}
     */
    public double acceptedError() {
        return acceptedError;
    }

    /** The coarser grid from which an error is estimated; empty where there is no need, or nothing would be refused or said. */
    Optional<CoarserGrid> coarser() {
        return chain.isRough() && acceptedError < Double.POSITIVE_INFINITY ? CoarserGrid.of(chain) : Optional.empty();
    }

    /** Refuses what is too wrong; an error that is not known, NaN, passes. */
    void requireResolved(String what, double error) {
        if (error > acceptedError) {
            throw new UnresolvedException(what, error, acceptedError, CoarserGrid.advice(chain));
        }
    }

    /**
     * The equation of a discretisation that is there already.
     *
     * @param chain the Markov chain on the cells
     * @return the discrete equation
     */
    public static FokkerPlanck of(GridGenerator chain) {
        return new FokkerPlanck(chain);
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
        return new FokkerPlanck(GridGenerator.of(sde, region));
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
        return new FokkerPlanck(GridGenerator.of(system, temperature, region));
    }

    /**
     * The equation with killing, ∂ρ/∂t = −∇·J − k(x)ρ. The mass left of ρ is then E e^(−∫k dt) (Feynman and Kac; Øksendal 2003, section
     * 8.2), and a {@link HittingProblem} ends where a path is killed as well: without targets its mean time is that until then, and
     * the probability of a target is E[e^(−∫k dt)] over the paths that hit it.
     *
     * @param rate k ≥ 0, per unit of time; adds to what is killed already
     * @return the changed equation
     * @throws IllegalArgumentException if k is negative or not finite at the centre of a cell
     */
    public FokkerPlanck withKilling(ScalarField rate) {
        return new FokkerPlanck(chain.withKilling(rate), acceptedError, source);
    }

    /**
     * The equation with a source, ∂ρ/∂t = −∇·J + s(x). Where probability is also absorbed or killed there is a steady state,
     * whose mass is not 1. Passage times and modes, of single paths, know nothing of it.
     *
     * @param source s ≥ 0, mass per unit of volume and time; adds to the source that is there
     * @return the changed equation
     * @throws IllegalArgumentException if s is negative or not finite at the centre of a cell
     */
    public FokkerPlanck withSource(ScalarField source) {
        double[] rates = new double[region().size()];
        double[] x = new double[grid().dimension()];
        for (int k = 0; k < rates.length; k++) {
            grid().centre(region().cell(k), x);
            double value = source.at(x);
            if (!(value >= 0.0 && value <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "source must be finite and not negative, got " + value + " at x = " + Arrays.toString(x));
            }
            rates[k] = value * grid().volume(region().cell(k));
        }
        return withSource(rates);
    }

    /**
     * The equation with a source of a given form, such as {@link Density#at}: with killing at the same rate everywhere that is a
     * process which is reset (Evans and Majumdar 2011).
     *
     * @param where the form, on the grid of this equation
     * @param rate times of its mass per unit of time, ≥ 0
     * @return the changed equation
     */
    public FokkerPlanck withSource(Density where, double rate) {
        if (!(rate >= 0.0 && rate <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("rate must be finite and not negative, got " + rate);
        }
        double[] rates = chain.probabilities(where);
        for (int k = 0; k < rates.length; k++) {
            rates[k] *= rate;
        }
        return withSource(rates);
    }

    private FokkerPlanck withSource(double[] more) {
        for (int k = 0; k < source.length; k++) {
            more[k] += source[k];
        }
        return new FokkerPlanck(chain, acceptedError, more);
    }

    /**
     * The mass that comes in.
     *
     * @return ∫s, per unit of time; 0 without source
     */
    public double supply() {
        return Arrays.stream(source).sum();
    }

    /**
     * The discretisation: what the analyses take.
     *
     * @return the Markov chain on the cells
     */
    public GridGenerator chain() {
        return chain;
    }

    /**
     * The grid.
     *
     * @return the grid
     */
    public Grid grid() {
        return chain.grid();
    }

    /**
     * The set Ω with its boundaries.
     *
     * @return the region; the generator numbers its cells
     */
    public Region region() {
        return chain.region();
    }

    /**
     * The temperature.
     *
     * @return β⁻¹
     */
    public Temperature temperature() {
        return chain.temperature();
    }

    /**
     * The rates between the cells.
     *
     * @return the generator
     */
    public Generator generator() {
        return chain.generator();
    }

    /**
     * The cell Péclet number: the largest |β∫D⁻¹b·dx| along an edge of the stencil out of each cell. Where it is much above 2
     * in a direction in which the density varies, the grid is too coarse: the scheme stays positive and becomes upwind,
     * of first order.
     *
     * @return one number a cell; zero where only the upwind part of a singular D moves probability
     */
    public CellFunction pecletNumbers() {
        return chain.pecletNumbers();
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
        return chain.outwardWalls();
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
        return chain.stoppedFlow(chain.probabilities(density));
    }

    /**
     * The isotropic part δ that was added to D, in units of the cells' widths and relative to its trace, where D is
     * (nearly) singular in a direction that no offset of reasonable length has.
     *
     * @return the largest over the cells; 0 for most equations
     */
    public double thickening() {
        return chain.thickening();
    }

    /**
     * The stationary density, by the method that suits the number of cells.
     *
     * @return the steady state with its residual
     * @throws ReducibleGeneratorException if it is not unique
     * @throws IllegalStateException if there is none, since probability is absorbed and does not come in, or the reverse; or if it
     *     is wrong, see {@link #stoppedFlow}
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
     * @throws IllegalStateException if there is none, since probability is absorbed and does not come in, or the reverse; or if it
     *     is wrong, see {@link #stoppedFlow}
     * @throws ConvergenceException if multigrid does not reach its tolerance
     */
    public SteadyState steadyState(SteadyStateMethod method) {
        if (source.length > 0) {
            if (method == SteadyStateMethod.MULTIGRID) {
                throw new IllegalArgumentException(
                        "method must be ELIMINATION or AUTOMATIC with a source, got " + method);
            }
            return SteadyState.sustained(chain, source);
        }
        long start = System.nanoTime();
        StationaryDistribution law = StationaryDistribution.of(chain, method);
        double[] p = law.weights();
        chain.requireFlow(p, "the steady state");
        Density density = chain.density(p).normalized();
        double error = coarser().map(coarse -> error(density, coarse, method)).orElse(Double.NaN);
        requireResolved("the steady state", error);
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        return new SteadyState(
                density,
                chain.isRough() ? error : 0.0,
                law.residual(),
                law.componentwiseResidual(),
                chain.stoppedFlow(p),
                law.method(),
                law.iterations(),
                law.weightDoubt(),
                wallTime);
    }

    private static double error(Density density, CoarserGrid coarse, SteadyStateMethod method) {
        try {
            return coarse.error(density, method);
        } catch (NumericalException e) {
            return Double.NaN;
        }
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
        Propagation.requireTimes(0.0, times);
        double[] p = source.length == 0
                ? CellProbabilities.startingFrom(start, region())
                : CellProbabilities.of(start, region());
        Propagation propagation = new Propagation(chain, p, source);
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
                chain.requireFlow(propagation.probabilities(), "the density");
                densities.add(chain.density(propagation.probabilities()));
                absorbed.add(propagation.absorbed());
            }
        }
        Duration wallTime = Duration.ofNanos(System.nanoTime() - began);
        return new Evolution(chain, supply(), kept, densities, absorbed, propagation.diagnostics(integrator, wallTime));
    }

    /**
     * The probability current of a density.
     *
     * @param density ρ, on the grid of this equation
     * @return J with its divergence
     */
    public Current current(Density density) {
        return Current.of(chain, density);
    }

    /**
     * The entropy production of a density.
     *
     * @param density ρ, on the grid of this equation
     * @param steady ρˢˢ, the steady state of {@link #generator()}
     * @return its rate and the two parts of it
     * @throws IllegalArgumentException if there is absorption, killing or a source
     */
    public EntropyProduction entropyProduction(Density density, Density steady) {
        chain.requireWays();
        requireConservative();
        return EntropyProduction.of(generator(), chain.probabilities(density), chain.probabilities(steady));
    }

    /**
     * Where entropy is produced: of each pair of cells one half in either.
     *
     * @param density ρ, on the grid of this equation
     * @return its rate per unit of volume, ≥ 0, whose integral is the total of {@link #entropyProduction}; it converges to
     *     βJ·D⁻¹J/ρ (Seifert 2005, eq. 13). NaN outside the region
     * @throws IllegalArgumentException if there is absorption, killing or a source
     */
    public CellFunction localEntropyProduction(Density density) {
        chain.requireWays();
        requireConservative();
        double[] values = EntropyProduction.local(generator(), chain.probabilities(density));
        double[] volumes = chain.volumes();
        for (int k = 0; k < values.length; k++) {
            values[k] /= volumes[k];
        }
        return chain.function(values);
    }

    /**
     * The derivative of the free energy along the flow (Chaudhari and Soatto 2018, Theorem 5), exact for the Markov process
     * on the cells: Σᵢ (Ap)ᵢ β⁻¹ log(pᵢ/πᵢ), summed in a form all of whose terms have the same sign.
     *
     * @param density ρ, on the grid of this equation
     * @param steady ρˢˢ, the steady state π of {@link #generator()}
     * @return dF/dt ≤ 0; −∞ if ρ is zero in a cell into which probability flows
     * @throws IllegalArgumentException if there is absorption, killing or a source
     */
    public double freeEnergyRate(Density density, Density steady) {
        requireConservative();
        return FreeEnergyTrace.rate(chain, density, steady);
    }

    void requireConservative() {
        if (!generator().isConservative() || source.length > 0) {
            throw new IllegalArgumentException(
                    "an equation with absorption, killing or a source has no steady state to which an entropy could be"
                            + " relative, or in which transitions could be counted");
        }
    }

    @Override
    public String toString() {
        return "Fokker–Planck equation at " + temperature() + " on " + region() + ", " + generator() + chain.form()
                + (source.length == 0 ? "" : ", with a source of " + supply());
    }
}
