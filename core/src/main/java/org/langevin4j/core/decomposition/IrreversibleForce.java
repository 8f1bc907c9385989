package org.langevin4j.core.decomposition;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Parity;
import org.langevin4j.core.sde.Temperature;

/** g = j − b_rev and gᵀD⁺g at a state of a system with odd coordinates. Not for several threads. */
final class IrreversibleForce {

    /** What is left of g beside its two parts by rounding alone. */
    private static final double ROUNDING = 0x1p-48;

    /** Parts of g outside of im D, and differences of D and its reversal, up to this fraction are rounding. */
    private static final double OUTSIDE = 1e-9;

    private static final double ZERO_NOISE = 0x1p-45;

    private final Decomposition system;
    private final Parity parity;
    private final VectorField drift;
    private @Nullable Noise constant;

    /** D by its eigenvalues, and whether it is other than its own reversal. */
    private record Noise(Eigenpairs pairs, boolean isMixing) {}

    IrreversibleForce(Decomposition system, Temperature temperature, Parity parity) {
        this.system = system;
        this.parity = parity;
        this.drift = system.aType(temperature).toIto().drift();
    }

    /** gᵀD⁺g, given j; infinite where g leaves the image of D or D is not its own reversal. */
    double square(double[] x, double[] j) {
        int d = x.length;
        double[] reversed = new double[d];
        double[] here = new double[d];
        double[] there = new double[d];
        parity.reverse(x, reversed);
        drift.at(x, here);
        drift.at(reversed, there);
        parity.reverse(there, there);
        double[] g = new double[d];
        double size = 0.0;
        for (int i = 0; i < d; i++) {
            double reversible = 0.5 * (here[i] - there[i]);
            double parts = Math.abs(j[i]) + Math.abs(here[i]) + Math.abs(there[i]);
            g[i] = j[i] - reversible;
            size = Math.max(size, parts);
            if (Math.abs(g[i]) <= ROUNDING * parts) {
                g[i] = 0.0;
            }
        }
        Noise noise = noise(x, reversed);
        if (noise.isMixing()) {
            return Double.POSITIVE_INFINITY;
        }
        Eigenpairs pairs = noise.pairs();
        double strongest = pairs.value(0);
        double sum = 0.0;
        for (int k = 0; k < d; k++) {
            double part = Vectors.dot(pairs.vector(k), g);
            if (pairs.value(k) > d * ZERO_NOISE * strongest) {
                sum += part * part / pairs.value(k);
            } else if (Math.abs(part) > OUTSIDE * size) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return sum;
    }

    private Noise noise(double[] x, double[] reversed) {
        if (constant != null) {
            return constant;
        }
        int d = x.length;
        double[] here = new double[d * d];
        double[] there = new double[d * d];
        system.diffusion().matrix(x, here);
        system.diffusion().matrix(reversed, there);
        RealMatrix matrix = new Array2DRowRealMatrix(d, d);
        double largest = 0.0;
        double mixed = 0.0;
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) {
                double mirror = parity.sign(i) * parity.sign(k) * there[i * d + k];
                matrix.setEntry(i, k, here[i * d + k]);
                largest = Math.max(largest, Math.abs(here[i * d + k]));
                mixed = Math.max(mixed, Math.abs(here[i * d + k] - mirror));
            }
        }
        Noise found = new Noise(LinearAlgebra.pureJava().symmetricEigen(matrix), mixed > OUTSIDE * largest);
        if (system.diffusion().isConstant()) {
            constant = found;
        }
        return found;
    }
}
