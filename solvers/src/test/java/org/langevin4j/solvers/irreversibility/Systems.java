package org.langevin4j.solvers.irreversibility;

import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Start;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.OrnsteinUhlenbeckExact;

/** Equations of which the tests know the answers. */
final class Systems {

    private Systems() {}

    /** OU2_full of the reference values, β = 1. */
    static Sde full() {
        return linear(new double[][] {{-1, 2}, {-2, -1.2}}, new double[][] {{1, 0.5}, {0.5, 1}});
    }

    /** OU2_gyrator, β = 1. */
    static Sde gyrator() {
        return linear(new double[][] {{-2, -1}, {-1, -2}}, new double[][] {{1, 0}, {0, 0.25}});
    }

    /** OU2_commuting, β = 1. */
    static Sde commuting() {
        return linear(new double[][] {{-3, 0}, {0, -1}}, new double[][] {{1, 0}, {0, 0.25}});
    }

    private static Sde linear(double[][] a, double[][] d) {
        return linear(a, d, 1.0);
    }

    static Sde linear(double[][] a, double[][] d, double temperature) {
        return Sde.ito(
                LinearField.of(MatrixUtils.createRealMatrix(a)),
                Diffusion.constant(MatrixUtils.createRealMatrix(d)),
                Temperature.of(temperature));
    }

    /** Sampled exactly at the interval h, from the stationary law after a time of 8. */
    static Ensemble sampled(Sde sde, double h) {
        return Ensemble.of(sde).scheme(OrnsteinUhlenbeckExact.withStep(h)).threads(2);
    }

    /** The Hopf normal form with μ = 1, ω = 2: b = μx − r²x + ω(−x₂, x₁), D = I. */
    static Sde hopf(double beta) {
        VectorField drift = new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                double growth = 1 - x[0] * x[0] - x[1] * x[1];
                out[0] = growth * x[0] - 2 * x[1];
                out[1] = growth * x[1] + 2 * x[0];
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                for (int p = 0; p < paths; p++) {
                    double growth = 1 - x[0][p] * x[0][p] - x[1][p] * x[1][p];
                    out[0][p] = growth * x[0][p] - 2 * x[1][p];
                    out[1][p] = growth * x[1][p] + 2 * x[0][p];
                }
            }
        };
        return Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(1 / beta));
    }

    /** On the cycle, at phases that fill it. */
    static Ensemble hopfEnsemble(double beta, double h) {
        return Ensemble.of(hopf(beta))
                .scheme(EulerMaruyama.withStep(h))
                .threads(2)
                .startingFrom((path, out) -> {
                    double angle = 2.399963229728653 * path;
                    out[0] = Math.cos(angle);
                    out[1] = Math.sin(angle);
                });
    }

    /** Standard normal coordinates. */
    static Start gaussian(long seed) {
        NormalStream normals = NormalStream.of(Seed.of(seed));
        return (path, out) -> {
            for (int i = 0; i < out.length; i++) {
                out[i] = normals.at(path, 0, i);
            }
        };
    }
}
