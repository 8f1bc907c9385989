package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;

/** Boxes without cells, as they are typed: {@code x=-3:3,v=-4:4}. */
final class Boxes {

    private Boxes() {}

    static Grid named(String option, String text, List<String> coordinates) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (part.chars().filter(c -> c == ':').count() != 1 || !part.contains("=")) {
                throw new IllegalArgumentException(
                        option + " takes coordinate=from:to, as in x=-3:3, got '" + part.strip() + "'");
            }
            parts.add(part.strip() + ":2");
        }
        Map<String, Axis> named = Simulation.axes(option, String.join(",", parts));
        named.keySet().forEach(name -> EnsembleOptions.coordinate(option, name, coordinates));
        Axis[] axes = new Axis[coordinates.size()];
        for (int a = 0; a < axes.length; a++) {
            Axis axis = named.get(coordinates.get(a));
            if (axis == null) {
                throw new IllegalArgumentException(option + " takes all coordinates; missing is " + coordinates.get(a));
            }
            axes[a] = axis;
        }
        return Grid.of(axes);
    }
}
