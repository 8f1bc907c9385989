package org.langevin4j.examples.physics;

import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Event;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.HittingProblem;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;
import org.langevin4j.solvers.fokkerplanck.UnresolvedException;
import org.langevin4j.solvers.sde.Baoab;

/** Kramers' turnover: the rate of escape from a well over all frictions, by grid, paths, a spectral method and theory. */
public final class KramersTurnover implements Experiment {

    /** ΔU/T = 5 for U = q⁴/4 − q²/2. */
    private static final double T = 0.05;

    /** Two temperatures below the top, where a particle is caught. */
    private static final double CAUGHT = -2.0 * T;

    private static final String TURNOVER =
            "Kramers' turnover: the rate rises with weak friction, which brings energy, and falls with strong friction, which"
                    + " holds the position";

    /**
     * λ₁ by friction: the odd ones of 140 × 40 to 160 × 440 Hermite functions in q and p, shift-and-invert (SciPy). The figures
     * stay the same with more functions, but for γ = 0.02, where the third still moves.
     */
    private static final Map<Double, Double> SPECTRAL = Map.of(
            0.02, 4.47e-4,
            0.05, 9.3393477e-4,
            0.1, 1.49194497e-3,
            0.2, 2.06573772e-3,
            0.3, 2.25382778e-3,
            0.5, 2.21681414e-3,
            1.0, 1.78535020e-3,
            3.0, 8.53078373e-4,
            10.0, 2.75371951e-4,
            20.0, 1.38523522e-4);

    /** Positive in the core of the right well. */
    private static final ScalarField RIGHT_CORE = new ScalarField() {
        @Override
        public double at(double[] x) {
            return depth(x[0], x[1]);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[] out) {
            for (int i = 0; i < paths; i++) {
                out[i] = depth(x[0][i], x[1][i]);
            }
        }
    };

    /** At one friction: k = λ₁/2 and the time to the right core by the grid, NaN if refused, their relative errors, the time by paths. */
    private record Point(
            double friction, double rate, double error, double time, double timeError, RunningMoments paths) {

        boolean resolved() {
            return !Double.isNaN(rate);
        }

        /** Of the rate by paths, by propagation. */
        double pathError() {
            return paths.standardError(0) / (paths.mean(0) * paths.mean(0));
        }
    }

    @Override
    public String name() {
        return "kramers-turnover";
    }

    @Override
    public String summary() {
        return "Kramers' turnover: rate of escape against friction by grid, paths, spectral method and three theories";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        double[] more = {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 3.0, 10.0, 20.0};
        double[] frictions = sheet.choose(new double[] {0.1, 0.2, 0.3, 0.5, 1.0, 3.0}, more, more);
        int cells = sheet.choose(128, 192, 384);
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < frictions.length; k++) {
            points.add(point(frictions[k], cells, k, sheet));
        }
        Evidence evidence = sheet.supplement(TURNOVER);
        for (Point point : points) {
            againstSpectral(point, evidence);
        }
        for (double friction : new double[] {0.1, 1.0}) {
            turns(points, friction, evidence);
        }
        for (Point point : points) {
            pathsAgainstGrid(point, evidence);
        }
        for (double friction : SPECTRAL.keySet().stream().sorted().toList()) {
            sheet.supplement("Mel'nikov and Meshkov's formula (1986), which holds to leading order in T/ΔU = 1/5")
                    .measure(
                            at(friction) + "over the spectral rate",
                            EscapeTheory.bridge(friction, T) / spectral(friction));
        }
        sheet.figure(
                "kramers-turnover",
                "Left: rate of escape over friction. Right: the same, and by the grid, over Mel'nikov and Meshkov's formula, which"
                        + " holds to leading order in T/ΔU = 1/5. Paths count a change of well when a particle is caught 2T below the"
                        + " top, 1/k plus a time of order 1/γ. Points that the grid refuses are left out.",
                Figure.titled("Kramers' turnover: U = q⁴/4 − q²/2, T = 0.05").row(rates(points), ratios(points)));
    }

    private static String at(double friction) {
        return String.format(Locale.ROOT, "γ = %s: ", friction);
    }

    private static double spectral(double friction) {
        return 0.5 * SPECTRAL.getOrDefault(friction, Double.NaN);
    }

    private static double depth(double q, double p) {
        return Math.min(q, CAUGHT - EscapeTheory.energy(q) - 0.5 * p * p);
    }

    private static Point point(double friction, int cells, int number, Sheet sheet) {
        Sde sde = UnderdampedLangevin.of(
                        1, Potential.of(EscapeTheory.ENERGY, EscapeTheory.SLOPE), friction, Temperature.of(T))
                .sde();
        Grid grid = Grid.of(Axis.uniform(-1.9, 1.9, cells), Axis.uniform(-1.5, 1.5, cells));
        FokkerPlanck equation = FokkerPlanck.of(sde, grid, Boundary.REFLECTING);
        double rate = Double.NaN;
        double error;
        try {
            RelaxationModes modes = RelaxationModes.of(equation, 2, 3e-3);
            rate = -0.5 * modes.eigenvalue(1).getReal();
            error = modes.errorEstimate(1);
        } catch (UnresolvedException e) {
            error = e.error();
        }
        double time = Double.NaN;
        double timeError;
        try {
            HittingProblem problem = HittingProblem.of(equation, x -> RIGHT_CORE.at(x) > 0.0);
            time = problem.meanTime().at(-1.0, 0.0);
            timeError = problem.errorEstimate();
        } catch (UnresolvedException e) {
            timeError = e.error();
        }
        // By Mel'nikov and Meshkov one path in 10⁵ would take longer.
        double end = 12.0 / EscapeTheory.bridge(friction, T);
        Event caught = Event.rising("caught on the right", RIGHT_CORE);
        FirstPassage passage = FirstPassage.of(caught, Axis.uniform(0.0, end, 100));
        Ensemble ensemble = Ensemble.of(
                        UnderdampedLangevin.ofGradient(1, EscapeTheory.SLOPE, friction, Temperature.of(T))
                                .sde())
                .scheme(Baoab.withStep(0.05))
                .stoppingAt(caught)
                .paths(sheet.choose(2_000, 6_000, 40_000))
                .until(0.05 * Math.ceil(end / 0.05))
                .startingAt(-1.0, 0.0)
                .seed(sheet.seed().derive(number))
                .observe(passage);
        FirstPassage.Times times = sheet.run("kramers-turnover", ensemble).get(passage);
        return new Point(friction, rate, error, time, timeError, times.moments());
    }

    private static void againstSpectral(Point point, Evidence evidence) {
        if (!point.resolved()) {
            evidence.measure(
                    at(point.friction()) + "the grid refuses the rate; relative error it estimates", point.error());
        } else if (point.friction() >= 0.05 && SPECTRAL.containsKey(point.friction())) {
            evidence.measure(at(point.friction()) + "rate by a grid that knows Φ, D and Q", point.rate())
                    .in("1/time")
                    .discretisationError(point.error() * point.rate())
                    .near(
                            spectral(point.friction()),
                            estimatedErrors(1),
                            independent("Hermite functions in q and p, shift-and-invert, by SciPy"));
        }
    }

    /** The rate at γ = 0.3 is above those at weaker and at stronger friction by more than the errors of both. */
    private static void turns(List<Point> points, double friction, Evidence evidence) {
        Point top = points.stream().filter(p -> p.friction() == 0.3).findFirst().orElseThrow();
        Point other = points.stream()
                .filter(p -> p.friction() == friction)
                .findFirst()
                .orElseThrow();
        evidence.measure("rate by the grid at γ = 0.3 less that at γ = " + friction, top.rate() - other.rate())
                .in("1/time")
                .discretisationError(top.error() * top.rate() + other.error() * other.rate())
                .atLeast(0.0, estimatedErrors(1), literature("Kramers (1940), Physica 7, 284"));
    }

    private static void pathsAgainstGrid(Point point, Evidence evidence) {
        var line = evidence.measure(
                        at(point.friction()) + "mean time into the core of the other well by paths",
                        point.paths().mean(0))
                .standardError(point.paths().standardError(0));
        if (!Double.isNaN(point.time())) {
            line.near(
                    point.time(),
                    standardErrors(4).plus(point.timeError() * point.time(), "the error that the grid estimates"),
                    independent("mean first-passage time on the grid"));
        }
    }

    private static XyPanel rates(List<Point> points) {
        double[] all = frictions();
        double[] slow = Arrays.stream(all).filter(g -> g <= 0.25).toArray();
        XyPanel panel = XyPanel.titled("Rate of escape k = λ₁/2")
                .xAxis("friction γ")
                .yAxis("k")
                .logX()
                .logY()
                .line("Kramers, strong friction", all, map(all, g -> EscapeTheory.strong(g, T)))
                .line("Kramers, energy diffusion", slow, map(slow, g -> EscapeTheory.weak(g, T)))
                .line("Mel'nikov and Meshkov", all, map(all, g -> EscapeTheory.bridge(g, T)));
        return paths(spectral(panel, g -> 1.0), points, g -> 1.0);
    }

    private static XyPanel ratios(List<Point> points) {
        XyPanel panel = XyPanel.titled("Over Mel'nikov and Meshkov's formula")
                .xAxis("friction γ")
                .yAxis("ratio")
                .logX()
                .horizontalLine(1.0, "");
        List<Point> known = points.stream().filter(Point::resolved).toList();
        spectral(panel, g -> EscapeTheory.bridge(g, T))
                .points(
                        "grid",
                        of(known, Point::friction),
                        of(known, p -> p.rate() / EscapeTheory.bridge(p.friction(), T)),
                        of(known, p -> p.error() * p.rate() / EscapeTheory.bridge(p.friction(), T)),
                        "± the grid’s estimate");
        return paths(panel, points, g -> EscapeTheory.bridge(g, T)).xRange(0.008, 24.0);
    }

    private static XyPanel spectral(XyPanel panel, DoubleUnaryOperator unit) {
        double[] at = SPECTRAL.keySet().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return panel.line(
                        "spectral (SciPy), at its points",
                        at,
                        map(at, g -> 0.5 * SPECTRAL.getOrDefault(g, Double.NaN) / unit.applyAsDouble(g)))
                .look(3, 3);
    }

    private static XyPanel paths(XyPanel panel, List<Point> points, DoubleUnaryOperator unit) {
        return panel.points(
                        "paths",
                        of(points, Point::friction),
                        of(points, p -> 1.0 / p.paths().mean(0) / unit.applyAsDouble(p.friction())),
                        of(points, p -> p.pathError() / unit.applyAsDouble(p.friction())))
                .look(4, 4);
    }

    private static double[] frictions() {
        double[] all = new double[81];
        Arrays.setAll(all, i -> 0.008 * Math.pow(3000.0, i / 80.0));
        return all;
    }

    private static double[] map(double[] x, DoubleUnaryOperator function) {
        return Arrays.stream(x).map(function).toArray();
    }

    private static double[] of(List<Point> points, ToDoubleFunction<Point> function) {
        return points.stream().mapToDouble(function).toArray();
    }
}
