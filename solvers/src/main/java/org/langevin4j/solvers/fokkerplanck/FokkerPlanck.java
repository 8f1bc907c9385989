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
     * The stationary density, by the method that suits the number of cells.
     *
     * @return the steady state with its residual
     * @throws ReducibleGeneratorException if it is not unique
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
     * @throws ConvergenceException if multigrid does not reach its tolerance
     */
    public SteadyState steadyState(SteadyStateMethod method) {
        long start = System.nanoTime();
        SteadyStateMethod chosen = method == SteadyStateMethod.AUTOMATIC ? suitableMethod() : method;
        double[] p;
        int iterations = 0;
        if (chosen == SteadyStateMethod.MULTIGRID) {
            Multigrid.NullVector found = Multigrid.nullVector(generator);
            p = found.p;
            iterations = found.iterations;
        } else {
            p = Elimination.of(generator, dissection, 0.0).nullVector();
        }
        Density density = toDensity(p).normalized();
        Duration wallTime = Duration.ofNanos(System.nanoTime() - start);
        return new SteadyState(
                density, generator.residual(p), generator.componentwiseResidual(p), chosen, iterations, wallTime);
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
        if (!(stepSize > 0.0 && stepSize <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("stepSize must be positive and finite, got " + stepSize);
        }
        if (!(steps > 0)) {
            throw new IllegalArgumentException("steps must be positive, got " + steps);
        }
        double shift = 1.0 / stepSize;
        Elimination elimination = Elimination.of(generator, dissection, shift);
        List<Double> times = new ArrayList<>(steps + 1);
        List<Density> densities = new ArrayList<>(steps + 1);
        times.add(0.0);
        densities.add(start);
        double[] p = probabilities(start);
        for (int n = 1; n <= steps; n++) {
            for (int cell = 0; cell < p.length; cell++) {
                p[cell] *= shift;
            }
            p = elimination.solve(p);
            times.add(n * stepSize);
            densities.add(toDensity(p));
        }
        return new Evolution(times, densities, temperature);
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
