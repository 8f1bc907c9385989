package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.model.DidYouMean;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import picocli.CommandLine.Option;

/** The cells of a command on a grid, and what happens at the ends. */
final class GridOptions {

    /** Cells of each axis by the number of axes: about a second of work. */
    private static final int[] USUAL = {400, 120, 28};

    /** Where noise is missing the scheme is of lower order. */
    private static final int[] WITHOUT_NOISE = {400, 200, 36};

    private static final int MOST_AXES = 3;

    private static final List<String> WALLS = List.of("reflecting", "absorbing", "periodic");

    @Option(
            names = "--grid",
            paramLabel = "X=A:B:N,…",
            description = {
                "N cells from A to B of every coordinate, as in x=-3:3:200,v=-4:4:200.",
                "Default: where a short simulation finds the density; it is said on standard error."
            })
    private @Nullable String grid;

    @Option(
            names = "--walls",
            paramLabel = "W",
            description =
                    "What happens at the ends: reflecting, absorbing or periodic, for all coordinates or for some, as in"
                            + " x=periodic,v=reflecting (default: reflecting).")
    private @Nullable String walls;

    /** Whether any of it was typed. */
    boolean isGiven() {
        return grid != null || walls != null;
    }

    /** The cells alone. */
    Grid grid(ChosenModel chosen, OutputOptions output) {
        int d = chosen.dimension();
        if (d > MOST_AXES) {
            throw new IllegalArgumentException("grids take 1 to " + MOST_AXES + " coordinates, "
                    + chosen.model().name() + " has " + d + "; 'simulate' takes any number");
        }
        if (grid == null) {
            double[][] bounds = DensityRange.of(chosen, output.seed(), output::say);
            return named(chosen, bounds, output);
        }
        Map<String, Axis> named = new LinkedHashMap<>();
        Simulation.axes("--grid", grid).forEach((name, axis) -> {
            EnsembleOptions.coordinate("--grid", name, chosen.coordinates());
            named.put(name, axis);
        });
        Axis[] axes = new Axis[d];
        for (int a = 0; a < d; a++) {
            String name = chosen.coordinates().get(a);
            Axis axis = named.get(name);
            if (axis == null) {
                throw new IllegalArgumentException("--grid takes all coordinates, as in "
                        + example(chosen.coordinates()) + "; missing is " + name);
            }
            axes[a] = axis;
        }
        return Grid.of(axes);
    }

    private static Grid named(ChosenModel chosen, double[][] bounds, OutputOptions output) {
        double[] middle = new double[bounds.length];
        Arrays.setAll(middle, a -> 0.5 * (bounds[a][0] + bounds[a][1]));
        boolean rough = NoiseRank.isSingular(chosen.sde().atTime(0.0), middle);
        int cells = (rough ? WITHOUT_NOISE : USUAL)[bounds.length - 1];
        Axis[] axes = new Axis[bounds.length];
        List<String> text = new ArrayList<>();
        for (int a = 0; a < axes.length; a++) {
            axes[a] = Axis.uniform(bounds[a][0], bounds[a][1], cells);
            text.add(String.format(
                    Locale.ROOT, "%s=%.6g:%.6g:%d", chosen.coordinates().get(a), bounds[a][0], bounds[a][1], cells));
        }
        output.say("grid: --grid " + String.join(",", text));
        return Grid.of(axes);
    }

    private static String example(List<String> coordinates) {
        return String.join(
                ",", coordinates.stream().map(name -> name + "=-3:3:100").toList());
    }

    /** The cells with their walls. */
    Region region(ChosenModel chosen, OutputOptions output) {
        Boundary[] ends = ends(chosen);
        int periodic = Arrays.asList(ends).indexOf(Boundary.PERIODIC);
        if (periodic >= 0 && grid == null) {
            String name = chosen.coordinates().get(Math.min(periodic, chosen.dimension() - 1));
            throw new IllegalArgumentException("--walls periodic needs --grid with one period of " + name
                    + ", as in --grid " + name + "=0:6.283185307179586:200");
        }
        Region region = Region.of(grid(chosen, output), Boundary.REFLECTING);
        for (int a = 0; a < ends.length; a++) {
            region = region.withFaces(a, ends[a], ends[a]);
        }
        return region;
    }

    private Boundary[] ends(ChosenModel chosen) {
        int d = chosen.dimension();
        Boundary[] ends = new Boundary[d];
        Arrays.fill(ends, Boundary.REFLECTING);
        if (walls == null) {
            return ends;
        }
        for (String part : walls.split(",", -1)) {
            int at = part.indexOf('=');
            Boundary kind = kind(part.substring(at + 1).strip());
            if (at < 0) {
                Arrays.fill(ends, kind);
            } else {
                ends[EnsembleOptions.coordinate("--walls", part.substring(0, at).strip(), chosen.coordinates())] = kind;
            }
        }
        return ends;
    }

    private static Boundary kind(String word) {
        String small = word.toLowerCase(Locale.ROOT);
        if (!WALLS.contains(small)) {
            throw new IllegalArgumentException("--walls takes " + String.join(", ", WALLS) + ", got '" + word + "'"
                    + DidYouMean.among(WALLS, small));
        }
        return Boundary.valueOf(small.toUpperCase(Locale.ROOT));
    }

    /** Refuses walls through which probability leaves. */
    static Region requireClosed(Region region, String what) {
        for (int a = 0; a < region.grid().dimension(); a++) {
            if (region.lower(a) == Boundary.ABSORBING) {
                throw new IllegalArgumentException("with absorbing walls there is no " + what
                        + "; 'spectrum' gives the rate of loss as its first mode, 'evolve' the mass that is left");
            }
        }
        return region;
    }

    /** Says in a result which cells were taken. */
    static Result about(Result result, ChosenModel chosen, Region region) {
        Map<String, Object> axes = new LinkedHashMap<>();
        for (int a = 0; a < region.grid().dimension(); a++) {
            Axis axis = region.grid().axis(a);
            axes.put(
                    chosen.coordinates().get(a),
                    Map.of(
                            "from", axis.min(),
                            "to", axis.max(),
                            "cells", axis.cells(),
                            "walls", region.lower(a).name().toLowerCase(Locale.ROOT)));
        }
        return result.about("grid", axes);
    }

    /** The same region on cells of twice the width. */
    static Region coarser(Region region) {
        Axis[] axes = new Axis[region.grid().dimension()];
        for (int a = 0; a < axes.length; a++) {
            Axis axis = region.grid().axis(a);
            axes[a] = axis.cells() >= 8 ? axis.coarsened() : axis;
        }
        return region.coarsened(Grid.of(axes));
    }
}
