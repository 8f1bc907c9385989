package org.langevin4j.solvers.decomposition;

import java.util.Random;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/** Equations of the tests of this package, written down on their own. */
final class Systems {

    static final Temperature ONE = Temperature.of(1.0);

    private Systems() {}

    /** Example 19 of Chaudhari and Soatto (2018). */
    static Sde example19(double lambda, double beta) {
        VectorField drift = (x, out) -> {
            double swirl = lambda * swirl(x);
            out[0] = -swirl * x[1] - x[0] * (x[0] * x[0] - 1);
            out[1] = swirl * x[0] - x[1];
        };
        return Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(1.0 / beta));
    }

    static final ScalarField EXAMPLE19_POTENTIAL = x -> Math.pow(x[0] * x[0] - 1, 2) / 4 + x[1] * x[1] / 2;

    /** e^(Φ − r⁴/4), so that j = λ·swirl·(−x₂, x₁). */
    static double swirl(double[] x) {
        double r2 = x[0] * x[0] + x[1] * x[1];
        return Math.exp(EXAMPLE19_POTENTIAL.at(x) - r2 * r2 / 4);
    }

    /** Cells centred at the multiples of 1/perUnit; beyond this box there is less than 1e-6 of e^(−Φ). */
    static Grid example19Grid(int perUnit) {
        return Grid.of(centred(3.5, perUnit), centred(5, perUnit));
    }

    static Axis centred(double halfWidth, int perUnit) {
        int cells = (int) Math.round(halfWidth * perUnit);
        double end = (cells + 0.5) / perUnit;
        return Axis.uniform(-end, end, 2 * cells + 1);
    }

    /** The normal form of the Hopf bifurcation, μ = 1, ω = 2. */
    static Sde hopf(double beta) {
        VectorField drift = (x, out) -> {
            double r2 = x[0] * x[0] + x[1] * x[1];
            out[0] = x[0] - 2 * x[1] - x[0] * r2;
            out[1] = 2 * x[0] + x[1] - x[1] * r2;
        };
        return Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(1 / beta));
    }

    static Sde linear(double[][] f, double[][] d) {
        return linear(f, d, ONE);
    }

    static Sde linear(double[][] f, double[][] d, Temperature temperature) {
        return Sde.ito(
                LinearField.of(MatrixUtils.createRealMatrix(f).scalarMultiply(-1)),
                Diffusion.constant(MatrixUtils.createRealMatrix(d)),
                temperature);
    }

    /** Cells whose widths grow from the middle to the ends, about fourfold. */
    static Axis graded(double halfWidth, int cells) {
        double[] edges = new double[cells + 1];
        for (int k = 0; k <= cells; k++) {
            double t = 2.0 * k / cells - 1.0;
            edges[k] = halfWidth * Math.sinh(2.0 * t) / Math.sinh(2.0);
        }
        return Axis.of(edges);
    }

    /** A drift and a D(x), full or diagonal, with random coefficients, held together by −x|x|². */
    static Sde random(long seed, boolean full) {
        Random random = new Random(seed);
        double[] c = random.doubles(16, -1.0, 1.0).toArray();
        VectorField drift = (x, out) -> {
            double r2 = x[0] * x[0] + x[1] * x[1];
            out[0] = c[0] * x[0] + 2 * c[1] * x[1] + c[2] * Math.sin(x[0] + 2 * x[1]) + c[3] - x[0] * r2;
            out[1] = 2 * c[4] * x[0] + c[5] * x[1] + c[6] * Math.cos(2 * x[0] - x[1]) + c[7] - x[1] * r2;
        };
        Diffusion diffusion = Diffusion.automaticFactor(2, 2, x -> new Gradient[][] {
            {x[1].multiply(c[8]).add(c[9]).sin().multiply(0.3).add(1.0), x[0].newInstance(0.0)},
            {
                x[0].add(x[1]).multiply(c[10]).cos().multiply(full ? 0.3 * c[11] : 0.0),
                x[0].multiply(c[12]).add(c[13]).sin().multiply(0.3).add(1.0)
            }
        });
        return Sde.ito(drift, diffusion, Temperature.of(0.8));
    }
}
