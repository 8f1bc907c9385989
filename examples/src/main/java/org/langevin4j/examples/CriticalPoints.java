package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.SingularVectors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.TwistedWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Histogram;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.sde.PlatenWeak2;

/**
 * Theorem 22 and Remarks 23 to 26 of Chaudhari and Soatto (2018): how far the critical points of Φ lie from those of the
 * loss, where ∇f = −b = 0, and how much time is spent near each.
 *
 * <p>For given (Φ, D, Q), at ∇Φ(x) = 0 the drift is b(x) = β⁻¹∇·(D + Q), so that the critical point of the loss is at
 * y − x ≈ −β⁻¹(∂b)⁻¹∇·(D + Q) with ∂b = −(D + Q)∇²Φ. For a given loss and a constant D, Φ = Φ₀ + β⁻¹Φ₁ + …, where
 * b·∇Φ₀ + ∇Φ₀·D∇Φ₀ = 0 and (b + 2D∇Φ₀)·∇Φ₁ = ∇·b + D:∇²Φ₀: the same Taylor coefficients at a minimum.
 */
public final class CriticalPoints implements Example {

    /** f = (x₁² − 1)²/4 + (x₂ − x₁)²/2, with minima at ±(1, 1). */
    private static final VectorField DRIFT = (x, out) -> {
        out[0] = -x[0] * (x[0] * x[0] - 1.0) + x[1] - x[0];
        out[1] = x[0] - x[1];
    };

    private static final double[] ANISOTROPIES = {2.0, 4.0, 8.0};

    private static final double RADIUS = 0.25;

    @Override
    public String name() {
        return "remarks-23-26";
    }

    @Override
    public String summary() {
        return "Critical points of Φ and of the loss: how far apart, how it grows with β⁻¹, time spent near each";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        XyPanel apart = XyPanel.titled("Critical point of Φ to that of the loss")
                .logX()
                .logY()
                .xAxis("β⁻¹")
                .yAxis("distance");
        XyPanel irreversible = XyPanel.titled("Entropy production, loss and constant D = diag(1, a) given")
                .logX()
                .xAxis("β⁻¹")
                .yAxis("rate");
        given(measurements, apart);
        constantMatrices(measurements);
        fixedLoss(context, measurements, apart, irreversible);
        Figure.titled("The displacement vanishes with β⁻¹, the irreversibility does not")
                .row(apart, irreversible)
                .panelSize(600, 440)
                .writeTo(context.out().resolve("displacement.png"));
        Picture time = time(context, measurements);
        return new ExampleResult(
                name(),
                "The critical points of Φ and of the loss are apart by a distance proportional to β⁻¹, by first-order"
                        + " perturbation theory, where D and Q depend on the state (Remark 23) and also where D is constant but"
                        + " not isotropic (Remark 25); not at all for constant D and Q given with Φ (Remark 24). More time is"
                        + " spent near those of Φ.",
                "Chaudhari and Soatto (2018), Theorem 22, Remarks 23 to 26. Remark 26 holds for the displacement, not for the"
                        + " distance from equilibrium: where D does not commute with the Hessian of the loss, as here, the rate of"
                        + " entropy production has a limit above zero as β⁻¹ → 0."
                        + " Remark 23, “SGD may even converge around a saddle point”: near Example 19’s origin less time is"
                        + " spent than near either well of Φ.",
                context.seed().value(),
                measurements,
                List.of(
                        new Picture(
                                "displacement.png",
                                "Left: distance between critical points; lines are first-order theory, markers roots of b for"
                                        + " given (Φ, D, Q), and maxima of the stationary density on a grid for a given loss."
                                        + " Right: the rate of entropy production for a given loss on the grid, and its limit in"
                                        + " closed form."),
                        time));
    }

    /** (Φ, D, Q) with state-dependent D and Q: the critical point of the loss moves away from (1, 0). */
    private static void given(List<Measurement> measurements, XyPanel panel) {
        Decomposition decomposition =
                new TwistedWell(2.0).decomposition(Temperature.of(1.0)).orElseThrow();
        double[] x = {1.0, 0.0};
        double[] divergence = new double[2];
        drift(decomposition, 1.0).at(x, divergence);
        RealMatrix jacobian = Flow.of(decomposition.aTypeDrift(), 2).jacobian(x);
        double[] first = LuFactors.of(jacobian).inverse().scalarMultiply(-1.0).operate(divergence);
        double[] temperatures = {1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.3};
        double[] distances = new double[temperatures.length];
        double[] theory = new double[temperatures.length];
        for (int k = 0; k < temperatures.length; k++) {
            double[] root = root(drift(decomposition, temperatures[k]), x);
            distances[k] = Math.hypot(root[0] - x[0], root[1] - x[1]);
            theory[k] = temperatures[k] * Math.hypot(first[0], first[1]);
            if (k == 0) {
                double off = Math.hypot(
                        (root[0] - x[0]) / temperatures[k] - first[0], (root[1] - x[1]) / temperatures[k] - first[1]);
                measurements.add(Measurement.atMost(
                        "(Φ, D(x), Q(x)) given, β⁻¹ = 0.001: displacement over β⁻¹, relative distance from first order",
                        off / Math.hypot(first[0], first[1]),
                        0.02));
            }
        }
        measurements.add(Measurement.near(
                "(Φ, D(x), Q(x)) given: slope of log distance over log β⁻¹ from 0.001 to 0.01",
                Math.log(distances[3] / distances[0]) / Math.log(temperatures[3] / temperatures[0]),
                1.0,
                0.05));
        measurements.add(Measurement.reported("(Φ, D(x), Q(x)) given, β⁻¹ = 0.1: distance", distances[6]));
        panel.line("D(x), Q(x)", temperatures, theory).points("roots of b", temperatures, distances);
    }

    /** Remark 24. */
    private static void constantMatrices(List<Measurement> measurements) {
        Decomposition decomposition = new Decomposition(
                new DoubleWell(0.0).potential(),
                Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.4}, {0.4, 2.0}})),
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0.0, 3.0}, {-3.0, 0.0}})));
        double[] root = root(drift(decomposition, 0.5), new double[] {0.9, 0.1});
        measurements.add(Measurement.atMost(
                "Φ and constant D, Q given, β⁻¹ = 0.5: distance", Math.hypot(root[0] - 1.0, root[1]), 1e-10));
    }

    private static VectorField drift(Decomposition decomposition, double temperature) {
        return decomposition.aType(Temperature.of(temperature)).toIto().drift();
    }

    private static double[] root(VectorField b, double[] start) {
        return FixedPoint.near(Flow.of(b, 2), start).location();
    }

    private static void fixedLoss(
            RunContext context, List<Measurement> measurements, XyPanel apart, XyPanel irreversible) {
        double[] temperatures = {0.04, 0.06, 0.1, 0.15, 0.2};
        Grid grid = Grid.square(-3.0, 3.0, context.effort().choose(120, 240, 480));
        double[] none = minimum(steady(grid, 1.0, 0.1), 1.0, 1.0);
        measurements.add(Measurement.atMost(
                "loss and D = I given, β⁻¹ = 0.1: distance, which is zero by Lemma 6",
                Math.hypot(none[0] - 1.0, none[1] - 1.0),
                1e-3));
        List<double[]> all = new ArrayList<>();
        for (double a : ANISOTROPIES) {
            Expansion expansion = Expansion.of(a);
            double[] theory = new double[temperatures.length];
            double[] found = new double[temperatures.length];
            double[] rates = new double[temperatures.length];
            double[][] perTemperature = new double[temperatures.length][];
            for (int k = 0; k < temperatures.length; k++) {
                FokkerPlanck equation = equation(grid, a, temperatures[k]);
                Density density = equation.steadyState().density();
                double[] at = minimum(density, 1.0, 1.0);
                found[k] = Math.hypot(at[0] - 1.0, at[1] - 1.0);
                perTemperature[k] = new double[] {(at[0] - 1.0) / temperatures[k], (at[1] - 1.0) / temperatures[k]};
                theory[k] = temperatures[k] * Math.hypot(expansion.displacement[0], expansion.displacement[1]);
                rates[k] = equation.entropyProduction(density, density).total();
            }
            // To β⁻¹ = 0 by the quadratic through the three lowest temperatures.
            double[] limit = new double[2];
            for (int i = 0; i < 2; i++) {
                limit[i] = extrapolated(temperatures, perTemperature[0][i], perTemperature[1][i], perTemperature[2][i]);
            }
            String title = String.format(Locale.ROOT, "a = %.0f", a);
            measurements.add(Measurement.atMost(
                    title + ", loss given: displacement over β⁻¹ as β⁻¹ → 0, relative distance from first order",
                    Math.hypot(limit[0] - expansion.displacement[0], limit[1] - expansion.displacement[1])
                            / Math.hypot(expansion.displacement[0], expansion.displacement[1]),
                    0.1));
            measurements.add(Measurement.near(
                    title + ", loss given: slope of log distance over log β⁻¹ at the lowest two",
                    Math.log(found[1] / found[0]) / Math.log(temperatures[1] / temperatures[0]),
                    1.0,
                    0.2));
            // Around one minimum, to β⁻¹ = 0 by the line through two temperatures.
            // Five standard deviations of x₁ and three of x₂ for the largest a: ρ does not underflow in the corners.
            Grid well = Grid.of(
                    Axis.uniform(0.55, 1.45, context.effort().choose(90, 135, 225)),
                    Axis.uniform(0.2, 1.8, context.effort().choose(80, 240, 400)));
            double[] cold = {0.0025, 0.005};
            double[] coldRates = new double[2];
            for (int k = 0; k < 2; k++) {
                FokkerPlanck equation = equation(well, a, cold[k]);
                Density density = equation.steadyState().density();
                coldRates[k] = equation.entropyProduction(density, density).total();
            }
            measurements.add(Measurement.near(
                    title + ": entropy production as β⁻¹ → 0, closed form of the linear system at a minimum",
                    2.0 * coldRates[0] - coldRates[1],
                    expansion.entropyProduction,
                    0.05 * expansion.entropyProduction));
            apart.line(title + ", f given", temperatures, theory);
            irreversible.line(title, joined(cold, temperatures), joined(coldRates, rates));
            all.add(found);
        }
        double[] x = new double[all.size() * temperatures.length];
        double[] y = new double[x.length];
        for (int k = 0; k < all.size(); k++) {
            System.arraycopy(temperatures, 0, x, k * temperatures.length, temperatures.length);
            System.arraycopy(all.get(k), 0, y, k * temperatures.length, temperatures.length);
        }
        apart.points("on the grid", x, y);
        double[] limits = new double[ANISOTROPIES.length];
        double[] left = new double[ANISOTROPIES.length];
        for (int k = 0; k < limits.length; k++) {
            limits[k] = Expansion.of(ANISOTROPIES[k]).entropyProduction;
            left[k] = 0.0015;
        }
        irreversible.points("β⁻¹ → 0, closed form", left, limits);
    }

    private static double[] joined(double[] first, double[] second) {
        double[] all = new double[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** The value at 0 of the quadratic through three points. */
    private static double extrapolated(double[] x, double... y) {
        double sum = 0.0;
        for (int i = 0; i < 3; i++) {
            double weight = 1.0;
            for (int j = 0; j < 3; j++) {
                weight *= i == j ? 1.0 : x[j] / (x[j] - x[i]);
            }
            sum += weight * y[i];
        }
        return sum;
    }

    private static FokkerPlanck equation(Grid grid, double a, double temperature) {
        return FokkerPlanck.of(
                Sde.ito(DRIFT, Diffusion.diagonal(1.0, a), Temperature.of(temperature)), grid, Boundary.REFLECTING);
    }

    private static Density steady(Grid grid, double a, double temperature) {
        return equation(grid, a, temperature).steadyState().density();
    }

    /** Where the polynomial of fourth degree fitted to log ρ in nine by nine cells has its maximum. */
    private static double[] minimum(Density density, double... near) {
        Grid grid = density.grid();
        int half = 4;
        double width = grid.axis(0).width(0);
        int cell = grid.cellOf(near);
        for (boolean moved = true; moved; ) {
            moved = false;
            for (int stride : new int[] {1, -1, grid.stride(0), -grid.stride(0)}) {
                if (density.value(cell + stride) > density.value(cell)) {
                    cell += stride;
                    moved = true;
                }
            }
        }
        int side = 2 * half + 1;
        RealMatrix monomials = MatrixUtils.createRealMatrix(side * side, 15);
        double[] logs = new double[side * side];
        for (int i = -half; i <= half; i++) {
            for (int j = -half; j <= half; j++) {
                int row = (i + half) * side + j + half;
                monomials.setRow(row, monomials((double) i / half, (double) j / half));
                logs[row] = Math.log(density.value(cell + i * grid.stride(0) + j));
            }
        }
        double[] c = SingularVectors.of(monomials).leastSquares(logs);
        VectorField gradient = (u, out) -> {
            double h = 1e-4;
            out[0] = (value(c, u[0] + h, u[1]) - value(c, u[0] - h, u[1])) / (2.0 * h);
            out[1] = (value(c, u[0], u[1] + h) - value(c, u[0], u[1] - h)) / (2.0 * h);
        };
        double[] u = root(gradient, new double[2]);
        double[] centre = new double[2];
        grid.centre(cell, centre);
        return new double[] {centre[0] + half * width * u[0], centre[1] + half * width * u[1]};
    }

    private static double[] monomials(double u, double v) {
        double[] values = new double[15];
        int n = 0;
        for (int p = 0; p <= 4; p++) {
            for (int q = 0; p + q <= 4; q++) {
                values[n++] = Math.pow(u, p) * Math.pow(v, q);
            }
        }
        return values;
    }

    private static double value(double[] c, double u, double v) {
        double sum = 0.0;
        double[] values = monomials(u, v);
        for (int n = 0; n < c.length; n++) {
            sum += c[n] * values[n];
        }
        return sum;
    }

    /** Taylor coefficients of Φ₀ and Φ₁ at the minimum (1, 1) of the loss, D = diag(1, a). */
    private static final class Expansion {

        /** Of the critical point of Φ from that of the loss, over β⁻¹. */
        final double[] displacement;

        final double entropyProduction;

        private Expansion(double[] displacement, double entropyProduction) {
            this.displacement = displacement;
            this.entropyProduction = entropyProduction;
        }

        static Expansion of(double a) {
            RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{-3.0, 1.0}, {1.0, -1.0}});
            RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.0}, {0.0, a}});
            // FΣ + ΣFᵀ + 2D = 0 for Σ₁₁, Σ₁₂, Σ₂₂; S = Σ⁻¹ is the Hessian of Φ₀.
            double[] sigma =
                    solve(new double[][] {{-6.0, 2.0, 0.0}, {1.0, -4.0, 1.0}, {0.0, 2.0, -2.0}}, -2.0, 0.0, -2.0 * a);
            RealMatrix covariance =
                    MatrixUtils.createRealMatrix(new double[][] {{sigma[0], sigma[1]}, {sigma[1], sigma[2]}});
            RealMatrix s = LuFactors.of(covariance).inverse();
            RealMatrix back = f.add(d.multiply(s).scalarMultiply(2.0));
            // (back·x)·∇t = −½ (Sx)·b₂(x, x) for the cubic part t of Φ₀, where b₂ = (−6x₁², 0).
            double[][] rows = new double[4][4];
            for (int m = 0; m < 4; m++) {
                int p = 3 - m;
                rows[m][m] += p * back.getEntry(0, 0) + m * back.getEntry(1, 1);
                if (p > 0) {
                    rows[m + 1][m] += p * back.getEntry(0, 1);
                }
                if (m > 0) {
                    rows[m - 1][m] += m * back.getEntry(1, 0);
                }
            }
            double[] t = solve(rows, 3.0 * s.getEntry(0, 0), 3.0 * s.getEntry(0, 1), 0.0, 0.0);
            // backᵀg = ∇(∇·b + D:∇²Φ₀) for the gradient g of Φ₁.
            double[] right = {-6.0 + 6.0 * t[0] + a * 2.0 * t[2], 2.0 * t[1] + a * 6.0 * t[3]};
            double[] g = LuFactors.of(back.transpose()).inverse().operate(right);
            double[] displacement = covariance.scalarMultiply(-1.0).operate(g);
            // The force j = (F + DS)x, and β⟨j·D⁻¹j⟩ with the covariance Σ/β.
            RealMatrix j = f.add(d.multiply(s));
            double rate = j.transpose()
                    .multiply(LuFactors.of(d).inverse())
                    .multiply(j)
                    .multiply(covariance)
                    .getTrace();
            return new Expansion(displacement, rate);
        }

        private static double[] solve(double[][] matrix, double... right) {
            return LuFactors.of(MatrixUtils.createRealMatrix(matrix)).solve(right);
        }
    }

    /** Time spent near the critical points, for Example 19 at β = 1, where its Φ is known. */
    private static Picture time(RunContext context, List<Measurement> measurements) throws IOException {
        // The attracting points of the drift at λ = 0.5 (Newton's method in mpmath).
        double[][] wells = {{0.902428, 0.388802}, {-0.902428, -0.388802}};
        double[][] ofPotential = {{1.0, 0.0}, {-1.0, 0.0}};
        double[][] origin = {{0.0, 0.0}};
        Grid grid = Grid.square(-3.5, 3.5, 140);
        FieldPanel[] panels = new FieldPanel[2];
        double[] lambdas = {0.5, 1.5};
        for (int k = 0; k < 2; k++) {
            DoubleWell model = new DoubleWell(lambdas[k]);
            Sde sde = model.sde(Temperature.of(1.0));
            Density density = FokkerPlanck.of(sde, grid, Boundary.REFLECTING)
                    .steadyState()
                    .density();
            Density law = Density.gibbs(grid, model.potential(), Temperature.of(1.0));
            Histogram histogram = Histogram.on(grid);
            Ensemble ensemble = Ensemble.of(sde)
                    .scheme(PlatenWeak2.withStep(context.effort().choose(0.04, 0.02, 0.01)))
                    .paths(context.effort().choose(20_000, 200_000, 1_000_000))
                    .until(12.0)
                    .startingAt(0.5, 0.0)
                    .seed(context.seed().derive(k))
                    .observe(histogram);
            Histogram.Counts counts = Runs.withProgress(ensemble, "remarks-23-26, λ = " + lambdas[k], context)
                    .get(histogram);
            double[][] ofLoss = k == 0 ? wells : origin;
            String title = "λ = " + lambdas[k];
            double nearPotential = near(density, ofPotential) / 2.0;
            double nearLoss = near(density, ofLoss) / ofLoss.length;
            double exact = near(law, ofLoss) / ofLoss.length / (near(law, ofPotential) / 2.0);
            measurements.add(Measurement.near(
                    title + ": time within ¼ of a critical point of the loss, over that of Φ, grid and closed form",
                    nearLoss / nearPotential,
                    exact,
                    5e-3));
            measurements.add(Measurement.atMost(title + ": that ratio", nearLoss / nearPotential, 1.0));
            for (boolean loss : new boolean[] {true, false}) {
                double[][] points = loss ? ofLoss : ofPotential;
                double p = near(law, points);
                measurements.add(Measurement.near(
                        title + ": time within ¼ of the critical points of " + (loss ? "the loss" : "Φ") + ", ensemble",
                        near(counts.density(), points) * (counts.total() - counts.outside()) / counts.total(),
                        p,
                        4.0 * Math.sqrt(p * (1.0 - p) / counts.total())));
            }
            panels[k] = FieldPanel.titled(title, Grid.square(-2.0, 2.0, 80))
                    .heatMap(density, "ρ(x)")
                    .dots("critical points of Φ", ofPotential)
                    .rings("attracting point of −∇f", ofLoss);
        }
        Figure.titled("Example 19, β = 1: more time is spent near the critical points of Φ than near those of the loss")
                .row(panels)
                .writeTo(context.out().resolve("time.png"));
        return new Picture(
                "time.png",
                "The stationary density, where its potential Φ is least, and where the drift ends without noise. At λ = 1.5"
                        + " that is the saddle of Φ at the origin: most attracting without noise, not most likely with it.");
    }

    /** The probability of the cells with centres within the radius of one of the points. */
    private static double near(Density density, double[]... points) {
        Grid grid = density.grid();
        double[] x = new double[2];
        double sum = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            grid.centre(cell, x);
            for (double[] point : points) {
                if (Math.hypot(x[0] - point[0], x[1] - point[1]) <= RADIUS) {
                    sum += density.value(cell) * grid.volume(cell);
                    break;
                }
            }
        }
        return sum;
    }
}
