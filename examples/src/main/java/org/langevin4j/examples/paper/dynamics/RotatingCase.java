package org.langevin4j.examples.paper.dynamics;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.solvers.sde.OrnsteinUhlenbeckExact;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Sra1;

/** A system that is known as (Φ, D, Q), by its equation, and by independent figures. */
record RotatingCase(
        String name, Decomposition system, Sde sde, Grid box, boolean linear, Reference reference, double interval) {

    private static final Temperature ONE = Temperature.of(1.0);

    /** The entropy production rate and the area rate, computed independently. */
    record Reference(double entropyProduction, double areaRate) {}

    Scheme scheme(double h) {
        return linear ? OrnsteinUhlenbeckExact.withStep(h) : Sra1.withStep(h);
    }

    static RotatingCase gyrator() {
        return linear(
                "gyrator",
                new double[][] {{2, 1}, {1, 2}},
                new double[][] {{1, 0}, {0, 0.25}},
                new double[][] {{2.410958904109589, 2.191780821917808}, {2.191780821917808, 6.3561643835616435}},
                -0.1875,
                Grid.of(Axis.uniform(-4.5, 4.5, 2), Axis.uniform(-2.7, 2.7, 2)),
                0.5625);
    }

    static RotatingCase full() {
        return linear(
                "OU, full D",
                new double[][] {{1, -2}, {2, 1.2}},
                new double[][] {{1, 0.5}, {0.5, 1}},
                new double[][] {{0.8825831702544031, -0.08610567514677103}, {-0.08610567514677103, 1.4035225048923679}},
                -1.8636363636363635,
                Grid.of(Axis.uniform(-6, 6, 2), Axis.uniform(-5, 5, 2)),
                10.187878787878788);
    }

    private static RotatingCase linear(
            String name, double[][] f, double[][] d, double[][] u, double q, Grid box, double entropyProduction) {
        RealMatrix slope = MatrixUtils.createRealMatrix(u);
        Potential phi = Potential.of(
                x -> 0.5 * (u[0][0] * x[0] * x[0] + 2 * u[0][1] * x[0] * x[1] + u[1][1] * x[1] * x[1]),
                LinearField.of(slope));
        Diffusion diffusion = Diffusion.constant(MatrixUtils.createRealMatrix(d));
        AntisymmetricField antisymmetric =
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0, q}, {-q, 0}}));
        Sde sde = Sde.ito(LinearField.of(MatrixUtils.createRealMatrix(f).scalarMultiply(-1)), diffusion, ONE);
        return new RotatingCase(
                name,
                new Decomposition(phi, diffusion, antisymmetric),
                sde,
                box,
                true,
                new Reference(entropyProduction, q),
                0.05);
    }

    static RotatingCase commuting() {
        return linear(
                "commuting D",
                new double[][] {{3, 0}, {0, 1}},
                new double[][] {{1, 0}, {0, 0.25}},
                new double[][] {{3, 0}, {0, 4}},
                0.0,
                Grid.square(-4, 4, 2),
                0.0);
    }

    /** The double well without rotation. */
    static RotatingCase still() {
        DoubleWell model = new DoubleWell(0.0);
        return new RotatingCase(
                "double well, no rotation",
                model.decomposition(ONE).orElseThrow(),
                model.sde(ONE),
                Grid.square(-4, 4, 2),
                false,
                new Reference(0, 0),
                0.1);
    }

    static RotatingCase example19() {
        DoubleWell model = new DoubleWell(1.5);
        // ½∫r² λ e^(−r⁴/4) d²x/Z = πλ∫r³e^(−r⁴/4) dr/Z = πλ/Z.
        double area = Math.PI * 1.5 / 7.623468444672765;
        return new RotatingCase(
                "Example 19",
                model.decomposition(ONE).orElseThrow(),
                model.sde(ONE),
                Grid.of(Axis.uniform(-3.2, 3.2, 2), Axis.uniform(-5, 5, 2)),
                false,
                new Reference(1.5 * 1.5 * 0.6813816115461889, area),
                0.1);
    }

    static RotatingCase hopf() {
        HopfNormalForm model = new HopfNormalForm(1, 2);
        return new RotatingCase(
                "Hopf",
                model.decomposition(ONE).orElseThrow(),
                model.sde(ONE),
                Grid.square(-3.2, 3.2, 2),
                false,
                new Reference(6.3118254509810505, 1.5779563627452626),
                0.1);
    }
}
