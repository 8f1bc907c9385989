package org.langevin4j.examples.experiment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.experiment.Finding.Bearing;

/** The part of a sheet that bears on one thing; see {@link Sheet}. */
public final class Evidence {

    private final Bearing bearing;
    private final @Nullable Statement statement;
    private final String text;
    private final List<Check> checks = new ArrayList<>();

    Evidence(Bearing bearing, @Nullable Statement statement, String text) {
        this.bearing = bearing;
        this.statement = statement;
        this.text = text;
    }

    /**
     * Writes a number down.
     *
     * @param name what it is
     * @param value the number
     * @return its line, to which unit, uncertainty and expectation are added; without one the number is only reported
     */
    public Line measure(String name, double value) {
        return new Line(checks, statement != null, name, value);
    }

    boolean is(Bearing other, @Nullable Statement on, String words) {
        return bearing == other && statement == on && text.equals(words);
    }

    Finding finding() {
        return new Finding(bearing, statement, text, checks);
    }
}
