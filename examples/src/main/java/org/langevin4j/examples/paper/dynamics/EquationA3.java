package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.EQUATION_A3;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;

import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

/** Eq. (A3), ∂ρ/∂t = ∇·(−jρ + ρD∇(δF/δρ)), where everything in it depends on x. */
final class EquationA3 {

    private EquationA3() {}

    /** ∂ρ/∂t by the generator, which is made from b and D, and by eq. (A3) with j, Φ and D in closed form. */
    static void run(Sheet sheet, KindsOfNoise.Kind kind) {
        int cells = sheet.choose(48, 64, 96);
        Limit.of(2, distanceOfSides(kind, cells), distanceOfSides(kind, 2 * cells), distanceOfSides(kind, 4 * cells))
                .on(
                        sheet.holds(EQUATION_A3, "D(x) with ∇·D, ∇·Q ≠ 0, at β = 2"),
                        "relative L¹ distance of both sides, a Gaussian ρ")
                .near(0.0, estimatedErrors(2), closedForm("j, Φ and D of TwistedWell"));
    }

    private static double distanceOfSides(KindsOfNoise.Kind kind, int cells) {
        double h = 1e-3;
        VectorField force = kind.system().conservativeForce(kind.temperature());
        Grid grid = KindsOfNoise.square(cells);
        FokkerPlanck equation =
                FokkerPlanck.of(kind.system().aType(kind.temperature()).toIto(), grid, Boundary.REFLECTING);
        double[] change = new double[grid.cells()];
        equation.generator().times(KindsOfNoise.start(cells).probabilities(), change);
        double[] x = new double[2];
        double difference = 0.0;
        double size = 0.0;
        for (int cell = 0; cell < change.length; cell++) {
            grid.centre(cell, x);
            double divergence = 0.0;
            for (int i = 0; i < 2; i++) {
                double centre = x[i];
                x[i] = centre + h;
                double above = flux(kind, force, x)[i];
                x[i] = centre - h;
                divergence += (above - flux(kind, force, x)[i]) / (2.0 * h);
                x[i] = centre;
            }
            difference += Math.abs(change[cell] - divergence * grid.volume(cell));
            size += Math.abs(change[cell]);
        }
        return difference / size;
    }

    /** −jρ + ρD∇(Φ + β⁻¹ log ρ) of the start. */
    private static double[] flux(KindsOfNoise.Kind kind, VectorField force, double[] x) {
        double[] j = new double[2];
        double[] g = new double[2];
        double[] dg = new double[2];
        force.at(x, j);
        kind.system().potential().gradient(x, g);
        double square = 0.0;
        for (int i = 0; i < 2; i++) {
            double u = (x[i] - 1.0) / KindsOfNoise.SPREAD;
            square += u * u;
            g[i] -= kind.temperature().value() * u / KindsOfNoise.SPREAD;
        }
        kind.system().diffusion().times(x, g, dg);
        double rho = Math.exp(-0.5 * square) / (2.0 * Math.PI * KindsOfNoise.SPREAD * KindsOfNoise.SPREAD);
        return new double[] {rho * (dg[0] - j[0]), rho * (dg[1] - j[1])};
    }
}
