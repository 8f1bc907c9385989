package org.langevin4j.solvers.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;

/** The cells of a grid that are in a domain, and what happens at their faces; see {@link Domain#region(Grid)}. */
final class GridRegion {

    /** Of the length of an axis: ends that are nearer than this are the same. */
    private static final double SAME = 1e-9;

    /** The sine of the angle between a direction of reflection and the co-normal. */
    private static final double ANGLE = 1e-6;

    private final Grid grid;

    /** The number of coordinates that have walls: all, or the first half of those of a kinetic system. */
    private final int coordinates;

    private final Boundary mirror;
    private final Boundary[] lower;
    private final Boundary[] upper;
    private final boolean[] walled;
    private final List<Hypersurface> inner = new ArrayList<>();
    private final List<Hypersurface> curved = new ArrayList<>();

    private GridRegion(Grid grid, int coordinates, boolean kinetic) {
        this.grid = grid;
        this.coordinates = coordinates;
        this.mirror = kinetic ? Boundary.SPECULAR : Boundary.REFLECTING;
        this.lower = new Boundary[coordinates];
        this.upper = new Boundary[coordinates];
        this.walled = new boolean[2 * coordinates];
    }

    /**
     * The region of a domain.
     *
     * @param surfaces the faces, in the space of the first coordinates
     * @param kinetic whether the grid has a momentum for each of them, further on
     * @param diffusion D, by which oblique reflection is judged, or empty
     */
    static Region of(
            Grid grid, int dimension, List<Hypersurface> surfaces, boolean kinetic, Optional<Diffusion> diffusion) {
        if (grid.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "grid must have the dimension of the domain, " + dimension + ", got " + grid.dimension());
        }
        GridRegion built = new GridRegion(grid, kinetic ? dimension / 2 : dimension, kinetic);
        for (Hypersurface surface : surfaces) {
            if (diffusion.isEmpty() && surface.isOblique()) {
                throw new IllegalArgumentException(
                        "domain must reflect along its normal where D is not known, got an"
                                + " oblique direction; region(grid, diffusion) takes the co-normal Dn, along which grids reflect");
            }
        }
        built.ends(surfaces);
        Region region = built.cut(built.box());
        if (!kinetic) {
            diffusion.ifPresent(d -> built.requireCoNormal(region, surfaces, d));
        }
        return region;
    }

    /** The tightest wall at each end of the axes, and what cuts through the grid. */
    private void ends(List<Hypersurface> surfaces) {
        for (int a = 0; a < coordinates; a++) {
            boolean circle = false;
            for (Hypersurface surface : surfaces) {
                if (surface.axis() == a && surface.face() == Face.PERIODIC) {
                    requireSeam(surface);
                    circle = true;
                }
            }
            if (circle) {
                lower[a] = Boundary.PERIODIC;
                upper[a] = Boundary.PERIODIC;
                walled[2 * a] = true;
                walled[2 * a + 1] = true;
            }
            lower[a] = end(surfaces, a, true, circle);
            upper[a] = end(surfaces, a, false, circle);
        }
        for (Hypersurface surface : surfaces) {
            if (!surface.isEnd()) {
                curved.add(surface);
            }
        }
    }

    private void requireSeam(Hypersurface seam) {
        Axis axis = grid.axis(seam.axis());
        double end = seam.isLower() ? axis.min() : axis.max();
        if (!isSame(axis, seam.position(), end)) {
            throw new IllegalArgumentException("grid must be one period long on the periodic axis " + seam.axis()
                    + ", with an end at " + seam.position() + ", got " + end);
        }
    }

    private Boundary end(List<Hypersurface> surfaces, int a, boolean isLower, boolean circle) {
        Hypersurface tightest = null;
        for (Hypersurface surface : surfaces) {
            if (surface.axis() != a
                    || surface.isLower() != isLower
                    || surface.face() == Face.PERIODIC
                    || Double.isInfinite(surface.position())) {
                continue;
            }
            double further = tightest == null ? 1.0 : surface.position() - tightest.position();
            // Of two walls at one place the one that absorbs decides: nothing comes back from it.
            boolean absorbs = further == 0.0 && surface.face() != Face.REFLECTING;
            if (tightest == null || (isLower ? further > 0.0 : further < 0.0) || absorbs) {
                tightest = surface;
            }
        }
        if (tightest == null) {
            return circle ? Boundary.PERIODIC : Boundary.REFLECTING;
        }
        Axis axis = grid.axis(a);
        double end = isLower ? axis.min() : axis.max();
        if (!circle && isSame(axis, tightest.position(), end)) {
            walled[2 * a + (isLower ? 0 : 1)] = true;
            return boundary(tightest.face());
        }
        requireEdge(axis, tightest);
        inner.add(tightest);
        walled[2 * a + (isLower ? 0 : 1)] = true;
        return circle ? Boundary.PERIODIC : Boundary.REFLECTING;
    }

    private static boolean isSame(Axis axis, double one, double other) {
        return Math.abs(one - other) <= SAME * (axis.max() - axis.min());
    }

    private static void requireEdge(Axis axis, Hypersurface wall) {
        double nearest = axis.edge(0);
        for (int i = 1; i <= axis.cells(); i++) {
            if (Math.abs(axis.edge(i) - wall.position()) < Math.abs(nearest - wall.position())) {
                nearest = axis.edge(i);
            }
        }
        boolean within = wall.position() > axis.min() && wall.position() < axis.max();
        if (!within || !isSame(axis, nearest, wall.position())) {
            throw new IllegalArgumentException("grid must have an edge of its cells at the wall " + wall.position()
                    + " of axis " + wall.axis() + ", the nearest is at " + nearest);
        }
    }

    private Boundary boundary(Face face) {
        return face == Face.REFLECTING ? mirror : Boundary.ABSORBING;
    }

    private Region box() {
        Region region = Region.of(grid, Boundary.REFLECTING);
        for (int a = 0; a < coordinates; a++) {
            region = region.withFaces(a, lower[a], upper[a]);
        }
        return region;
    }

    /** Without the cells beyond walls that cut through the grid. */
    private Region cut(Region box) {
        List<Hypersurface> cutting = new ArrayList<>(inner);
        for (Hypersurface surface : curved) {
            if (cuts(surface)) {
                cutting.add(surface);
            } else if (!isWalled()) {
                throw new IllegalArgumentException(
                        "grid must reach beyond the walls of the domain, got none of its cells beyond the face "
                                + surface);
            }
        }
        if (cutting.isEmpty()) {
            return box;
        }
        Boundary rim = boundary(cutting.get(0).face());
        for (Hypersurface surface : cutting) {
            if (boundary(surface.face()) != rim) {
                throw new IllegalArgumentException("grid must end at walls of one kind, its cells have one rim, got "
                        + cutting.get(0) + " and " + surface);
            }
        }
        if (rim == Boundary.SPECULAR) {
            throw new IllegalArgumentException(
                    "grid must end at specular walls, which are faces of a box; got one inside, " + cutting.get(0));
        }
        return box.where(x -> cutting.stream().allMatch(surface -> surface.isInside(walled(x))), rim);
    }

    private boolean isWalled() {
        for (boolean end : walled) {
            if (!end) {
                return false;
            }
        }
        return true;
    }

    private boolean cuts(Hypersurface surface) {
        double[] x = new double[grid.dimension()];
        for (int cell = 0; cell < grid.cells(); cell++) {
            grid.centre(cell, x);
            if (!surface.isInside(walled(x))) {
                return true;
            }
        }
        return false;
    }

    /** The coordinates of a state that have walls. */
    private double[] walled(double[] x) {
        return x.length == coordinates ? x : Arrays.copyOf(x, coordinates);
    }

    /** At the walls of the cells that border on one. */
    private void requireCoNormal(Region region, List<Hypersurface> surfaces, Diffusion diffusion) {
        diffusion.requireAutonomous("region");
        double[] x = new double[grid.dimension()];
        for (Hypersurface surface : surfaces) {
            if (surface.face() != Face.REFLECTING || Double.isInfinite(surface.position())) {
                continue;
            }
            for (int k = 0; k < region.size(); k++) {
                int cell = region.cell(k);
                if (borders(cell, surface)) {
                    grid.centre(cell, x);
                    requireCoNormal(surface, diffusion, x);
                }
            }
        }
    }

    private boolean borders(int cell, Hypersurface surface) {
        double[] x = new double[grid.dimension()];
        for (int a = 0; a < x.length; a++) {
            Axis axis = grid.axis(a);
            int position = grid.position(cell, a);
            for (int step = -1; step <= 1; step += 2) {
                grid.centre(cell, x);
                x[a] += step * axis.width(position);
                if (!surface.isInside(x)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void requireCoNormal(Hypersurface surface, Diffusion diffusion, double[] x) {
        int d = x.length;
        double[] normal = new double[d];
        for (int k = 0; k < 3; k++) {
            surface.gradient().at(x, normal);
            double g = surface.level().at(x) / Vectors.dot(normal, normal);
            for (int i = 0; i < d; i++) {
                x[i] -= g * normal[i];
            }
        }
        surface.gradient().at(x, normal);
        double[] push = new double[d];
        double[] coNormal = new double[d];
        surface.direction().at(x, push);
        diffusion.times(x, normal, coNormal);
        double along = Vectors.dot(push, coNormal);
        double whole = Vectors.dot(push, push) * Vectors.dot(coNormal, coNormal);
        if (!(along > 0.0 && whole - along * along <= ANGLE * ANGLE * whole)) {
            throw new IllegalArgumentException(
                    "domain must reflect along the co-normal Dn, as the cells of a grid do, got "
                            + VectorText.of(push) + " where Dn is " + VectorText.of(coNormal) + " at x = "
                            + VectorText.of(x));
        }
    }
}
