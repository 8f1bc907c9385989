package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * A chain with all its rates raised to a power below one: with barriers lower by that factor. Times beyond the range of
 * {@code double} are extrapolated from such chains.
 */
final class FlatterChain {

    /** The largest power tried, halved until all times are in range; and the least. */
    private static final double FIRST_POWER = 0.5;

    private static final double LAST_POWER = 1e-3;

    private FlatterChain() {}

    /**
     * The logarithm L of the longest mean time to absorption. By Laplace's method L(s) = as + b log s + c for a power s of
     * the rates, if barriers are high; three powers give a, b and c.
     *
     * @return L(1), or NaN if the times stay out of range
     */
    static double logarithmOfLongestTime(Generator generator, Dissection order) {
        if (generator.hasNegativeRates()) {
            return Double.NaN;
        }
        for (double power = FIRST_POWER; power >= LAST_POWER; power /= 2) {
            double first = logarithm(generator, order, power);
            double second = logarithm(generator, order, power / 2);
            double third = logarithm(generator, order, power / 4);
            if (first < Double.POSITIVE_INFINITY) {
                double slope = 4.0 * ((first - second) - (second - third)) / power;
                double logPart = ((second - third) - slope * power / 4) / Math.log(2.0);
                return first + slope * (1.0 - power) - logPart * Math.log(power);
            }
        }
        return Double.NaN;
    }

    private static double logarithm(Generator generator, Dissection order, double power) {
        Generator.Builder builder = Generator.builder(generator.states());
        for (int j = 0; j < generator.states(); j++) {
            if (generator.exitRate(j) > 0.0) {
                builder.exit(j, Math.pow(generator.exitRate(j), power));
            }
            generator.forEachRateFrom(j, (from, to, rate) -> builder.rate(from, to, Math.pow(rate, power)));
        }
        double[] ones = new double[generator.states()];
        Arrays.fill(ones, 1.0);
        try {
            double[] time = Elimination.of(builder.build(), order, 0.0).solveTransposed(ones);
            double largest = Arrays.stream(time).max().orElseThrow();
            return largest <= Double.MAX_VALUE ? Math.log(largest) : Double.POSITIVE_INFINITY;
        } catch (ReducibleGeneratorException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
