package org.langevin4j.solvers.domain;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/**
 * First passage to a boundary that moves, g(x, t) = 0. For paths the time becomes a coordinate, the last one, which has no noise, and the boundary a surface of the larger space that is at
 * rest:
 *
 * <pre>{@code
 * MovingTarget target = MovingTarget.of(sde, z -> 1.0 + 0.5 * z[1] - z[0], (z, out) -> { out[0] = -1.0; out[1] = 0.5; }, 0.0);
 * Ensemble.of(target.sde()).within(target.domain()).startingAt(target.start(0.0)) … .observe(FirstPassage.outOfDomain(times))
 * }</pre>
 *
 * <p>The bridge over each step ({@link LevelSet}) sees the boundary where it is at both ends. Of Brownian motion and a boundary that moves at a constant speed the passage probabilities at
 * whole steps are exact, for any step; otherwise of weak order 1. For grids there is {@link #frame}.
 *
 * @param sde the equation of (x, t)
 * @param domain where g &gt; 0
 * @param origin t at the start
 */
public record MovingTarget(Sde sde, LevelSet domain, double origin) {

    /**
     * The problem of leaving {g(x, t) &gt; 0}.
     *
     * @param sde the Itô equation of x, which may be driven; its diffusion may not
     * @param function g of the d + 1 coordinates (x, t); must be thread-safe
     * @param gradient ∂g/∂xᵢ and, last, ∂g/∂t; must be thread-safe
     * @param origin t at the start
     * @return the equation and its domain
     */
    public static MovingTarget of(Sde sde, ScalarField function, VectorField gradient, double origin) {
        Sde ito = sde.requireContinuous("MovingTarget")
                .requireMemoryless("MovingTarget")
                .toIto();
        ito.temperature().requireConstant("MovingTarget");
        Diffusion diffusion = ito.diffusion().requireAutonomous("MovingTarget");
        int d = sde.dimension();
        VectorField drift = ito.drift();
        VectorField clocked = drift.isAutonomous()
                ? withClock(drift, d)
                : VectorField.withScratch(
                        (z, scratch, out) -> {
                            System.arraycopy(z, 0, scratch[0], 0, d);
                            drift.atTime(z[d]).at(scratch[0], scratch[1]);
                            System.arraycopy(scratch[1], 0, out, 0, d);
                            out[d] = 1.0;
                        },
                        d,
                        d);
        return new MovingTarget(
                Sde.ito(clocked, withoutNoiseOfTime(diffusion, d), ito.temperature()),
                LevelSet.absorbing(d + 1, function, gradient),
                origin);
    }

    private static VectorField withClock(VectorField drift, int d) {
        return new VectorField() {
            @Override
            public void at(double[] z, double[] out) {
                double[] b = new double[d];
                drift.at(Arrays.copyOf(z, d), b);
                System.arraycopy(b, 0, out, 0, d);
                out[d] = 1.0;
            }

            @Override
            public void atBlock(double[][] z, int paths, double[][] out) {
                drift.atBlock(Arrays.copyOf(z, d), paths, Arrays.copyOf(out, d));
                Arrays.fill(out[d], 0, paths, 1.0);
            }
        };
    }

    private static Diffusion withoutNoiseOfTime(Diffusion diffusion, int d) {
        int m = diffusion.noiseDimension();
        if (!diffusion.isConstant()) {
            return Diffusion.factor(d + 1, m, (z, out) -> {
                double[] x = Arrays.copyOf(z, d);
                entries(diffusion, x, m, out);
                Arrays.fill(out, d * m, (d + 1) * m, 0.0);
            });
        }
        double[] rows = new double[d * m];
        entries(diffusion, new double[d], m, rows);
        RealMatrix factor = MatrixUtils.createRealMatrix(d + 1, m);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < m; k++) {
                factor.setEntry(i, k, rows[i * m + k]);
            }
        }
        return Diffusion.constantFactor(factor);
    }

    private static void entries(Diffusion diffusion, double[] x, int m, double[] out) {
        double[] unit = new double[m];
        double[] column = new double[x.length];
        for (int k = 0; k < m; k++) {
            unit[k] = 1.0;
            diffusion.factorTimes(x, unit, column);
            unit[k] = 0.0;
            for (int i = 0; i < x.length; i++) {
                out[i * m + k] = column[i];
            }
        }
    }

    /**
     * Where paths start.
     *
     * @param x length d
     * @return (x, t)
     */
    public double[] start(double... x) {
        if (x.length != sde.dimension() - 1) {
            throw new IllegalArgumentException("start must have length " + (sde.dimension() - 1) + ", got " + x.length);
        }
        double[] start = Arrays.copyOf(x, x.length + 1);
        start[x.length] = origin;
        return start;
    }

    /**
     * The equation in a frame that moves, y = x − a(t), where what moves with it is at rest: for grids, whose boundaries cannot move, and for periodic forces, whose period it may share.
     *
     * @param sde the Itô equation of x, autonomous or driven; its diffusion is constant
     * @param position a(t), length d
     * @param velocity da/dt, length d
     * @return the driven equation of y
     */
    public static Sde frame(Sde sde, DoubleFunction<double[]> position, DoubleFunction<double[]> velocity) {
        Sde ito = sde.requireContinuous("MovingTarget.frame")
                .requireMemoryless("MovingTarget.frame")
                .toIto();
        if (!ito.diffusion().isConstant()) {
            throw new IllegalArgumentException(
                    "MovingTarget.frame takes a constant diffusion, this one depends on the state");
        }
        int d = sde.dimension();
        VectorField drift = VectorField.driven(t -> {
            double[] at = position.apply(t);
            double[] speed = velocity.apply(t);
            VectorField now = ito.drift().atTime(t);
            return VectorField.withScratch(
                    (y, scratch, out) -> {
                        for (int i = 0; i < d; i++) {
                            scratch[0][i] = y[i] + at[i];
                        }
                        now.at(scratch[0], out);
                        for (int i = 0; i < d; i++) {
                            out[i] -= speed[i];
                        }
                    },
                    d);
        });
        return Sde.ito(drift, ito.diffusion(), ito.temperature());
    }
}
