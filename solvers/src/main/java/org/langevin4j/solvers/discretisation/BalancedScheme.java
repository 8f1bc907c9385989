package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.Potential;
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
 * reflecting walls. Out through absorbing ones F carries u, in through them nothing. At a {@link SpecularFaces specular} wall
 * F(p) = −F(−p) if Φ and Q are even in the momentum, and what leaves with p enters with −p. Where F ≫ C the flux is upwind
 * in u; {@link ThirdOrderFlux} has the better one. Φ and D are evaluated once a centre, Q and Φ once an edge, Φ once where an offset
 * meets an absorbing wall.
 */
final class BalancedScheme {

    private final Decomposition system;
    private final Region region;
    private final Grid grid;
    private final double inverseBeta;
    private final int d;

    /** Φ at the centres. */
    private final double[] potentials;

    /** For {@link ThirdOrderFlux}. */
    private final double[][] upperFluxes;

    private final double[][] upperConductances;

    /** Whether walls that turn the current back stand for something else, see {@link QuietWalls}. */
    private final boolean openWalls;

    private BalancedScheme(Decomposition system, Temperature temperature, Region region, boolean openWalls) {
        this.system = system;
        this.region = region;
        this.grid = region.grid();
        this.inverseBeta = temperature.value();
        this.d = grid.dimension();
        this.potentials = new double[region.size()];
        this.upperFluxes = new double[d][region.size()];
        this.upperConductances = new double[d][region.size()];
        this.openWalls = openWalls;
    }

    /** What the scheme writes: positive rates, and what is needed to correct them. */
    static final class Result {
        final List<ColumnRange> columns;
        final ThirdOrderFlux thirdOrder;

        Result(List<ColumnRange> columns, ThirdOrderFlux thirdOrder) {
            this.columns = columns;
            this.thirdOrder = thirdOrder;
        }
    }

    /**
     * Writes the rates.
     *
     * @param openWalls whether the equation has a flow through reflecting walls without noise, which is then counted as stopped
     */
    static Result columns(Decomposition system, Temperature temperature, Region region, boolean openWalls) {
        BalancedScheme scheme = new BalancedScheme(system, temperature, region, openWalls);
        List<ColumnRange> columns = scheme.columns();
        double[] energies = new double[region.size()];
        Arrays.setAll(energies, k -> scheme.potentials[k] / scheme.inverseBeta);
        return new Result(
                columns,
                new ThirdOrderFlux(
                        region, energies, scheme.upperFluxes, scheme.upperConductances, ColumnRange.reach(columns)));
    }

    private List<ColumnRange> columns() {
        List<Known> known = CellRanges.map(region.size(), this::evaluate);
        List<CellLists> edges = known.stream().map(Known::edges).toList();
        Halves halves =
                new Halves(ColumnRange.write(region.size(), d, columns -> new Writer(columns, known, edges).halves()));
        Generator taken = halves.given.transposed();
        return ColumnRange.write(region.size(), d, columns -> {
            System.arraycopy(halves.reach, 0, columns.reach, 0, d);
            columns.thickness = halves.thickness;
            new Writer(columns, known, edges).rates(halves.given, taken);
        });
    }

    /** What was evaluated in a range of cells: D at the centres, Q and Φ on the edges that belong to them. */
    private record Known(KnownDiffusion centres, CellLists edges) {}

    /** The half of the conductance of its offsets that each cell gives; the other half comes from the cell at the other end. */
    private static final class Halves {

        final Generator given;
        final int[] reach;
        final double thickness;

        Halves(List<ColumnRange> columns) {
            this.given = ColumnRange.join(columns);
            this.reach = ColumnRange.reach(columns);
            this.thickness =
                    columns.stream().mapToDouble(range -> range.thickness).max().orElse(0.0);
        }
    }

    /** Whether a potential is one on a region's periodic axes, unlike that of a tilted washboard. */
    static boolean isPeriodic(Potential potential, Temperature temperature, Region region) {
        Grid grid = region.grid();
        double[] x = new double[grid.dimension()];
        for (int a = 0; a < x.length; a++) {
            for (int k = 0; region.isPeriodic(a) && k < region.size(); k++) {
                if (grid.position(region.cell(k), a) == 0) {
                    grid.centre(region.cell(k), x);
                    x[a] = grid.axis(a).min();
                    double below = potential.at(x);
                    x[a] = grid.axis(a).max();
                    double above = potential.at(x);
                    double scale = temperature.value() + Math.abs(below) + Math.abs(above);
                    if (!(Math.abs(above - below) <= 1e-9 * scale)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private Known evaluate(int from, int to) {
        Coefficients coefficients = coefficients();
        Selling selling = new Selling(d, ItoScheme.longestOffsets(grid));
        Stencil stencil = new Stencil(region);
        StationaryFlux current = new StationaryFlux(system, inverseBeta, region, potentials, List.of());
        KnownDiffusion centres = new KnownDiffusion(from, to, d);
        CellLists edges = new CellLists(from, to, 2, d * (d - 1) / 2);
        double[] x = new double[d];
        double[] scaled = new double[d * d];
        for (int k = from; k < to; k++) {
            int cell = k;
            grid.centre(region.cell(k), x);
            potentials[k] = potential(x);
            coefficients.diffusionAt(x);
            stencil.from(region.cell(k));
            stencil.inWidths(coefficients.matrix, scaled);
            selling.decompose(scaled);
            centres.put(k, coefficients, selling);
            current.from(k);
            current.evaluate(axis -> openWalls && centres.isQuiet(cell, axis), edges);
            edges.end(k);
        }
        return new Known(centres, edges);
    }

    private Coefficients coefficients() {
        return new Coefficients((x, out) -> Arrays.fill(out, 0.0), system.diffusion(), region);
    }

    private double potential(double[] x) {
        return StationaryFlux.potential(system, x);
    }

    /** One range of cells. */
    private final class Writer {

        private final ColumnRange columns;
        private final KnownDiffusion centres;
        private final Coefficients coefficients = coefficients();
        private final Selling selling = new Selling(d, ItoScheme.longestOffsets(grid));
        private final Stencil stencil = new Stencil(region);
        private final double[] x = new double[d];
        private final double[] scaled = new double[d * d];
        private final int[] unit = new int[d];
        private final StationaryFlux current;

        /** Conductances of the faces of the present cell through which it is absorbed, two an axis. */
        private final double[] absorbed = new double[2 * d];

        /** Neighbours of the present cell with conductance (relative to ρˢˢ and volume here) and outgoing flux. */
        private int[] neighbours = new int[16];

        private double[] conductances = new double[16];
        private double[] fluxes = new double[16];
        private int count;

        Writer(ColumnRange columns, List<Known> known, List<CellLists> edges) {
            this.columns = columns;
            this.centres = known.get(CellRanges.of(columns.from())).centres;
            this.current = new StationaryFlux(system, inverseBeta, region, potentials, edges);
        }

        /** Writes ½β⁻¹λV of every offset, without ρˢˢ, and the rates of absorption. */
        void halves() {
            for (int k = columns.from(); k < columns.to(); k++) {
                int cell = region.cell(k);
                double volume = grid.volume(cell);
                stencil.from(cell);
                grid.centre(cell, x);
                centres.get(k, coefficients);
                double trace = stencil.inWidths(coefficients.matrix, scaled);
                if (!centres.get(k, selling)) {
                    selling.decompose(scaled);
                }
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
                            double rate = absorption(k, weight);
                            if (axis >= 0) {
                                absorbed[2 * axis + (sign * selling.offsets[e * d + axis] > 0 ? 1 : 0)] +=
                                        rate * volume;
                            } else {
                                columns.exit(k, rate);
                            }
                        }
                    }
                }
                exits(k, volume);
                columns.end(k);
            }
            centres.forget();
        }

        /** What leaves through absorbing faces, by conduction and with the current. */
        private void exits(int k, double volume) {
            current.from(k);
            for (int a = 0; a < d; a++) {
                for (int sign = 1; sign >= -1; sign -= 2) {
                    Arrays.fill(unit, 0);
                    unit[a] = 1;
                    stencil.go(unit, 0, sign);
                    if (stencil.target >= 0 || !stencil.absorbing) {
                        continue;
                    }
                    double c = absorbed[2 * a + (sign > 0 ? 1 : 0)];
                    double flux = current.through(a, sign, true);
                    double z = flux / c;
                    double rate = Math.abs(z) <= Double.MAX_VALUE ? c * Coefficients.bernoulli(-z) : Math.max(flux, c);
                    if (rate > 0.0) {
                        columns.exit(k, rate / volume);
                    }
                }
            }
            Arrays.fill(absorbed, 0.0);
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
                current.from(k);
                grid.centre(cell, x);
                count = 0;
                given.forEachRateFrom(k, this::conduct);
                taken.forEachRateFrom(k, this::conduct);
                for (int i = 0; i < count; i++) {
                    double y = (potentials[neighbours[i]] - potentials[k]) / inverseBeta;
                    conductances[i] *= Coefficients.bernoulli(y);
                }
                for (int a = 0; a < d; a++) {
                    double up = face(k, a, 1);
                    upperFluxes[a][k] = up;
                    if (up != 0.0) {
                        int slot = slot(stencil.target);
                        upperConductances[a][k] = conductances[slot];
                    }
                    double down = face(k, a, -1);
                    if (openWalls && centres.isQuiet(k, a)) {
                        double width = grid.axis(a).width(stencil.position(a));
                        double length = grid.axis(a).max() - grid.axis(a).min();
                        columns.carry(k, 0.5 * (Math.abs(up) + Math.abs(down)) / volume * width / length);
                    }
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

        /** The stationary flux out through a face, relative to ρˢˢ here, and where it leads. */
        private double face(int k, int i, int sign) {
            Arrays.fill(unit, 0);
            unit[i] = 1;
            stencil.go(unit, 0, sign);
            int target = stencil.target;
            if (target < 0) {
                if (stencil.specular(i, sign)) {
                    specular(k, i, sign);
                } else if (openWalls && !stencil.absorbing && centres.isQuiet(k, i)) {
                    double open = current.through(i, sign, false) / grid.volume(region.cell(k));
                    columns.stop(k, Math.max(0.0, open));
                }
                return 0.0;
            }
            if (target == k) {
                return 0.0;
            }
            double flux = current.through(i, sign, true);
            if (flux != 0.0) {
                columns.reach[i] = Math.max(columns.reach[i], 1);
                int slot = slot(target);
                fluxes[slot] += flux;
            }
            return flux;
        }

        /** What leaves with one momentum through a specular wall enters with the opposite one. */
        private void specular(int k, int i, int sign) {
            int mirror = stencil.target;
            if (!centres.isQuiet(k, i)) {
                throw new IllegalArgumentException("noise must not reach a specular face, got a positive D[" + i + "]["
                        + i + "] at x = " + Arrays.toString(x));
            }
            if (mirror < 0) {
                throw new IllegalArgumentException("region must be symmetric in the momentum, axis " + (i + d / 2)
                        + ", at a specular face, got x = " + Arrays.toString(x) + " without its mirror image");
            }
            double flux = current.through(i, sign, true);
            current.from(mirror);
            double back = current.through(i, sign, true) * Math.exp((potentials[k] - potentials[mirror]) / inverseBeta);
            current.from(k);
            if (!(Math.abs(flux + back) <= 1e-7 * (Math.abs(flux) + Math.abs(back)))) {
                throw new IllegalArgumentException("region must be symmetric in the momentum, axis " + (i + d / 2)
                        + ", at a specular face, and potential and q even in it, got currents " + flux + " and " + back
                        + " at x = "
                        + Arrays.toString(x));
            }
            if (flux > 0.0) {
                int momentum = i + d / 2;
                int far = Math.abs(grid.axis(momentum).cells() - 1 - 2 * stencil.position(momentum));
                columns.reach[momentum] = Math.max(columns.reach[momentum], far);
                columns.add(mirror, flux / grid.volume(region.cell(k)));
            }
        }
    }
}
