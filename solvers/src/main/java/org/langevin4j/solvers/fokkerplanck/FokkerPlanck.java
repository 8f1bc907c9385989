package org.langevin4j.solvers.fokkerplanck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * The Fokker–Planck equation of a stochastic differential equation on a grid, as a Markov process on its cells; see the
 * package page for the discretisation. Built once, used for any number of analyses. Immutable.
 */
public final class FokkerPlanck {

    private final Region region;
    private final Temperature temperature;
    private final Generator generator;
    private final Dissection dissection;

    private FokkerPlanck(Region region, Temperature temperature, Generator generator) {
        this.region = region;
        this.temperature = temperature;
        this.generator = generator;
        this.dissection = Dissection.of(region.grid());
    }

    /**
     * Discretises an equation.
     *
     * @param sde the equation, in any calculus; its D must be diagonal and positive on the grid
     * @param grid the box Ω
     * @param boundary what happens at its faces
     * @return the discrete equation
     * @throws IllegalArgumentException if the dimensions differ, or D has an off-diagonal part, is not positive, or the
     *     drift is not finite somewhere on the grid
     */
    public static FokkerPlanck of(Sde sde, Grid grid, Boundary boundary) {
        if (sde.dimension() != grid.dimension()) {
            throw new IllegalArgumentException(
                    "grid must have the dimension of the equation, " + sde.dimension() + ", got " + grid.dimension());
        }
        return new FokkerPlanck(Region.of(grid, boundary), sde.temperature(), reflecting(sde.toIto(), grid));
    }

    private static Generator reflecting(Sde sde, Grid grid) {
        int d = grid.dimension();
        int n = grid.cells();
        double inverseBeta = sde.temperature().value();
        Coefficients coefficients = new Coefficients(sde);
        // b/D and D at the centres, one row an axis: each centre serves all its edges.
        double[][] ratios = new double[d][n];
        double[][] diffusions = new double[d][n];
        double[] x = new double[d];
        for (int cell = 0; cell < n; cell++) {
            grid.centre(cell, x);
            coefficients.evaluate(x);
            for (int a = 0; a < d; a++) {
                ratios[a][cell] = coefficients.drift[a] / coefficients.diffusion[a];
                diffusions[a][cell] = coefficients.diffusion[a];
            }
        }
        Generator.Builder builder = new Generator.Builder(n);
        for (int cell = 0; cell < n; cell++) {
            for (int a = 0; a < d; a++) {
                int i = grid.position(cell, a);
                if (i + 1 == grid.axis(a).cells()) {
                    continue;
                }
                int neighbour = cell + grid.stride(a);
                grid.centre(cell, x);
                double distance = grid.axis(a).centre(i + 1) - x[a];
                x[a] += 0.5 * distance;
                coefficients.evaluate(x);
                double middle = coefficients.drift[a] / coefficients.diffusion[a];
                double w = distance / inverseBeta * (ratios[a][cell] + 4.0 * middle + ratios[a][neighbour]) / 6.0;
                double scale = inverseBeta / distance;
                builder.pair(
                        cell,
                        neighbour,
                        scale
                                * diffusions[a][cell]
                                * bernoulli(-w)
                                / grid.axis(a).width(i),
                        scale
                                * diffusions[a][neighbour]
                                * bernoulli(w)
                                / grid.axis(a).width(i + 1));
            }
        }
        return builder.build();
    }

    /** B(z) = z/(eᶻ − 1), positive, B(0) = 1. */
    static double bernoulli(double z) {
        return Math.abs(z) < 1e-5 ? 1.0 - 0.5 * z + z * z / 12.0 : z / Math.expm1(z);
    }

    /** Drift and diagonal of D at a point, checked. */
    private static final class Coefficients {

        private final Sde sde;
        private final double[] drift;
        private final double[] diffusion;
        private final double[] matrix;

        Coefficients(Sde sde) {
            this.sde = sde;
            int d = sde.dimension();
            this.drift = new double[d];
            this.diffusion = new double[d];
            this.matrix = new double[d * d];
        }

        void evaluate(double[] x) {
            int d = drift.length;
            sde.drift().at(x, drift);
            sde.diffusion().matrix(x, matrix);
            for (int i = 0; i < d; i++) {
                diffusion[i] = matrix[i * d + i];
                if (!(Math.abs(drift[i]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "drift must be finite, got b[" + i + "] = " + drift[i] + " at x = " + Arrays.toString(x));
                }
                if (!(diffusion[i] > 0.0 && diffusion[i] <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException("diffusion must be positive, got D[" + i + "][" + i + "] = "
                            + diffusion[i] + " at x = " + Arrays.toString(x));
                }
                if (sde.diffusion().structure() == Diffusion.Structure.FULL) {
                    requireDiagonal(x, i);
                }
            }
        }

        private void requireDiagonal(double[] x, int i) {
            int d = drift.length;
            for (int j = 0; j < d; j++) {
                if (j != i && matrix[i * d + j] != 0.0) {
                    throw new IllegalArgumentException("diffusion must be diagonal for this discretisation, got D[" + i
                            + "][" + j + "] = " + matrix[i * d + j] + " at x = " + Arrays.toString(x));
                }
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

    /**
     * The rates between the cells.
     *
     * @return the generator
     */
    public Generator generator() {
        return generator;
    }

    /**
     * The stationary density, by direct elimination: O(n³) operations and O(n² log n) memory for n×n cells.
     *
     * @return the steady state with its residual
     * @throws ReducibleGeneratorException if it is not unique
     */
    public SteadyState steadyState() {
        long start = System.nanoTime();
        double[] p = Elimination.of(generator, dissection, 0.0).nullVector();
        Density density = toDensity(p).normalized();
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        return new SteadyState(density, generator.residual(p), wallTime);
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
     */
    public Evolution evolve(Density start, double[] times, Integrator integrator) {
        long began = System.nanoTime();
        requireTimes(times);
        Propagation propagation = new Propagation(this, probabilities(start));
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
                densities.add(toDensity(propagation.probabilities()));
                absorbed.add(propagation.absorbed());
            }
        }
        Duration wallTime = Duration.ofNanos(System.nanoTime() - began);
        return new Evolution(this, kept, densities, absorbed, propagation.diagnostics(integrator, wallTime));
    }

    private static void requireTimes(double[] times) {
        if (!(times.length > 0)) {
            throw new IllegalArgumentException("times must number at least 1, got 0");
        }
        for (int n = 0; n < times.length; n++) {
            if (!(times[n] >= 0.0 && times[n] <= Double.MAX_VALUE && (n == 0 || times[n] > times[n - 1]))) {
                throw new IllegalArgumentException(
                        "times must be finite, not negative and increasing, got " + Arrays.toString(times));
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

    /** The order in which a direct solver eliminates the cells. */
    Dissection dissection() {
        return dissection;
    }

    /** The probabilities of the region's cells; a density on another grid or with mass outside is refused. */
    double[] probabilities(Density density) {
        if (!density.grid().equals(grid())) {
            throw new IllegalArgumentException("start must be a density on the grid of the equation");
        }
        double[] p = new double[region.size()];
        for (int cell = 0; cell < grid().cells(); cell++) {
            if (region.contains(cell)) {
                p[region.index(cell)] = density.value(cell) * grid().volume(cell);
            } else if (density.value(cell) != 0.0) {
                double[] x = new double[grid().dimension()];
                grid().centre(cell, x);
                throw new IllegalArgumentException("start must be zero outside the region, got " + density.value(cell)
                        + " at x = " + Arrays.toString(x));
            }
        }
        return p;
    }

    /** The density with the given probabilities of the region's cells, zero outside. */
    Density toDensity(double[] p) {
        double[] values = new double[grid().cells()];
        for (int k = 0; k < p.length; k++) {
            int cell = region.cell(k);
            values[cell] = p[k] / grid().volume(cell);
        }
        return Density.of(grid(), values);
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
}
