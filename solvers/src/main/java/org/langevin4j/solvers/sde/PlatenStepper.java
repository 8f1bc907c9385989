package org.langevin4j.solvers.sde;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.sde.Sde;

/** The steps of {@link PlatenWeak2} and {@link ImplicitWeak2}, in the notation of the former. */
final class PlatenStepper implements Stepper {

    private final SchemeCoefficients coefficients;
    private final double h;
    private final boolean additive;
    private final int d;
    private final int m;

    /** Solves for the new state where a(Υ) is replaced by its drift. */
    private final @Nullable DriftEquation implicit;

    private double[][] drift = new double[0][0];
    private double[][] noise = new double[0][0];
    private double[][] column = new double[0][0];
    private double[][] product = new double[0][0];
    private double[][] support = new double[0][0];
    private double[][] change = new double[0][0];
    private double[][] weight = new double[0][0];

    PlatenStepper(Sde sde, double stepSize, @Nullable DriftEquation implicit) {
        this.coefficients = new SchemeCoefficients(sde, stepSize);
        this.h = stepSize;
        this.additive = sde.diffusion().isConstant();
        this.d = sde.dimension();
        this.m = sde.diffusion().noiseDimension();
        this.implicit = implicit;
    }

    @Override
    public int noises() {
        return additive ? m : Math.addExact(m, Math.multiplyExact(m, m - 1) / 2);
    }

    @Override
    public void step(double t, double[][] x, int paths, double[][] xi) {
        if (weight.length == 0 || weight[0].length < paths) {
            drift = new double[d][paths];
            noise = new double[d][paths];
            column = new double[d][paths];
            product = new double[d][paths];
            support = new double[d][paths];
            change = new double[d][paths];
            weight = new double[m][paths];
        }
        SchemeCoefficients.At now = coefficients.at(t);
        SchemeCoefficients.At later = coefficients.at(t + h);
        double amplitude = now.stepAmplitude();
        double[][] dW = Arrays.copyOf(xi, m);
        now.drift().atBlock(x, paths, drift);
        now.diffusion().factorTimesBlock(x, dW, paths, noise);
        if (implicit == null) {
            for (int i = 0; i < d; i++) {
                for (int p = 0; p < paths; p++) {
                    support[i][p] = x[i][p] + (drift[i][p] * h + amplitude * noise[i][p]);
                }
            }
            later.drift().atBlock(support, paths, product);
        } else {
            for (double[] row : product) {
                Arrays.fill(row, 0, paths, 0.0);
            }
        }
        boolean steady = now.hasNoiseOf(later);
        // ¼(2 − 2(m − 1)) bʲΔWʲ is what the terms at x itself add up to; for additive noise ½ is left, the rest is at t
        // + h.
        double atStart = additive ? (steady ? amplitude : 0.5 * amplitude) : 0.5 * (2 - m) * amplitude;
        for (int i = 0; i < d; i++) {
            for (int p = 0; p < paths; p++) {
                change[i][p] = 0.5 * h * (drift[i][p] + product[i][p]) + atStart * noise[i][p];
            }
        }
        if (!additive) {
            for (int r = 0; r < m; r++) {
                addSupports(r, now, later, x, paths, xi);
            }
        } else if (!steady) {
            later.diffusion().factorTimesBlock(x, dW, paths, noise);
            PathStepper.add(change, 0.5 * later.stepAmplitude(), noise, paths);
        }
        if (implicit != null) {
            implicit.solve(t + h, 0.5 * h, x, change, paths);
            return;
        }
        for (int i = 0; i < d; i++) {
            for (int p = 0; p < paths; p++) {
                x[i][p] += change[i][p];
            }
        }
    }

    /** The terms of Rʳ± and of Uʳ±. */
    private void addSupports(
            int r, SchemeCoefficients.At now, SchemeCoefficients.At later, double[][] x, int paths, double[][] xi) {
        for (double[] row : weight) {
            Arrays.fill(row, 0, paths, 0.0);
        }
        Arrays.fill(weight[r], 0, paths, 1.0);
        now.diffusion().factorTimesBlock(x, weight, paths, column);
        for (int sign = -1; sign <= 1; sign += 2) {
            for (double[] row : weight) {
                Arrays.fill(row, 0, paths, 0.0);
            }
            for (int p = 0; p < paths; p++) {
                weight[r][p] = 0.25 * (xi[r][p] + sign * (xi[r][p] * xi[r][p] - 1.0));
            }
            addProduct(now, later, x, sign, h, paths);
            for (int j = 0; j < m; j++) {
                for (int p = 0; p < paths; p++) {
                    weight[j][p] = j == r
                            ? 0.0
                            : 0.25 * (xi[j][p] + sign * (xi[j][p] * xi[r][p] + antisymmetric(r, j, p, xi)));
                }
            }
            if (m > 1) {
                addProduct(now, now, x, sign, 0.0, paths);
            }
        }
    }

    /** change ← change + √(2β⁻¹h) B(x + as ± bʳ√h) weight, with a and bʳ of the start and √(2β⁻¹) B of another time. */
    private void addProduct(
            SchemeCoefficients.At now, SchemeCoefficients.At then, double[][] x, int sign, double s, int paths) {
        double amplitude = now.stepAmplitude();
        for (int i = 0; i < d; i++) {
            for (int p = 0; p < paths; p++) {
                support[i][p] = x[i][p] + (drift[i][p] * s + sign * amplitude * column[i][p]);
            }
        }
        then.diffusion().factorTimesBlock(support, weight, paths, product);
        for (int i = 0; i < d; i++) {
            for (int p = 0; p < paths; p++) {
                change[i][p] += then.stepAmplitude() * product[i][p];
            }
        }
    }

    /** Vᵣⱼ/h: the sign of the normal number that belongs to the pair. */
    private double antisymmetric(int r, int j, int p, double[][] xi) {
        int high = Math.max(r, j);
        int low = Math.min(r, j);
        double normal = xi[m + high * (high - 1) / 2 + low][p];
        return (normal >= 0.0) == (j < r) ? 1.0 : -1.0;
    }
}
