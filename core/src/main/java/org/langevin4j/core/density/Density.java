package org.langevin4j.core.density;

import java.util.Arrays;
import java.util.Locale;
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
     * @param grid the grid
     * @param mean centre, length d, on the grid
     * @param standardDeviation width in every direction, positive and finite
     * @return the density, of mass 1
     */
    public static Density gaussian(Grid grid, double[] mean, double standardDeviation) {
        if (!(standardDeviation > 0.0 && standardDeviation <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "standardDeviation must be positive and finite, got " + standardDeviation);
        }
        if (mean.length != grid.dimension()) {
            throw new IllegalArgumentException("mean must have length " + grid.dimension() + ", got " + mean.length);
        }
        for (int a = 0; a < mean.length; a++) {
            // The part of a Gaussian that a box catches from outside is no Gaussian.
            if (!(mean[a] >= grid.axis(a).min() && mean[a] <= grid.axis(a).max())) {
                throw new IllegalArgumentException("mean must be on the grid, from "
                        + grid.axis(a).min() + " to " + grid.axis(a).max() + " on axis " + a + ", got " + mean[a]);
            }
        }
        double[] centre = mean.clone();
        return gibbs(
                grid,
                x -> {
                    double sum = 0.0;
                    for (int i = 0; i < centre.length; i++) {
                        double z = (x[i] - centre[i]) / standardDeviation;
                        sum += 0.5 * z * z;
                    }
                    return sum;
                },
                Temperature.of(1.0));
    }

    /**
     * The same density with mass 1.
     *
     * @return this divided by its mass
     */
    public Density normalized() {
        double mass = mass();
        if (!(mass > 0.0)) {
            throw new IllegalArgumentException("density must have positive mass, got " + mass);
        }
        double[] scaled = new double[values.length];
        for (int cell = 0; cell < scaled.length; cell++) {
            scaled[cell] = values[cell] / mass;
        }
        return new Density(grid, scaled);
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
        return integrate(cell -> {
            if (values[cell] == 0.0) {
                return 0.0;
            }
            grid.centre(cell, x);
            return f.at(x) * values[cell];
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
        return integrate(cell -> values[cell] == 0.0 ? 0.0 : -values[cell] * Math.log(values[cell]));
    }

    /**
     * The cross entropy with a reference.
     *
     * @param reference π, on the same grid
     * @return −∫ρ log π, in nats; +∞ if ρ is positive where π is zero
     */
    public double crossEntropy(Density reference) {
        requireSameGrid(reference);
        return integrate(cell -> values[cell] == 0.0 ? 0.0 : -values[cell] * Math.log(reference.values[cell]));
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
        return integrate(cell -> {
            double rho = values[cell];
            double pi = reference.values[cell];
            if (rho == 0.0) {
                return pi;
            }
            if (pi == 0.0) {
                return Double.POSITIVE_INFINITY;
            }
            double excess = (rho - pi) / pi;
            if (Math.abs(excess) > 1e-2) {
                return rho * Math.log(rho / pi) - (rho - pi);
            }
            // (1+e) log(1+e) − e by its series, Σ (−e)ᵏ/(k(k−1)): no cancellation.
            double sum = 0.0;
            double power = -excess;
            for (int k = 2; k <= 9; k++) {
                power *= -excess;
                sum += power / (k * (k - 1.0));
            }
            return pi * sum;
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

    /** Neumaier's compensated sum over the cells of f times the volume. */
    private double integrate(IntToDoubleFunction f) {
        double sum = 0.0;
        double error = 0.0;
        for (int cell = 0; cell < values.length; cell++) {
            double term = f.applyAsDouble(cell) * grid.volume(cell);
            double next = sum + term;
            error += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
            sum = next;
        }
        return sum == Double.POSITIVE_INFINITY ? sum : sum + error;
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
