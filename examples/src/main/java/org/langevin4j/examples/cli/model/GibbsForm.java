package org.langevin4j.examples.cli.model;

import java.util.Optional;
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

/** {@link KnownParts}, and besides those of any dimension in which D is constant and D⁻¹b a gradient. */
final class GibbsForm {

    /** Relative to the Jacobian: what derivatives may be wrong by. */
    private static final double SAME = 1e-6;

    /** Points of Gauss and Legendre on [0, 1], 8 of them. */
    private static final double[] NODES = {
        0.0198550717512319, 0.1016667612931866, 0.2372337950418355, 0.4082826787521751,
        0.591717321247825, 0.7627662049581645, 0.8983332387068134, 0.9801449282487681
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
        Optional<Decomposition> known = KnownParts.of(chosen);
        if (known.isPresent()) {
            return known;
        }
        Optional<Decomposition> seen =
                UnderdampedLangevin.recognise(sde).flatMap(Decomposition::of).or(() -> KnownParts.seen(sde));
        if (seen.isPresent() || !sde.diffusion().isConstant() || NoiseRank.isSingular(sde, looked[0])) {
            return seen;
        }
        return reversible(sde, LuFactors.of(NoiseRank.diffusion(sde, looked[0])).inverse(), looked);
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
