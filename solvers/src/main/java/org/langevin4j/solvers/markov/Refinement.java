package org.langevin4j.solvers.markov;

import java.util.function.UnaryOperator;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Iterative refinement of (sI − A)x = r or (sI − Aᵀ)x = r (Wilkinson 1963) for an operator with negative rates, with the
 * componentwise backward error of Oettli and Prager (1964), |r − Mx|ᵢ / (|M||x| + |r|)ᵢ.
 */
final class Refinement {

    private static final int ROUNDS = 6;

    /** What is as good as rounding. */
    private static final double ENOUGH = 1e-14;

    /** What is no solution. */
    private static final double TOLERANCE = 1e-8;

    private final Generator generator;
    private final double shift;

    Refinement(Generator generator, double shift) {
        this.generator = generator;
        this.shift = shift;
    }

    double[] solve(double[] right, UnaryOperator<double[]> solver, boolean transposed) {
        double[] x = solver.apply(right);
        double[] rest = new double[x.length];
        double error = rest(right, x, rest, transposed);
        int rounds = 0;
        while (rounds < ROUNDS && !(error <= ENOUGH)) {
            double[] correction = solver.apply(rest);
            double[] better = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                better[i] = x[i] + correction[i];
            }
            double next = rest(right, better, rest, transposed);
            rounds++;
            if (!(next < error)) {
                break;
            }
            x = better;
            error = next;
        }
        if (!(error <= TOLERANCE)) {
            throw new ConvergenceException(
                    "elimination with negative rates loses its digits", error, rounds, TOLERANCE);
        }
        return x;
    }

    /** Writes r − Mx; returns the largest backward error. */
    private double rest(double[] right, double[] x, double[] rest, boolean transposed) {
        int n = x.length;
        double[] sizes = new double[n];
        for (int i = 0; i < n; i++) {
            rest[i] = right[i];
            sizes[i] = Math.abs(right[i]);
        }
        for (int j = 0; j < n; j++) {
            double own = shift + generator.exitRate(j);
            rest[j] -= own * x[j];
            sizes[j] += own * Math.abs(x[j]);
            generator.forEachRateFrom(j, (from, to, rate) -> {
                double there = transposed ? x[to] : x[from];
                double flow = rate * (x[from] - (transposed ? there : 0.0));
                rest[from] -= flow;
                sizes[from] += Math.abs(rate) * (Math.abs(x[from]) + (transposed ? Math.abs(there) : 0.0));
                if (!transposed) {
                    rest[to] += flow;
                    sizes[to] += Math.abs(flow);
                }
            });
        }
        double worst = 0.0;
        for (int i = 0; i < n; i++) {
            double error = Math.abs(rest[i]) / sizes[i];
            // 0/0 is a state without anything to balance.
            if (!(error <= worst) && sizes[i] > 0.0) {
                worst = error;
            }
        }
        return worst;
    }
}
