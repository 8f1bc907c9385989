package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntFunction;

/**
 * Error bars against the spread of independent runs. Of R runs with estimates e and errors s the ratio Var(e)/⟨s²⟩ is 1 within
 * 4√((κ − 1 + δ²)/R), κ the kurtosis of e (3 of a normal law) and δ the relative spread of s². Error bars 0.7 or √2 times as
 * long would give 2.04 or 0.5.
 */
final class Spread {

    private Spread() {}

    /**
     * Checks the quantities of many runs.
     *
     * @param runs R
     * @param quantities of a run, from 0: estimate, its error and, if it is known without bias, the true value
     */
    static void check(int runs, IntFunction<double[][]> quantities) {
        double[][][] found = new double[runs][][];
        for (int run = 0; run < runs; run++) {
            found[run] = quantities.apply(run);
        }
        for (int q = 0; q < found[0].length; q++) {
            double mean = 0.0;
            double square = 0.0;
            for (double[][] run : found) {
                mean += run[q][0] / runs;
                square += run[q][1] * run[q][1] / runs;
            }
            boolean known = found[0][q].length > 2;
            double second = 0.0;
            double fourth = 0.0;
            double spread = 0.0;
            for (double[][] run : found) {
                double off = run[q][0] - (known ? run[q][2] : mean);
                second += off * off / (known ? runs : runs - 1.0);
                fourth += Math.pow(off, 4) / runs;
                spread += Math.pow(run[q][1] * run[q][1] / square - 1.0, 2) / runs;
            }
            double kurtosis = fourth / (second * second);
            double bound = 4.0 * Math.sqrt((kurtosis - 1.0 + spread) / runs);
            assertThat(bound).as("power for quantity %d", q).isLessThan(0.45);
            assertThat(second / square).as("quantity %d", q).isCloseTo(1.0, within(bound));
        }
    }
}
