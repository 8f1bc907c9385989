package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The flow P of probabilities through one period and its fixed point. (I − P)q = Pp − p is solved for the correction q of mass
 * zero by GMRES (Saad and Schultz 1986): the eigenvalues of P but 1 lie around 0, except for those of a few slow modes, each of
 * which costs about one application of P.
 */
final class PeriodMap {

    /** ‖Pp − p‖₁ at which p is taken for the fixed point. */
    static final double TOLERANCE = 1e-11;

    private static final int MOST_DIRECTIONS = 50;

    private static final int MOST_PERIODS = 1_000;

    private final DrivenSteps steps;
    private final double period;
    private final int phases;
    private final int stepsPerPhase;
    private int periods;

    PeriodMap(DrivenSteps steps, double period, int phases) {
        this.steps = steps;
        this.period = period;
        this.phases = phases;
        this.stepsPerPhase = steps.count(period / phases);
    }

    int periods() {
        return periods;
    }

    int stepsPerPeriod() {
        return phases * stepsPerPhase;
    }

    /** Pp; the probabilities at the phases 0, T/n, … are added to a list. */
    double[] apply(double[] p, List<double[]> path) {
        periods++;
        double h = period / stepsPerPeriod();
        double[] at = p;
        for (int n = 0; n < stepsPerPeriod(); n++) {
            if (n % stepsPerPhase == 0) {
                path.add(at);
            }
            at = steps.step(n * h, h, at);
        }
        return at;
    }

    private double[] apply(double[] p) {
        return apply(p, new ArrayList<>());
    }

    /**
     * The fixed point.
     *
     * @param start of mass 1
     * @return p of mass 1
     * @throws ConvergenceException if it is not found
     */
    double[] fixedPoint(double[] start) {
        // What is fast is gone after one period.
        double[] p = apply(start);
        while (true) {
            double[] residual = difference(apply(p), p);
            double norm = l1(residual);
            if (norm <= TOLERANCE) {
                return p;
            }
            if (!(periods < MOST_PERIODS)) {
                throw new ConvergenceException("the periodic steady state was not found", norm, periods, TOLERANCE);
            }
            double[] correction = solve(residual, 0.1 * TOLERANCE / norm);
            double mass = 0.0;
            for (int cell = 0; cell < p.length; cell++) {
                p[cell] += correction[cell];
                mass += p[cell];
            }
            for (int cell = 0; cell < p.length; cell++) {
                p[cell] /= mass;
            }
        }
    }

    /** q with (I − P)q = r, to a relative residual. */
    private double[] solve(double[] r, double tolerance) {
        int n = r.length;
        List<double[]> basis = new ArrayList<>();
        double[][] h = new double[MOST_DIRECTIONS + 1][MOST_DIRECTIONS];
        double[] cosine = new double[MOST_DIRECTIONS];
        double[] sine = new double[MOST_DIRECTIONS];
        double[] right = new double[MOST_DIRECTIONS + 1];
        double norm = Vectors.norm(r);
        right[0] = norm;
        basis.add(scaled(r, 1.0 / norm));
        int size = 0;
        while (size < MOST_DIRECTIONS && Math.abs(right[size]) > tolerance * norm) {
            int k = size;
            double[] v = basis.get(k);
            double[] w = difference(v, apply(v));
            // Twice, so that the directions stay orthogonal.
            for (int sweep = 0; sweep < 2; sweep++) {
                for (int i = 0; i <= k; i++) {
                    double[] u = basis.get(i);
                    double product = 0.0;
                    for (int cell = 0; cell < n; cell++) {
                        product += u[cell] * w[cell];
                    }
                    h[i][k] += product;
                    for (int cell = 0; cell < n; cell++) {
                        w[cell] -= product * u[cell];
                    }
                }
            }
            double length = Vectors.norm(w);
            h[k + 1][k] = length;
            for (int i = 0; i < k; i++) {
                double upper = h[i][k];
                h[i][k] = cosine[i] * upper + sine[i] * h[i + 1][k];
                h[i + 1][k] = cosine[i] * h[i + 1][k] - sine[i] * upper;
            }
            double radius = Math.hypot(h[k][k], length);
            if (!(radius > 0.0)) {
                break;
            }
            cosine[k] = h[k][k] / radius;
            sine[k] = length / radius;
            h[k][k] = radius;
            right[k + 1] = -sine[k] * right[k];
            right[k] *= cosine[k];
            size++;
            if (!(length > 0.0)) {
                break;
            }
            basis.add(scaled(w, 1.0 / length));
        }
        double[] q = new double[n];
        double[] y = new double[size];
        for (int i = size - 1; i >= 0; i--) {
            double sum = right[i];
            for (int j = i + 1; j < size; j++) {
                sum -= h[i][j] * y[j];
            }
            y[i] = sum / h[i][i];
        }
        for (int i = 0; i < size; i++) {
            double[] v = basis.get(i);
            for (int cell = 0; cell < n; cell++) {
                q[cell] += y[i] * v[cell];
            }
        }
        return q;
    }

    static double l1(double[] a) {
        return Arrays.stream(a).map(Math::abs).sum();
    }

    static double[] difference(double[] a, double[] b) {
        double[] out = new double[a.length];
        for (int cell = 0; cell < out.length; cell++) {
            out[cell] = a[cell] - b[cell];
        }
        return out;
    }

    private static double[] scaled(double[] a, double factor) {
        double[] out = new double[a.length];
        for (int cell = 0; cell < out.length; cell++) {
            out[cell] = factor * a[cell];
        }
        return out;
    }
}
