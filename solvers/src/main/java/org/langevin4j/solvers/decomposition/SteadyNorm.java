package org.langevin4j.solvers.decomposition;

import org.langevin4j.core.density.Density;

/** Norms of functions of the cells under a density; cells where a function is NaN are left out. */
final class SteadyNorm {

    /** Maxima are taken where ρ is at least this part of its largest value. */
    private static final double NEGLIGIBLE = 1e-3;

    private final Density density;
    private final double[] probabilities;
    private final double threshold;

    SteadyNorm(Density density) {
        this.density = density;
        this.probabilities = density.probabilities();
        this.threshold = NEGLIGIBLE * density.value(density.mode());
    }

    double mean(double[] field) {
        double sum = 0.0;
        double mass = 0.0;
        for (int cell = 0; cell < field.length; cell++) {
            if (!Double.isNaN(field[cell])) {
                sum += probabilities[cell] * field[cell];
                mass += probabilities[cell];
            }
        }
        return sum / mass;
    }

    /** √E[field²]. */
    double rms(double[] field) {
        double[] squares = new double[field.length];
        for (int cell = 0; cell < field.length; cell++) {
            squares[cell] = field[cell] * field[cell];
        }
        return Math.sqrt(mean(squares));
    }

    /** The largest |field| where ρ is not negligible. */
    double max(double[] field) {
        double largest = 0.0;
        for (int cell = 0; cell < field.length; cell++) {
            if (density.value(cell) >= threshold && !Double.isNaN(field[cell])) {
                largest = Math.max(largest, Math.abs(field[cell]));
            }
        }
        return largest;
    }
}
