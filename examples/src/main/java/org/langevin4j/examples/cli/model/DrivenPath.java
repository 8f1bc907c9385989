package org.langevin4j.examples.cli.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.Panel;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.path.DrivenMinimumAction;
import org.langevin4j.solvers.path.DrivenTransition;
import org.langevin4j.solvers.path.TransitionPath;

/** The most likely ways between two wells that are driven periodically, for {@code path --period}. */
final class DrivenPath {

    /** β times what the least likely phase costs more, below which all phases count. */
    private static final double LOW = 5.0;

    /** Parts of the action before and behind which a chart shows nothing. */
    private static final double EDGE = 1e-4;

    private final ChosenModel chosen;
    private final double period;
    private final Transition mean;
    private final FixedPoint saddle;
    private final List<DrivenTransition> out;
    private final List<DrivenTransition> back;

    private DrivenPath(
            ChosenModel chosen,
            double period,
            Transition mean,
            FixedPoint saddle,
            List<DrivenTransition> out,
            List<DrivenTransition> back) {
        this.chosen = chosen;
        this.period = period;
        this.mean = mean;
        this.saddle = saddle;
        this.out = out;
        this.back = back;
    }

    static DrivenPath find(ChosenModel chosen, double period, int segments, double[][] corners) {
        Sde sde = chosen.sde().requireMemoryless("path").withoutJumps().toIto();
        DrivenMinimumAction method = DrivenMinimumAction.of(sde, period);
        Sde still = Sde.ito(method.meanDrift(), method.meanDiffusion(), chosen.temperature());
        Transition mean = new Transition(still, segments, corners);
        FixedPoint saddle = mean.find()
                .saddle()
                .orElseThrow(() -> new IllegalArgumentException(
                        "with --period, --from and --to must be near wells of the drift averaged over the period, with a"
                                + " saddle between them"));
        return new DrivenPath(
                chosen,
                period,
                mean,
                saddle,
                method.between(mean.from(), saddle.location()),
                method.between(mean.to(), saddle.location()));
    }

    void fill(Result result) {
        double beta = chosen.temperature().beta();
        DrivenTransition least = out.get(0);
        TransitionPath path = least.path();
        result.about("period", period);
        result.about("from", Arrays.stream(mean.from()).boxed().toList());
        result.about("to", Arrays.stream(mean.to()).boxed().toList());
        result.number(
                "action",
                least.action(),
                path.errorEstimate(),
                "energy",
                "out of the first well at the best phase: transitions are as rare as e^(−βS)");
        result.number("reduced_action", beta * least.action(), beta * path.errorEstimate(), "1", "βS");
        result.number(
                "phase",
                least.timeOfClimb() / period - Math.floor(least.timeOfClimb() / period),
                Result.EXACT,
                "1",
                "of the climb, in parts of the period from t = 0");
        result.number(
                "modulation",
                least.modulation(),
                Result.EXACT,
                "energy",
                "by how much the least likely phase costs more");
        DrivenTransition home = back.get(0);
        result.number("action_back", home.action(), home.path().errorEstimate(), "energy", "out of the second well");
        double[] x = saddle.location();
        for (int i = 0; i < x.length && x.length <= 8; i++) {
            result.number("saddle_" + chosen.names().get(i), x[i], Result.EXACT, "1", "of the mean drift");
        }
        rate(
                result,
                "rate",
                out,
                beta,
                "1/time",
                "mean over a period, of reaching the other well; ± 1/β of the modulation or S");
        result.number("mean_time", 1.0 / rate(out, beta), 1.0 / rate(out, beta) / largeness(beta), "time", "1/rate");
        rate(result, "rate_back", back, beta, "1/time", "from the second well");
        if (largeness(beta) < LOW) {
            result.note(String.format(
                    Locale.ROOT,
                    "β times action or modulation is %.3g: low for a formula of low noise; 'first-passage' measures rates",
                    largeness(beta)));
        }
        if (out.size() > 1) {
            result.note(out.size() + " phases of the period are locally best; the table is of the best of them");
        }
        if (path.isSaddle()) {
            result.note("the path is a saddle of the action: beside it there are cheaper ones");
        }
        double[] times = new double[path.size()];
        double[] action = new double[path.size()];
        Arrays.setAll(times, path::time);
        Arrays.setAll(action, path::action);
        result.column("t", "time", times);
        for (int i = 0; i < chosen.dimension(); i++) {
            result.column(chosen.names().get(i), "1", path.coordinate(i));
        }
        result.column("action_so_far", "energy", action);
    }

    private static double rate(List<DrivenTransition> ways, double beta) {
        return ways.stream().mapToDouble(way -> way.rate(beta)).sum();
    }

    private double largeness(double beta) {
        return Math.min(out.get(0).largeness(beta), back.get(0).largeness(beta));
    }

    private void rate(
            Result result, String name, List<DrivenTransition> ways, double beta, String unit, String description) {
        double rate = rate(ways, beta);
        result.number(name, rate, rate / ways.get(0).largeness(beta), unit, description);
    }

    Figure figure() {
        TransitionPath path = out.get(0).path();
        int from = 0;
        int until = path.size() - 1;
        while (path.action(from + 1) < EDGE * path.action()) {
            from++;
        }
        while (path.action(until - 1) > (1.0 - EDGE) * path.action()) {
            until--;
        }
        double[] times = new double[until - from + 1];
        double[] action = new double[times.length];
        for (int k = 0; k < times.length; k++) {
            times[k] = path.time(from + k) / period;
            action[k] = path.action(from + k);
        }
        XyPanel course =
                XyPanel.titled("most likely path").xAxis("time in periods").yAxis("");
        for (int i = 0; i < Math.min(4, chosen.dimension()); i++) {
            course.line(chosen.names().get(i), times, Arrays.copyOfRange(path.coordinate(i), from, until + 1));
        }
        XyPanel along = XyPanel.titled("action so far")
                .xAxis("time in periods")
                .yAxis("S")
                .line("", times, action);
        return Figure.titled(chosen.title()).row(new Panel[] {course, along});
    }
}
