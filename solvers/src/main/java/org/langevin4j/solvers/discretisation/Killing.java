package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.solvers.markov.Generator;

/** Killing at a rate k(x), −kρ in the equation, beside the absorption by the faces of the cells. Immutable. */
public final class Killing {

    private final double[] rates;
    private final double[] faceRates;

    private Killing(double[] rates, double[] faceRates) {
        this.rates = rates;
        this.faceRates = faceRates;
    }

    /** None: all that a generator absorbs is absorbed by faces. */
    static Killing none(Generator generator) {
        if (generator.isConservative()) {
            return new Killing(new double[0], new double[0]);
        }
        double[] faceRates = new double[generator.states()];
        Arrays.setAll(faceRates, generator::exitRate);
        return new Killing(new double[0], faceRates);
    }

    /** More of it. */
    Killing with(Region region, ScalarField rate) {
        double[] sums = new double[region.size()];
        double[] x = new double[region.grid().dimension()];
        for (int k = 0; k < sums.length; k++) {
            region.grid().centre(region.cell(k), x);
            double value = rate.at(x);
            if (!(value >= 0.0 && value <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "killing rate must be finite and not negative, got " + value + " at x = " + Arrays.toString(x));
            }
            sums[k] = rate(k) + value;
        }
        return new Killing(sums, faceRates);
    }

    /** The rates of a generator with all that ends. */
    Generator applied(Generator generator) {
        double[] exits = new double[generator.states()];
        for (int k = 0; k < exits.length; k++) {
            exits[k] = faceRate(k) + rate(k);
        }
        return generator.withExits(exits);
    }

    /**
     * The rate of killing in a cell.
     *
     * @param cell number of the cell in the region
     * @return k ≥ 0, per unit of time
     */
    public double rate(int cell) {
        return rates.length == 0 ? 0.0 : rates[cell];
    }

    /**
     * The rate of absorption by the faces of a cell.
     *
     * @param cell number of the cell in the region
     * @return rate ≥ 0, per unit of time
     */
    public double faceRate(int cell) {
        return faceRates.length == 0 ? 0.0 : faceRates[cell];
    }

    @Override
    public String toString() {
        return rates.length == 0 ? "no killing" : "killing in " + rates.length + " cells";
    }
}
