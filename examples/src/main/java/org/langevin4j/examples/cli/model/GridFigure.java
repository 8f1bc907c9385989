package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Panel;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/** Densities and potentials drawn: curves on a line, heat maps with contours in the plane, heat maps of two coordinates in space. */
final class GridFigure {

    /** Densities below this part of the largest are not drawn as potentials. */
    private static final double SHOWN = 1e-6;

    private GridFigure() {}

    /** ρ, with contours of Φ in the plane. */
    static List<Panel> density(
            String title, List<String> names, Density density, double temperature, Optional<Density> known) {
        Grid grid = density.grid();
        List<Panel> panels = new ArrayList<>();
        if (grid.dimension() == 1) {
            XyPanel panel = XyPanel.titled(title).xAxis(names.get(0)).yAxis("density");
            panel.line(known.isPresent() ? "grid" : "", centres(grid), density.values());
            known.ifPresent(closed -> panel.line("closed form", centres(grid), closed.values()));
            panels.add(panel);
            CellFunction potential = GridArrays.potential(density, temperature).where(density, SHOWN);
            panels.add(line("potential Φ = −log(ρ)/β", names.get(0), "Φ − min Φ", potential));
            return panels;
        }
        if (grid.dimension() == 2) {
            panels.add(plane(title, names, density, temperature));
            return panels;
        }
        for (int a = 0; a < grid.dimension(); a++) {
            for (int b = a + 1; b < grid.dimension(); b++) {
                Density both = marginal(density, a, b);
                panels.add(FieldPanel.titled(title, both.grid())
                        .axes(names.get(a), names.get(b))
                        .freeAspect()
                        .heatMap(both, "density"));
            }
        }
        return panels;
    }

    private static FieldPanel plane(String title, List<String> names, Density density, double temperature) {
        double least = SHOWN * density.value(density.mode());
        ScalarField potential = x -> {
            double rho = density.at(x);
            return rho > least ? -temperature * Math.log(rho / density.value(density.mode())) : Double.NaN;
        };
        return FieldPanel.titled(title, density.grid())
                .axes(names.get(0), names.get(1))
                .freeAspect()
                .heatMap(density, "density")
                .contours(
                        "Φ − min Φ at 1, 2, 4, 8 β⁻¹",
                        potential,
                        temperature,
                        2 * temperature,
                        4 * temperature,
                        8 * temperature);
    }

    /** A function on a line, without gaps where it is not defined. */
    static XyPanel line(String title, String x, String y, CellFunction function) {
        double[] centres = centres(function.grid());
        List<double[]> shown = new ArrayList<>();
        for (int cell = 0; cell < centres.length; cell++) {
            if (Math.abs(function.value(cell)) <= Double.MAX_VALUE) {
                shown.add(new double[] {centres[cell], function.value(cell)});
            }
        }
        return XyPanel.titled(title)
                .xAxis(x)
                .yAxis(y)
                .line(
                        "",
                        shown.stream().mapToDouble(point -> point[0]).toArray(),
                        shown.stream().mapToDouble(point -> point[1]).toArray());
    }

    /** A field in the plane over the density. */
    static FieldPanel streamlines(String title, List<String> names, Density density, String what, VectorField field) {
        return FieldPanel.titled(title, density.grid())
                .axes(names.get(0), names.get(1))
                .freeAspect()
                .heatMap(density, "density")
                .streamlines(what, field);
    }

    static FieldPanel signed(String title, List<String> names, CellFunction function, String label) {
        return FieldPanel.titled(title, function.grid())
                .axes(names.get(0), names.get(1))
                .freeAspect()
                .signedHeatMap(function, label);
    }

    static double[] centres(Grid grid) {
        Axis axis = grid.axis(0);
        double[] centres = new double[axis.cells()];
        for (int k = 0; k < centres.length; k++) {
            centres[k] = axis.centre(k);
        }
        return centres;
    }

    /** The density of two coordinates of three. */
    private static Density marginal(Density density, int a, int b) {
        Grid grid = density.grid();
        Grid both = Grid.of(grid.axis(a), grid.axis(b));
        double[] values = new double[both.cells()];
        for (int cell = 0; cell < grid.cells(); cell++) {
            int to = grid.position(cell, a) * both.stride(0) + grid.position(cell, b) * both.stride(1);
            values[to] += density.value(cell) * grid.volume(cell) / both.volume(to);
        }
        return Density.of(both, values);
    }
}
