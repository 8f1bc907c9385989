package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.Panel;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.cli.output.NamedArray;
import org.langevin4j.examples.cli.output.Result;

/** The curves of a sweep with their error bars; paths and grid in one panel. */
final class SweepFigure {

    private static final int PANELS = 4;

    private static final String ERROR = "_error";

    private SweepFigure() {}

    static Figure of(ChosenModel chosen, List<String> names, Result result) {
        Map<String, List<NamedArray>> quantities = new LinkedHashMap<>();
        for (NamedArray column : result.columns()) {
            if (column(result, column.name() + ERROR).isPresent()) {
                quantities
                        .computeIfAbsent(
                                column.name().replaceFirst("_(paths|grid|theory)$", ""), name -> new ArrayList<>())
                        .add(column);
            }
        }
        List<Panel> panels = new ArrayList<>();
        quantities.forEach((name, columns) -> panels.add(panel(name, columns, names, result)));
        Figure figure = Figure.titled(chosen.title());
        List<Panel> shown = panels.subList(0, Math.min(PANELS, panels.size()));
        for (int k = 0; k < shown.size(); k += 2) {
            figure = figure.row(shown.subList(k, Math.min(k + 2, shown.size())).toArray(Panel[]::new));
        }
        return figure;
    }

    private static Panel panel(String name, List<NamedArray> columns, List<String> names, Result result) {
        String unit = columns.get(0).unit();
        XyPanel panel = XyPanel.titled(name.replace('_', ' '))
                .xAxis(names.get(0))
                .yAxis(unit.equals("1") ? name.replace('_', ' ') : unit);
        boolean positive =
                columns.stream().allMatch(c -> Arrays.stream(c.values()).allMatch(v -> v > 0.0));
        if (!unit.equals("1") && positive) {
            panel.logY();
        }
        double[] x = result.columns().get(0).values();
        double[] second = names.size() == 1
                ? new double[x.length]
                : result.columns().get(1).values();
        for (NamedArray column : columns) {
            String by = column.name().endsWith("_grid")
                    ? "grid"
                    : column.name().endsWith("_paths")
                            ? "paths"
                            : column.name().endsWith("_theory") ? "Eyring and Kramers" : "";
            double[] error = column(result, column.name() + ERROR).orElseThrow().values();
            for (double value : Arrays.stream(second).distinct().toArray()) {
                int[] rows = IntStream.range(0, x.length)
                        .filter(k -> second[k] == value && !Double.isNaN(column.values()[k]))
                        .toArray();
                String label = names.size() == 1
                        ? (by.isEmpty() ? name.replace('_', ' ') : by)
                        : (by.isEmpty() ? "" : by + ", ") + names.get(1) + " = " + value;
                double[] at = pick(x, rows);
                double[] y = pick(column.values(), rows);
                double[] bars = Arrays.stream(pick(error, rows))
                        .map(e -> Double.isNaN(e) ? 0.0 : e)
                        .toArray();
                if (rows.length == 0) {
                    continue;
                }
                // A line of one point would not be seen.
                if (!by.isEmpty() && !by.equals("paths") && rows.length > 1) {
                    panel.line(label, at, y);
                } else if (result.about().containsKey("grid")) {
                    panel.points(label, at, y, bars, "± difference to half the cells");
                } else {
                    panel.points(label, at, y, bars);
                }
            }
        }
        return panel;
    }

    private static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    private static Optional<NamedArray> column(Result result, String name) {
        return result.columns().stream()
                .filter(array -> array.name().equals(name))
                .findFirst();
    }
}
