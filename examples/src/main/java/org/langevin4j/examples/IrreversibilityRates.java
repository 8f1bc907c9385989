package org.langevin4j.examples;

import hep.aida.ref.Histogram1D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.decomposition.Irreversibility;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.TimeAsymmetry;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Snapshots;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.fokkerplanck.Current;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.irreversibility.AsymmetricCorrelation;
import org.langevin4j.solvers.irreversibility.PathCurrent;
import org.langevin4j.solvers.irreversibility.Winding;

/** Entropy production, circulation and flux from a decomposition, a grid and paths; a test of detailed balance. */
public final class IrreversibilityRates implements Example {

    private static final Temperature ONE = Temperature.of(1.0);

    private static final double[] ORIGIN = {0.0, 0.0};

    /** In the time of the equation: what the start needs to be forgotten. */
    private static final double TRANSIENT = 6.0;

    private static final int BATCHES = 20;

    @Override
    public String name() {
        return "irreversibility";
    }

    @Override
    public String summary() {
        return "Entropy production and circulation from (Φ, D, Q), from a grid and from paths; tests of detailed balance";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<RotatingCase> cases =
                List.of(RotatingCase.gyrator(), RotatingCase.full(), RotatingCase.example19(), RotatingCase.hopf());
        List<Picture> pictures = new ArrayList<>();
        pictures.add(threeWays(cases, context, measurements));
        pictures.add(correlations(context, measurements));
        pictures.add(records(cases, context, measurements));
        return new ExampleResult(
                name(),
                "Entropy production, circulation and flux agree whether they come from (Φ, D, Q), from a grid that knows b"
                        + " and D alone, or from paths; a record of states without b and D is enough to see that detailed"
                        + " balance fails, if it is long enough.",
                "Decomposition: σ = β⟨jᵀD⁻¹j⟩, area rate β⁻¹⟨Q₁₂⟩. Grid: Schnakenberg (1976). Paths: Seifert (2012)."
                        + " Independent figures: OU2_gyrator, OU2_full, example19, hopf_beta1 of the reference values.",
                context.seed().value(),
                measurements,
                pictures);
    }

    /** Relative deviations of one way from the decomposition, in per cent. */
    private static final class Deviations {

        private final double[] entropy;
        private final double[] entropyError;
        private final double[] area;
        private final double[] areaError;

        Deviations(int cases) {
            entropy = new double[cases];
            entropyError = new double[cases];
            area = new double[cases];
            areaError = new double[cases];
        }
    }

    private static Picture threeWays(List<RotatingCase> cases, RunContext context, List<Measurement> measurements)
            throws IOException {
        int n = cases.size();
        List<String> names = cases.stream().map(RotatingCase::name).toList();
        double[] left = new double[n];
        double[] right = new double[n];
        Deviations grid = new Deviations(n);
        Deviations paths = new Deviations(n);
        XyPanel entropy = XyPanel.titled("Entropy production rate σ")
                .xCategories(names)
                .yAxis("deviation from (Φ, D, Q), per cent");
        XyPanel area = XyPanel.titled("Area rate ½⟨x₁∘dx₂ − x₂∘dx₁⟩/dt")
                .xCategories(names)
                .yAxis("deviation from (Φ, D, Q), per cent");
        for (int k = 0; k < n; k++) {
            RotatingCase one = cases.get(k);
            int cells = context.effort().choose(120, 160, 240);
            Irreversibility exact = Irreversibility.of(one.system(), ONE, refined(one.box(), cells));
            left[k] = k + 0.9;
            right[k] = k + 1.1;
            double sigma = exact.entropyProductionRate();
            double circulation = exact.areaRates().getEntry(0, 1);
            measurements.add(Measurement.near(
                            one.name() + ": σ from (Φ, D, Q), against the reference",
                            sigma,
                            one.reference().entropyProduction(),
                            1e-4 * sigma)
                    .in("1/time"));
            measurements.add(Measurement.near(
                            one.name() + ": area rate from (Φ, D, Q), against the reference",
                            circulation,
                            one.reference().areaRate(),
                            1e-4 * Math.abs(circulation))
                    .in("1/time"));
            onGrid(one, exact, context, measurements, grid, k);
            onPaths(one, exact, context, measurements, paths, k);
        }
        entropy.points("grid, extrapolated", left, grid.entropy, grid.entropyError)
                .points("paths, ± 2 standard errors", right, paths.entropy, paths.entropyError)
                .horizontalLine(0, "");
        area.points("grid, extrapolated", left, grid.area, grid.areaError)
                .points("paths, ± 2 standard errors", right, paths.area, paths.areaError)
                .horizontalLine(0, "");
        Figure.titled("Grid and paths against the decomposition")
                .row(entropy, area)
                .panelSize(560, 420)
                .writeTo(context.out().resolve("three-ways.png"));
        return new Picture(
                "three-ways.png",
                "Entropy production and area rates of four systems (Example 19 with λ = 1.5, Hopf normal form with μ = 1,"
                        + " ω = 2, all at β = 1) from a grid and from paths, in per cent of the value"
                        + " that follows from (Φ, D, Q). Bars of the grid are the change that extrapolation makes.");
    }

    private static Grid refined(Grid box, int cells) {
        Axis first = box.axis(0);
        Axis second = box.axis(1);
        return Grid.of(Axis.uniform(first.min(), first.max(), cells), Axis.uniform(second.min(), second.max(), cells));
    }

    /** Errors are of second order in the width of the cells: two grids give them, and they are taken out. */
    private static void onGrid(
            RotatingCase one,
            Irreversibility exact,
            RunContext context,
            List<Measurement> measurements,
            Deviations out,
            int k) {
        int cells = context.effort().choose(56, 96, 160);
        double[][] found = new double[2][];
        for (int g = 0; g < 2; g++) {
            FokkerPlanck fp = FokkerPlanck.of(one.sde(), refined(one.box(), cells * (g + 1) / 2), Boundary.REFLECTING);
            Density steady = fp.steadyState().density();
            Current current = fp.current(steady);
            found[g] = new double[] {
                fp.entropyProduction(steady, steady).total(),
                current.areaRate(0, 1),
                current.flux(ORIGIN, new double[] {one.box().axis(0).max(), 0.0})
            };
        }
        double[] expected = {
            exact.entropyProductionRate(),
            exact.areaRates().getEntry(0, 1),
            exact.flux(ORIGIN, new double[] {Double.POSITIVE_INFINITY, 0.0})
        };
        String[] names = {"σ", "area rate", "flux through the positive x₁-axis"};
        for (int i = 0; i < 3; i++) {
            double correction = (found[1][i] - found[0][i]) / 3;
            double value = found[1][i] + correction;
            measurements.add(Measurement.near(
                            one.name() + ": " + names[i] + " from b and D on " + cells + "² cells, extrapolated",
                            value,
                            expected[i],
                            Math.max(Math.abs(correction), 1e-3 * Math.abs(expected[i])))
                    .in("1/time"));
            double deviation = 100 * (value / expected[i] - 1);
            double bar = 100 * Math.abs(correction / expected[i]);
            if (i == 0) {
                out.entropy[k] = deviation;
                out.entropyError[k] = bar;
            } else if (i == 1) {
                out.area[k] = deviation;
                out.areaError[k] = bar;
            }
        }
    }

    /**
     * Rates from one record at the interval h and at 2h of the same paths: the bias of order h is taken out, and the error of
     * the difference, which is much smaller than that of either, neglected.
     */
    private static void onPaths(
            RotatingCase one,
            Irreversibility exact,
            RunContext context,
            List<Measurement> measurements,
            Deviations out,
            int k) {
        double h = 0.01;
        PathCurrent fine = PathCurrent.entropyProduction(one.sde());
        PathCurrent coarse = PathCurrent.entropyProduction(one.sde());
        AsymmetricCorrelation asymmetry = AsymmetricCorrelation.ofCoordinates(2, 2);
        Winding winding = Winding.about(0, 0);
        Winding coarseWinding = Winding.about(0, 0);
        Ensemble ensemble = Ensemble.of(one.sde())
                .scheme(one.scheme(h))
                .paths(context.effort().choose(512, 4096, 16384))
                .until(TRANSIENT + 20)
                .seed(context.seed())
                .observe(When.every(1, TRANSIENT), fine, asymmetry, winding)
                .observe(When.every(2, TRANSIENT), coarse, coarseWinding);
        EnsembleResult run = Runs.withProgress(ensemble, one.name(), context);
        double sigma = 2 * run.get(fine).mean(0) - run.get(coarse).mean(0);
        double sigmaError =
                Math.max(run.get(fine).standardError(0), run.get(coarse).standardError(0));
        measurements.add(Measurement.near(
                        one.name() + ": σ from paths, 4 standard errors",
                        sigma,
                        exact.entropyProductionRate(),
                        4 * sigmaError)
                .in("1/time"));
        TimeAsymmetry a = run.get(asymmetry);
        double area = (2 * a.value(0, 1, 1) - 0.5 * a.value(0, 1, 2)) / a.interval();
        double areaError = Math.max(a.areaRateError(0, 1), 0.5 * a.error(0, 1, 2) / a.interval());
        double expected = exact.areaRates().getEntry(0, 1);
        measurements.add(Measurement.near(
                        one.name() + ": area rate from paths, 4 standard errors", area, expected, 4 * areaError)
                .in("1/time"));
        measurements.add(Measurement.near(
                        one.name() + ": flux as turns about the origin per unit of time, paths, 4 standard errors",
                        (2 * run.get(winding).rate() - run.get(coarseWinding).rate()) / (2 * Math.PI),
                        exact.flux(ORIGIN, new double[] {Double.POSITIVE_INFINITY, 0.0}),
                        4 * run.get(winding).rateError() / (2 * Math.PI))
                .in("1/time"));
        out.entropy[k] = 100 * (sigma / exact.entropyProductionRate() - 1);
        out.entropyError[k] = 200 * sigmaError / exact.entropyProductionRate();
        out.area[k] = 100 * (area / expected - 1);
        out.areaError[k] = 200 * areaError / Math.abs(expected);
    }

    /** ½(Σe^(−Fᵀτ) − e^(−Fτ)Σ) for the three Ornstein–Uhlenbeck processes of the reference values. */
    private static Picture correlations(RunContext context, List<Measurement> measurements) throws IOException {
        XyPanel panel = XyPanel.titled("")
                .xAxis("lag τ, units of time")
                .yAxis("½[C₁₂(τ) − C₂₁(τ)]")
                .horizontalLine(0, "");
        RotatingCase commuting = RotatingCase.linear(
                "commuting D",
                new double[][] {{3, 0}, {0, 1}},
                new double[][] {{1, 0}, {0, 0.25}},
                new double[][] {{3, 0}, {0, 4}},
                0.0,
                Grid.square(-4, 4, 2),
                0.0);
        double h = 0.05;
        int lags = 60;
        for (RotatingCase one : List.of(RotatingCase.full(), RotatingCase.gyrator(), commuting)) {
            AsymmetricCorrelation observed = AsymmetricCorrelation.ofCoordinates(2, lags);
            Ensemble ensemble = Ensemble.of(one.sde())
                    .scheme(one.scheme(h))
                    .paths(context.effort().choose(256, 1024, 4096))
                    .until(TRANSIENT + 40)
                    .seed(context.seed())
                    .observe(When.every(1, TRANSIENT), observed);
            TimeAsymmetry a = Runs.withProgress(ensemble, one.name(), context).get(observed);
            RealMatrix f = matrix(one.sde().drift());
            RealMatrix sigma = covariance(one.system());
            double[] exact = new double[lags + 1];
            double[] tau = new double[lags + 1];
            double worst = 0.0;
            for (int lag = 1; lag <= lags; lag++) {
                tau[lag] = lag * h;
                RealMatrix c = MatrixUtils.matrixExponential(f.scalarMultiply(tau[lag]))
                        .multiply(sigma);
                exact[lag] = 0.5 * (c.getEntry(1, 0) - c.getEntry(0, 1));
                worst = Math.max(worst, Math.abs(a.value(0, 1, lag) - exact[lag]) / a.error(0, 1, lag));
            }
            measurements.add(Measurement.atMost(
                    one.name() + ": largest deviation of ½[C₁₂(τ) − C₂₁(τ)] over " + lags
                            + " lags from the closed form, in standard errors (normal bound for 60 at 1e-4: 4.9)",
                    worst,
                    4.9));
            int every = 3;
            double[][] shown = new double[3][lags / every];
            for (int k = 0; k < lags / every; k++) {
                int lag = every * (k + 1);
                shown[0][k] = tau[lag];
                shown[1][k] = a.value(0, 1, lag);
                shown[2][k] = 2 * a.error(0, 1, lag);
            }
            panel.line(one.name() + ", closed form", tau, exact)
                    .points(one.name() + ", paths ± 2 s.e.", shown[0], shown[1], shown[2]);
        }
        Figure.titled("Correlations that tell the direction of time")
                .row(panel)
                .panelSize(820, 480)
                .writeTo(context.out().resolve("asymmetry.png"));
        return new Picture(
                "asymmetry.png",
                "Time-asymmetric correlations of three Ornstein–Uhlenbeck processes: two that rotate, and one whose D is"
                        + " not isotropic and yet commutes with F, which is in detailed balance.");
    }

    /** Σ = β⁻¹U⁻¹. */
    private static RealMatrix covariance(Decomposition system) {
        return LuFactors.of(matrix(system.potential()::gradient)).inverse();
    }

    /** Of a linear field, by its values along the axes. */
    private static RealMatrix matrix(VectorField linear) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(2, 2);
        double[] column = new double[2];
        for (int j = 0; j < 2; j++) {
            double[] unit = {0.0, 0.0};
            unit[j] = 1.0;
            linear.at(unit, column);
            matrix.setColumn(j, column);
        }
        return matrix;
    }

    /** What a person with a file has: states at equal intervals, and nothing else. */
    private static Picture records(List<RotatingCase> cases, RunContext context, List<Measurement> measurements)
            throws IOException {
        int longest = context.effort().choose(4000, 20000, 100000);
        XyPanel power = XyPanel.titled("One record each")
                .xAxis("length of the record, states")
                .yAxis("p-value of detailed balance")
                .logX()
                .logY()
                .yRange(1e-12, 2);
        List<RotatingCase> all = new ArrayList<>(cases);
        DoubleWell still = new DoubleWell(0.0);
        all.add(new RotatingCase(
                "double well, no rotation",
                still.decomposition(ONE).orElseThrow(),
                still.sde(ONE),
                Grid.square(-4, 4, 2),
                false,
                new RotatingCase.Reference(0, 0),
                0.1));
        for (RotatingCase one : all) {
            double[][] record = trajectories(one, 1, longest, context).get(0);
            List<Double> lengths = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            double p = Double.NaN;
            for (int length = 250; length <= longest; length *= 2) {
                p = verdict(record, length, one.interval());
                lengths.add((double) length);
                values.add(Math.max(p, 1e-12));
            }
            power.line(one.name(), array(lengths), array(values));
            if (one.reference().entropyProduction() > 0) {
                measurements.add(Measurement.atMost(
                        one.name() + ": p-value of detailed balance, one record of "
                                + lengths.get(lengths.size() - 1).intValue() + " states",
                        p,
                        1e-3));
            } else {
                measurements.add(
                        Measurement.atLeast(one.name() + ": p-value of detailed balance, which is right", p, 1e-3));
            }
        }
        power.horizontalLine(1e-3, "p = 0.001");

        RotatingCase reversible = all.get(all.size() - 1);
        int many = context.effort().choose(200, 400, 2000);
        Histogram1D histogram = new Histogram1D("p", 20, 0.0, 1.0);
        int rejected = 0;
        for (double[][] record : trajectories(reversible, many, 2001, context)) {
            double p = verdict(record, 2001, reversible.interval());
            histogram.fill(p);
            rejected += p <= 0.05 ? 1 : 0;
        }
        measurements.add(Measurement.near(
                "Double well without rotation: records of " + many + " that are called irreversible at level 0.05",
                rejected,
                0.05 * many,
                4 * Math.sqrt(0.05 * 0.95 * many)));
        XyPanel size = XyPanel.titled(many + " records of the double well without rotation")
                .xAxis("p-value of detailed balance")
                .yAxis("records")
                .histogram("2001 states each", histogram)
                .horizontalLine(many / 20.0, "expected");
        Figure.titled("Detailed balance tested on plain records")
                .row(power, size)
                .panelSize(560, 440)
                .writeTo(context.out().resolve("detailed-balance.png"));
        return new Picture(
                "detailed-balance.png",
                "Left: p-values of Hotelling's test on the area rates of " + BATCHES
                        + " batches of one record, against its length; values below 1e-12 are drawn there. Right: the test"
                        + " on reversible records calls as many irreversible as it says.");
    }

    private static double verdict(double[][] record, int length, double interval) {
        double[][] part = new double[length][];
        System.arraycopy(record, 0, part, 0, length);
        return TimeAsymmetry.ofTrajectory(part, interval, 1, BATCHES).test().pValue();
    }

    private static List<double[][]> trajectories(RotatingCase one, int paths, int length, RunContext context) {
        Snapshots observed = Snapshots.ofFirst(paths);
        int every = one.linear() ? 1 : 5;
        double h = one.interval() / every;
        Ensemble ensemble = Ensemble.of(one.sde())
                .scheme(one.scheme(h))
                .paths(paths)
                .until(TRANSIENT + length * one.interval())
                .seed(context.seed())
                .observe(When.every(every, TRANSIENT), observed);
        List<double[][]> records = new ArrayList<>();
        for (Snapshots.Trajectory path :
                Runs.withProgress(ensemble, one.name(), context).get(observed)) {
            double[][] record = new double[length][2];
            for (int t = 0; t < length; t++) {
                record[t][0] = path.state(t, 0);
                record[t][1] = path.state(t, 1);
            }
            records.add(record);
        }
        return records;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
