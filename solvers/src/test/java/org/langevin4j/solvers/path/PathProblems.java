package org.langevin4j.solvers.path;

import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;

/** Systems whose quasi-potential is known. */
final class PathProblems {

    /** (x² − 1)²/4 + y²/2. */
    static final Potential DOUBLE_WELL =
            Potential.of(x -> 0.25 * (x[0] * x[0] - 1.0) * (x[0] * x[0] - 1.0) + 0.5 * x[1] * x[1], (x, out) -> {
                out[0] = x[0] * (x[0] * x[0] - 1.0);
                out[1] = x[1];
            });

    private PathProblems() {}

    /** b of Maier and Stein (1993). */
    static VectorField maierStein(double kappa) {
        return (x, out) -> {
            out[0] = x[0] - x[0] * x[0] * x[0] - kappa * x[0] * x[1] * x[1];
            out[1] = -(1.0 + x[0] * x[0]) * x[1];
        };
    }

    /** −(D+Q)∇Φ with Q = ω[[0, −1], [1, 0]]: H(x, ∇Φ) = 0 whatever D and ω. */
    static VectorField rotating(Potential potential, Diffusion diffusion, double omega) {
        return (x, out) -> {
            double[] slope = new double[2];
            potential.gradient(x, slope);
            diffusion.times(x, slope, out);
            out[0] = -out[0] + omega * slope[1];
            out[1] = -out[1] - omega * slope[0];
        };
    }

    /** A full D(x) = BBᵀ that varies over the unit length. */
    static Diffusion varying() {
        return Diffusion.automaticFactor(2, 2, x -> new Gradient[][] {
            {x[1].square().multiply(0.5).add(1.0), x[0].multiply(0.4)},
            {x[0].sin().multiply(0.3), x[0].multiply(x[1]).cos().multiply(0.3).add(0.8)}
        });
    }

    /** b = −(x₁ + ωx₂, x₂ − ωx₁), whose Φ is |x|²/2 for every ω. */
    static VectorField linearRotation(double omega) {
        return (x, out) -> {
            out[0] = -(x[0] + omega * x[1]);
            out[1] = -(x[1] - omega * x[0]);
        };
    }

    /** b = −Fx. */
    static VectorField linear(RealMatrix f) {
        return (x, out) -> {
            double[] value = f.operate(x);
            for (int i = 0; i < out.length; i++) {
                out[i] = -value[i];
            }
        };
    }

    /** U = Σ⁻¹ with FΣ + ΣFᵀ = 2D, as a linear system for the entries of Σ. */
    static RealMatrix quasiPotentialMatrix(RealMatrix f, RealMatrix diffusion) {
        int d = f.getRowDimension();
        RealMatrix system = MatrixUtils.createRealMatrix(d * d, d * d);
        RealVector right = new ArrayRealVector(d * d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                right.setEntry(i * d + j, 2.0 * diffusion.getEntry(i, j));
                for (int k = 0; k < d; k++) {
                    system.addToEntry(i * d + j, k * d + j, f.getEntry(i, k));
                    system.addToEntry(i * d + j, i * d + k, f.getEntry(j, k));
                }
            }
        }
        RealVector entries = new LUDecomposition(system).getSolver().solve(right);
        RealMatrix sigma = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                sigma.setEntry(i, j, entries.getEntry(i * d + j));
            }
        }
        return MatrixUtils.inverse(sigma);
    }

    /** Largest |V − exact| over the cells where exact is below a limit; infinite if one of them was not reached. */
    static double error(QuasiPotential v, ScalarField exact, double below) {
        double[] centre = new double[2];
        double worst = 0.0;
        for (int cell = 0; cell < v.grid().cells(); cell++) {
            v.grid().centre(cell, centre);
            double expected = exact.at(centre);
            if (expected < below) {
                worst = Math.max(worst, Math.abs(v.value(cell) - expected));
            }
        }
        return worst;
    }

    /** Least-squares slope of y against x. */
    static double slope(double[] x, double[] y) {
        double mx = 0.0;
        double my = 0.0;
        for (int i = 0; i < x.length; i++) {
            mx += x[i] / x.length;
            my += y[i] / x.length;
        }
        double above = 0.0;
        double below = 0.0;
        for (int i = 0; i < x.length; i++) {
            above += (x[i] - mx) * (y[i] - my);
            below += (x[i] - mx) * (x[i] - mx);
        }
        return above / below;
    }
}
