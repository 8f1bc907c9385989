package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hipparchus.complex.Complex;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.model.DriftCycle;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.cli.output.NamedArray;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.FixedPoints;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.PeriodicOrbit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code orbit MODEL}: what the drift does without noise. */
@Command(
        name = "orbit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Resting points and limit cycles of the drift, without noise.",
            "Resting points in a box with eigenvalues and kind; limit cycles with period, Floquet multipliers and amplitude. The drift is that of Itô. --over follows both as a parameter changes, with folds, crossings and Hopf points."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j orbit --drift \"y, mu*(1-x^2)*y-x\" --set mu=2 --box x=-3:3,y=-5:5 --chart portrait.png",
            "  langevin4j orbit double-well --out points.csv",
            "  langevin4j orbit hopf-normal-form --over mu=-1:1",
            "  langevin4j orbit --drift \"m*x-x^3\" --set m=1 --box x=-2:2 --over m=-1:2 --chart branches.png"
        })
public final class OrbitCommand implements Callable<Integer> {

    private static final int SAMPLES = 400;

    /** The time after which the flow is taken to be on its attractor, in times of the fastest rate. */
    private static final double TRANSIENT = 200.0;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private FrozenOptions frozen = new FrozenOptions();

    @Option(
            names = "--box",
            paramLabel = "X=A:B,…",
            description =
                    "Where to look, every coordinate, as in x=-3:3,v=-4:4 (default: where a short simulation goes).")
    private @Nullable String box;

    @Option(
            names = "--transient",
            paramLabel = "T",
            description =
                    "Time after which the flow is on its attractor, and the longest period (default: by the drift's rates).")
    private @Nullable Double transientTime;

    @Option(
            names = "--over",
            paramLabel = "NAME=A:B",
            description = "Follow resting points and cycles as this parameter runs from A to B.")
    private @Nullable String over;

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public OrbitCommand() {}

    @Override
    public Integer call() throws IOException {
        output.check();
        ChosenModel chosen = models.choose();
        Sde sde = frozen.sde(chosen, "orbit");
        int d = chosen.dimension();
        Flow flow = Flow.of(sde.drift(), d);
        Result result = frozen.about(chosen.about(output.begin()));
        Grid where = box(chosen);
        List<FixedPoint> points = points(result, chosen, flow, where);
        double duration = duration(flow, where, points);
        List<PeriodicOrbit> cycles = d == 1 ? List.of() : LimitCycles.in(flow, where, points, duration);
        if (over != null) {
            ParameterBranches branches = ParameterBranches.over(over, chosen, frozen, points);
            branches.fill(result);
            output.finish(result, branches::figure);
            return 0;
        }
        table(result, chosen, points);
        for (int k = 0; k < cycles.size(); k++) {
            cycle(result, chosen, cycles.get(k), cycles.size() == 1 ? "cycle" : "cycle_" + (k + 1));
        }
        if (d > 1 && cycles.isEmpty()) {
            result.note(String.format(
                    Locale.ROOT,
                    "no limit cycle found by following the flow for a time of %.4g; --transient takes a longer one",
                    duration));
        }
        chosen.model().cycle().ifPresent(known -> closedForm(result, known));
        output.finish(result, () -> figure(chosen, flow, where, points, cycles, duration));
        return 0;
    }

    private Grid box(ChosenModel chosen) {
        if (box == null) {
            double[][] bounds = DensityRange.of(chosen, output.seed(), output::say);
            List<String> text = new ArrayList<>();
            Axis[] axes = new Axis[bounds.length];
            for (int a = 0; a < bounds.length; a++) {
                axes[a] = Axis.uniform(bounds[a][0], bounds[a][1], 2);
                text.add(String.format(
                        Locale.ROOT, "%s=%.6g:%.6g", chosen.coordinates().get(a), bounds[a][0], bounds[a][1]));
            }
            if (bounds.length <= 6) {
                output.say("box: --box " + String.join(",", text));
            }
            return Grid.of(axes);
        }
        return Boxes.named("--box", box, chosen.coordinates());
    }

    private List<FixedPoint> points(Result result, ChosenModel chosen, Flow flow, Grid where) {
        int d = chosen.dimension();
        if (d > 3) {
            List<double[]> starts = new ArrayList<>(chosen.model().restingPoints());
            double[] x = new double[d];
            for (int k = 0; k < 64; k++) {
                for (int a = 0; a < d; a++) {
                    double part = (0.5 + k * (0.618034 + 0.137 * a)) % 1.0;
                    x[a] = where.axis(a).min()
                            + part * (where.axis(a).max() - where.axis(a).min());
                }
                starts.add(x.clone());
            }
            result.note("64 starts in " + d + " dimensions: there may be more resting points");
            return RestingPoints.near(flow, starts);
        }
        FixedPoints found = RestingPoints.in(flow, where);
        if (found.boundaryIndex().isPresent() && found.indexSum().isPresent() && !found.indicesAgree()) {
            result.note("the drift turns " + found.boundaryIndex().getAsInt() + " times around the box, but "
                    + found.indexSum().getAsInt() + " around the resting points found: some were missed");
        }
        return found.points();
    }

    private double duration(Flow flow, Grid where, List<FixedPoint> points) {
        if (transientTime != null) {
            if (!(transientTime > 0.0 && transientTime <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("--transient must be positive and finite, got " + transientTime);
            }
            return transientTime;
        }
        double[] x = new double[flow.dimension()];
        where.centre(0, x);
        double rate = flow.jacobian(x).getFrobeniusNorm();
        for (FixedPoint point : points) {
            rate = Math.max(
                    point.jacobian().getFrobeniusNorm(),
                    Math.min(rate, 10.0 * point.jacobian().getFrobeniusNorm()));
        }
        return TRANSIENT / (rate > 1e-6 && rate < 1e9 ? rate : 1.0);
    }

    private static void table(Result result, ChosenModel chosen, List<FixedPoint> points) {
        List<String> names = chosen.names();
        for (int i = 0; i < names.size(); i++) {
            int at = i;
            result.column(
                    names.get(i),
                    "1",
                    points.stream().mapToDouble(point -> point.location()[at]).toArray());
        }
        for (int i = 0; i < names.size() && names.size() <= 6; i++) {
            int at = i;
            result.column(
                    "eigenvalue_" + (i + 1) + "_real",
                    "1/time",
                    points.stream()
                            .mapToDouble(point -> point.eigenvalues()[at].getReal())
                            .toArray());
            result.column(
                    "eigenvalue_" + (i + 1) + "_imaginary",
                    "rad/time",
                    points.stream()
                            .mapToDouble(point -> point.eigenvalues()[at].getImaginary())
                            .toArray());
        }
        result.column(
                "stable",
                "1",
                points.stream()
                        .mapToDouble(point -> point.isStable() ? 1.0 : 0.0)
                        .toArray());
        result.about(
                "resting_points",
                points.stream()
                        .map(point -> Map.of(
                                "at",
                                Arrays.stream(point.location()).boxed().toList(),
                                "kind",
                                RestingPoints.kind(point)))
                        .toList());
        result.number("resting_points", points.size(), Result.EXACT, "1", "found in the box");
        points.forEach(point -> result.note(RestingPoints.text(point)));
    }

    private static void cycle(Result result, ChosenModel chosen, PeriodicOrbit orbit, String name) {
        double error = Math.max(orbit.gap(), 1e-12 * orbit.period());
        result.number(
                name + "_period", orbit.period(), error, "time", orbit.isStable() ? "attracting" : "not attracting");
        double[][] course = orbit.orbit().coordinates(SAMPLES + 1);
        for (int i = 0; i < course.length; i++) {
            result.number(
                    name + "_amplitude_" + chosen.names().get(i),
                    LimitCycles.amplitude(course[i]),
                    Result.EXACT,
                    "1",
                    i == 0 ? "half of the range" : "");
        }
        Complex[] multipliers = orbit.multipliers();
        for (int k = 0; k < Math.min(4, multipliers.length); k++) {
            String which = name + "_multiplier" + (multipliers.length == 1 ? "" : "_" + (k + 1));
            result.number(which, multipliers[k].norm(), Result.EXACT, "1", "modulus; below 1 attracts");
        }
        result.number(
                name + "_trivial_error",
                orbit.trivialMultiplierError(),
                Result.EXACT,
                "1",
                "of the multiplier that is 1");
        double[] values = new double[course.length * (SAMPLES + 1)];
        for (int k = 0; k <= SAMPLES; k++) {
            for (int i = 0; i < course.length; i++) {
                values[k * course.length + i] = course[i][k];
            }
        }
        result.array(new NamedArray(name, "1", values, SAMPLES + 1, course.length));
    }

    private static void closedForm(Result result, DriftCycle known) {
        result.number("cycle_period_closed_form", known.period(), Result.EXACT, "time", "of the model");
        result.number("cycle_amplitude_closed_form", known.amplitude(), Result.EXACT, "1", "of the model");
    }

    private static Figure figure(
            ChosenModel chosen,
            Flow flow,
            Grid where,
            List<FixedPoint> points,
            List<PeriodicOrbit> cycles,
            double duration) {
        if (chosen.dimension() == 1) {
            return Figure.titled(chosen.title())
                    .row(PhasePortrait.line(chosen.names().get(0), flow, where, points));
        }
        if (chosen.dimension() != 2) {
            throw new IllegalArgumentException("--chart draws orbits of 1 or 2 coordinates, got " + chosen.dimension());
        }
        return Figure.titled(chosen.title())
                .panelSize(620, 520)
                .row(PhasePortrait.plane(chosen.names(), flow, where, points, cycles, duration));
    }
}
