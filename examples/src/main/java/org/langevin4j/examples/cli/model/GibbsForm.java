package org.langevin4j.examples.cli.model;

import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.solvers.orbit.Flow;

/**
 * The decomposition with a stationary e^(−βΦ) that an equation has, where it is known to its model or seen at its drift: D constant and
 * D⁻¹b a gradient, or a particle dx = v dt, dv = −(U′ + γv)dt + √(2β⁻¹c) dW, for which Φ = (γ/c)(v²/2 + U).
 */
final class GibbsForm {

    /** Relative to the Jacobian: what derivatives may be wrong by. */
    private static final double SAME = 1e-6;

    /** Points of Gauss and Legendre on [0, 1], 8 of them. */
    private static final double[] NODES = {
        0.0198550717512319, 0.1016667612931866, 0.2372337950418355, 0.4082826787521751,
        0.5917173212478249, 0.7627662049581645, 0.8983332387068134, 0.9801449282487681
    };

    private static final double[] WEIGHTS = {
        0.0506142681451881, 0.1111905172266872, 0.1568533229389437, 0.1813418916891810,
        0.1813418916891810, 0.1568533229389437, 0.1111905172266872, 0.0506142681451881
    };

    private static final int PIECES = 16;

    private GibbsForm() {}

    /**
     * The decomposition.
     *
     * @param chosen the model
     * @param sde its equation, Itô and autonomous
     * @param looked states where the drift is looked at
     */
    static Optional<Decomposition> of(ChosenModel chosen, Sde sde, double[]... looked) {
        if (chosen.sde().isAutonomous()) {
            Optional<Decomposition> known = chosen.model().decomposition(chosen.temperature());
            if (known.isPresent()) {
                return known;
            }
            Optional<Decomposition> particle =
                    UnderdampedLangevin.recognise(chosen.sde()).flatMap(Decomposition::of);
            if (particle.isPresent()) {
                return particle;
            }
        }
        if (!sde.diffusion().isConstant()) {
            return Optional.empty();
        }
        RealMatrix d = NoiseRank.diffusion(sde, looked[0]);
        return NoiseRank.isSingular(sde, looked[0])
                ? particle(sde, d, looked)
                : reversible(sde, LuFactors.of(d).inverse(), looked);
    }

    private static Optional<Decomposition> reversible(Sde sde, RealMatrix inverse, double[]... looked) {
        Flow flow = Flow.of(sde.drift(), sde.dimension());
        for (double[] x : looked) {
            RealMatrix hessian = inverse.multiply(flow.jacobian(x));
            if (!(hessian.subtract(hessian.transpose()).getFrobeniusNorm() <= SAME * hessian.getFrobeniusNorm())) {
                return Optional.empty();
            }
        }
        VectorField gradient = (x, out) -> {
            double[] b = new double[x.length];
            sde.drift().at(x, b);
            double[] g = inverse.operate(b);
            for (int i = 0; i < x.length; i++) {
                out[i] = -g[i];
            }
        };
        return Optional.of(new Decomposition(
                potential(gradient, looked[0]), sde.diffusion(), AntisymmetricField.zero(sde.dimension())));
    }

    /** In the plane. */
    private static Optional<Decomposition> particle(Sde sde, RealMatrix d, double[]... looked) {
        double c = d.getRowDimension() == 2 ? d.getEntry(1, 1) : 0.0;
        if (!(c > 0.0 && d.getEntry(0, 0) == 0.0 && d.getEntry(0, 1) == 0.0)) {
            return Optional.empty();
        }
        Flow flow = Flow.of(sde.drift(), 2);
        double gamma = -flow.jacobian(looked[0]).getEntry(1, 1);
        for (double[] x : looked) {
            RealMatrix jacobian = flow.jacobian(x);
            double size = SAME * (1.0 + jacobian.getFrobeniusNorm());
            boolean kinetic = Math.abs(flow.velocity(x)[0] - x[1]) <= size
                    && Math.abs(jacobian.getEntry(0, 0)) <= size
                    && Math.abs(jacobian.getEntry(0, 1) - 1.0) <= size
                    && Math.abs(jacobian.getEntry(1, 1) + gamma) <= size;
            if (!kinetic) {
                return Optional.empty();
            }
        }
        if (!(gamma > 0.0)) {
            return Optional.empty();
        }
        double scale = gamma / c;
        VectorField gradient = (x, out) -> {
            double[] b = new double[2];
            sde.drift().at(x, b);
            out[0] = -scale * (b[1] + gamma * x[1]);
            out[1] = scale * x[1];
        };
        RealMatrix q = new Array2DRowRealMatrix(new double[][] {{0.0, -1.0 / scale}, {1.0 / scale, 0.0}});
        return Optional.of(
                new Decomposition(potential(gradient, looked[0]), sde.diffusion(), AntisymmetricField.constant(q)));
    }

    /** Of a gradient, as its integral along the straight way from a point. */
    private static Potential potential(VectorField gradient, double[] from) {
        ScalarField value = x -> {
            double[] y = new double[x.length];
            double[] g = new double[x.length];
            double sum = 0.0;
            for (int piece = 0; piece < PIECES; piece++) {
                for (int k = 0; k < NODES.length; k++) {
                    double s = (piece + NODES[k]) / PIECES;
                    for (int i = 0; i < y.length; i++) {
                        y[i] = from[i] + s * (x[i] - from[i]);
                    }
                    gradient.at(y, g);
                    for (int i = 0; i < y.length; i++) {
                        sum += WEIGHTS[k] / PIECES * g[i] * (x[i] - from[i]);
                    }
                }
            }
            return sum;
        };
        return Potential.of(value, gradient);
    }
}
