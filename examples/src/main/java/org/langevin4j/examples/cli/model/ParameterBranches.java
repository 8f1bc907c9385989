package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.examples.cli.output.NamedArray;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.orbit.Bifurcation;
import org.langevin4j.solvers.orbit.Continuation;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.FixedPointBranch;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.PeriodicOrbitBranch;

/** Resting points and limit cycles followed as a parameter changes. */
final class ParameterBranches {

    private static final int MOST = 12;

    private static final Set<Bifurcation.Type> CROSSINGS =
            EnumSet.of(Bifurcation.Type.PITCHFORK, Bifurcation.Type.TRANSCRITICAL);

    private static final int STEPS = 60;

    private final String parameter;
    private final ChosenModel chosen;
    private final double from;
    private final double to;
    private final List<FixedPointBranch> branches = new ArrayList<>();
    private final List<PeriodicOrbitBranch> cycles = new ArrayList<>();
    private final List<Bifurcation> bifurcations = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private ParameterBranches(String parameter, ChosenModel chosen, double from, double to) {
        this.parameter = parameter;
        this.chosen = chosen;
        this.from = from;
        this.to = to;
    }

    static ParameterBranches over(String text, ChosenModel chosen, FrozenOptions frozen, List<FixedPoint> points) {
        int at = text.indexOf('=');
        String[] range = text.substring(at + 1).split(":", -1);
        if (at < 1 || range.length != 2) {
            throw new IllegalArgumentException("--over takes parameter=from:to, as in mu=-1:1, got '" + text + "'");
        }
        String name = text.substring(0, at).strip();
        double from = Settings.number("--over", range[0]);
        double to = Settings.number("--over", range[1]);
        if (!(from < to)) {
            throw new IllegalArgumentException("--over takes from < to, got '" + text + "'");
        }
        double now = chosen.model().parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .mapToDouble(parameter -> parameter.value())
                .findFirst()
                .orElseGet(() -> chosen.with(name, 1.0).temperature().value());
        ParameterBranches found = new ParameterBranches(name, chosen, from, to);
        found.follow(frozen, points, now);
        return found;
    }

    private void follow(FrozenOptions frozen, List<FixedPoint> points, double now) {
        double start = Math.max(from, Math.min(to, now));
        int d = chosen.dimension();
        Continuation continuation = Continuation.of(p -> family(frozen, p), d, from, to)
                .withSteps(Math.min(0.05 * Math.max(1.0, to - from), (to - from) / STEPS));
        Flow flow = Flow.of(family(frozen, start), d);
        for (FixedPoint point : RestingPoints.near(
                flow, points.stream().map(FixedPoint::location).toList())) {
            if (branches.size() >= MOST || branches.stream().anyMatch(branch -> passes(branch, point, start))) {
                continue;
            }
            try {
                add(continuation, continuation.from(start, point.location()));
            } catch (NumericalException e) {
                failures.add("from " + VectorText.of(point.location()) + ": " + e.getMessage());
            }
        }
    }

    private VectorField family(FrozenOptions frozen, double value) {
        try {
            return frozen.sde(chosen.with(parameter, value), "orbit").drift();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--over " + parameter + ": " + e.getMessage()
                            + " (derivatives need values a little beyond the range: leave a margin of an eighth)",
                    e);
        }
    }

    private static boolean passes(FixedPointBranch branch, FixedPoint point, double parameter) {
        double[] parameters = branch.parameters();
        double[] x = point.location();
        for (int k = 1; k < parameters.length; k++) {
            double a = parameters[k - 1];
            double b = parameters[k];
            if (!((a - parameter) * (b - parameter) <= 0.0)) {
                continue;
            }
            double part = b == a ? 0.0 : (parameter - a) / (b - a);
            boolean near = true;
            for (int i = 0; i < x.length && near; i++) {
                double u = branch.points().get(k - 1).location()[i];
                double v = branch.points().get(k).location()[i];
                double step = Math.abs(v - u) + 1e-3 * (1.0 + Math.abs(x[i]));
                near = Math.abs(u + part * (v - u) - x[i]) <= 0.2 * step;
            }
            if (near) {
                return true;
            }
        }
        return false;
    }

    private void add(Continuation continuation, FixedPointBranch branch) {
        branches.add(branch);
        for (Bifurcation each : branch.bifurcations()) {
            if (bifurcations.stream().noneMatch(other -> same(other, each))) {
                bifurcations.add(each);
                branchOff(continuation, branch, each);
            }
        }
    }

    private static boolean same(Bifurcation one, Bifurcation other) {
        double[] a = one.location();
        double[] b = other.location();
        boolean same = one.type() == other.type() && Math.abs(one.parameter() - other.parameter()) < 1e-5;
        for (int i = 0; i < a.length; i++) {
            same &= Math.abs(a[i] - b[i]) < 1e-4 * (1.0 + Math.abs(a[i]));
        }
        return same;
    }

    private void branchOff(Continuation continuation, FixedPointBranch branch, Bifurcation each) {
        try {
            if (each.lyapunov().isPresent()) {
                cycles.add(continuation.periodicOrbits(each));
            } else if (CROSSINGS.contains(each.type()) && branches.size() < MOST) {
                FixedPointBranch other = continuation.crossing(branch, each);
                branches.add(other);
                other.bifurcations().stream()
                        .filter(found -> bifurcations.stream().noneMatch(known -> same(known, found)))
                        .forEach(bifurcations::add);
            }
        } catch (NumericalException e) {
            failures.add("at " + each + ": " + e.getMessage());
        }
    }

    void fill(Result result) {
        result.about("over", parameter);
        result.number("branches", branches.size(), Result.EXACT, "1", "of resting points");
        result.number("bifurcations", bifurcations.size(), Result.EXACT, "1", "passed by them");
        List<String> names = chosen.names();
        String axis = parameter.replaceAll("[^\\p{L}\\p{N}_]", "_");
        result.column(
                axis.equals("t") ? "parameter" : axis,
                "1",
                bifurcations.stream().mapToDouble(Bifurcation::parameter).toArray());
        for (int i = 0; i < names.size(); i++) {
            int at = i;
            result.column(
                    names.get(i),
                    "1",
                    bifurcations.stream()
                            .mapToDouble(each -> each.location()[at])
                            .toArray());
        }
        bifurcations.forEach(each -> result.note(String.format(
                Locale.ROOT,
                "%s at %s = %.10g, %s",
                each.type().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                parameter,
                each.parameter(),
                VectorText.of(each.location()))));
        for (int k = 0; k < branches.size(); k++) {
            result.array(table("branch_" + (k + 1), branches.get(k)));
        }
        for (int k = 0; k < cycles.size(); k++) {
            PeriodicOrbitBranch branch = cycles.get(k);
            int n = branch.parameters().length;
            double[] values = new double[3 * n];
            for (int i = 0; i < n; i++) {
                values[3 * i] = branch.parameters()[i];
                values[3 * i + 1] = branch.periods()[i];
                values[3 * i + 2] = branch.amplitudes(0)[i];
            }
            result.array(new NamedArray("cycles_" + (k + 1), "1", values, n, 3));
            double[] periods = branch.periods();
            result.note(String.format(
                    Locale.ROOT,
                    "limit cycles from %s = %.6g to %.6g, periods %.6g to %.6g; %s",
                    parameter,
                    branch.parameters()[0],
                    branch.parameters()[n - 1],
                    periods[0],
                    periods[n - 1],
                    branch.ending().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        result.about("branch_columns", parameter + ", " + String.join(", ", names) + ", largest real part, stable")
                .about("cycle_columns", parameter + ", period, amplitude of " + names.get(0));
        failures.forEach(failure -> result.note("not followed " + failure));
    }

    private static NamedArray table(String name, FixedPointBranch branch) {
        double[] parameters = branch.parameters();
        int d = branch.points().get(0).location().length;
        double[] values = new double[parameters.length * (d + 3)];
        for (int k = 0; k < parameters.length; k++) {
            FixedPoint point = branch.points().get(k);
            values[k * (d + 3)] = parameters[k];
            System.arraycopy(point.location(), 0, values, k * (d + 3) + 1, d);
            values[k * (d + 3) + d + 1] = point.eigenvalues()[0].getReal();
            values[k * (d + 3) + d + 2] = point.isStable() ? 1.0 : 0.0;
        }
        return new NamedArray(name, "1", values, parameters.length, d + 3);
    }

    Figure figure() {
        XyPanel panel = XyPanel.titled("resting points")
                .xAxis(parameter)
                .yAxis(chosen.names().get(0));
        boolean firstStable = true;
        boolean firstUnstable = true;
        for (FixedPointBranch branch : branches) {
            int from0 = 0;
            int n = branch.parameters().length;
            for (int k = 1; k <= n; k++) {
                boolean stable = branch.points().get(from0).isStable();
                if (k < n && branch.points().get(k).isStable() == stable) {
                    continue;
                }
                int end = Math.min(n, k + 1);
                String name = stable ? (firstStable ? "stable" : "") : firstUnstable ? "unstable" : "";
                panel.line(
                                name,
                                Arrays.copyOfRange(branch.parameters(), from0, end),
                                Arrays.copyOfRange(branch.coordinate(0), from0, end))
                        .look(stable ? 0 : 1, stable ? 0 : 1);
                firstStable &= !stable;
                firstUnstable &= stable;
                from0 = k;
            }
        }
        if (!bifurcations.isEmpty()) {
            panel.points(
                            "bifurcations",
                            bifurcations.stream()
                                    .mapToDouble(Bifurcation::parameter)
                                    .toArray(),
                            bifurcations.stream()
                                    .mapToDouble(each -> each.location()[0])
                                    .toArray())
                    .look(4, 0);
        }
        Figure figure = Figure.titled(chosen.title());
        if (cycles.isEmpty()) {
            return figure.row(panel);
        }
        XyPanel periods = XyPanel.titled("limit cycles").xAxis(parameter).yAxis("period, amplitude");
        for (int k = 0; k < cycles.size(); k++) {
            String which = cycles.size() == 1 ? "" : " " + (k + 1);
            periods.line(
                    "period" + which, cycles.get(k).parameters(), cycles.get(k).periods());
            periods.line(
                    "amplitude" + which,
                    cycles.get(k).parameters(),
                    cycles.get(k).amplitudes(0));
        }
        return figure.row(panel, periods);
    }
}
