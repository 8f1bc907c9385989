package org.langevin4j.solvers.fokkerplanck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.ConvergenceException;
import org.langevin4j.solvers.discretisation.CellProbabilities;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.markov.Generator;

/**
 * The Fokker–Planck equation of an equation that depends on time, ∂ρ/∂t = −∇·(b(t)ρ − β(t)⁻¹∇·(D(t)ρ)), as a Markov process on
 * cells with rates that depend on time: at each time it is the {@link FokkerPlanck} of the frozen equation. Immutable.
 *
 * <p>Steps take the generators A(t) at the times of their stages:
 *
 * <table>
 * <caption>Methods for dp/dt = A(t)p; Sτ(t) = (I − τA(t))⁻¹</caption>
 * <tr><th>integrator</th><th>step</th><th>order</th><th>positive</th></tr>
 * <tr><td>{@link Integrator#implicitEuler}</td><td>p′ = Sₕ(t + h)p</td><td>1</td><td>for any step</td></tr>
 * <tr><td>{@link Integrator#sdirk2}</td><td>p′ = Sτ(t + h)[(1 + √2)Sτ(t + τ)p − √2 p], τ = (1 − 1/√2)h (Alexander
 * 1977)</td><td>2, L-stable</td><td>for certain if hΛ ≤ 1 + √2; else it is looked at</td></tr>
 * <tr><td>{@link Integrator#crankNicolson}</td><td>implicit midpoint, p′ = 2S_{h/2}(t + h/2)p − p</td><td>2</td><td>for
 * certain if hΛ ≤ 2; else it is looked at</td></tr>
 * </table>
 *
 * <p>Mass is conserved to rounding. The relative entropy of two solutions never grows in a step that is positive.
 */
public final class DrivenFokkerPlanck {

    /** Negative probability that counts as rounding in a periodic steady state, which is known no better. */
    private static final double ROUNDING = 1e-11;

    /** Cells times generators whose factorisations are kept from period to period, in one dimension and in more. */
    private static final long KEPT_ON_A_LINE = 1_000_000;

    private static final long KEPT = 200_000;

    private static final double SAME_RATES = 1e-9;

    /** Change of a rate of loss from period to period, as a part of it, at which it is taken for settled. */
    private static final double SAME_LOSS = 1e-6;

    /** Of survival. */
    private static final double NOTHING_LEFT = 1e-9;

    private static final int MOST_PERIODS = 1_000;

    private final Sde sde;
    private final Region region;

    private DrivenFokkerPlanck(Sde sde, Region region) {
        this.sde = sde;
        this.region = region;
    }

    /**
     * The equation on a box.
     *
     * @param sde the equation, in any calculus; it may but need not depend on time
     * @param grid the box Ω
     * @param boundary what happens at all its faces
     * @return the equation
     * @throws IllegalArgumentException if the dimensions differ, or the equation has jumps or a delay
     */
    public static DrivenFokkerPlanck of(Sde sde, Grid grid, Boundary boundary) {
        return of(sde, Region.of(grid, boundary));
    }

    /**
     * The equation on a region.
     *
     * @param sde the equation, in any calculus; it may but need not depend on time
     * @param region Ω with its boundaries
     * @return the equation
     * @throws IllegalArgumentException if the dimensions differ, or the equation has jumps or a delay
     */
    public static DrivenFokkerPlanck of(Sde sde, Region region) {
        sde.requireContinuous("DrivenFokkerPlanck").requireMemoryless("DrivenFokkerPlanck");
        GridGenerator.requireDimension(sde.dimension(), region);
        return new DrivenFokkerPlanck(sde, region);
    }

    /**
     * The stochastic differential equation.
     *
     * @return the equation, in its own calculus
     */
    public Sde sde() {
        return sde;
    }

    /**
     * The set Ω with its boundaries.
     *
     * @return the region
     */
    public Region region() {
        return region;
    }

    /**
     * The discrete equation with the coefficients of one time, for any analysis of autonomous equations.
     *
     * @param t time
     * @return the frozen equation
     * @throws IllegalArgumentException see {@link FokkerPlanck#of(Sde, Region)}
     */
    public FokkerPlanck atTime(double t) {
        return FokkerPlanck.of(GridGenerator.byDrift(sde.atTime(t), region));
    }

    /**
     * The flow from a given density.
     *
     * @param start ρ(from), on the grid of this equation
     * @param from the time of the start
     * @param times when to keep the density: increasing, not before the start, which is put in front if it is not there
     * @param integrator implicitEuler, sdirk2 or crankNicolson; each interval between two times is divided into equal steps
     * @return the densities
     * @throws NegativeDensityException if a step of a method that is not positive for every step makes a density negative
     * @throws IllegalArgumentException if the frozen equation is refused at the time of a stage
     * @throws IllegalStateException if a density is wrong, see {@link FokkerPlanck#stoppedFlow}
     */
    public DrivenEvolution evolve(Density start, double from, double[] times, Integrator integrator) {
        if (!(Math.abs(from) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("from must be finite, got " + from);
        }
        long began = System.nanoTime();
        Propagation.requireTimes(from, times);
        DrivenSteps steps = new DrivenSteps(sde, region, integrator, false);
        double[] p = CellProbabilities.startingFrom(start, region);
        double lowest = lowest(p);
        List<Double> kept = new ArrayList<>(times.length + 1);
        List<Density> densities = new ArrayList<>(times.length + 1);
        List<Double> absorbed = new ArrayList<>(times.length + 1);
        kept.add(from);
        densities.add(start);
        absorbed.add(0.0);
        double time = from;
        for (double until : times) {
            if (until > from) {
                int count = steps.count(until - time);
                double h = (until - time) / count;
                for (int n = 0; n < count; n++) {
                    p = steps.step(time + n * h, h, p);
                    requirePositive(p, time + n * h, h, steps);
                    lowest = Math.min(lowest, lowest(p));
                }
                time = until;
                steps.last().requireFlow(p, "the density");
                kept.add(time);
                densities.add(CellProbabilities.toDensity(p, region));
                absorbed.add(steps.absorbed());
            }
        }
        EvolutionDiagnostics diagnostics = new EvolutionDiagnostics(
                integrator,
                steps.steps(),
                0,
                steps.factorisations(),
                steps.solves(),
                0,
                lowest,
                Duration.ofNanos(System.nanoTime() - began));
        return new DrivenEvolution(sde.temperature(), kept, densities, absorbed, diagnostics);
    }

    /**
     * The densities ρ(t + T) = ρ(t) of an equation of period T: the fixed point of the flow through one period, which is unique
     * where the noise joins all cells. In one dimension, and on few cells in more, the factorisations of all steps are kept from
     * period to period.
     *
     * @param period T > 0, a period of drift, diffusion and temperature
     * @param phases the number n of densities to keep, at 0, T/n, …, T − T/n
     * @param integrator implicitEuler, sdirk2 or crankNicolson; each n-th of the period is divided into equal steps
     * @return the densities with their residual; entries below zero that sum to less than 1e-11 are rounded to zero
     * @throws IllegalArgumentException if the equation differs a period later, looked at twice
     * @throws IllegalStateException if probability is absorbed: there is no such state; or if it is wrong, see {@link
     *     FokkerPlanck#stoppedFlow}
     * @throws NegativeDensityException if the steps of a method that is not positive for every step are too long
     * @throws ConvergenceException if the fixed point is not found
     */
    public PeriodicSteadyState periodicSteadyState(double period, int phases, Integrator integrator) {
        if (!(phases >= 1)) {
            throw new IllegalArgumentException("phases must number at least 1, got " + phases);
        }
        long began = System.nanoTime();
        GridGenerator first = atTime(0.0).chain();
        if (!first.generator().isConservative()) {
            throw new IllegalStateException("there is no periodic steady state: probability is absorbed");
        }
        long generators = requirePeriodic(period, phases, integrator);
        DrivenSteps steps = new DrivenSteps(sde, region, integrator, generators * region.size() <= mostGenerators());
        PeriodMap map = new PeriodMap(steps, period, phases);
        double[] start = new double[region.size()];
        Arrays.fill(start, 1.0 / start.length);
        double[] p = map.fixedPoint(start);
        List<double[]> path = new ArrayList<>(phases);
        double residual = PeriodMap.l1(PeriodMap.difference(map.apply(p, path), p));
        double h = period / map.stepsPerPeriod();
        List<Double> times = new ArrayList<>(phases);
        List<Density> densities = new ArrayList<>(phases);
        for (int k = 0; k < phases; k++) {
            double[] at = path.get(k).clone();
            double below = 0.0;
            for (int cell = 0; cell < at.length; cell++) {
                below += Math.max(-at[cell], 0.0);
            }
            if (!(below <= ROUNDING)) {
                requirePositive(at, k * period / phases, h, steps);
            }
            for (int cell = 0; cell < at.length; cell++) {
                at[cell] = Math.max(at[cell], 0.0);
            }
            if (first.hasQuietWalls()) {
                first.withEquation(sde.atTime(k * period / phases)).requireFlow(at, "the periodic steady state");
            }
            times.add(k * period / phases);
            densities.add(CellProbabilities.toDensity(at, region).normalized());
        }
        return new PeriodicSteadyState(
                period,
                times,
                densities,
                residual,
                map.periods(),
                map.stepsPerPeriod(),
                integrator,
                Duration.ofNanos(System.nanoTime() - began));
    }

    /**
     * How probability is lost through absorbing boundaries. The flow is followed through whole periods until each loses the same
     * part, which takes as long as the transients behind the boundaries, not as long as the escape. Densities may be negative in
     * between, as those of steps of second order from a point are: masses are linear in them.
     *
     * @param start ρ at time 0, on the grid of this equation; its mass is taken for 1
     * @param period T > 0, a period of drift, diffusion and temperature
     * @param integrator implicitEuler, sdirk2 or crankNicolson, the first without a word on positivity but of first order
     * @return rate, mean time and survival
     * @throws IllegalArgumentException if the equation differs a period later, looked at twice
     * @throws IllegalStateException if no probability is absorbed, or next to all in the first period; or if a density is wrong,
     *     see {@link FokkerPlanck#stoppedFlow}
     * @throws ConvergenceException if the loss still changes from period to period after 1000 of them, and something is left
     */
    public PeriodicDecay decay(Density start, double period, Integrator integrator) {
        long generators = requirePeriodic(period, 1, integrator);
        DrivenSteps steps = new DrivenSteps(sde, region, integrator, generators * region.size() <= mostGenerators());
        double[] p = CellProbabilities.startingFrom(start, region);
        int count = steps.count(period);
        double h = period / count;
        double whole = start.mass();
        List<Double> times = new ArrayList<>(List.of(0.0));
        List<Double> survival = new ArrayList<>(List.of(1.0));
        double last = Double.NaN;
        double settled = Double.NaN;
        double area = 0.0;
        for (int n = 1; n <= MOST_PERIODS; n++) {
            double before = survival.get(survival.size() - 1);
            double absorbed = steps.absorbed();
            double inPeriod = 0.0;
            for (int k = 0; k < count; k++) {
                double earlier = survival.get(survival.size() - 1);
                p = steps.step(k * h, h, p);
                times.add((n - 1) * period + (k + 1) * h);
                survival.add(Arrays.stream(p).sum() / whole);
                inPeriod += 0.5 * h * (earlier + survival.get(survival.size() - 1));
            }
            area += inPeriod;
            steps.last().requireFlow(p, "the density");
            double left = survival.get(survival.size() - 1);
            // What was absorbed has all its digits where next to nothing is.
            double lost = (steps.absorbed() - absorbed) / (whole * before);
            if (!(lost > 0.0)) {
                throw new IllegalStateException("no probability is absorbed in period " + n);
            }
            double rate = -Math.log1p(-lost) / period;
            settled = Math.abs(rate - last) / rate;
            if (settled <= SAME_LOSS || (left <= NOTHING_LEFT && n > 1)) {
                double negative =
                        Arrays.stream(p).map(value -> Math.max(-value, 0.0)).sum() / (whole * left);
                double tail = inPeriod * (1.0 - lost) / lost;
                return new PeriodicDecay(
                        period, rate, area + tail, times, survival, settled, negative, count, integrator);
            }
            if (left <= NOTHING_LEFT) {
                throw new IllegalStateException("next to nothing is left after one period, " + left
                        + ": there is no loss from period to period, evolve gives the survival");
            }
            last = rate;
        }
        throw new ConvergenceException("the loss in a period does not settle", settled, MOST_PERIODS, SAME_LOSS);
    }

    /** Checks; returns the number of generators that a period needs. */
    private long requirePeriodic(double period, int phases, Integrator integrator) {
        if (!(period > 0.0 && period <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("period must be positive and finite, got " + period);
        }
        GridGenerator first = atTime(0.0).chain();
        requirePeriod(0.0, period, first);
        // Where neither a half nor a third of a period looks like a whole one.
        double between = 0.2113 * period;
        requirePeriod(between, period, first.withEquation(sde.atTime(between)));
        DrivenSteps counting = new DrivenSteps(sde, region, integrator, false);
        return (long) counting.stages() * phases * counting.count(period / phases);
    }

    private long mostGenerators() {
        return region.grid().dimension() == 1 ? KEPT_ON_A_LINE : KEPT;
    }

    /** The rates must agree a period later, but for the rounding of the functions of time. */
    private void requirePeriod(double t, double period, GridGenerator frozen) {
        Generator at = frozen.generator();
        Generator later = frozen.withEquation(sde.atTime(t + period)).generator();
        double[] p = new double[region.size()];
        Arrays.fill(p, 1.0 / p.length);
        double[] change = new double[p.length];
        double[] laterChange = new double[p.length];
        at.times(p, change);
        later.times(p, laterChange);
        double difference = PeriodMap.l1(PeriodMap.difference(change, laterChange));
        double scale = 0.0;
        for (int cell = 0; cell < p.length; cell++) {
            scale += (at.outflow(cell) + later.outflow(cell)) * p[cell];
        }
        if (!(difference <= SAME_RATES * scale)) {
            throw new IllegalArgumentException("period must be one of the equation, got " + period + ": the rates at "
                    + t + " and a period later differ by " + difference / scale + " of their size");
        }
    }

    private void requirePositive(double[] p, double time, double h, DrivenSteps steps) {
        int worst = 0;
        for (int cell = 1; cell < p.length; cell++) {
            if (p[cell] < p[worst]) {
                worst = cell;
            }
        }
        if (p[worst] < 0.0) {
            double[] centre = new double[region.grid().dimension()];
            int number = region.cell(worst);
            region.grid().centre(number, centre);
            throw new NegativeDensityException(
                    time, h, p[worst] / region.grid().volume(number), centre, steps.safeStep());
        }
    }

    private double lowest(double[] p) {
        double least = Double.POSITIVE_INFINITY;
        for (int cell = 0; cell < p.length; cell++) {
            least = Math.min(least, p[cell] / region.grid().volume(region.cell(cell)));
        }
        return least;
    }

    @Override
    public String toString() {
        return "Fokker–Planck equation that depends on time on " + region;
    }
}
