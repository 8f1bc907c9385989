package org.langevin4j.solvers.decomposition;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The antisymmetric field A = β⁻¹Qρ with ∇·A = J in three dimensions, on the edges of the cells: Aᵢⱼ on those along the third
 * axis, as J is on the faces (Yee 1966). Of all of them that for which ∫|A|²/ρ, hence E[‖Q‖²], is least:
 *
 * <pre>
 * Ã = WCᵀλ,   CWCᵀλ = F,
 * </pre>
 *
 * <p>with the incidence C of edges and faces, F the flows through the faces, Ã = hA the integrals along the edges and W the
 * weights ρh/(h′h″). The equation is singular and solvable; conjugate gradients with the diagonal as preconditioner
 * (Craig 1955 for the normal equations) find it. The scaling with the diagonal turns C into ρ^(−½)Cρ^(½), whose condition
 * does not depend on how small ρ becomes.
 */
final class VectorPotential {

    private static final double TOLERANCE = 1e-11;

    /** Of what flows forth and back through a face, to which the net flow is known. */
    private static final double FLOOR = 1e-12;

    private final Region region;
    private final Grid grid;
    private final int[] nodes = new int[3];

    /** Where the edges of each direction, and the faces of each axis, begin; one more for the end. */
    private final int[] edgeStarts = new int[4];

    private final int[] faceStarts = new int[4];

    /** Four edges a face: upper and lower end of each of the other axes; −1 for a face in a wall. */
    private final int[] edgesOfFaces;

    /** ρ at the edges: the geometric mean of the cells around it, zero where A must be zero. */
    private final double[] densities;

    private final double[] weights;

    /** Integrals along the edges. */
    private final double[] integrals;

    private double residual;
    private int iterations;

    private VectorPotential(FaceFluxes fluxes, Density steady) {
        this.region = fluxes.region();
        this.grid = region.grid();
        for (int a = 0; a < 3; a++) {
            nodes[a] = grid.axis(a).cells() + (region.isPeriodic(a) ? 0 : 1);
        }
        for (int k = 0; k < 3; k++) {
            edgeStarts[k + 1] = edgeStarts[k] + size(k, true);
            faceStarts[k + 1] = faceStarts[k] + size(k, false);
        }
        densities = new double[edgeStarts[3]];
        weights = new double[edgeStarts[3]];
        integrals = new double[edgeStarts[3]];
        edgesOfFaces = new int[4 * faceStarts[3]];
        boolean freeAtWalls = region.isPeriodic(0) || region.isPeriodic(1) || region.isPeriodic(2);
        for (int k = 0; k < 3; k++) {
            weigh(k, steady, freeAtWalls);
        }
        double[] flows = new double[faceStarts[3]];
        double[] gross = new double[faceStarts[3]];
        for (int i = 0; i < 3; i++) {
            connect(i, fluxes, flows, gross);
        }
        solve(flows, gross);
    }

    static VectorPotential of(FaceFluxes fluxes, Density steady) {
        return new VectorPotential(fluxes, steady);
    }

    /** The number of edges along an axis, or of faces across it. */
    private int size(int axis, boolean edges) {
        int size = 1;
        for (int a = 0; a < 3; a++) {
            size *= extent(axis, edges, a);
        }
        return size;
    }

    private int extent(int axis, boolean edges, int a) {
        return (a == axis) == edges ? grid.axis(a).cells() : nodes[a];
    }

    /** The number, among all edges or faces, of the one along or across an axis at a position. */
    private int number(int axis, boolean edges, int[] position) {
        int number = 0;
        for (int a = 0; a < 3; a++) {
            number = number * extent(axis, edges, a) + position[a];
        }
        return (edges ? edgeStarts : faceStarts)[axis] + number;
    }

    private void position(int axis, boolean edges, int number, int[] out) {
        int rest = number - (edges ? edgeStarts : faceStarts)[axis];
        for (int a = 2; a >= 0; a--) {
            int extent = extent(axis, edges, a);
            out[a] = rest % extent;
            rest /= extent;
        }
    }

    /** Sets ρ and the weight of all edges along an axis. */
    private void weigh(int k, Density steady, boolean freeAtWalls) {
        int i = (k + 1) % 3;
        int j = (k + 2) % 3;
        int[] position = new int[3];
        int[] cell = new int[3];
        for (int edge = edgeStarts[k]; edge < edgeStarts[k + 1]; edge++) {
            position(k, true, edge, position);
            double logs = 0.0;
            int cells = 0;
            for (int corner = 0; corner < 4; corner++) {
                cell[k] = position[k];
                cell[i] = position[i] - (corner & 1);
                cell[j] = position[j] - (corner >> 1);
                if (inside(cell, i) && inside(cell, j)) {
                    logs += Math.log(steady.value(cellNumber(cell)));
                    cells++;
                }
            }
            if (cells == 4 || freeAtWalls) {
                densities[edge] = Math.exp(logs / cells);
                weights[edge] = densities[edge]
                        * grid.axis(k).width(position[k])
                        / (spacing(i, position[i]) * spacing(j, position[j]));
            }
        }
    }

    /** Takes a position beyond a periodic end back; false beyond a wall. */
    private boolean inside(int[] cell, int axis) {
        int n = grid.axis(axis).cells();
        if (region.isPeriodic(axis)) {
            cell[axis] = Math.floorMod(cell[axis], n);
        }
        return cell[axis] >= 0 && cell[axis] < n;
    }

    private int cellNumber(int[] cell) {
        return cell[0] * grid.stride(0) + cell[1] * grid.stride(1) + cell[2] * grid.stride(2);
    }

    /** The distance of the centres on both sides of a node, at a wall to the node itself. */
    private double spacing(int axis, int node) {
        int n = grid.axis(axis).cells();
        boolean periodic = region.isPeriodic(axis);
        double below = node > 0 || periodic ? grid.axis(axis).width(Math.floorMod(node - 1, n)) : 0.0;
        double above = node < n ? grid.axis(axis).width(node) : 0.0;
        return 0.5 * (below + above);
    }

    private void connect(int i, FaceFluxes fluxes, double[] flows, double[] gross) {
        int[] position = new int[3];
        for (int face = faceStarts[i]; face < faceStarts[i + 1]; face++) {
            position(i, false, face, position);
            int n = grid.axis(i).cells();
            if (!region.isPeriodic(i) && (position[i] == 0 || position[i] == n)) {
                for (int e = 0; e < 4; e++) {
                    edgesOfFaces[4 * face + e] = -1;
                }
                continue;
            }
            int node = position[i];
            position[i] = Math.floorMod(node - 1, n);
            flows[face] = fluxes.upper(i, cellNumber(position));
            gross[face] = fluxes.gross(i, cellNumber(position));
            position[i] = node;
            for (int step = 1; step <= 2; step++) {
                int j = (i + step) % 3;
                int k = 3 - i - j;
                int lower = position[j];
                edgesOfFaces[4 * face + 2 * step - 1] = number(k, true, position);
                position[j] = (lower + 1) % nodes[j];
                edgesOfFaces[4 * face + 2 * step - 2] = number(k, true, position);
                position[j] = lower;
            }
        }
    }

    /**
     * C: Fᵢ = Δⱼ Aᵢⱼ + Δₖ Aᵢₖ. The edges along axis k hold Aᵢⱼ for (i, j, k) in cyclic order, so that the step to the next axis
     * counts plus and that to the one after it minus.
     */
    private void curl(double[] edges, double[] out) {
        for (int face = 0; face < out.length; face++) {
            int at = 4 * face;
            out[face] = edgesOfFaces[at] < 0
                    ? 0.0
                    : (edges[edgesOfFaces[at]] - edges[edgesOfFaces[at + 1]])
                            - (edges[edgesOfFaces[at + 2]] - edges[edgesOfFaces[at + 3]]);
        }
    }

    /** WCᵀ. */
    private void weightedTransposed(double[] faces, double[] out) {
        Arrays.fill(out, 0.0);
        for (int face = 0; face < faces.length; face++) {
            int at = 4 * face;
            if (edgesOfFaces[at] >= 0) {
                double value = faces[face];
                out[edgesOfFaces[at]] += value;
                out[edgesOfFaces[at + 1]] -= value;
                out[edgesOfFaces[at + 2]] -= value;
                out[edgesOfFaces[at + 3]] += value;
            }
        }
        for (int edge = 0; edge < out.length; edge++) {
            out[edge] *= weights[edge];
        }
    }

    /** Conjugate gradients; the solution is summed up on the edges at once. */
    private void solve(double[] flows, double[] gross) {
        int faces = flows.length;
        double[] scale = new double[faces];
        for (int face = 0; face < faces; face++) {
            double sum = 0.0;
            for (int e = 0; e < 4 && edgesOfFaces[4 * face] >= 0; e++) {
                sum += weights[edgesOfFaces[4 * face + e]];
            }
            scale[face] = sum > 0.0 ? 1.0 / sum : 0.0;
        }
        double[] r = flows.clone();
        double[] direction = new double[faces];
        double[] image = new double[faces];
        double[] step = new double[integrals.length];
        double initial = product(r, r, scale);
        double left = initial;
        double enough = Math.max(TOLERANCE * TOLERANCE * initial, FLOOR * FLOOR * product(gross, gross, scale));
        int most = 200 + 20 * (nodes[0] + nodes[1] + nodes[2]);
        double ratio = 0.0;
        while (left > enough) {
            if (iterations == most) {
                throw new ConvergenceException("vector potential", Math.sqrt(left / initial), iterations, TOLERANCE);
            }
            for (int face = 0; face < faces; face++) {
                direction[face] = scale[face] * r[face] + ratio * direction[face];
            }
            weightedTransposed(direction, step);
            curl(step, image);
            double length = left / product(direction, image, null);
            for (int edge = 0; edge < step.length; edge++) {
                integrals[edge] += length * step[edge];
            }
            for (int face = 0; face < faces; face++) {
                r[face] -= length * image[face];
            }
            double next = product(r, r, scale);
            ratio = next / left;
            left = next;
            iterations++;
        }
        residual = initial > 0.0 ? Math.sqrt(left / initial) : 0.0;
    }

    private static double product(double[] u, double[] v, double @Nullable [] scale) {
        double sum = 0.0;
        for (int k = 0; k < u.length; k++) {
            sum += u[k] * v[k] * (scale == null ? 1.0 : scale[k]);
        }
        return sum;
    }

    /** ‖F − CÃ‖ relative to ‖F‖, both scaled by the diagonal. */
    double residual() {
        return residual;
    }

    int iterations() {
        return iterations;
    }

    /** Aᵢⱼ/ρ in a cell, the mean over the four edges around it; (i, j) in cyclic order. */
    double overDensity(int i, int cell) {
        int j = (i + 1) % 3;
        int k = (i + 2) % 3;
        int[] position = new int[3];
        double sum = 0.0;
        for (int corner = 0; corner < 4; corner++) {
            for (int a = 0; a < 3; a++) {
                position[a] = grid.position(cell, a);
            }
            position[i] = (position[i] + (corner & 1)) % nodes[i];
            position[j] = (position[j] + (corner >> 1)) % nodes[j];
            int edge = number(k, true, position);
            if (densities[edge] > 0.0) {
                sum += integrals[edge] / densities[edge];
            }
        }
        return 0.25 * sum / grid.axis(k).width(grid.position(cell, k));
    }
}
