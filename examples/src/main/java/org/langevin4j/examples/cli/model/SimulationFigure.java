package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.Panel;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.examples.cli.output.NamedArray;
import org.langevin4j.examples.cli.output.Result;

/** A simulation drawn: moments over time, paths, densities. */
final class SimulationFigure {

    /** More would hide each other. */
    private static final int COORDINATES = 4;

    private static final int PATHS = 6;

    private SimulationFigure() {}

    static Figure of(ChosenModel chosen, Result result) {
        List<Panel> first = new ArrayList<>();
        first.add(means(chosen, result));
        first.add(variances(chosen, result));
        List<Panel> second = new ArrayList<>();
        array(result, "trajectories").ifPresent(paths -> second.add(trajectories(chosen, result, paths)));
        array(result, "density").ifPresent(density -> second.add(density(result, density)));
        Figure figure = Figure.titled(chosen.title()).row(first.toArray(Panel[]::new));
        return second.isEmpty() ? figure : figure.row(second.toArray(Panel[]::new));
    }

    private static Panel means(ChosenModel chosen, Result result) {
        XyPanel panel = XyPanel.titled("mean").xAxis("time").yAxis(symbols(chosen));
        for (String name : shown(chosen)) {
            panel.points(
                    name,
                    column(result, "t"),
                    column(result, "mean_" + name),
                    Arrays.stream(column(result, "mean_" + name + "_error"))
                            .map(error -> Double.isNaN(error) ? 0.0 : error)
                            .toArray());
        }
        return panel;
    }

    private static Panel variances(ChosenModel chosen, Result result) {
        XyPanel panel = XyPanel.titled("variance").xAxis("time").yAxis("variance of " + symbols(chosen));
        for (String name : shown(chosen)) {
            panel.points(name, column(result, "t"), column(result, "variance_" + name));
        }
        return panel;
    }

    private static Panel trajectories(ChosenModel chosen, Result result, NamedArray paths) {
        String name = chosen.names().get(0);
        XyPanel panel = XyPanel.titled("paths").xAxis("time").yAxis(name);
        int times = paths.shape()[1];
        int d = paths.shape()[2];
        double[] t = column(result, "t");
        for (int p = 0; p < Math.min(PATHS, paths.shape()[0]); p++) {
            double[] x = new double[times];
            int length = 0;
            while (length < times && !Double.isNaN(paths.values()[(p * times + length) * d])) {
                x[length] = paths.values()[(p * times + length) * d];
                length++;
            }
            panel.line("path " + p, Arrays.copyOf(t, length), Arrays.copyOf(x, length));
        }
        return panel;
    }

    private static Panel density(Result result, NamedArray density) {
        List<NamedArray> edges = result.arrays().stream()
                .filter(array -> array.name().startsWith("edges_"))
                .toList();
        String x = edges.get(0).name().substring("edges_".length());
        Axis first = Axis.of(edges.get(0).values());
        if (edges.size() == 1) {
            double[] centres = new double[first.cells()];
            for (int k = 0; k < centres.length; k++) {
                centres[k] = first.centre(k);
            }
            return XyPanel.titled("density at the end")
                    .xAxis(x)
                    .yAxis("density")
                    .points(
                            "paths",
                            centres,
                            density.values(),
                            array(result, "density_error").orElseThrow().values());
        }
        Grid grid = Grid.of(first, Axis.of(edges.get(1).values()));
        double[] values = new double[grid.cells()];
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = density.values()[Simulation.rowMajor(grid, cell)];
        }
        return FieldPanel.titled("density at the end", grid)
                .axes(x, edges.get(1).name().substring("edges_".length()))
                .freeAspect()
                .heatMap(Density.of(grid, values), "density");
    }

    private static List<String> shown(ChosenModel chosen) {
        return chosen.names().subList(0, Math.min(COORDINATES, chosen.dimension()));
    }

    private static String symbols(ChosenModel chosen) {
        return String.join(", ", shown(chosen))
                + (chosen.dimension() > COORDINATES ? " (of " + chosen.dimension() + ")" : "");
    }

    private static double[] column(Result result, String name) {
        return result.columns().stream()
                .filter(array -> array.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values();
    }

    private static Optional<NamedArray> array(Result result, String name) {
        return result.arrays().stream()
                .filter(array -> array.name().equals(name))
                .findFirst();
    }
}
