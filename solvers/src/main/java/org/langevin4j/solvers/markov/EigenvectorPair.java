package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.linear.LinearAlgebra;

/** An eigenvalue with its right vector p and its left vector u, Σπ|u|² = 1 and Σup = 1 without conjugation. */
final class EigenvectorPair {

    final Complex value;
    final double[][] right;
    final double[][] left;
    final double residual;

    /** ‖u‖‖p/π‖ in L²(π). */
    final double condition;

    private EigenvectorPair(Complex value, double[][] right, double[][] left, double residual, double condition) {
        this.value = value;
        this.right = right;
        this.left = left;
        this.residual = residual;
        this.condition = condition;
    }

    private static double sum2(double a, double b) {
        return a * a + b * b;
    }

    /** Scales the left vectors to Σπ|u|² = 1 and combines the right ones to Σuᵢpⱼ = δᵢⱼ, without conjugation. */
    static List<EigenvectorPair> of(
            List<EigenvectorSide.Vector> lefts, List<EigenvectorSide.Vector> rights, double[] weights) {
        int m = lefts.size();
        List<double[][]> u = new ArrayList<>();
        for (EigenvectorSide.Vector vector : lefts) {
            u.add(normalised(vector.parts, weights));
        }
        Complex[][] gram = new Complex[m][m];
        Complex[][] unit = new Complex[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                gram[i][j] = pairing(u.get(i), rights.get(j).parts, weights);
                unit[i][j] = i == j ? Complex.ONE : Complex.ZERO;
            }
        }
        Complex[][] inverse = LinearAlgebra.pureJava().solve(gram, unit);
        List<EigenvectorPair> pairs = new ArrayList<>();
        for (int k = 0; k < m; k++) {
            double[][] p = new double[2][weights.length];
            double residual = lefts.get(k).residual;
            for (int j = 0; j < m; j++) {
                Complex factor = inverse[j][k];
                double[][] v = rights.get(j).parts;
                residual = Math.max(residual, rights.get(j).residual);
                for (int i = 0; i < weights.length; i++) {
                    p[0][i] += weights[i] * (factor.getRealPart() * v[0][i] - factor.getImaginaryPart() * v[1][i]);
                    p[1][i] += weights[i] * (factor.getRealPart() * v[1][i] + factor.getImaginaryPart() * v[0][i]);
                }
            }
            pairs.add(new EigenvectorPair(lefts.get(k).value, p, u.get(k), residual, condition(p, weights)));
        }
        return pairs;
    }

    /** ‖p/π‖ where ‖u‖ = 1: how much more than a normal matrix this one lets rounding move the eigenvalue. */
    private static double condition(double[][] p, double[] weights) {
        double square = 0.0;
        for (int i = 0; i < weights.length; i++) {
            square += sum2(p[0][i], p[1][i]) / weights[i];
        }
        return Math.sqrt(square);
    }

    /** Norm 1 in L²(π), and real and positive where it weighs most. */
    private static double[][] normalised(double[][] vector, double[] weights) {
        double square = 0.0;
        int heaviest = 0;
        double most = 0.0;
        for (int i = 0; i < weights.length; i++) {
            double part = weights[i] * sum2(vector[0][i], vector[1][i]);
            square += part;
            // By more than rounding, so that the first of two equal places decides.
            if (part > most * (1 + 1e-6)) {
                most = part;
                heaviest = i;
            }
        }
        Complex factor = new Complex(vector[0][heaviest], -vector[1][heaviest])
                .divide(Math.hypot(vector[0][heaviest], vector[1][heaviest]) * Math.sqrt(square));
        double[][] scaled = new double[2][weights.length];
        for (int i = 0; i < weights.length; i++) {
            scaled[0][i] = factor.getRealPart() * vector[0][i] - factor.getImaginaryPart() * vector[1][i];
            scaled[1][i] = factor.getRealPart() * vector[1][i] + factor.getImaginaryPart() * vector[0][i];
        }
        return scaled;
    }

    private static Complex pairing(double[][] u, double[][] v, double[] weights) {
        double re = 0.0;
        double im = 0.0;
        for (int i = 0; i < weights.length; i++) {
            re += weights[i] * (u[0][i] * v[0][i] - u[1][i] * v[1][i]);
            im += weights[i] * (u[0][i] * v[1][i] + u[1][i] * v[0][i]);
        }
        return new Complex(re, im);
    }
}
