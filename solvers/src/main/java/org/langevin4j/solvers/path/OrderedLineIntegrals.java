package org.langevin4j.solvers.path;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;

/**
 * The quasi-potential of a resting point on a grid of the plane, by ordered line integrals (Dahiya and Cameron 2018) with the midpoint
 * rule.
 *
 * <p>Cells are settled in the order of V, as in Dijkstra's algorithm. V at a cell y is the least of
 *
 * <pre>
 * V(x) + ½(|b||y − x| − ⟨b, y − x⟩),   ⟨u, v⟩ = uᵀD⁻¹v,   b and D at ½(x + y)
 * </pre>
 *
 * <p>over straight steps of up to a {@linkplain #withRadius(int) radius} from settled cells x at the edge of those that are, and from
 * points on the lines between two neighbours of them. Three things differ from the published methods:
 *
 * <ul>
 *   <li>On a line V is quadratic, from ∇V at its ends. ∇V is found with V from the last step: its angle to b at the midpoint is taken
 *       for that at its end, which is right where the path follows b or −b, at V = const and in gradient systems, and on the
 *       spirals of a linear rotation.
 *   <li>Lines are tried at every cell whose own step could be undercut from a line by the second derivative of the action along it, not
 *       only at the single best cell as in Yang, Potter and Cameron (2019). Where rotation is strong that one may be a neighbour in
 *       a wrong direction, while the path comes from far away between two cells: the cell is then settled 1e-5 too high with a
 *       wrong ∇V, and a false ∇V of the lines makes others too low.
 *   <li>A step along which b changes by more than its size at the midpoint is taken only to the eight neighbours: across a resting
 *       point the midpoint rule would count it as free.
 * </ul>
 *
 * <p>The method finds V wherever D is positive definite, beyond saddles too: sliding down with the drift costs nothing. The price
 * is accuracy: V is of first to second order in the width of the cells, from steps of many cells that are counted straight and
 * from ∇V, which is of first order; the error grows with the rotation. {@link CharacteristicFronts} is of third order where it
 * arrives, and uses this method where it does not.
 *
 * <p>On the linear rotation b = −(x + ωy, y − ωx), D = I, at V &lt; 0.45 of the square [−1, 1]² the error is 1e-7 to 2e-7 on 129² to 1025²
 * cells for ω = 3 and 10; with lines at the best cell alone it was 4e-5, 7e-6, 8e-7 and 6e-5 for ω = 10 on 129², 257², 513² and
 * 1025². Where V is not quadratic or its ellipses are narrow the error is larger and of about first order: 2.8e-3 on 257² cells in the
 * double well x⁴/4 − x²/2 + y²/2 rotated with ω = 10. Compare two radii, or use the fronts.
 *
 * <p>Paths stay within the grid. Immutable; each call computes by itself.
 */
public final class OrderedLineIntegrals {

    private final VectorField drift;
    private final Diffusion diffusion;
    /** 0 for the default. */
    private final int radius;

    private OrderedLineIntegrals(VectorField drift, Diffusion diffusion, int radius) {
        this.drift = drift;
        this.diffusion = diffusion;
        this.radius = radius;
    }

    /**
     * The method with a radius of 10 cells on 128 cells and four more for each doubling.
     *
     * @param drift b of two components; if it is a {@link org.langevin4j.core.field.DifferentiableField} its Jacobian is used at
     *     the attractor, otherwise differences
     * @param diffusion D, 2×2, positive definite
     * @return the method
     */
    public static OrderedLineIntegrals of(VectorField drift, Diffusion diffusion) {
        drift.requireAutonomous("OrderedLineIntegrals");
        diffusion.requireAutonomous("OrderedLineIntegrals");
        if (diffusion.dimension() != 2) {
            throw new IllegalArgumentException("diffusion must have 2 dimensions, got " + diffusion.dimension());
        }
        return new OrderedLineIntegrals(drift, diffusion, 0);
    }

    /**
     * Sets the longest step. Strong rotation needs a longer one: paths that meet the level curves of V at a small angle come to
     * the next cell over about as many cells as the reciprocal of the angle.
     *
     * @param cells K ≥ 2
     * @return the method with that radius
     */
    public OrderedLineIntegrals withRadius(int cells) {
        if (!(cells >= 2)) {
            throw new IllegalArgumentException("radius must be at least 2 cells, got " + cells);
        }
        return new OrderedLineIntegrals(drift, diffusion, cells);
    }

    /**
     * The quasi-potential of a stable resting point, from ½yᵀUy (Lemma 20) up to a radius around it.
     *
     * @param grid two axes of equal cells each
     * @param attractor a point of the grid at most half a cell from where b = 0
     * @return V with V = 0 at the attractor, finite in all cells
     * @throws IllegalArgumentException if the grid is not of that kind, the point is not near a stable resting point, or D is not
     *     positive definite
     */
    public QuasiPotential around(Grid grid, double... attractor) {
        long begin = System.nanoTime();
        PlaneCells.requirePlane(grid);
        PlaneCells.requireInside(grid, attractor, "attractor");
        Hamiltonian hamiltonian = PlaneCells.inCells(grid, drift, diffusion);
        double[] rest = PlaneCells.restingPoint(hamiltonian, PlaneCells.toCells(grid, attractor), attractor);
        QuadraticExpansion form = QuadraticExpansion.at(hamiltonian, rest);
        int rows = grid.axis(0).cells();
        int columns = grid.axis(1).cells();
        int k = radius > 0 ? radius : OrderedMarch.defaultRadius(grid);
        double[] value = new double[rows * columns];
        double[] px = new double[value.length];
        double[] py = new double[value.length];
        Arrays.fill(value, Double.POSITIVE_INFINITY);
        double level = form.level(k);
        BitSet ordered = new BitSet();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double y1 = i - rest[0];
                double y2 = j - rest[1];
                double v = form.value(y1, y2);
                if (v <= level || Math.max(Math.abs(y1), Math.abs(y2)) <= 1.0) {
                    int cell = i * columns + j;
                    value[cell] = v;
                    px[cell] = form.u11() * y1 + form.u12() * y2;
                    py[cell] = form.u12() * y1 + form.u22() * y2;
                    ordered.set(cell);
                }
            }
        }
        ordered.or(new OrderedMarch(hamiltonian, diffusion.isConstant(), rows, columns, k, value, px, py).run());
        PlaneCells.toGrid(grid, value, px, py);
        return new QuasiPotential(
                grid, drift, diffusion, value, px, py, ordered, 0, 0L, Duration.ofNanos(System.nanoTime() - begin));
    }

    @Override
    public String toString() {
        return "ordered line integrals, radius of " + radius + " cells";
    }
}
