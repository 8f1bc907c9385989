package org.langevin4j.solvers.path;

import java.util.Locale;

/**
 * V ≈ ξ²/(2C(t)) around a stable cycle in the plane, ξ the distance along the normal n: C is the periodic solution of
 * dC/dt = 2AC + 2 n·Dn with A = n·(∂b)n, the variance across the cycle at β = 1 (Day and Darden 1985 in other words).
 */
final class CycleExpansion {

    private static final int STEPS = 2000;

    /** How far from its beginning the orbit may end, in cells. */
    private static final double CLOSURE = 1e-3;

    private final Hamiltonian hamiltonian;
    private final double[] jacobian = new double[4];
    private final double[] d = new double[4];
    private final double[] b = new double[2];
    private final double[] y = new double[2];
    /** Position, C and ∫A dt at each step. */
    private final double[][] orbit = new double[STEPS + 1][4];

    CycleExpansion(Hamiltonian hamiltonian, double[] start, double period) {
        this.hamiltonian = hamiltonian;
        orbit[0] = new double[] {start[0], start[1], 0.0, 0.0};
        integrate(period);
        double[] end = orbit[STEPS];
        double gap = Math.hypot(end[0] - start[0], end[1] - start[1]);
        if (!(gap <= CLOSURE)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "point must lie on a cycle of period %g, but the orbit ends %g cells from it",
                    period,
                    gap));
        }
        double multiplier = Math.exp(end[3]);
        if (!(multiplier < 1.0)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "cycle must be stable, got Floquet multiplier %g", multiplier));
        }
        orbit[0][2] = end[2] / ((1.0 - multiplier) * (1.0 + multiplier));
        integrate(period);
    }

    private void integrate(double period) {
        double h = period / STEPS;
        double[][] slopes = new double[4][4];
        double[] stage = new double[4];
        for (int i = 0; i < STEPS; i++) {
            double[] from = orbit[i];
            slope(from, slopes[0]);
            for (int s = 1; s < 4; s++) {
                double part = s == 3 ? h : 0.5 * h;
                for (int c = 0; c < 4; c++) {
                    stage[c] = from[c] + part * slopes[s - 1][c];
                }
                slope(stage, slopes[s]);
            }
            for (int c = 0; c < 4; c++) {
                orbit[i + 1][c] =
                        from[c] + h / 6.0 * (slopes[0][c] + 2.0 * (slopes[1][c] + slopes[2][c]) + slopes[3][c]);
            }
        }
    }

    /** Leaves b, and with it the normal n = (−b₂, b₁)/|b|, at the place. */
    private void slope(double[] state, double[] out) {
        y[0] = state[0];
        y[1] = state[1];
        hamiltonian.drift(y, b);
        double speed2 = b[0] * b[0] + b[1] * b[1];
        hamiltonian.jacobian(y, jacobian);
        hamiltonian.diffusion(y, d);
        double contraction = normal(jacobian) / speed2;
        out[0] = b[0];
        out[1] = b[1];
        out[2] = 2.0 * (contraction * state[2] + normal(d) / speed2);
        out[3] = contraction;
    }

    private double normal(double[] m) {
        return m[0] * b[1] * b[1] - (m[1] + m[2]) * b[0] * b[1] + m[3] * b[0] * b[0];
    }

    /** The cycle itself, where V = 0 and ∇V = 0. */
    LevelCurve centre() {
        LevelCurve front = new LevelCurve(true);
        for (int i = 0; i < STEPS; i++) {
            front.add(orbit[i][0], orbit[i][1], 0.0, 0.0, 0.0);
        }
        front.measure();
        return front;
    }

    /** V on the pair of level curves whose largest distance from the cycle is the given one. */
    double level(double distance) {
        double largest = 0.0;
        for (int i = 0; i < STEPS; i++) {
            largest = Math.max(largest, orbit[i][2]);
        }
        return 0.5 * distance * distance / largest;
    }

    /** The level curve on one side, +1 or −1. */
    LevelCurve side(int sign, double v) {
        LevelCurve front = new LevelCurve(true);
        double[] rates = new double[4];
        for (int i = 0; i < STEPS; i++) {
            double variance = orbit[i][2];
            slope(orbit[i], rates);
            double speed = Math.hypot(b[0], b[1]);
            double t1 = b[0] / speed;
            double t2 = b[1] / speed;
            double xi = sign * Math.sqrt(2.0 * v * variance);
            double across = xi / variance;
            // C changes along the cycle, and with it V at a fixed distance.
            double along = -0.5 * across * across * rates[2] / speed;
            front.add(
                    orbit[i][0] - xi * t2,
                    orbit[i][1] + xi * t1,
                    -across * t2 + along * t1,
                    across * t1 + along * t2,
                    0.0);
        }
        front.measure();
        return front;
    }
}
