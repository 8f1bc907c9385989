package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.THEOREM_5;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.Integrator;

/**
 * Theorem 5 for dx = −Fx dt + √(2β⁻¹D) dW, where ρ(t) = N(m, S) with m = e^(−Ft)m₀, S = Σ + e^(−Ft)(S₀ − Σ)e^(−Fᵀt), Σ = β⁻¹U⁻¹, and
 * everything is in closed form.
 */
final class GaussianFlow {

    private static final String LINEAR =
            "linear systems with rotation in two to six dimensions, D of full and of half rank";

    private final RealMatrix f;
    private final RealMatrix d;
    private final double temperature;
    private final RealMatrix sigma;
    private final RealMatrix startCovariance;
    private final RealVector startMean;

    private GaussianFlow(
            RealMatrix f, RealMatrix d, double temperature, RealMatrix startCovariance, RealVector startMean) {
        this.f = f;
        this.d = d;
        this.temperature = temperature;
        this.sigma = LinearDecomposition.of(f, d)
                .stationaryCovariance(Temperature.of(temperature))
                .orElseThrow();
        this.startCovariance = startCovariance;
        this.startMean = startMean;
    }

    private RealMatrix propagator(double t) {
        return MatrixUtils.matrixExponential(f.scalarMultiply(-t));
    }

    private RealMatrix covariance(RealMatrix propagator) {
        return sigma.add(propagator.multiply(startCovariance.subtract(sigma)).multiply(propagator.transpose()));
    }

    /** β⁻¹KL(N(m, S)‖N(0, Σ)). */
    private double freeEnergy(double t) {
        RealMatrix propagator = propagator(t);
        RealMatrix s = covariance(propagator);
        RealVector m = propagator.operate(startMean);
        RealMatrix inverse = LuFactors.of(sigma).inverse();
        double logs =
                Math.log(LuFactors.of(sigma).determinant() / LuFactors.of(s).determinant());
        return 0.5
                * temperature
                * (inverse.multiply(s).getTrace() + m.dotProduct(inverse.operate(m)) - f.getRowDimension() + logs);
    }

    /** −∫ρ D:(∇δF/δρ)(∇δF/δρ)ᵀ with ∇δF/δρ = β⁻¹((Σ⁻¹ − S⁻¹)(x − m) + Σ⁻¹m). */
    private double formula(double t) {
        RealMatrix propagator = propagator(t);
        RealMatrix s = covariance(propagator);
        RealMatrix inverse = LuFactors.of(sigma).inverse();
        RealMatrix a = inverse.subtract(LuFactors.of(s).inverse());
        RealVector g = inverse.operate(propagator.operate(startMean));
        double spread = d.multiply(a).multiply(s).multiply(a).getTrace();
        return -temperature * temperature * (spread + g.dotProduct(d.operate(g)));
    }

    static void run(Sheet sheet) {
        manyDimensions(sheet);
        onGrid(sheet);
    }

    private static RealMatrix normal(Random random, int rows, int columns) {
        RealMatrix a = MatrixUtils.createRealMatrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                a.setEntry(i, j, random.nextGaussian() / Math.sqrt(rows));
            }
        }
        return a;
    }

    /** F = (D + Q)U with U ≻ 0. */
    private static GaussianFlow random(Random random, int n, boolean full) {
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(n);
        RealMatrix b = normal(random, n, full ? n : (n + 1) / 2);
        RealMatrix d = b.multiplyTransposed(b).add(one.scalarMultiply(full ? 0.2 : 0.0));
        RealMatrix a = normal(random, n, n);
        RealMatrix u = a.multiplyTransposed(a).add(one.scalarMultiply(0.5));
        RealMatrix c = normal(random, n, n);
        RealMatrix s = normal(random, n, n);
        return new GaussianFlow(
                d.add(c.subtract(c.transpose())).multiply(u),
                d,
                0.5 + random.nextDouble(),
                s.multiplyTransposed(s).add(one.scalarMultiply(0.1)),
                normal(random, n, 1).getColumnVector(0));
    }

    private static void manyDimensions(Sheet sheet) {
        Random random = new Random(sheet.seed().derive(5).value());
        double largest = Double.NEGATIVE_INFINITY;
        double worst = 0.0;
        int systems = sheet.choose(20, 100, 400);
        double step = 1e-3;
        for (int k = 0; k < systems; k++) {
            GaussianFlow flow = random(random, 2 + k % 5, k % 2 == 0);
            for (double t = 0.1; t < 3.0; t += 0.1) {
                double near = flow.freeEnergy(t + step) - flow.freeEnergy(t - step);
                double far = flow.freeEnergy(t + 2.0 * step) - flow.freeEnergy(t - 2.0 * step);
                double slope = (8.0 * near - far) / (12.0 * step);
                largest = Math.max(largest, slope);
                worst = Math.max(worst, Math.abs(slope / flow.formula(t) - 1.0));
            }
        }
        Evidence evidence = sheet.holds(THEOREM_5, LINEAR);
        evidence.measure(systems + " random systems, 29 times: largest dF/dt", largest)
                .in("nats/time")
                .atMost(0.0, none(), closedForm("−∫ρ D:(∇δF/δρ)(∇δF/δρ)ᵀ ≤ 0"));
        evidence.measure("the same: largest relative distance of dF/dt from −∫ρ D:(∇δF/δρ)(∇δF/δρ)ᵀ", worst)
                .atMost(1e-6, none(), closedForm("0; differences of order 4, step 1e-3"));
    }

    /** A rotating system at β = 2 on a grid. */
    private static void onGrid(Sheet sheet) {
        RealMatrix f = Lemma20Samples.matrix(1, -2, 2, 1.2);
        RealMatrix d = Lemma20Samples.matrix(1, 0.5, 0.5, 1);
        double deviation = 0.5;
        double[] mean = {1.0, -0.5};
        GaussianFlow exact = new GaussianFlow(
                f,
                d,
                0.5,
                MatrixUtils.createRealIdentityMatrix(2).scalarMultiply(deviation * deviation),
                MatrixUtils.createRealVector(mean));
        double[] times = {0.25, 1.0, 2.0};
        double[][] found = new double[3][];
        for (int k = 0; k < 3; k++) {
            Grid grid = Grid.square(-4.5, 4.5, sheet.choose(24, 32, 64) << k);
            FokkerPlanck equation = FokkerPlanck.of(
                    Sde.ito(LinearField.of(f.scalarMultiply(-1.0)), Diffusion.constant(d), Temperature.of(0.5)),
                    grid,
                    Boundary.REFLECTING);
            Density steady = equation.steadyState().density();
            found[k] =
                    equation
                            .evolve(Density.gaussian(grid, mean, deviation), times, Integrator.adaptive(1e-4))
                            .densities()
                            .stream()
                            .mapToDouble(density -> FreeEnergy.of(density, steady, equation.temperature())
                                    .total())
                            .toArray();
        }
        int first = found[0].length - times.length;
        for (int i = 0; i < times.length; i++) {
            Limit.of(2, found[0][first + i], found[1][first + i], found[2][first + i])
                    .on(
                            sheet.holds(THEOREM_5, LINEAR),
                            "F = (1, −2; 2, 1.2), β = 2, on a grid: F(ρ) at t = " + times[i])
                    .in("nats")
                    .near(exact.freeEnergy(times[i]), estimatedErrors(2), closedForm("β⁻¹KL of two Gaussians"));
        }
    }
}
