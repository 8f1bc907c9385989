package org.langevin4j.core.density;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;

/**
 * A probability density ρ that is constant in each cell of a grid. Immutable.
 *
 * <p>Integrals are sums over the cells with functions taken at their centres: second order in the width of the cells.
 */
public final class Density {

    /** Sums of terms that may be subnormal have all their digits from here on. */
    private static final double LEAST_SUM = 0x1p-960;

    private final Grid grid;
    private final double[] values;

    private Density(Grid grid, double[] values) {
        this.grid = grid;
        this.values = values;
    }

    /**
     * A density with the given values, as they are.
     *
     * @param grid the grid
     * @param values probability per unit of volume, one a cell, finite and not negative; copied
     * @return the density
     * @throws IllegalArgumentException if the number of values does not match or a value is negative or not finite
     */
    public static Density of(Grid grid, double... values) {
        if (values.length != grid.cells()) {
            throw new IllegalArgumentException("values must number " + grid.cells() + ", got " + values.length);
        }
        for (int cell = 0; cell < values.length; cell++) {
            if (!(values[cell] >= 0.0 && values[cell] <= Double.MAX_VALUE)) {
                double[] centre = new double[grid.dimension()];
                grid.centre(cell, centre);
                throw new IllegalArgumentException("density must be finite and not negative, got " + values[cell]
                        + " in the cell at " + Arrays.toString(centre));
            }
        }
        return new Density(grid, values.clone());
    }

    /**
     * The density proportional to e^(−βΦ), normalised on the grid (Chaudhari and Soatto 2018, eq. 6).
     *
     * @param grid the grid
     * @param potential Φ; +∞ is allowed and means no probability
     * @param temperature β⁻¹
     * @return the density, of mass 1
     */
    public static Density gibbs(Grid grid, ScalarField potential, Temperature temperature) {
        temperature.requireConstant("Density.gibbs");
        grid.requireMemory("a density", 2 * Double.BYTES);
        double[] values = new double[grid.cells()];
        double[] x = new double[grid.dimension()];
        double lowest = Double.POSITIVE_INFINITY;
        for (int cell = 0; cell < values.length; cell++) {
            grid.centre(cell, x);
            values[cell] = potential.at(x);
            if (!(values[cell] > Double.NEGATIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "potential must be above −∞, got " + values[cell] + " at x = " + Arrays.toString(x));
            }
            lowest = Math.min(lowest, values[cell]);
        }
        if (!(lowest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("potential must be finite somewhere on the grid");
        }
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = Math.exp(-(values[cell] - lowest) / temperature.value());
        }
        return new Density(grid, values).normalized();
    }

    /**
     * The normal density with independent coordinates, normalised on the grid.
     *
     * @param grid the grid; of a normal density about the end of an axis the part outside is left out
     * @param mean centre, length d, on the grid
     * @param standardDeviation width in every direction, positive; resolved by the cells around the mean, and with at least four
     *     tenths of the density on each axis
     * @return the density, of mass 1
     * @throws IllegalArgumentException if what would be on the grid is no normal density: the mean outside, most of it outside,
     *     or narrower than the cells ({@link #at(Grid, double...)} starts at a point)
     */
    public static Density gaussian(Grid grid, double[] mean, double standardDeviation) {
        return gaussian(grid, axis -> false, mean, standardDeviation);
    }

    /**
     * The normal density on a region, wrapped around its periodic axes, zero outside and normalised.
     *
     * @param region the region
     * @param mean centre, length d, in the region; on a periodic axis any number
     * @param standardDeviation as in {@link #gaussian(Grid, double[], double)}
     * @return the density, of mass 1
     * @throws IllegalArgumentException as there, or if less than four tenths are in the region
     */
    public static Density gaussian(Region region, double[] mean, double standardDeviation) {
        Grid grid = region.grid();
        Density whole = gaussian(grid, region::isPeriodic, mean, standardDeviation);
        double[] values = whole.values;
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = region.contains(cell) ? values[cell] : 0.0;
        }
        Density inside = new Density(grid, values);
        double mass = inside.mass();
        if (!(mass >= Bell.LEAST_MASS)) {
            throw new IllegalArgumentException("mean must be in the region with most of the density, got "
                    + Arrays.toString(mean) + ", which leaves " + mass + " of it");
        }
        return inside.normalized();
    }

    private static Density gaussian(Grid grid, IntPredicate periodic, double[] mean, double standardDeviation) {
        if (!(standardDeviation > 0.0 && standardDeviation <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "standardDeviation must be positive and finite, got " + standardDeviation);
        }
        if (mean.length != grid.dimension()) {
            throw new IllegalArgumentException("mean must have length " + grid.dimension() + ", got " + mean.length);
        }
        Bell[] bells = new Bell[mean.length];
        for (int a = 0; a < mean.length; a++) {
            bells[a] = new Bell(grid.axis(a), a, periodic.test(a), mean[a], standardDeviation);
            bells[a].require();
        }
        return gibbs(
                grid,
                x -> {
                    double sum = 0.0;
                    for (int i = 0; i < bells.length; i++) {
                        sum += bells[i].potential(x[i]);
                    }
                    return sum;
                },
                Temperature.of(1.0));
    }

    /**
     * All mass at a point, as the start of a system in a known state: shared among the centres of the cells around it in
     * proportion to the multilinear weights, so that the mean is x. Within half a cell of an end of the grid weights that are
     * not negative have no such mean: there the outermost centre of that axis stands for x.
     *
     * @param grid the grid
     * @param x the point, length d, on the grid
     * @return the density, of mass 1 on at most 2ᵈ cells; its variance along an axis, (x − x₋)(x₊ − x), is at most a quarter of
     *     the square of a cell
     * @throws IllegalArgumentException if x is not on the grid
     */
    public static Density at(Grid grid, double... x) {
        return at(grid, axis -> false, cell -> true, x);
    }

    /**
     * All mass at a point of a region, as {@link #at(Grid, double...)}; on a periodic axis the last centre and the first are
     * neighbours, and shares of cells outside the region go to the cell of x, which takes the mean from x.
     *
     * @param region the region
     * @param x the point, length d, in a cell of the region; on a periodic axis any number
     * @return the density, of mass 1
     * @throws IllegalArgumentException if x is not in a cell of the region
     */
    public static Density at(Region region, double... x) {
        return at(region.grid(), region::isPeriodic, region::contains, x);
    }

    private static Density at(Grid grid, IntPredicate periodic, IntPredicate inside, double... x) {
        grid.requireMemory("a density", Double.BYTES);
        double[] values = new double[grid.cells()];
        double[] outside = new double[1];
        boolean known = Multilinear.around(grid, x, periodic, (cell, weight) -> {
            if (inside.test(cell)) {
                values[cell] += weight / grid.volume(cell);
            } else {
                outside[0] += weight;
            }
        });
        int home = known ? cellAround(grid, periodic, x) : -1;
        if (home < 0 || !inside.test(home)) {
            throw new IllegalArgumentException(
                    (known ? "x must be in a cell of the region, on " : "x must be on the grid, ") + grid + ", got "
                            + Arrays.toString(x));
        }
        values[home] += outside[0] / grid.volume(home);
        return Density.of(grid, values);
    }

    /** The cell of a point, the upper end of an axis being part of its last cell. */
    private static int cellAround(Grid grid, IntPredicate periodic, double[] x) {
        double[] inside = x.clone();
        for (int a = 0; a < inside.length; a++) {
            Axis axis = grid.axis(a);
            double length = axis.max() - axis.min();
            if (periodic.test(a)) {
                inside[a] -= length * Math.floor((inside[a] - axis.min()) / length);
            }
            inside[a] = Math.min(inside[a], axis.centre(axis.cells() - 1));
        }
        return grid.cellOf(inside);
    }

    /**
     * The same density with mass 1.
     *
     * @return this divided by its mass
     */
    public Density normalized() {
        double[] shares = values;
        double mass = mass();
        if (!(mass >= LEAST_SUM && mass <= Double.MAX_VALUE)) {
            // In units of the largest value, where the mass itself lacks digits or is no number.
            shares = divided(values, values[mode()]);
            mass = new Density(grid, shares).mass();
        }
        if (!(mass > 0.0 && mass <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("density must have positive mass, got " + mass());
        }
        return new Density(grid, divided(shares, mass));
    }

    private static double[] divided(double[] values, double divisor) {
        return Arrays.stream(values).map(value -> value / divisor).toArray();
    }

    /**
     * The grid.
     *
     * @return the grid
     */
    public Grid grid() {
        return grid;
    }

    /**
     * The value in a cell.
     *
     * @param cell number of the cell
     * @return ρ, probability per unit of volume
     */
    public double value(int cell) {
        return values[cell];
    }

    /**
     * The value at a point, multilinear between the centres of the cells; beyond the last centre of an axis it is as at that
     * centre.
     *
     * @param x coordinates, length d
     * @return ρ(x), 0 outside the grid
     */
    public double at(double... x) {
        return Multilinear.sum(grid, values, x, 0.0);
    }

    /**
     * All values.
     *
     * @return a copy, one a cell
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The probabilities of the cells.
     *
     * @return value times volume, one a cell
     */
    public double[] probabilities() {
        double[] p = new double[values.length];
        for (int cell = 0; cell < p.length; cell++) {
            p[cell] = values[cell] * grid.volume(cell);
        }
        return p;
    }

    /**
     * The integral over the grid.
     *
     * @return ∫ρ
     */
    public double mass() {
        return integrate(cell -> values[cell]);
    }

    /**
     * The expectation of a function.
     *
     * @param f the function
     * @return ∫fρ; cells with ρ = 0 are left out
     */
    public double expectation(ScalarField f) {
        double[] x = new double[grid.dimension()];
        return sum(cell -> {
            if (values[cell] == 0.0) {
                return 0.0;
            }
            grid.centre(cell, x);
            return f.at(x) * probability(cell);
        });
    }

    /**
     * The mean.
     *
     * @return E[x], length d
     */
    public double[] mean() {
        double[] mean = new double[grid.dimension()];
        for (int i = 0; i < mean.length; i++) {
            int axis = i;
            mean[i] = expectation(x -> x[axis]);
        }
        return mean;
    }

    /**
     * The covariance.
     *
     * @return E[(x − mean)(x − mean)ᵀ], d×d; the variance within a cell is not added
     */
    public RealMatrix covariance() {
        int d = grid.dimension();
        double[] mean = mean();
        RealMatrix covariance = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                int row = i;
                int column = j;
                double value = expectation(x -> (x[row] - mean[row]) * (x[column] - mean[column]));
                covariance.setEntry(i, j, value);
                covariance.setEntry(j, i, value);
            }
        }
        return covariance;
    }

    /**
     * The differential entropy.
     *
     * @return H = −∫ρ log ρ, in nats
     */
    public double entropy() {
        return sum(cell -> values[cell] == 0.0 ? 0.0 : -probability(cell) * Math.log(values[cell]));
    }

    /**
     * The cross entropy with a reference.
     *
     * @param reference π, on the same grid
     * @return −∫ρ log π, in nats; +∞ if ρ is positive where π is zero
     */
    public double crossEntropy(Density reference) {
        requireSameGrid(reference);
        return sum(cell -> values[cell] == 0.0 ? 0.0 : -probability(cell) * Math.log(reference.values[cell]));
    }

    /**
     * The relative entropy to a reference of the same mass, KL(ρ‖π) = ∫ρ log(ρ/π).
     *
     * <p>Summed as ∫π(r log r − r + 1) with r = ρ/π, whose terms are all positive: it is accurate to many digits also
     * where both densities nearly agree.
     *
     * @param reference π, on the same grid
     * @return KL ≥ 0, in nats; +∞ if ρ is positive where π is zero
     */
    public double relativeEntropy(Density reference) {
        requireSameGrid(reference);
        return sum(cell -> {
            double rho = values[cell];
            double pi = reference.values[cell];
            if (rho == 0.0) {
                return pi * grid.volume(cell);
            }
            if (pi == 0.0) {
                return Double.POSITIVE_INFINITY;
            }
            double excess = (rho - pi) / pi;
            if (Math.abs(excess) > 1e-2) {
                return probability(cell) * logRatio(rho, pi) - (rho - pi) * grid.volume(cell);
            }
            // (1+e) log(1+e) − e by its series, Σ (−e)ᵏ/(k(k−1)): no cancellation.
            double sum = 0.0;
            double power = -excess;
            for (int k = 2; k <= 9; k++) {
                power *= -excess;
                sum += power / (k * (k - 1.0));
            }
            return pi * grid.volume(cell) * sum;
        });
    }

    /**
     * The L¹ distance to another density.
     *
     * @param other density on the same grid
     * @return ∫|ρ − other|, between 0 and 2
     */
    public double l1Distance(Density other) {
        requireSameGrid(other);
        return integrate(cell -> Math.abs(values[cell] - other.values[cell]));
    }

    /**
     * The cell of the largest value.
     *
     * @return number of the first such cell
     */
    public int mode() {
        int best = 0;
        for (int cell = 1; cell < values.length; cell++) {
            if (values[cell] > values[best]) {
                best = cell;
            }
        }
        return best;
    }

    private void requireSameGrid(Density other) {
        if (!grid.equals(other.grid)) {
            throw new IllegalArgumentException("densities must be on the same grid");
        }
    }

    private double probability(int cell) {
        return values[cell] * grid.volume(cell);
    }

    private double integrate(IntToDoubleFunction f) {
        return sum(cell -> f.applyAsDouble(cell) * grid.volume(cell));
    }

    /** Neumaier's compensated sum of a term for each cell. */
    private double sum(IntToDoubleFunction f) {
        double sum = 0.0;
        double error = 0.0;
        for (int cell = 0; cell < values.length; cell++) {
            double term = f.applyAsDouble(cell);
            double next = sum + term;
            error += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
            sum = next;
        }
        return Math.abs(sum) == Double.POSITIVE_INFINITY ? sum : sum + error;
    }

    /** log(a/b), also where the quotient is no normal number. */
    static double logRatio(double a, double b) {
        double ratio = a / b;
        return ratio >= Double.MIN_NORMAL && ratio <= Double.MAX_VALUE ? Math.log(ratio) : Math.log(a) - Math.log(b);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "density on %s: mass %.6g, mean %s, entropy %.5g",
                grid,
                mass(),
                VectorText.of(mean()),
                entropy());
    }
}
