package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.markov.Generator;

/**
 * The rates of a system (Φ, D, Q) whose steady state is e^(−βΦ) at the centres to rounding. In u = ρ/ρˢˢ the current
 * between the cells a and b is
 *
 * <pre>
 * J = C[B(−z)u_a − B(z)u_b],   z = F/C,
 * </pre>
 *
 * <p>with the conductance C = C_ba ≥ 0 of their offset in {@link Selling}'s decomposition and the stationary flux F
 * through their common face. u = 1 gives J = F, and the F of all faces of a cell sum to zero, because they are
 * differences of A = β⁻¹Qρˢˢ over the corners of the cell (in three dimensions its edges): a discrete curl. A vanishes at
 * walls. Where F ≫ C the flux is upwind in u.
 */
final class BalancedScheme {

    private final Decomposition system;
    private final Region region;
    private final Grid grid;
    private final double inverseBeta;
    private final int d;

    /** Φ at the centres. */
    private final double[] potentials;

    private BalancedScheme(Decomposition system, Temperature temperature, Region region) {
        this.system = system;
        this.region = region;
        this.grid = region.grid();
        this.inverseBeta = temperature.value();
        this.d = grid.dimension();
        this.potentials = new double[region.size()];
    }

    static List<ColumnRange> columns(Decomposition system, Temperature temperature, Region region) {
        BalancedScheme scheme = new BalancedScheme(system, temperature, region);
        int d = scheme.d;
        ColumnRange.write(region.size(), d, scheme::evaluate);
        // Each cell gives half of the conductance of its offsets; the other half comes from the cell at the other end.
        List<ColumnRange> halves = ColumnRange.write(region.size(), d, columns -> scheme.new Writer(columns).halves());
        Generator given = ColumnRange.join(halves);
        Generator taken = given.transposed();
        return ColumnRange.write(region.size(), d, columns -> {
            Arrays.setAll(
                    columns.reach,
                    a -> halves.stream().mapToInt(half -> half.reach[a]).max().orElse(0));
            columns.thickness =
                    halves.stream().mapToDouble(half -> half.thickness).max().orElse(0.0);
            scheme.new Writer(columns).rates(given, taken);
        });
    }

    private void evaluate(ColumnRange range) {
        double[] x = new double[d];
        for (int k = range.from(); k < range.to(); k++) {
            grid.centre(region.cell(k), x);
            potentials[k] = potential(x);
        }
    }

    private double potential(double[] x) {
        double value = system.potential().at(x);
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "potential must be finite, got " + value + " at x = " + Arrays.toString(x));
        }
        return value;
    }

    /** One range of cells. */
    private final class Writer {

        private final ColumnRange columns;
        private final Coefficients coefficients =
                new Coefficients((x, out) -> Arrays.fill(out, 0.0), system.diffusion(), region);
        private final Selling selling = new Selling(d, ItoScheme.longestOffsets(grid));
        private final Stencil stencil = new Stencil(region);
        private final double[] x = new double[d];
        private final double[] scaled = new double[d * d];
        private final int[] unit = new int[d];
        private final double[] entries = new double[d * d];

        /** Neighbours of the present cell with conductance (relative to ρˢˢ and volume here) and outgoing flux. */
        private int[] neighbours = new int[16];

        private double[] conductances = new double[16];
        private double[] fluxes = new double[16];
        private int count;

        Writer(ColumnRange columns) {
            this.columns = columns;
        }

        /** Writes ½β⁻¹λV of every offset, without ρˢˢ, and the rates of absorption. */
        void halves() {
            for (int k = columns.from(); k < columns.to(); k++) {
                int cell = region.cell(k);
                double volume = grid.volume(cell);
                stencil.from(cell);
                grid.centre(cell, x);
                coefficients.diffusionAt(x);
                double trace = 0.0;
                for (int i = 0; i < d; i++) {
                    double width = grid.axis(i).width(stencil.position(i));
                    for (int j = 0; j < d; j++) {
                        scaled[i * d + j] = coefficients.matrix[i * d + j]
                                / (width * grid.axis(j).width(stencil.position(j)));
                    }
                    trace += scaled[i * d + i];
                }
                selling.decompose(scaled);
                if (selling.thickness > 0.0) {
                    columns.thickness = Math.max(columns.thickness, selling.thickness / trace);
                }
                for (int e = 0; e < selling.count; e++) {
                    int axis = Stencil.axis(selling.offsets, e * d, d);
                    for (int sign = 1; sign >= -1; sign -= 2) {
                        stencil.go(selling.offsets, e * d, sign);
                        double share = 0.5;
                        if (axis < 0 && stencil.target < 0 && !stencil.absorbing) {
                            stencil.slide(selling.offsets, e * d, sign);
                            // The cell at the other end does not know of it.
                            share = 1.0;
                        }
                        double graded = axis < 0 ? 1.0 : stencil.gradedFactor(axis);
                        double weight = inverseBeta * selling.weights[e] * graded;
                        if (stencil.target == k) {
                            continue;
                        }
                        if (stencil.target >= 0) {
                            columns.add(stencil.target, share * weight * volume);
                            for (int a = 0; a < d; a++) {
                                columns.reach[a] = Math.max(columns.reach[a], Math.abs(selling.offsets[e * d + a]));
                            }
                        } else if (stencil.absorbing) {
                            columns.exit(k, absorption(k, weight));
                        }
                    }
                }
                columns.end(k);
            }
        }

        private double absorption(int k, double weight) {
            double[] wall = x.clone();
            for (int a = 0; a < d; a++) {
                wall[a] += stencil.way[a];
            }
            double y = (potential(wall) - potentials[k]) / inverseBeta;
            return weight / stencil.fraction * Coefficients.bernoulli(y);
        }

        void rates(Generator given, Generator taken) {
            for (int k = columns.from(); k < columns.to(); k++) {
                int cell = region.cell(k);
                double volume = grid.volume(cell);
                stencil.from(cell);
                count = 0;
                given.forEachRateFrom(k, this::conduct);
                taken.forEachRateFrom(k, this::conduct);
                for (int i = 0; i < count; i++) {
                    double y = (potentials[neighbours[i]] - potentials[k]) / inverseBeta;
                    conductances[i] *= Coefficients.bernoulli(y);
                }
                for (int a = 0; a < d; a++) {
                    face(k, a, 1);
                    face(k, a, -1);
                }
                double peclet = 0.0;
                for (int i = 0; i < count; i++) {
                    double c = conductances[i];
                    double z = fluxes[i] / c;
                    double rate;
                    if (Math.abs(z) <= Double.MAX_VALUE) {
                        rate = c * Coefficients.bernoulli(-z);
                        peclet = Math.max(
                                peclet,
                                Math.abs(z) + Math.abs(potentials[neighbours[i]] - potentials[k]) / inverseBeta);
                    } else {
                        rate = Math.max(fluxes[i], 0.0);
                    }
                    if (rate > 0.0) {
                        columns.add(neighbours[i], rate / volume);
                    }
                }
                if (given.exitRate(k) > 0.0) {
                    columns.exit(k, given.exitRate(k));
                }
                columns.peclet[k - columns.from()] = (float) peclet;
                columns.end(k);
            }
        }

        private void conduct(int from, int to, double half) {
            int slot = slot(to);
            conductances[slot] += half;
        }

        /** Where a neighbour stands in the list; its conductance and flux begin at zero. */
        private int slot(int to) {
            for (int i = 0; i < count; i++) {
                if (neighbours[i] == to) {
                    return i;
                }
            }
            if (count == neighbours.length) {
                neighbours = Arrays.copyOf(neighbours, 2 * count);
                conductances = Arrays.copyOf(conductances, 2 * count);
                fluxes = Arrays.copyOf(fluxes, 2 * count);
            }
            neighbours[count] = to;
            conductances[count] = 0.0;
            fluxes[count] = 0.0;
            return count++;
        }

        /** Adds the stationary flux out through a face, relative to ρˢˢ here. */
        private void face(int k, int i, int sign) {
            Arrays.fill(unit, 0);
            unit[i] = 1;
            stencil.go(unit, 0, sign);
            int target = stencil.target;
            if (target < 0 || target == k) {
                return;
            }
            double flux = 0.0;
            for (int j = 0; j < d; j++) {
                if (j != i) {
                    double area = 1.0;
                    for (int a = 0; a < d; a++) {
                        if (a != i && a != j) {
                            area *= grid.axis(a).width(stencil.position(a));
                        }
                    }
                    flux += area * (edge(k, i, sign, j, 1) - edge(k, i, sign, j, -1));
                }
            }
            if (flux != 0.0) {
                columns.reach[i] = Math.max(columns.reach[i], 1);
                int slot = slot(target);
                fluxes[slot] += sign * flux;
            }
        }

        /** Aᵢⱼ/ρˢˢ(cell k) on the edge at the upper or lower end of the cell on both axes; zero at walls. */
        private double edge(int k, int i, int signI, int j, int signJ) {
            if (!reaches(i, signI, j, signJ)) {
                return 0.0;
            }
            for (int a = 0; a < d; a++) {
                x[a] = grid.axis(a).centre(stencil.position(a));
            }
            x[i] = end(i, signI);
            x[j] = end(j, signJ);
            system.q().at(x, entries);
            double q = entries[i * d + j];
            if (!(Math.abs(q) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("q must be finite, got " + q + " at x = " + Arrays.toString(x));
            }
            return q == 0.0 ? 0.0 : inverseBeta * q * Math.exp((potentials[k] - potential(x)) / inverseBeta);
        }

        /** The coordinate of a face; on a periodic axis the upper end of the box is the lower one. */
        private double end(int axis, int sign) {
            int edge = stencil.position(axis) + (sign > 0 ? 1 : 0);
            return region.isPeriodic(axis) && edge == grid.axis(axis).cells()
                    ? grid.axis(axis).min()
                    : grid.axis(axis).edge(edge);
        }

        /** Whether all four cells around an edge belong to the region. */
        private boolean reaches(int i, int signI, int j, int signJ) {
            return inside(i, signI, j, 0) && inside(i, 0, j, signJ) && inside(i, signI, j, signJ);
        }

        private boolean inside(int i, int stepI, int j, int stepJ) {
            int cell = 0;
            for (int a = 0; a < d; a++) {
                int position = stencil.position(a) + (a == i ? stepI : a == j ? stepJ : 0);
                int cells = grid.axis(a).cells();
                if (position < 0 || position >= cells) {
                    if (!region.isPeriodic(a)) {
                        return false;
                    }
                    position = Math.floorMod(position, cells);
                }
                cell += position * grid.stride(a);
            }
            return region.contains(cell);
        }
    }
}
