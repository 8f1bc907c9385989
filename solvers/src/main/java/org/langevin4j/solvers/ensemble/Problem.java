package org.langevin4j.solvers.ensemble;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Mark;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.StateMap;
import org.langevin4j.solvers.domain.Domain;
import org.langevin4j.solvers.domain.Projection;
import org.langevin4j.solvers.sde.Scheme;

/**
 * What a checkpoint must have in common with the run that takes it up, item by item. Functions have no name that outlives a
 * process: they are compared by their values at a few states.
 */
final class Problem {

    private static final int PROBES = 4;

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
        items.put("scheme", lasting(scheme.toString()));
        items.put("step size", Double.toString(scheme.stepSize()));
        items.put("dimension", Integer.toString(d));
        items.put("noise dimension", Integer.toString(sde.diffusion().noiseDimension()));
        double begin = plan.time(plan.stepsBefore());
        items.put("temperature", Double.toString(sde.temperature().atTime(begin).value()));
        items.put("jumps", jumps(sde.jumps().atTime(begin), d, plan.start()));
        items.put("starts", starts(plan.start(), plan.paths(), d));
        items.put("drift", probe(sde.drift(), d, d, plan.start()));
        items.put("diffusion", probe(noise(sde.diffusion()), d, d, plan.start()));
        items.put("non-finite paths", plan.nonFinite().name());
        Domain domain = plan.domain();
        items.put("domain", domain == null ? "none" : domain.identity());
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

    /** The values of a function at fixed states, hashed. */
    static String probe(VectorField function, int dimension, int count) {
        return probe(function, dimension, count, (path, out) -> {});
    }

    private static String probe(VectorField function, int dimension, int count, Start start) {
        double[] x = new double[dimension];
        double[] value = new double[count];
        NormalStream normals = NormalStream.of(Seed.of(0));
        long hash = 17;
        for (int k = 0; k < PROBES; k++) {
            start.at(0, x);
            for (int i = 0; i < dimension; i++) {
                // Close to a start, where the function must be defined, yet in no special place.
                x[i] += 1e-3 * normals.at(k, 0, i) * Math.max(1.0, Math.abs(x[i]));
            }
            try {
                function.at(x, value);
            } catch (IllegalArgumentException outside) {
                hash = mixed(hash, 1);
                continue;
            }
            for (double v : value) {
                hash = mixed(hash, Double.doubleToLongBits(v));
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
        for (long path : new long[] {0, 1, paths / 2, paths - 1}) {
            if (path < paths) {
                start.at(path, x);
                for (double value : x) {
                    hash = mixed(hash, Double.doubleToLongBits(value));
                }
            }
        }
        return Long.toHexString(hash);
    }

    private static String events(EnsemblePlan plan, int d) {
        StringBuilder text = new StringBuilder();
        for (Event event : plan.events()) {
            text.append(event.name()).append(' ');
            text.append(probe((x, out) -> out[0] = event.function().at(x), d, 1, plan.start()));
            text.append("; ");
        }
        return text.toString();
    }

    /** Number, bounds and rates of the kinds, and what each does with one mark. */
    private static String jumps(Jumps.Kinds jumps, int d, Start start) {
        StringBuilder text = new StringBuilder();
        for (Jump kind : jumps.kinds()) {
            text.append(kind.bound()).append(' ');
            text.append(probe((x, out) -> out[0] = kind.rate().at(x), d, 1, start));
            text.append(' ').append(map(kind.map(), d, start)).append("; ");
        }
        return text.toString();
    }

    private static String resets(EnsemblePlan plan, int d) {
        StringBuilder text = new StringBuilder();
        for (Reset reset : plan.resets()) {
            Event event = reset.event();
            text.append(event.identity(d)).append(' ');
            text.append(probe((x, out) -> out[0] = event.function().at(x), d, 1, plan.start()));
            text.append(reset.gradient()
                    .map(g -> " bridged " + probe(g, d, d, plan.start()))
                    .orElse(""));
            text.append(' ').append(map(reset.map(), d, plan.start())).append("; ");
        }
        return text.toString();
    }

    private static String map(StateMap map, int d, Start start) {
        Mark mark = Mark.of(Seed.of(2), 0, 0, 0, 0.5);
        return probe(
                (x, out) -> {
                    System.arraycopy(x, 0, out, 0, d);
                    map.apply(out, mark);
                },
                d,
                d,
                start);
    }

    private static String projection(Projection projection, int d, Start start) {
        return projection + " "
                + probe(
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

    /** A step of Sebastiano Vigna's SplitMix64. */
    static long mixed(long hash, long value) {
        long z = (hash ^ value) + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
