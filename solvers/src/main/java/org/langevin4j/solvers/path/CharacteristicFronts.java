package org.langevin4j.solvers.path;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The quasi-potential of an attractor on a grid of the plane, by fronts of characteristics.
 *
 * <p>V solves ∇V·D∇V + b·∇V = 0. Its minimising paths are the characteristics ẋ = b + 2Dp, ṗ = −∂H/∂x with p = ∇V that leave the
 * attractor, and V grows along each of them by the line integral ∫p·Dp dt. The method moves a whole level curve of V outwards,
 * one marker a characteristic, and takes each strip between two level curves in the order of V, as Dijkstra's algorithm and
 * the ordered line integral methods (Dahiya and Cameron 2018) take single points. Within a strip the jets (V, ∇V) of the
 * markers are interpolated, as jet marchers do (Paskal and Cameron 2022):
 *
 * <ul>
 *   <li>the first level curve is that of ½yᵀUy (Lemma 20) around a resting point, or of ξ²/2C around a cycle, half a cell
 *       away;
 *   <li>markers are added by Hermite interpolation, the tangent of a level curve being normal to p and |p| following from
 *       H = 0, and dropped where they crowd;
 *   <li>a cell takes V from the strip that comes first; markers that come to where a cheaper path has been before are dropped.
 *       So V is the least over all branches where characteristics cross, as behind the caustic of the Maier–Stein system.
 * </ul>
 *
 * <p>The error in V is of third order in the spacing of the markers, next to a small one of second order where strong rotation
 * calls for new markers on the first small curves; on a quadratic V with a round level curve it is that of the Runge–Kutta
 * steps alone. D may be full and depend on the state; it must be positive definite.
 *
 * <p>What no front reaches: cells to which no characteristic leads from the attractor, that is beyond the basin's edge, except
 * for a fan behind a saddle in systems with rotation, and a strip about as wide as the spacing along that edge. A path that is
 * least only because it goes through a saddle and slides down beyond it has p = 0 there and is not followed. From the cells at
 * the rim of the fronts an ordered march goes on into the others, as in {@link OrderedLineIntegrals} and with its lower accuracy, and
 * lowers a value from a front only if it beats it by half a cell's worth of V. {@link QuasiPotential#isOrdered} tells the two
 * apart. Paths of fronts may leave the grid and come back, up to the {@link #margin}.
 *
 * <p>Immutable; each call computes by itself.
 */
public final class CharacteristicFronts {

    private final VectorField drift;
    private final Diffusion diffusion;
    private final double spacing;
    private final double margin;

    private CharacteristicFronts(VectorField drift, Diffusion diffusion, double spacing, double margin) {
        this.drift = drift;
        this.diffusion = diffusion;
        this.spacing = spacing;
        this.margin = margin;
    }

    /**
     * The method with markers three cells apart and a margin of half the grid.
     *
     * @param drift b of two components; if it is a {@link org.langevin4j.core.field.DifferentiableField} its Jacobian is used,
     *     otherwise differences
     * @param diffusion D, 2×2, positive definite
     * @return the method
     */
    public static CharacteristicFronts of(VectorField drift, Diffusion diffusion) {
        drift.requireAutonomous("CharacteristicFronts");
        diffusion.requireAutonomous("CharacteristicFronts");
        if (diffusion.dimension() != 2) {
            throw new IllegalArgumentException("diffusion must have 2 dimensions, got " + diffusion.dimension());
        }
        return new CharacteristicFronts(drift, diffusion, 3.0, 0.5);
    }

    /**
     * Sets the distance of markers and of level curves.
     *
     * @param cells in widths of cells, from 0.5 to 20
     * @return the method with that spacing
     */
    public CharacteristicFronts spacing(double cells) {
        if (!(cells >= 0.5 && cells <= 20.0)) {
            throw new IllegalArgumentException("spacing must be from 0.5 to 20 cells, got " + cells);
        }
        return new CharacteristicFronts(drift, diffusion, cells, margin);
    }

    /**
     * Sets how far paths may lead out of the grid.
     *
     * @param fraction of the grid's width on each side, not negative
     * @return the method with that margin
     */
    public CharacteristicFronts margin(double fraction) {
        if (!(fraction >= 0.0 && fraction <= 100.0)) {
            throw new IllegalArgumentException("margin must be from 0 to 100, got " + fraction);
        }
        return new CharacteristicFronts(drift, diffusion, spacing, fraction);
    }

    /**
     * The quasi-potential of a stable resting point.
     *
     * @param grid two axes of equal cells each
     * @param attractor a point of the grid at most half a cell from where b = 0
     * @return V with V = 0 at the attractor
     * @throws IllegalArgumentException if the grid is not of that kind, the point is not near a stable resting point, or D is
     *     not positive definite there
     * @throws ConvergenceException if the fronts do not come to an end
     */
    public QuasiPotential around(Grid grid, double... attractor) {
        long begin = System.nanoTime();
        requirePlane(grid);
        requireInside(grid, attractor, "attractor");
        Hamiltonian hamiltonian = inCells(grid, drift, diffusion);
        double[] rest = restingPoint(hamiltonian, toCells(grid, attractor), attractor);
        LocalForm form = LocalForm.at(hamiltonian, rest);
        Marching marching = marching(grid, hamiltonian);
        Front centre = new Front(false);
        centre.add(rest[0], rest[1], 0.0, 0.0, 0.0);
        centre.measure();
        Front ellipse = form.ellipse(rest[0], rest[1], Marching.START, Marching.START_MARKERS);
        marching.run(centre, List.of(ellipse), form.level(Marching.START));
        return result(grid, hamiltonian, marching, begin);
    }

    /**
     * The quasi-potential of a stable limit cycle.
     *
     * @param grid two axes of equal cells each
     * @param period of the cycle, positive
     * @param point on the cycle, to a thousandth of a cell
     * @return V with V = 0 on the cycle
     * @throws IllegalArgumentException if the grid is not of that kind, or the orbit from that point does not close after the
     *     period or is not stable
     * @throws ConvergenceException if the fronts do not come to an end
     */
    public QuasiPotential aroundCycle(Grid grid, double period, double... point) {
        long begin = System.nanoTime();
        requirePlane(grid);
        requireInside(grid, point, "point");
        if (!(period > 0.0 && period <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("period must be positive and finite, got " + period);
        }
        Hamiltonian hamiltonian = inCells(grid, drift, diffusion);
        Cycle cycle = new Cycle(hamiltonian, toCells(grid, point), period);
        Marching marching = marching(grid, hamiltonian);
        double v = cycle.level(Marching.START);
        marching.run(cycle.centre(), List.of(cycle.side(1, v), cycle.side(-1, v)), v);
        return result(grid, hamiltonian, marching, begin);
    }

    private Marching marching(Grid grid, Hamiltonian hamiltonian) {
        return new Marching(hamiltonian, grid.axis(0).cells(), grid.axis(1).cells(), spacing, margin);
    }

    static Hamiltonian inCells(Grid grid, VectorField drift, Diffusion diffusion) {
        Axis first = grid.axis(0);
        Axis second = grid.axis(1);
        return new Hamiltonian(
                drift,
                diffusion,
                new double[] {first.centre(0), second.centre(0)},
                new double[] {width(first), width(second)},
                Marching.DIFFERENCE);
    }

    static double width(Axis axis) {
        return (axis.max() - axis.min()) / axis.cells();
    }

    static double[] toCells(Grid grid, double[] x) {
        double[] y = new double[2];
        for (int a = 0; a < 2; a++) {
            y[a] = (x[a] - grid.axis(a).centre(0)) / width(grid.axis(a));
        }
        return y;
    }

    static void requirePlane(Grid grid) {
        if (grid.dimension() != 2) {
            throw new IllegalArgumentException("grid must have 2 axes, got " + grid.dimension());
        }
        for (int a = 0; a < 2; a++) {
            Axis axis = grid.axis(a);
            for (int i = 0; i < axis.cells(); i++) {
                if (!(Math.abs(axis.width(i) - width(axis)) <= 1e-9 * width(axis))) {
                    throw new IllegalArgumentException("grid must have cells of equal width, axis " + a + " has widths "
                            + width(axis) + " and " + axis.width(i));
                }
            }
        }
    }

    static void requireInside(Grid grid, double[] x, String name) {
        if (x.length != 2 || grid.cellOf(x) < 0) {
            throw new IllegalArgumentException(name + " must be a point of the grid, got " + Arrays.toString(x));
        }
    }

    /** Newton's method for b = 0, which may move by half a cell. */
    static double[] restingPoint(Hamiltonian hamiltonian, double[] start, double[] attractor) {
        double[] y = start.clone();
        double[] b = new double[2];
        double[] j = new double[4];
        double moved = 0.0;
        for (int iteration = 0; iteration < 10; iteration++) {
            hamiltonian.drift(y, b);
            hamiltonian.jacobian(y, j);
            double determinant = j[0] * j[3] - j[1] * j[2];
            y[0] -= (j[3] * b[0] - j[1] * b[1]) / determinant;
            y[1] -= (j[0] * b[1] - j[2] * b[0]) / determinant;
            moved = Math.hypot(y[0] - start[0], y[1] - start[1]);
        }
        if (!(moved <= 0.5)) {
            throw new IllegalArgumentException("attractor must be within half a cell of a resting point, but from "
                    + Arrays.toString(attractor) + " Newton's method goes " + moved + " cells");
        }
        return y;
    }

    /** Fills the cells that no front has reached. */
    private QuasiPotential result(Grid grid, Hamiltonian hamiltonian, Marching marching, long begin) {
        Surface surface = marching.surface();
        double[] values = surface.values();
        double[] first = surface.firstSlopes();
        double[] second = surface.secondSlopes();
        BitSet ordered = new BitSet();
        if (surface.settled() < surface.size()) {
            ordered = new OrderedMarch(
                            hamiltonian,
                            diffusion.isConstant(),
                            grid.axis(0).cells(),
                            grid.axis(1).cells(),
                            OrderedLineIntegrals.defaultRadius(grid),
                            values,
                            first,
                            second)
                    .run();
        }
        toGrid(grid, values, first, second);
        return new QuasiPotential(
                grid,
                drift,
                diffusion,
                values,
                first,
                second,
                ordered,
                marching.fronts(),
                marching.markers(),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    /** From units of cells to those of the state. */
    static void toGrid(Grid grid, double[] values, double[] first, double[] second) {
        double perFirst = 1.0 / width(grid.axis(0));
        double perSecond = 1.0 / width(grid.axis(1));
        for (int cell = 0; cell < values.length; cell++) {
            boolean known = values[cell] < Double.POSITIVE_INFINITY;
            first[cell] = known ? perFirst * first[cell] : Double.NaN;
            second[cell] = known ? perSecond * second[cell] : Double.NaN;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "fronts of characteristics, spacing %.3g", spacing);
    }
}
