package org.langevin4j.solvers.decomposition;

import java.util.EnumMap;
import java.util.Map;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;

/** What is left of each {@link Claim} in the cells. */
final class Residuals {

    private final Grid grid;
    private final SteadyNorm norm;
    private final Map<Claim, Residual> residuals = new EnumMap<>(Claim.class);

    private Residuals(Grid grid, SteadyNorm norm) {
        this.grid = grid;
        this.norm = norm;
    }

    static Map<Claim, Residual> of(SteadyFields fields, SteadyRotation rotation, SteadyNorm norm) {
        Residuals found = new Residuals(fields.grid(), norm);
        found.check(fields, rotation);
        return found.residuals;
    }

    private void check(SteadyFields fields, SteadyRotation rotation) {
        int d = grid.dimension();
        Region region = fields.region();
        CellDerivatives derivatives = new CellDerivatives(region);
        double[] difference = fields.values();
        double[] divergence = fields.values();
        double[] stationary = fields.values();
        double[] along = fields.values();
        double[] deviation = fields.values();
        double[] size = fields.values();
        double[] orderBeta = fields.values();
        double[] orderOne = fields.values();
        double[] orderInverse = fields.values();
        double[] speed = fields.values();
        double[] power = fields.values();
        double[][] strains = new double[d][];
        double[][] definedStrains = new double[d][];
        double[][] bends = new double[d * d][];
        double[][] twists = new double[d * d][];
        for (int a = 0; a < d; a++) {
            strains[a] = derivatives.first(fields.force[a], a);
            definedStrains[a] = derivatives.first(fields.definedForce[a], a);
            for (int b = 0; b < d; b++) {
                bends[a * d + b] =
                        a == b ? derivatives.second(fields.phi, a) : derivatives.first(fields.gradient[a], b);
                twists[a * d + b] = derivatives.first(rotation.q[a * d + b], b);
            }
        }
        double beta = 1.0 / fields.inverseBeta();
        CellDivergence driftDivergence = new CellDivergence(grid, fields.sde().drift());
        CellDivergence doubleDivergence = new CellDivergence(grid, fields.sde().diffusion()::divergence);
        for (int cell = 0; cell < grid.cells(); cell++) {
            if (!region.contains(cell)) {
                continue;
            }
            double forces = 0.0;
            double gaps = 0.0;
            double rest = 0.0;
            double drifts = 0.0;
            double slopes = 0.0;
            divergence[cell] = 0.0;
            stationary[cell] = 0.0;
            along[cell] = 0.0;
            orderBeta[cell] = 0.0;
            orderOne[cell] = driftDivergence.at(cell);
            for (int i = 0; i < d; i++) {
                double slope = fields.gradient[i][cell];
                double defined = fields.definedForce[i][cell];
                double turned = 0.0;
                double conducted = 0.0;
                for (int k = 0; k < d; k++) {
                    turned += rotation.q[i * d + k][cell] * fields.gradient[k][cell]
                            - fields.inverseBeta() * twists[i * d + k][cell];
                    conducted += fields.matrix[i * d + k][cell] * fields.gradient[k][cell];
                    orderOne[cell] += fields.matrix[i * d + k][cell] * bends[i * d + k][cell];
                }
                forces += square(fields.force[i][cell]);
                gaps += square(defined - fields.force[i][cell]);
                rest += square(defined + turned);
                drifts += square(fields.drift[i][cell]);
                slopes += square(slope);
                divergence[cell] += strains[i][cell];
                stationary[cell] += definedStrains[i][cell] - beta * defined * slope;
                along[cell] += fields.force[i][cell] * slope;
                orderBeta[cell] += (conducted + fields.drift[i][cell]) * slope;
                orderOne[cell] += 2.0 * fields.matrixDivergence[i][cell] * slope;
            }
            difference[cell] = Math.sqrt(gaps);
            deviation[cell] = Math.sqrt(rest);
            size[cell] = Math.sqrt(forces);
            orderInverse[cell] = doubleDivergence.at(cell);
            speed[cell] = Math.sqrt(drifts);
            power[cell] = Math.sqrt(drifts * slopes);
        }
        double speedScale = norm.rms(speed);
        double powerScale = norm.rms(power);
        put(Claim.EQUATION_8, difference, speedScale);
        put(Claim.ASSUMPTION_4, divergence, beta * powerScale);
        put(Claim.STATIONARITY, stationary, beta * powerScale);
        put(Claim.ORTHOGONALITY, along, powerScale);
        put(Claim.EQUATION_19, deviation, speedScale);
        put(Claim.DETAILED_BALANCE, size, speedScale);
        put(Claim.ORDER_BETA, orderBeta, powerScale);
        put(Claim.ORDER_ONE, orderOne, beta * powerScale);
        put(Claim.ORDER_INVERSE_BETA, orderInverse, beta * beta * powerScale);
    }

    private static double square(double x) {
        return x * x;
    }

    private void put(Claim claim, double[] field, double scale) {
        residuals.put(
                claim, new Residual(claim, CellFunction.of(grid, field), norm.rms(field), norm.max(field), scale));
    }
}
