package org.langevin4j.core.random;

import java.util.Objects;

/**
 * What chance gives to one event on one path, such as a jump or a reset: its time, and as many independent numbers as one
 * asks for. Each number is a function of (seed, path, step, event, index): to ask for the same one again gives the same
 * value, and to ask for none costs nothing.
 */
public final class Mark {

    /** The most events of one path in one step. */
    public static final int MAX_EVENTS = 1 << 12;

    /** The most numbers of one law in one mark. */
    public static final int MAX_NUMBERS = 1 << 12;

    private final Seed seed;
    private final long path;
    private final long step;
    private final int event;
    private final double time;

    private Mark(Seed seed, long path, long step, int event, double time) {
        this.seed = seed;
        this.path = path;
        this.step = step;
        this.event = event;
        this.time = time;
    }

    /**
     * The mark of an event.
     *
     * @param seed the seed of these events, derived from that of the run
     * @param path index of the path
     * @param step index of the step, 0 ≤ step &lt; 2⁴⁰
     * @param event which event of the step, 0 ≤ event &lt; {@value #MAX_EVENTS}
     * @param time when it happens
     * @return the mark
     */
    public static Mark of(Seed seed, long path, long step, int event, double time) {
        Objects.requireNonNull(seed, "seed");
        if (!(event >= 0 && event < MAX_EVENTS)) {
            throw new IllegalArgumentException("events of one path must be fewer than " + MAX_EVENTS
                    + " in a step, got event " + event + " at time " + time + "; take a smaller step");
        }
        return new Mark(seed, path, step, event, time);
    }

    /**
     * When the event happens.
     *
     * @return time of the equation
     */
    public double time() {
        return time;
    }

    /**
     * A standard normal number.
     *
     * @param index which one, 0 ≤ index &lt; {@value #MAX_NUMBERS}
     * @return ξ ~ N(0, 1)
     */
    public double normal(int index) {
        return NormalStream.of(seed).at(path, step, component(index));
    }

    /**
     * A uniform number.
     *
     * @param index which one, 0 ≤ index &lt; {@value #MAX_NUMBERS}
     * @return u ∈ (0, 1), independent of the normals
     */
    public double uniform(int index) {
        return UniformStream.of(seed).at(path, step, component(index));
    }

    /**
     * An exponential number of mean 1, made of the uniform of the same index.
     *
     * @param index which one, 0 ≤ index &lt; {@value #MAX_NUMBERS}
     * @return −ln u
     */
    public double exponential(int index) {
        return -StrictMath.log(uniform(index));
    }

    private int component(int index) {
        if (!(index >= 0 && index < MAX_NUMBERS)) {
            throw new IllegalArgumentException("index must be in [0, " + MAX_NUMBERS + "), got " + index);
        }
        return event * MAX_NUMBERS + index;
    }

    @Override
    public String toString() {
        return "Mark[path " + path + ", step " + step + ", event " + event + ", time " + time + "]";
    }
}
