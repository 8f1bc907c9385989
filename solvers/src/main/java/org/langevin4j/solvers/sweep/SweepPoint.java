package org.langevin4j.solvers.sweep;

import java.util.List;
import java.util.Objects;
import org.langevin4j.core.random.Seed;

/**
 * One point of a sweep: values of the parameters, and which replica.
 *
 * @param names of the parameters
 * @param values of the parameters, as many
 * @param replica 0 … replicas − 1
 * @param seed of this point and replica
 */
public record SweepPoint(List<String> names, List<Double> values, int replica, Seed seed) {

    /** Copies the lists. */
    public SweepPoint {
        names = List.copyOf(names);
        values = List.copyOf(values);
        Objects.requireNonNull(seed, "seed");
        if (names.size() != values.size()) {
            throw new IllegalArgumentException(
                    "values must be as many as names, " + names.size() + ", got " + values.size());
        }
    }

    /** The point of a replica; its seed is a function of all that identifies it. */
    static SweepPoint of(List<String> names, List<Double> values, int replica, Seed sweep) {
        Seed seed = sweep;
        for (double value : values) {
            // −0 is 0, as far as a parameter goes.
            seed = seed.derive(Double.doubleToLongBits(value + 0.0));
        }
        return new SweepPoint(names, values, replica, seed.derive(replica));
    }

    /**
     * The value of a parameter.
     *
     * @param name of the parameter
     * @return its value
     * @throws IllegalArgumentException if the sweep has no parameter of this name
     */
    public double get(String name) {
        int at = names.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("parameter must be one of " + names + ", got " + name);
        }
        return values.get(at);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(names.get(i)).append(" = ").append(values.get(i)).append(", ");
        }
        return text.append("replica ").append(replica).toString();
    }
}
