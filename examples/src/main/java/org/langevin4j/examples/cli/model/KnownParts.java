package org.langevin4j.examples.cli.model;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/**
 * Φ, D and Q of a model where they can be told: the model knows them; or it has one dimension and constant noise; or it is a particle
 * with inertia, dx = v dt, dv = (F(x) − γv) dt + √(2β⁻¹c) dW, typed as such.
 */
final class KnownParts {

    private static final int NODES_FOR_EACH_UNIT = 40;

    /** Nodes and weights of Gauss on [−1, 1]. */
    private static final double NODE = Math.sqrt(0.6);

    private static final double[][] PROBES = {{0.3, 0.7}, {-1.1, 0.4}, {0.8, -1.3}, {-0.2, -0.6}, {1.7, 1.9}};

    private static final double ALIKE = 1e-9;

    private KnownParts() {}

    static Optional<Decomposition> of(ChosenModel chosen) {
        Sde sde = chosen.sde();
        if (!sde.isAutonomous() || !sde.jumps().isEmpty()) {
            return Optional.empty();
        }
        Optional<Decomposition> known = chosen.model().decomposition(chosen.temperature());
        return known.isPresent() ? known : seen(sde);
    }

    /** What the drift and constant noise of an autonomous Itô equation show. */
    static Optional<Decomposition> seen(Sde sde) {
        if (!sde.diffusion().isConstant()) {
            return Optional.empty();
        }
        int d = sde.dimension();
        double[] matrix = new double[d * d];
        sde.diffusion().matrix(new double[d], matrix);
        return d == 1 ? onLine(sde, matrix[0]) : d == 2 ? withInertia(sde, matrix) : Optional.empty();
    }

    private static Optional<Decomposition> onLine(Sde sde, double c) {
        if (!(c > 0.0)) {
            return Optional.empty();
        }
        DoubleUnaryOperator slope = x -> {
            double[] b = new double[1];
            sde.drift().at(new double[] {x}, b);
            return -b[0] / c;
        };
        Potential phi = Potential.of(x -> integral(slope, x[0]), (x, out) -> out[0] = slope.applyAsDouble(x[0]));
        return Optional.of(new Decomposition(phi, sde.diffusion(), AntisymmetricField.zero(1)));
    }

    private static Optional<Decomposition> withInertia(Sde sde, double[] matrix) {
        double c = matrix[3];
        if (!(matrix[0] == 0.0 && matrix[1] == 0.0 && c > 0.0)) {
            return Optional.empty();
        }
        VectorField b = sde.drift();
        DifferentiableField jacobian =
                b instanceof DifferentiableField field ? field : DifferentiableField.byDifferences(b);
        double[] out = new double[2];
        double[] j = new double[4];
        double friction = Double.NaN;
        for (double[] x : PROBES) {
            b.at(x, out);
            jacobian.jacobian(x, j);
            friction = Double.isNaN(friction) ? -j[3] : friction;
            if (out[0] != x[1] || !(friction > 0.0) || !(Math.abs(j[3] + friction) <= ALIKE * friction)) {
                return Optional.empty();
            }
        }
        double scale = friction / c;
        DoubleUnaryOperator slope = x -> {
            double[] value = new double[2];
            b.at(new double[] {x, 0.0}, value);
            return -value[1];
        };
        Potential phi = Potential.of(x -> scale * (0.5 * x[1] * x[1] + integral(slope, x[0])), (x, gradient) -> {
            gradient[0] = scale * slope.applyAsDouble(x[0]);
            gradient[1] = scale * x[1];
        });
        RealMatrix q = MatrixUtils.createRealMatrix(new double[][] {{0.0, -1.0 / scale}, {1.0 / scale, 0.0}});
        Diffusion noise = sde.diffusion();
        return Optional.of(new Decomposition(phi, noise, AntisymmetricField.constant(q)));
    }

    /** From 0, by Gauss's rule of three nodes on short pieces. */
    private static double integral(DoubleUnaryOperator f, double x) {
        int pieces = Math.max(1, (int) Math.min(100_000.0, Math.ceil(NODES_FOR_EACH_UNIT * Math.abs(x))));
        double half = 0.5 * x / pieces;
        double sum = 0.0;
        for (int k = 0; k < pieces; k++) {
            double centre = (2 * k + 1) * half;
            sum += 5.0 * (f.applyAsDouble(centre - NODE * half) + f.applyAsDouble(centre + NODE * half))
                    + 8.0 * f.applyAsDouble(centre);
        }
        return sum * half / 9.0;
    }
}
