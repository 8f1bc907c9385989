package org.langevin4j.solvers.ensemble;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.langevin4j.core.field.DelayedField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Mark;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.StateMap;
import org.langevin4j.solvers.domain.Domain;
import org.langevin4j.solvers.domain.Projection;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Stepper;

/**
 * What a checkpoint must have in common with the run that takes it up, item by item. Functions have no name that outlives a
 * process: they are compared by their values at many states and by what is known of their {@link Identity}.
 */
final class Problem {

    /** Paths whose starts are compared. */
    private static final int STARTS = 4096;

    /** Paths and steps of the walk by which the whole equation with its scheme is compared where paths really go. */
    private static final int WALKERS = 16;

    private static final int WALK = 256;

    private Problem() {}

    static Map<String, String> describe(EnsemblePlan plan, String shard) {
        Sde sde = plan.sde();
        Scheme scheme = plan.scheme();
        int d = sde.dimension();
        Map<String, String> items = new LinkedHashMap<>();
        items.put("library", library());
        items.put("shard", shard);
        items.put("seed", Long.toString(plan.seed().value()));
        items.put("paths", Long.toString(plan.paths()));
        items.put("paths of a batch", Long.toString(BatchGeometry.of(plan).batchPaths()));
        items.put("steps", Long.toString(plan.steps()));
        items.put("steps before", Long.toString(plan.stepsBefore()));
        items.put("origin of time", Double.toString(plan.origin()));
        items.put("scheme", lasting(scheme.toString()) + " " + Identity.of(scheme));
        items.put("step size", Double.toString(scheme.stepSize()));
        items.put(
                "Brownian paths",
                plan.brownianUnit().isPresent()
                        ? Double.toString(plan.brownianUnit().getAsDouble())
                        : "none");
        items.put("end of time", Double.toString(plan.time(plan.lastStep())));
        items.put("dimension", Integer.toString(d));
        items.put("noise dimension", Integer.toString(sde.diffusion().noiseDimension()));
        double begin = plan.time(plan.stepsBefore());
        items.put(
                "temperature",
                Double.toString(sde.temperature().atTime(begin).value())
                        + (sde.temperature().isConstant() ? "" : " " + Identity.ofFunction(sde.temperature())));
        items.put("calculus", lasting(sde.calculus().toString()) + " " + Identity.ofFunction(sde.calculus()));
        items.put("jumps", jumps(plan));
        items.put("starts", starts(plan.start(), plan.paths(), d));
        items.put("drift", drift(plan) + " " + Identity.ofFunction(sde.drift()));
        items.put("diffusion", diffusion(plan) + " " + Identity.ofFunction(sde.diffusion()));
        items.put("walk", walk(plan));
        items.put("non-finite paths", plan.nonFinite().name());
        Domain domain = plan.domain();
        items.put("domain", domain == null ? "none" : lasting(domain.identity()) + " " + Identity.of(domain));
        items.put("events", events(plan, d));
        items.put("resets", resets(plan, d));
        items.put(
                "projection",
                plan.projection()
                        .map(projection -> lasting(projection(projection, d, plan.start())))
                        .orElse("none"));
        StringBuilder observables = new StringBuilder();
        for (Observation observation : plan.observations()) {
            observables.append(observation.observable().identity(d)).append(' ');
            observables.append(observation.when()).append("; ");
        }
        items.put("observables", observables.toString());
        items.replaceAll((key, value) -> Identity.shortened(value));
        return items;
    }

    /** The seed of the run that wrote a checkpoint. */
    static Seed seed(Path file) {
        String seed = Checkpoint.problem(file).get("seed");
        if (seed == null || !seed.matches("-?[0-9]{1,19}")) {
            throw new CheckpointException(file, "has no seed");
        }
        try {
            return Seed.of(Long.parseLong(seed));
        } catch (NumberFormatException outOfRange) {
            throw new CheckpointException(file, "has no seed", outOfRange);
        }
    }

    private static String library() {
        String version = Problem.class.getPackage().getImplementationVersion();
        return version == null ? "not packaged" : version;
    }

    private static double[] times(EnsemblePlan plan) {
        double begin = plan.time(plan.stepsBefore());
        double end = plan.time(plan.lastStep());
        return plan.sde().isAutonomous() ? new double[] {begin} : new double[] {begin, 0.7 * begin + 0.3 * end, end};
    }

    private static String drift(EnsemblePlan plan) {
        StringBuilder text = new StringBuilder();
        int d = plan.sde().dimension();
        for (double t : times(plan)) {
            text.append(Fingerprint.of(frozen(plan.sde().drift(), t), d, d, plan.start()))
                    .append(' ');
        }
        if (plan.sde().drift() instanceof DelayedField delayed) {
            text.append("lag ").append(delayed.lag()).append(' ');
            double begin = plan.time(plan.stepsBefore());
            // Its argument is how far back, in lags.
            delayed.history()
                    .ifPresent(history -> text.append(Fingerprint.of(
                            (x, out) -> history.at(begin - delayed.lag() * Math.min(1.0, Math.abs(x[0])), out),
                            1,
                            d,
                            (path, out) -> {})));
        }
        return text.toString();
    }

    /** The field at a time; where it depends on the past, for one that differs from the present in every coordinate. */
    private static VectorField frozen(VectorField field, double t) {
        if (!(field instanceof DelayedField delayed)) {
            return field.atTime(t);
        }
        return (x, out) -> {
            double[][] present = new double[x.length][1];
            double[][] past = new double[x.length][1];
            double[][] value = new double[out.length][1];
            for (int i = 0; i < x.length; i++) {
                present[i][0] = x[i];
                past[i][0] = 1.25 * x[i] + 0.1;
            }
            delayed.atBlock(t, present, past, 1, value);
            for (int i = 0; i < out.length; i++) {
                out[i] = value[i][0];
            }
        };
    }

    private static String diffusion(EnsemblePlan plan) {
        StringBuilder text = new StringBuilder();
        int d = plan.sde().dimension();
        for (double t : times(plan)) {
            text.append(Fingerprint.of(noise(plan.sde().diffusion().atTime(t)), d, d, plan.start()))
                    .append(' ');
        }
        return text.toString();
    }

    /** Some steps of some paths, without walls: their states depend on all that the equation is, where it matters. */
    private static String walk(EnsemblePlan plan) {
        int d = plan.sde().dimension();
        int paths = (int) Math.min(WALKERS, plan.paths());
        long steps = Math.min(plan.steps(), Math.max(2, Math.min(WALK, Fingerprint.MOST_NUMBERS / (4L * WALKERS * d))));
        double[][] x = new double[d][paths];
        double[] state = new double[d];
        long hash = 17;
        try {
            Stepper stepper = plan.scheme().stepper(plan.sde().withoutJumps());
            double[][] xi = new double[stepper.noises()][paths];
            NormalStream normals = NormalStream.of(plan.seed());
            for (int p = 0; p < paths; p++) {
                plan.start().at(p, state);
                for (int i = 0; i < d; i++) {
                    x[i][p] = state[i];
                }
            }
            long[] indices = new long[paths];
            Arrays.setAll(indices, p -> p);
            StepEnd stepEnd = new StepEnd(plan, plan.scheme().stepSize());
            stepper.begin(paths);
            for (long step = plan.stepsBefore(); step < plan.stepsBefore() + steps; step++) {
                normals.fill(0, paths, step, xi);
                stepper.step(plan.time(step), x, paths, xi);
                stepEnd.apply(step + 1, x, paths, indices);
            }
        } catch (RuntimeException outside) {
            // Beyond a wall that is not here, or by a blow-up: as far as it went it is the same in an equal run.
            hash = Fingerprint.mixed(hash, 1);
        }
        for (double[] row : x) {
            for (double value : row) {
                hash = Fingerprint.mixed(hash, Double.doubleToLongBits(value));
            }
        }
        return Long.toHexString(hash);
    }

    private static VectorField noise(Diffusion diffusion) {
        double[] xi = new double[diffusion.noiseDimension()];
        NormalStream normals = NormalStream.of(Seed.of(1));
        for (int k = 0; k < xi.length; k++) {
            xi[k] = normals.at(0, 0, k);
        }
        return (x, out) -> diffusion.factorTimes(x, xi, out);
    }

    private static String starts(Start start, long paths, int d) {
        double[] x = new double[d];
        long hash = 17;
        long count = Math.min(paths, Math.max(4, Math.min(STARTS, Fingerprint.MOST_NUMBERS / d)));
        for (long k = 0; k < count; k++) {
            // Spread over all of them, first and last included.
            long path = count == 1 ? 0 : (long) ((paths - 1) * (k / (count - 1.0)));
            start.at(path, x);
            for (double value : x) {
                hash = Fingerprint.mixed(hash, Double.doubleToLongBits(value));
            }
        }
        return Long.toHexString(hash);
    }

    private static String events(EnsemblePlan plan, int d) {
        StringBuilder text = new StringBuilder();
        for (Event event : plan.events()) {
            text.append(Identity.of(event)).append(' ');
            text.append(Fingerprint.of((x, out) -> out[0] = event.function().at(x), d, 1, plan.start()));
            text.append("; ");
        }
        return text.toString();
    }

    /** Number, bounds and rates of the kinds, and what each does with one mark. */
    private static String jumps(EnsemblePlan plan) {
        StringBuilder text = new StringBuilder();
        int d = plan.sde().dimension();
        for (double t : times(plan)) {
            for (Jump kind : plan.sde().jumps().atTime(t).kinds()) {
                text.append(kind.bound()).append(' ');
                text.append(Fingerprint.of((x, out) -> out[0] = kind.rate().at(x), d, 1, plan.start()));
                text.append(' ').append(map(kind.map(), d, plan.start()));
                text.append(' ').append(Identity.ofFunction(kind)).append("; ");
            }
        }
        return text.toString();
    }

    private static String resets(EnsemblePlan plan, int d) {
        StringBuilder text = new StringBuilder();
        for (Reset reset : plan.resets()) {
            Event event = reset.event();
            text.append(event.identity(d)).append(' ');
            text.append(Fingerprint.of((x, out) -> out[0] = event.function().at(x), d, 1, plan.start()));
            text.append(reset.gradient()
                    .map(g -> " bridged " + Fingerprint.of(g, d, d, plan.start()))
                    .orElse(""));
            text.append(' ').append(map(reset.map(), d, plan.start()));
            text.append(' ').append(Identity.of(reset)).append("; ");
        }
        return text.toString();
    }

    private static String map(StateMap map, int d, Start start) {
        Mark mark = Mark.of(Seed.of(2), 0, 0, 0, 0.5);
        return Fingerprint.of(
                (x, out) -> {
                    System.arraycopy(x, 0, out, 0, d);
                    map.apply(out, mark);
                },
                d,
                d,
                start);
    }

    private static String projection(Projection projection, int d, Start start) {
        return projection + " " + Identity.of(projection) + " "
                + Fingerprint.of(
                        (x, out) -> {
                            System.arraycopy(x, 0, out, 0, d);
                            projection.apply(out);
                        },
                        d,
                        d,
                        start);
    }

    /** A description without what differs from one process to the next: identity hashes and names of lambdas. */
    private static String lasting(String text) {
        return Objects.requireNonNull(text)
                .replaceAll("@[0-9a-f]+", "@")
                .replaceAll("\\$\\$Lambda[^\\s,\\]]*", "Lambda");
    }
}
