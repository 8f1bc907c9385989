package org.langevin4j.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One chart of a figure. */
public abstract sealed class Panel permits XyPanel, FieldPanel {

    private final String title;

    /** What is drawn, the lowest first. */
    final List<Layer> layers = new ArrayList<>();

    /** The numbers behind lines, markers and histograms. */
    final List<Series> data = new ArrayList<>();

    Panel(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The numbers behind fields. */
    List<FieldData> fields() {
        return List.of();
    }

    /** New axes. */
    abstract Frame frame();

    /** Height of the data area over its width; NaN if any will do. */
    double aspect() {
        return Double.NaN;
    }

    /** Of the heat map, if there is one. */
    Optional<ColourScale> colourScale() {
        return Optional.empty();
    }

    /** Magnitude from which on streamlines of this panel alone would have their full width; 0 if there are none. */
    double fullWidth() {
        return 0.0;
    }

    /** What is drawn if streamlines have their full width from a magnitude on. */
    List<Layer> layers(double fullWidth) {
        return layers;
    }

    static void requireSameLength(double[] x, double[] y, String other) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "x and " + other + " must have the same length, got " + x.length + " and " + y.length);
        }
    }
}
