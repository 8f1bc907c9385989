package org.langevin4j.solvers.path;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
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
 *   <li>markers are added by Hermite interpolation, the tangent of a level curve being normal to p. |p| follows from those of the
 *       neighbours, as ∂²V maps the chord between them to the difference of their p, and their velocities to ṗ; the nearest p with
 *       H = 0 is taken. Markers are dropped where they crowd;
 *   <li>a step that would part neighbours too far, where the flow along the level curves is fast and uneven, is halved;
 *   <li>a cell takes V from the strip that comes first; markers that come to where a cheaper path has been before are dropped.
 *       So V is the least over all branches where characteristics cross, as behind the caustic of the Maier–Stein system.
 * </ul>
 *
 * <p>The error in V is of third order in the spacing of the markers; on a quadratic V it is that of the Runge–Kutta steps, about
 * 1e-5 of V at a rotation fifty times the decay. D may be full and depend on the state; it must be positive definite. Work grows
 * with the rotation. Where rotation is strong and V or D far from round (thirty times the decay with D of condition ten and level
 * curves of ratio three, say) more markers are called for than are allowed, and a {@link ConvergenceException} says so.
 *
 * <p>What no front reaches: cells to which no characteristic leads from the attractor, that is beyond the basin's edge, except
 * for a fan behind a saddle in systems with rotation, and a strip about as wide as the spacing along that edge. A path that is
 * least only because it goes through a saddle and slides down beyond it has p = 0 there and is not followed. From the cells at
 * the rim of the fronts an ordered march goes on into the others, as in {@link OrderedLineIntegrals} and with its lower accuracy, and
 * lowers a value from a front only if it beats it by half a cell's worth of V. {@link QuasiPotential#isOrdered} tells the two
 * apart. Paths of fronts may leave the grid and come back, up to the {@link #withMargin}.
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
    public CharacteristicFronts withSpacing(double cells) {
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
    public CharacteristicFronts withMargin(double fraction) {
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
     * @throws ConvergenceException if the fronts tear or do not come to an end within a bounded number of markers
     */
    public QuasiPotential around(Grid grid, double... attractor) {
        long begin = System.nanoTime();
        PlaneCells.requirePlane(grid);
        PlaneCells.requireInside(grid, attractor, "attractor");
        Hamiltonian hamiltonian = PlaneCells.inCells(grid, drift, diffusion);
        double[] rest = PlaneCells.restingPoint(hamiltonian, PlaneCells.toCells(grid, attractor), attractor);
        QuadraticExpansion form = QuadraticExpansion.at(hamiltonian, rest);
        FrontMarching marching = marching(grid, hamiltonian);
        LevelCurve centre = new LevelCurve(false);
        centre.add(rest[0], rest[1], 0.0, 0.0, 0.0);
        centre.measure();
        LevelCurve ellipse = form.ellipse(rest[0], rest[1], FrontMarching.START, FrontMarching.START_MARKERS);
        marching.run(centre, List.of(ellipse), form.level(FrontMarching.START));
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
     * @throws ConvergenceException if the fronts tear or do not come to an end within a bounded number of markers
     */
    public QuasiPotential aroundCycle(Grid grid, double period, double... point) {
        long begin = System.nanoTime();
        PlaneCells.requirePlane(grid);
        PlaneCells.requireInside(grid, point, "point");
        if (!(period > 0.0 && period <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("period must be positive and finite, got " + period);
        }
        Hamiltonian hamiltonian = PlaneCells.inCells(grid, drift, diffusion);
        CycleExpansion cycle = new CycleExpansion(hamiltonian, PlaneCells.toCells(grid, point), period);
        FrontMarching marching = marching(grid, hamiltonian);
        double v = cycle.level(FrontMarching.START);
        marching.run(cycle.centre(), List.of(cycle.side(1, v), cycle.side(-1, v)), v);
        return result(grid, hamiltonian, marching, begin);
    }

    private FrontMarching marching(Grid grid, Hamiltonian hamiltonian) {
        return new FrontMarching(hamiltonian, grid.axis(0).cells(), grid.axis(1).cells(), spacing, margin);
    }

    /** Fills the cells that no front has reached. */
    private QuasiPotential result(Grid grid, Hamiltonian hamiltonian, FrontMarching marching, long begin) {
        LevelStrips surface = marching.surface();
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
                            OrderedMarch.defaultRadius(grid),
                            values,
                            first,
                            second)
                    .run();
        }
        PlaneCells.toGrid(grid, values, first, second);
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

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "fronts of characteristics, spacing %.3g", spacing);
    }
}
