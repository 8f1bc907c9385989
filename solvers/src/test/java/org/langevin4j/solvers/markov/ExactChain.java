package org.langevin4j.solvers.markov;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.hipparchus.fraction.BigFraction;
import org.hipparchus.fraction.BigFractionField;
import org.hipparchus.linear.Array2DRowFieldMatrix;
import org.hipparchus.linear.ArrayFieldVector;
import org.hipparchus.linear.FieldLUDecomposition;
import org.hipparchus.linear.FieldMatrix;

/** Small chains in rational arithmetic: an oracle without rounding. */
final class ExactChain {

    final int n;

    /** {@code rates[i][j]} from j to i. */
    final BigFraction[][] rates;

    final double[] exits;

    ExactChain(int n) {
        this.n = n;
        this.rates = new BigFraction[n][n];
        this.exits = new double[n];
        for (BigFraction[] row : rates) {
            Arrays.fill(row, BigFraction.ZERO);
        }
    }

    /** Rates over ten orders of magnitude, a third of them missing; a ring keeps it irreducible. */
    static ExactChain random(int n, long seed) {
        return random(n, seed, 23.0);
    }

    /** The same over e^spread. */
    static ExactChain random(int n, long seed, double spread) {
        Random random = new Random(seed);
        ExactChain chain = new ExactChain(n);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                if (i != j && (i == (j + 1) % n || random.nextDouble() < 0.6)) {
                    chain.rates[i][j] = new BigFraction(Math.exp(spread * (random.nextDouble() - 0.5)));
                }
            }
        }
        return chain;
    }

    Generator generator() {
        Generator.Builder builder = Generator.builder(n);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                if (rates[i][j].signum() > 0) {
                    builder.rate(j, i, rates[i][j].doubleValue());
                }
            }
            if (exits[j] > 0.0) {
                builder.exit(j, exits[j]);
            }
        }
        return builder.build();
    }

    /** A with its diagonal. */
    FieldMatrix<BigFraction> matrix() {
        FieldMatrix<BigFraction> a = new Array2DRowFieldMatrix<>(BigFractionField.getInstance(), n, n);
        for (int j = 0; j < n; j++) {
            BigFraction sum = new BigFraction(exits[j]);
            for (int i = 0; i < n; i++) {
                a.setEntry(i, j, rates[i][j]);
                sum = sum.add(rates[i][j]);
            }
            a.setEntry(j, j, sum.negate());
        }
        return a;
    }

    /** π, by the last row replaced by the sum. */
    BigFraction[] stationary() {
        FieldMatrix<BigFraction> a = matrix();
        BigFraction[] right = new BigFraction[n];
        for (int j = 0; j < n; j++) {
            a.setEntry(n - 1, j, BigFraction.ONE);
            right[j] = j == n - 1 ? BigFraction.ONE : BigFraction.ZERO;
        }
        return solve(a, right);
    }

    /** Aᵀu = −f outside, u as given where it is not null. */
    BigFraction[] backward(BigFraction[] f, BigFraction[] given) {
        FieldMatrix<BigFraction> t = matrix().transpose();
        BigFraction[] right = new BigFraction[n];
        for (int j = 0; j < n; j++) {
            right[j] = f[j].negate();
            if (given[j] != null) {
                for (int i = 0; i < n; i++) {
                    t.setEntry(j, i, i == j ? BigFraction.ONE : BigFraction.ZERO);
                }
                right[j] = given[j];
            }
        }
        return solve(t, right);
    }

    /** Correctly rounded; {@code BigFraction.doubleValue} is not where numerator and denominator are long. */
    static double value(BigFraction fraction) {
        return new BigDecimal(fraction.getNumerator())
                .divide(new BigDecimal(fraction.getDenominator()), new MathContext(40))
                .doubleValue();
    }

    static BigFraction[] solve(FieldMatrix<BigFraction> a, BigFraction[] right) {
        return new FieldLUDecomposition<>(a)
                .getSolver()
                .solve(new ArrayFieldVector<>(right, false))
                .toArray();
    }
}
