package org.langevin4j.solvers.path;

import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.orbit.Flow;

/**
 * The most likely path ẋ = b + 2D∇V from a well to a saddle where the quasi-potential V is known, and F = ∇·b + D:∇∇V + 2(∇·D)·∇V along it, by
 * which the stationary density differs from e^(−βV): d log C/dt = −F for ρ = C(x)e^(−βV).
 */
record FluctuationPath(VectorField drift, Diffusion diffusion, Potential potential) {

    /** Where the path ends, in parts of the way from well to saddle. */
    private static final double OFF_SADDLE = 1e-4;

    /** Time constants after which what is left is below rounding. */
    private static final double LONG = 32.0;

    /** Beside the exact eigenvalue inverse iteration has no zero pivot. */
    private static final double BESIDE = 1.0 + 1e-9;

    /**
     * ∫F dt, from the saddle backwards in time, in which the well attracts.
     *
     * @param well where the path comes from
     * @param saddle where it goes to, along the direction in which it decays at the rate λ₊
     * @param unstable λ₊
     */
    double integral(double[] well, double[] saddle, double unstable) {
        int d = well.length;
        VectorField backwards = backwards(d);
        Flow flow = Flow.of(backwards, d);
        double slowest = Double.POSITIVE_INFINITY;
        for (Complex value : LinearAlgebra.pureJava().eigenvalues(flow.jacobian(well))) {
            slowest = Math.min(slowest, -value.getReal());
        }
        double[] way = Vectors.difference(well, saddle);
        double length = Vectors.norm(way);
        double[] along = eigenvector(flow.jacobian(saddle), unstable);
        double size = Math.copySign(OFF_SADDLE * length, Vectors.dot(along, way));
        double[] start = Vectors.append(Vectors.moved(saddle, along, size), 0.0);
        DifferentiableField jacobian = differentiable(drift);
        DifferentiableField hessian = differentiable(potential::gradient);
        VectorField withIntegral = VectorField.withScratch(
                (x, scratch, out) -> {
                    System.arraycopy(x, 0, scratch[0], 0, d);
                    backwards.at(scratch[0], scratch[1]);
                    System.arraycopy(scratch[1], 0, out, 0, d);
                    out[d] = f(jacobian, hessian, scratch[0]);
                },
                d,
                d);
        double duration = (LONG - Math.log(OFF_SADDLE)) / unstable + LONG / slowest;
        double[] end = Flow.of(withIntegral, d + 1).withTolerance(1e-10).after(start, duration);
        if (!(Vectors.distance(Arrays.copyOf(end, d), well) <= 1e-6 * length)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "saddles must be reached from the well: the most likely path to %s does not come from %s",
                    VectorText.of(saddle),
                    VectorText.of(well)));
        }
        // F vanishes at the saddle and is linear on the rest of the way.
        return end[d] + f(jacobian, hessian, Arrays.copyOf(start, d)) / unstable;
    }

    private VectorField backwards(int d) {
        return VectorField.withScratch(
                (x, scratch, out) -> {
                    potential.gradient(x, scratch[0]);
                    diffusion.times(x, scratch[0], scratch[1]);
                    drift.at(x, out);
                    for (int i = 0; i < d; i++) {
                        out[i] = -out[i] - 2.0 * scratch[1][i];
                    }
                },
                d,
                d);
    }

    private static DifferentiableField differentiable(VectorField field) {
        return field instanceof DifferentiableField known ? known : DifferentiableField.byDifferences(field);
    }

    private double f(DifferentiableField jacobian, DifferentiableField hessian, double[] x) {
        int d = x.length;
        double[] j = new double[d * d];
        double[] h = new double[d * d];
        double[] noise = new double[d * d];
        double[] slope = new double[d];
        double[] divergence = new double[d];
        jacobian.jacobian(x, j);
        hessian.jacobian(x, h);
        diffusion.matrix(x, noise);
        potential.gradient(x, slope);
        diffusion.divergence(x, divergence);
        double sum = 2.0 * Vectors.dot(divergence, slope) + Vectors.dot(noise, h);
        for (int i = 0; i < d; i++) {
            sum += j[i * d + i];
        }
        return sum;
    }

    /** By two steps of inverse iteration. */
    private static double[] eigenvector(RealMatrix a, double eigenvalue) {
        int d = a.getRowDimension();
        LuFactors shifted =
                LuFactors.of(a.subtract(MatrixUtils.createRealIdentityMatrix(d).scalarMultiply(BESIDE * eigenvalue)));
        double[] v = new double[d];
        Arrays.setAll(v, i -> 1.0 + 0.1 * Math.sin(i + 1.0));
        for (int k = 0; k < 2; k++) {
            v = Vectors.unit(shifted.solve(v));
        }
        return v;
    }

    static RealMatrix matrix(double[] entries, int d) {
        RealMatrix m = new Array2DRowRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                m.setEntry(i, j, entries[i * d + j]);
            }
        }
        return m;
    }
}
