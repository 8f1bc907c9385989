package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.Panel;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.path.EscapeRate;
import org.langevin4j.solvers.path.EyringKramers;
import org.langevin4j.solvers.path.TransitionPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code path MODEL --from X --to Y}: the most likely transition. */
@Command(
        name = "path",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "The most likely path between two states at low noise, and the rate of the transition.",
            "It has the least action S, so that transitions are as rare as e^(−βS): its saddle, its action from either end, its points; and the rate by Eyring and Kramers where e^(−βΦ) is known to be stationary.",
            "Noise may be missing in some coordinates. An end near a stable resting point means that point."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j path --drift \"x-x^3\" --beta 20 --from -1 --to 1",
            "  langevin4j path maier-stein --from -1,0 --to 1,0 --via -0.5,0.3 --chart path.png --out path.csv",
            "  langevin4j path --state x,v --drift \"v, x-x^3-g*v\" --factor \"0; sqrt(g)\" --set g=0.5 --beta 20 --from -1,0 --to 1,0",
            "  langevin4j path --drift \"x-x^3+A*cos(w*t)\" --set A=0.1,w=1 --beta 60 --period 6.283185307179586 --from -1 --to 1"
        })
public final class PathCommand implements Callable<Integer> {

    /** βS below which a formula of low noise is a guess. */
    private static final double LOW = 5.0;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private FrozenOptions frozen = new FrozenOptions();

    @Option(
            names = "--from",
            paramLabel = "X",
            required = true,
            description = "Where it begins: numbers with commas, or names as in x=-1,v=0.")
    private String from = "";

    @Option(names = "--to", paramLabel = "X", required = true, description = "Where it ends.")
    private String to = "";

    @Option(
            names = "--via",
            paramLabel = "X",
            description = "A corner of the first guess; may be given again. The path found is the best near the guess.")
    private List<String> via = List.of();

    @Option(
            names = "--period",
            paramLabel = "T",
            description =
                    "The period of a driven model: the way out at the best phase, and the rate averaged over the period.")
    private @Nullable Double period;

    @Option(
            names = "--segments",
            paramLabel = "N",
            description = "Pieces of the path, even, at least 16 (default: ${DEFAULT-VALUE}).")
    private int segments = 200;

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public PathCommand() {}

    @Override
    public Integer call() throws IOException {
        output.check();
        ChosenModel chosen = models.choose();
        if (!(segments >= 16 && segments % 2 == 0)) {
            throw new IllegalArgumentException("--segments must be even and at least 16, got " + segments);
        }
        List<double[]> corners = new ArrayList<>();
        corners.add(EnsembleOptions.point("--from", from, chosen.coordinates()));
        via.forEach(corner -> corners.add(EnsembleOptions.point("--via", corner, chosen.coordinates())));
        corners.add(EnsembleOptions.point("--to", to, chosen.coordinates()));
        if (Arrays.equals(corners.get(0), corners.get(corners.size() - 1))) {
            throw new IllegalArgumentException("--from and --to are the same state");
        }
        if (period != null) {
            DrivenPath driven =
                    DrivenPath.find(chosen, frozen.period(chosen, period), segments, corners.toArray(double[][]::new));
            Result result = chosen.about(output.begin());
            driven.fill(result);
            output.finish(result, driven::figure);
            return 0;
        }
        Sde sde = frozen.sde(chosen, "path");
        Transition transition = new Transition(sde, segments, corners.toArray(double[][]::new));
        Transition.Found found = transition.find();
        Result result = frozen.about(chosen.about(output.begin()));
        fill(result, chosen, transition, found);
        found.saddle().ifPresent(saddle -> rate(result, chosen, sde, transition, saddle));
        output.finish(result, () -> figure(chosen, transition, found));
        return 0;
    }

    private static void fill(Result result, ChosenModel chosen, Transition transition, Transition.Found found) {
        TransitionPath climb = found.climb();
        double beta = chosen.temperature().beta();
        result.about("from", Arrays.stream(transition.from()).boxed().toList());
        result.about("to", Arrays.stream(transition.to()).boxed().toList());
        result.number(
                "action",
                climb.action(),
                climb.errorEstimate(),
                "energy",
                found.saddle().isPresent()
                        ? "barrier from the first end: transitions are as rare as e^(−βS)"
                        : "of the whole path");
        result.number("reduced_action", beta * climb.action(), beta * climb.errorEstimate(), "1", "βS");
        found.back()
                .ifPresent(back -> result.number(
                        "action_back", back.action(), back.errorEstimate(), "energy", "barrier from the second end"));
        found.back()
                .ifPresent(back -> result.number(
                        "quasipotential_difference",
                        climb.action() - back.action(),
                        climb.errorEstimate() + back.errorEstimate(),
                        "energy",
                        "of the second end above the first, if no other way is cheaper"));
        found.saddle().ifPresent(saddle -> {
            double[] x = saddle.location();
            for (int i = 0; i < x.length && x.length <= 8; i++) {
                result.number("saddle_" + chosen.names().get(i), x[i], Result.EXACT, "1", "");
            }
            result.number(
                    "saddle_unstable_rate",
                    saddle.eigenvalues()[0].getReal(),
                    Result.EXACT,
                    "1/time",
                    "at which the drift leaves it");
        });
        result.number("hamilton_residual", climb.hamiltonResidual(), Result.EXACT, "1", "0 on an extremal");
        if (climb.isSaddle()) {
            result.note("the path is a saddle of the action: beside it there are cheaper ones; give a corner by --via");
        }
        if (found.saddle().isEmpty()) {
            result.note(
                    transition.betweenWells()
                            ? "no saddle was found that leads to both ends: the path is of least action all the way, and may have corners where"
                                    + " it crosses a basin; 'orbit' looks for resting points"
                            : "one end is no stable resting point: the path is of least action all the way to the second");
        } else if (found.saddles() > 1) {
            result.note(found.saddles() + " saddles lead to both ends; this is the cheapest way");
        }
        table(result, chosen, found);
    }

    /** The climb and, at no cost, the way down. */
    private static void table(Result result, ChosenModel chosen, Transition.Found found) {
        TransitionPath climb = found.climb();
        int up = climb.size();
        int n = up + found.relaxing().size();
        double[] length = new double[n];
        double[] action = new double[n];
        double[] part = new double[n];
        double[][] x = new double[chosen.dimension()][n];
        double[] before = climb.point(0);
        for (int k = 0; k < n; k++) {
            double[] point = k < up ? climb.point(k) : found.relaxing().get(k - up);
            length[k] = k == 0 ? 0.0 : length[k - 1] + Vectors.distance(before, point);
            action[k] = climb.action(Math.min(k, up - 1));
            part[k] = k < up ? 0.0 : 1.0;
            for (int i = 0; i < x.length; i++) {
                x[i][k] = point[i];
            }
            before = point;
        }
        result.column("arc_length", "1", length);
        for (int i = 0; i < x.length; i++) {
            result.column(chosen.names().get(i), "1", x[i]);
        }
        result.column("action_so_far", "energy", action).column("with_the_drift", "1", part);
    }

    private static void rate(Result result, ChosenModel chosen, Sde sde, Transition transition, FixedPoint saddle) {
        double[] middle = new double[chosen.dimension()];
        double[] well = transition.from();
        double[] top = saddle.location();
        Arrays.setAll(middle, i -> 0.37 * well[i] + 0.63 * top[i] + 0.01);
        Optional<Decomposition> gibbs = GibbsForm.of(chosen, sde, well, top, middle, transition.to());
        String why =
                "the exponential alone is known: no stationary e^(−βΦ) is known for this drift; 'first-passage' measures rates";
        if (gibbs.isPresent()) {
            try {
                EscapeRate rate =
                        EyringKramers.of(gibbs.get(), chosen.temperature()).rate(well, top);
                OptionalDouble corrected = rate.correctedRate();
                double value = rate.rate();
                double error = corrected.isPresent()
                        ? Math.abs(corrected.getAsDouble() - value)
                        : value / rate.reducedBarrier();
                result.number(
                        "rate",
                        value,
                        error,
                        "1/time",
                        "Eyring and Kramers, of reaching the other well; ± "
                                + (corrected.isPresent()
                                        ? "the next order in 1/β"
                                        : "1/(βS), the size of the next order"));
                result.number("mean_time", rate.meanTime(), rate.meanTime() * error / value, "time", "1/rate");
                result.number("prefactor", rate.prefactor(), Result.EXACT, "1/time", "rate·e^(βS)");
                if (corrected.isPresent()) {
                    result.number(
                            "rate_corrected",
                            corrected.getAsDouble(),
                            Result.EXACT,
                            "1/time",
                            "with the next order in 1/β");
                }
                if (rate.reducedBarrier() < LOW) {
                    result.note(String.format(
                            Locale.ROOT,
                            "βS = %.3g: the barrier is low for a formula of low noise; see 'first-passage'",
                            rate.reducedBarrier()));
                }
                return;
            } catch (IllegalArgumentException | NumericalException e) {
                why = "no rate by Eyring and Kramers: " + e.getMessage();
            }
        }
        result.note(why);
    }

    private static Figure figure(ChosenModel chosen, Transition transition, Transition.Found found) {
        TransitionPath climb = found.climb();
        int n = climb.size();
        double[] length = new double[n];
        double[] action = new double[n];
        Arrays.setAll(length, climb::arcLength);
        Arrays.setAll(action, climb::action);
        XyPanel along = XyPanel.titled("action along the climb")
                .xAxis(chosen.dimension() == 1 ? chosen.names().get(0) : "arc length")
                .yAxis("S")
                .line("", chosen.dimension() == 1 ? climb.coordinate(0) : length, action);
        List<Panel> panels = new ArrayList<>();
        if (chosen.dimension() == 2) {
            panels.add(plane(chosen, transition, found));
        } else if (chosen.dimension() > 2) {
            XyPanel course = XyPanel.titled("coordinates along the climb")
                    .xAxis("arc length")
                    .yAxis("");
            for (int i = 0; i < Math.min(4, chosen.dimension()); i++) {
                course.line(chosen.names().get(i), length, climb.coordinate(i));
            }
            panels.add(course);
        }
        panels.add(along);
        return Figure.titled(chosen.title()).row(panels.toArray(Panel[]::new));
    }

    private static FieldPanel plane(ChosenModel chosen, Transition transition, Transition.Found found) {
        double[][] up =
                new double[][] {found.climb().coordinate(0), found.climb().coordinate(1)};
        Axis[] axes = new Axis[2];
        double[][] bounds = new double[2][];
        for (int a = 0; a < 2; a++) {
            double low = Arrays.stream(up[a]).min().orElseThrow();
            double high = Arrays.stream(up[a]).max().orElseThrow();
            for (double[] point : found.relaxing()) {
                low = Math.min(low, point[a]);
                high = Math.max(high, point[a]);
            }
            bounds[a] = new double[] {low, high};
        }
        double widest = Math.max(bounds[0][1] - bounds[0][0], bounds[1][1] - bounds[1][0]);
        for (int a = 0; a < 2; a++) {
            double extra = Math.max(0.25 * (bounds[a][1] - bounds[a][0]), 0.2 * widest);
            axes[a] = Axis.uniform(bounds[a][0] - extra, bounds[a][1] + extra, 2);
        }
        FieldPanel panel = FieldPanel.titled("most likely path", Grid.of(axes[0], axes[1]))
                .axes(chosen.names().get(0), chosen.names().get(1))
                .freeAspect()
                .streamlines("b", transition.flow().field());
        panel.line("climb", up[0], up[1]);
        if (found.relaxing().size() > 1) {
            panel.line(
                    "with the drift",
                    found.relaxing().stream().mapToDouble(point -> point[0]).toArray(),
                    found.relaxing().stream().mapToDouble(point -> point[1]).toArray());
        }
        panel.dots("ends", transition.from(), transition.to());
        found.saddle().ifPresent(saddle -> panel.rings("saddle", saddle.location()));
        return panel;
    }
}
