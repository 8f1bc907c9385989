package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Event;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.HittingProblem;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;
import org.langevin4j.solvers.fokkerplanck.UnresolvedException;
import org.langevin4j.solvers.sde.Baoab;

/** Kramers' turnover: the rate of escape from a well over all frictions, by grid, paths, a spectral method and theory. */
public final class KramersTurnover implements Example {

    /** ΔU/T = 5 for U = q⁴/4 − q²/2. */
    private static final double T = 0.05;

    /** The wells have ω₀ = √2, the top of the barrier ω = 1. */
    private static final double ATTEMPTS = Math.sqrt(2.0) / (2.0 * Math.PI) * Math.exp(-0.25 / T);

    /** ∮p dq of the orbit of one well at the energy of the top. */
    private static final double ACTION = 4.0 / 3.0;

    /** Two temperatures below the top, where a particle is caught. */
    private static final double CAUGHT = -2.0 * T;

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

    private static final ScalarField ENERGY = new ScalarField() {
        @Override
        public double at(double[] x) {
            return energy(x[0]);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[] out) {
            for (int i = 0; i < paths; i++) {
                out[i] = energy(x[0][i]);
            }
        }
    };

    private static final VectorField SLOPE = new VectorField() {
        @Override
        public void at(double[] q, double[] out) {
            out[0] = slope(q[0]);
        }

        @Override
        public void atBlock(double[][] q, int paths, double[][] out) {
            for (int i = 0; i < paths; i++) {
                out[0][i] = slope(q[0][i]);
            }
        }
    };

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

    /**
     * What is found at one friction.
     *
     * @param friction γ
     * @param rate k = λ₁/2 by the grid, NaN if refused
     * @param error relative, of the rate, as estimated; also where refused
     * @param time mean time from the bottom of the left well to the right core by the grid, NaN if refused
     * @param timeError relative, as estimated
     * @param paths the same by paths
     */
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
    public ExampleResult run(RunContext context) throws IOException {
        double[] frictions = context.effort()
                .choose(
                        new double[] {0.02, 0.1, 0.2, 0.3, 0.5, 1.0, 3.0, 10.0},
                        new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 3.0, 10.0, 20.0},
                        new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 3.0, 10.0, 20.0});
        int cells = context.effort().choose(128, 192, 384);
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < frictions.length; k++) {
            points.add(point(frictions[k], cells, k, context));
        }
        List<Measurement> measurements = new ArrayList<>();
        for (Point point : points) {
            againstSpectral(point, measurements);
        }
        for (Point point : points) {
            pathsAgainstGrid(point, measurements);
        }
        measurements.add(
                Measurement.near("friction of the largest rate: between 0.2 and 0.5", largest(points), 0.35, 0.15));
        theories(measurements);
        String file = "kramers-turnover.png";
        Figure.titled("Kramers' turnover: U = q⁴/4 − q²/2, T = 0.05")
                .row(rates(points), ratios(points))
                .writeTo(context.out().resolve(file));
        return new ExampleResult(
                name(),
                "The rate of escape k = λ₁/2 rises with weak friction, which brings the energy, and falls with strong friction,"
                        + " which holds the position. A grid that knows (Φ, D, Q) meets the spectral values within the error"
                        + " it states, or refuses; paths meet the grid.",
                "Kramers (1940), Physica 7, 284; Mel'nikov and Meshkov (1986), J. Chem. Phys. 85, 1018; Hänggi, Talkner and"
                        + " Borkovec (1990), Rev. Mod. Phys. 62, 251; spectral values by Hermite functions in q and p"
                        + " (SciPy).",
                context.seed().value(),
                measurements,
                List.of(
                        new Picture(
                                file,
                                "Left: rate of escape over friction. Right: the same, and by the grid, over Mel'nikov and Meshkov's formula, which holds to"
                                        + " leading order in T/ΔU = 1/5. Bars: of the grid its own estimate of its error, of"
                                        + " paths the standard error; they count a change of well when a particle is caught 2T below"
                                        + " the top, 1/k plus a time of order 1/γ. Points that the grid refuses are left out.")));
    }

    private static double energy(double q) {
        return 0.25 * q * q * q * q - 0.5 * q * q;
    }

    private static double slope(double q) {
        return q * (q * q - 1.0);
    }

    private static double depth(double q, double p) {
        return Math.min(q, CAUGHT - energy(q) - 0.5 * p * p);
    }

    private static Point point(double friction, int cells, int number, RunContext context) {
        Sde sde = UnderdampedLangevin.of(1, Potential.of(ENERGY, SLOPE), friction, Temperature.of(T))
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
        double end = 12.0 / bridge(friction);
        Event caught = Event.rising("caught on the right", RIGHT_CORE);
        FirstPassage passage = FirstPassage.of(caught, Axis.uniform(0.0, end, 100));
        Ensemble ensemble = Ensemble.of(UnderdampedLangevin.ofGradient(1, SLOPE, friction, Temperature.of(T))
                        .sde())
                .scheme(Baoab.withStep(0.05))
                .stoppingAt(caught)
                .paths(context.effort().choose(1_000, 4_000, 40_000))
                .until(0.05 * Math.ceil(end / 0.05))
                .startingAt(-1.0, 0.0)
                .seed(context.seed().derive(number))
                .observe(passage);
        FirstPassage.Times times =
                Runs.withProgress(ensemble, "kramers-turnover", context).get(passage);
        return new Point(friction, rate, error, time, timeError, times.moments());
    }

    private static void againstSpectral(Point point, List<Measurement> measurements) {
        String at = String.format(Locale.ROOT, "γ = %s: ", point.friction());
        if (!point.resolved()) {
            String refused = at + "the grid refuses the rate; relative error it estimates";
            measurements.add(
                    point.friction() < 0.1
                            ? Measurement.reported(refused, point.error())
                            : Measurement.atMost(refused, point.error(), 0.25));
            return;
        }
        Double exact = SPECTRAL.get(point.friction());
        if (exact == null) {
            return;
        }
        double k = 0.5 * exact;
        if (point.friction() < 0.05) {
            measurements.add(Measurement.reported(at + "rate by the grid over the spectral one", point.rate() / k));
            return;
        }
        if (point.friction() >= 0.1) {
            measurements.add(Measurement.near(
                            at + "rate by the grid, 5 % of the spectral one allowed", point.rate(), k, 0.05 * k)
                    .in("1/time"));
        }
        measurements.add(Measurement.near(
                        String.format(
                                Locale.ROOT,
                                "%sthe same within the error it estimates, %.2g %%",
                                at,
                                100.0 * point.error()),
                        point.rate(),
                        k,
                        point.error() * point.rate())
                .in("1/time"));
    }

    private static void pathsAgainstGrid(Point point, List<Measurement> measurements) {
        String what = String.format(
                Locale.ROOT, "γ = %s: mean time into the core of the other well by paths", point.friction());
        double error = point.paths().standardError(0);
        if (Double.isNaN(point.time())) {
            measurements.add(Measurement.reported(
                    what + "; the grid refuses it", point.paths().mean(0)));
            return;
        }
        measurements.add(Measurement.near(
                String.format(
                        Locale.ROOT,
                        "%s, against the grid; 4 standard errors and its %.2g %% allowed",
                        what,
                        100.0 * point.timeError()),
                point.paths().mean(0),
                point.time(),
                4.0 * error + point.timeError() * point.time()));
    }

    /** Vertex of the parabola in log γ through the three largest neighbours. */
    private static double largest(List<Point> points) {
        List<Point> known = points.stream().filter(Point::resolved).toList();
        int top = 0;
        for (int i = 1; i < known.size(); i++) {
            top = known.get(i).rate() > known.get(top).rate() ? i : top;
        }
        if (top == 0 || top == known.size() - 1) {
            return Double.NaN;
        }
        double x0 = Math.log(known.get(top - 1).friction());
        double x1 = Math.log(known.get(top).friction());
        double x2 = Math.log(known.get(top + 1).friction());
        double left = (known.get(top).rate() - known.get(top - 1).rate()) / (x1 - x0);
        double right = (known.get(top + 1).rate() - known.get(top).rate()) / (x2 - x1);
        return Math.exp(0.5 * (x0 + x1) + 0.5 * left * (x2 - x0) / (left - right));
    }

    private static void theories(List<Measurement> measurements) {
        for (double friction : SPECTRAL.keySet().stream().sorted().toList()) {
            double exact = 0.5 * SPECTRAL.getOrDefault(friction, Double.NaN);
            measurements.add(Measurement.reported(
                    String.format(
                            Locale.ROOT,
                            "γ = %s, over the spectral rate: Kramers's strong friction %.3f, weak friction %.3f; Mel'nikov and Meshkov",
                            friction,
                            strong(friction) / exact,
                            weak(friction) / exact),
                    bridge(friction) / exact));
        }
    }

    /** Kramers (1940): diffusion over the top, wells in equilibrium. */
    private static double strong(double friction) {
        return ATTEMPTS * (Math.sqrt(0.25 * friction * friction + 1.0) - 0.5 * friction);
    }

    /** Kramers (1940), halved: of two equal wells a particle above the top falls into either. */
    private static double weak(double friction) {
        return 0.5 * ATTEMPTS * friction * ACTION / T;
    }

    /** Mel'nikov and Meshkov (1986) for a symmetric double well: strong friction times A(δ)²/A(2δ), δ the loss of energy in T. */
    private static double bridge(double friction) {
        double loss = friction * ACTION / T;
        double depopulation = depopulation(loss);
        return strong(friction) * depopulation * depopulation / depopulation(2.0 * loss);
    }

    /** A(δ) = exp(1/2π ∫ ln(1 − e^(−δ(λ² + ¼)))/(λ² + ¼) dλ), with λ = ½ tan θ. */
    private static double depopulation(double loss) {
        int nodes = 2000;
        double sum = 0.0;
        for (int i = 0; i < nodes; i++) {
            double cosine = Math.cos(0.5 * Math.PI * (i + 0.5) / nodes);
            sum += Math.log(-Math.expm1(-0.25 * loss / (cosine * cosine)));
        }
        return Math.exp(sum / nodes);
    }

    private static XyPanel rates(List<Point> points) {
        double[] all = frictions();
        double[] slow = Arrays.stream(all).filter(g -> g <= 0.25).toArray();
        XyPanel panel = XyPanel.titled("Rate of escape k = λ₁/2")
                .xAxis("friction γ")
                .yAxis("k")
                .logX()
                .logY()
                .line("Kramers, strong friction", all, map(all, KramersTurnover::strong))
                .line("Kramers, energy diffusion", slow, map(slow, KramersTurnover::weak))
                .line("Mel'nikov and Meshkov", all, map(all, KramersTurnover::bridge));
        return paths(spectral(panel, g -> 1.0), points, g -> 1.0);
    }

    private static XyPanel ratios(List<Point> points) {
        double[] all = frictions();
        XyPanel panel = XyPanel.titled("Over Mel'nikov and Meshkov's formula")
                .xAxis("friction γ")
                .yAxis("ratio")
                .logX()
                .horizontalLine(1.0, "");
        List<Point> known = points.stream().filter(Point::resolved).toList();
        spectral(panel, KramersTurnover::bridge)
                .points(
                        "grid, ± its estimate",
                        of(known, Point::friction),
                        of(known, p -> p.rate() / bridge(p.friction())),
                        of(known, p -> p.error() * p.rate() / bridge(p.friction())));
        return paths(panel, points, KramersTurnover::bridge).xRange(all[0], all[all.length - 1]);
    }

    private static XyPanel spectral(XyPanel panel, DoubleUnaryOperator unit) {
        double[] at = SPECTRAL.keySet().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return panel.line(
                "spectral (SciPy), at its points",
                at,
                map(at, g -> 0.5 * SPECTRAL.getOrDefault(g, Double.NaN) / unit.applyAsDouble(g)));
    }

    private static XyPanel paths(XyPanel panel, List<Point> points, DoubleUnaryOperator unit) {
        return panel.points(
                "paths, ± standard error",
                of(points, Point::friction),
                of(points, p -> 1.0 / p.paths().mean(0) / unit.applyAsDouble(p.friction())),
                of(points, p -> p.pathError() / unit.applyAsDouble(p.friction())));
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
