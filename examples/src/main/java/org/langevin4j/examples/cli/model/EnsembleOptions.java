package org.langevin4j.examples.cli.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.model.DidYouMean;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.models.analytic.SpinOnSphere;
import org.langevin4j.solvers.domain.Projection;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.sde.Scheme;
import picocli.CommandLine.Option;

/** How paths are made: start, number, step, end and scheme. */
final class EnsembleOptions {

    private static final double USUAL_END = 10.0;

    @Option(
            names = "--start",
            paramLabel = "X",
            description =
                    "Where all paths start: numbers with commas, or names as in x=1,v=0 with 0 for the others (default: a point at rest that is known, else 0).")
    private @Nullable String start;

    @Option(names = "--paths", paramLabel = "N", description = "Number of paths (default: ${DEFAULT-VALUE}).")
    private long paths = 1000;

    @Option(
            names = "--step",
            paramLabel = "H",
            description = "Time step (default: ${DEFAULT-VALUE}). Halve it and see what changes.")
    private double step = 0.01;

    @Option(
            names = "--until",
            paramLabel = "T",
            description = "End of the paths, which start at time 0 (default: 10; first-passage: long enough).")
    private @Nullable Double until;

    @Option(
            names = "--scheme",
            paramLabel = "NAME",
            description =
                    "Scheme (default: an exact one where there is one, baoab or sra1 with inertia, else euler-maruyama or heun by the calculus). A wrong name lists them.")
    private @Nullable String scheme;

    double step() {
        return positive("--step", step);
    }

    double until() {
        return until(USUAL_END);
    }

    /** The end, or another usual one where none was given. */
    double until(double usual) {
        return until == null ? usual : positive("--until", until);
    }

    long paths() {
        if (!(paths > 0)) {
            throw new IllegalArgumentException("--paths must be at least 1, got " + paths);
        }
        return paths;
    }

    private static double positive(String name, double value) {
        if (!(value > 0.0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
        }
        return value;
    }

    /** The start of all paths. */
    double[] start(ChosenModel chosen) {
        if (start == null) {
            List<double[]> resting = chosen.model().restingPoints();
            return resting.isEmpty()
                    ? new double[chosen.dimension()]
                    : resting.get(0).clone();
        }
        return point("--start", start, chosen.coordinates());
    }

    /** A point as numbers, or as names with values. */
    static double[] point(String option, String text, List<String> coordinates) {
        if (text.contains("=")) {
            double[] x = new double[coordinates.size()];
            for (Map.Entry<String, Double> entry :
                    Settings.assignments(option, List.of(text)).entrySet()) {
                x[coordinate(option, entry.getKey(), coordinates)] = entry.getValue();
            }
            return x;
        }
        double[] x = Settings.numbers(option, text);
        if (x.length != coordinates.size()) {
            throw new IllegalArgumentException(
                    option + " must have one number for each of " + shown(coordinates) + ", got " + x.length);
        }
        return x;
    }

    static int coordinate(String option, String name, List<String> coordinates) {
        int at = coordinates.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException(option + ": no coordinate is called '" + name + "', there are "
                    + shown(coordinates) + DidYouMean.among(coordinates, name));
        }
        return at;
    }

    private static String shown(List<String> coordinates) {
        return coordinates.size() <= 8
                ? String.join(", ", coordinates)
                : coordinates.size() + " coordinates, " + coordinates.get(0) + " to "
                        + coordinates.get(coordinates.size() - 1);
    }

    /** The scheme by its name or by the structure of the equation. */
    NamedScheme scheme(Sde sde) {
        if (scheme == null) {
            return NamedScheme.forEquation(sde);
        }
        NamedScheme named = NamedScheme.named(scheme);
        try {
            named.withStep(step()).stepper(sde.withoutJumps());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--scheme " + scheme + ": " + e.getMessage() + "; these take the equation: "
                            + String.join(", ", NamedScheme.fitting(sde)),
                    e);
        }
        return named;
    }

    /** Paths of the model until the end. */
    Ensemble ensemble(ChosenModel chosen) {
        return ensemble(chosen, until());
    }

    /** Paths of the model. */
    Ensemble ensemble(ChosenModel chosen, double end) {
        Sde sde = chosen.sde();
        Scheme made = scheme(sde).withStep(step());
        double steps = end / step();
        if (!(Math.abs(steps - Math.rint(steps)) <= 1e-9 * steps) || steps < 0.5) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "--until must be a whole number of steps of %s, got %s; nearest are --until %.10g and --step %.10g",
                    step(),
                    end,
                    Math.max(1.0, Math.rint(steps)) * step(),
                    end / Math.max(1.0, Math.rint(steps))));
        }
        Ensemble ensemble =
                Ensemble.of(sde).scheme(made).paths(paths()).until(end).startingAt(start(chosen));
        return chosen.model() instanceof SpinOnSphere ? ensemble.projecting(Projection.sphere(1.0)) : ensemble;
    }

    /** Says in a result how the paths were made. */
    Result about(Result result, ChosenModel chosen, double end) {
        NamedScheme used = scheme(chosen.sde());
        Scheme made = used.withStep(step());
        return result.about("scheme", used.text())
                .about("weak_order", made.weakOrder())
                .about("step", step())
                .about("until", end)
                .about("paths", paths())
                .about("start", Arrays.stream(start(chosen)).boxed().toList());
    }
}
