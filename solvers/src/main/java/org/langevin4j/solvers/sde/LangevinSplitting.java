package org.langevin4j.solvers.sde;

import java.util.Arrays;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.UnderdampedLangevin;

/** The exactly solvable parts A (drift of q), B (kick of p) and O (Ornstein–Uhlenbeck of p), on a block of paths. */
final class LangevinSplitting {

    private final UnderdampedLangevin equation;
    private final int n;
    private double[][] gradient = new double[0][0];

    /** Positions at which {@link #gradient} holds; a kick at the same positions need not evaluate it again. */
    private double[][] known = new double[0][0];

    private int knownPaths;

    private LangevinSplitting(UnderdampedLangevin equation) {
        this.equation = equation;
        this.n = equation.degreesOfFreedom();
    }

    static LangevinSplitting of(String scheme, Sde sde) {
        Readings.requirePlain(scheme, sde);
        return new LangevinSplitting(UnderdampedLangevin.recognise(sde)
                .orElseThrow(() -> new IllegalArgumentException(scheme
                        + " splits the underdamped Langevin equation, this equation is not made by"
                        + " UnderdampedLangevin.sde(); use EulerMaruyama")));
    }

    int degreesOfFreedom() {
        return n;
    }

    /** A: q ← q + tM⁻¹p. */
    void drift(double[][] x, int paths, double t) {
        for (int i = 0; i < n; i++) {
            double factor = t / equation.mass(i);
            double[] q = x[i];
            double[] momentum = x[n + i];
            for (int p = 0; p < paths; p++) {
                q[p] += factor * momentum[p];
            }
        }
    }

    /** B: p ← p − t∇U(q). */
    void kick(double[][] x, int paths, double t) {
        if (!isKnown(x, paths)) {
            if (gradient.length != n || gradient[0].length < paths) {
                gradient = new double[n][paths];
                known = new double[n][paths];
            }
            equation.gradient().atBlock(Arrays.copyOf(x, n), paths, gradient);
            for (int i = 0; i < n; i++) {
                System.arraycopy(x[i], 0, known[i], 0, paths);
            }
            knownPaths = paths;
        }
        for (int i = 0; i < n; i++) {
            double[] g = gradient[i];
            double[] momentum = x[n + i];
            for (int p = 0; p < paths; p++) {
                momentum[p] -= t * g[p];
            }
        }
    }

    private boolean isKnown(double[][] x, int paths) {
        boolean same = knownPaths == paths;
        for (int i = 0; same && i < n; i++) {
            same = Arrays.equals(x[i], 0, paths, known[i], 0, paths);
        }
        return same;
    }

    /** O: p ← e^(−γt)p + √(β⁻¹M(1 − e^(−2γt)))ξ, with the normals from component {@code first} on. */
    void thermostat(double[][] x, int paths, double t, double[][] xi, int first) {
        double gammaT = equation.friction() * t;
        double decay = StrictMath.exp(-gammaT);
        double variance =
                -StrictMath.expm1(-2.0 * gammaT) * equation.temperature().value();
        for (int i = 0; i < n; i++) {
            double amplitude = Math.sqrt(variance * equation.mass(i));
            double[] noise = xi[first + i];
            double[] momentum = x[n + i];
            for (int p = 0; p < paths; p++) {
                momentum[p] = decay * momentum[p] + amplitude * noise[p];
            }
        }
    }
}
