package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.markov.Dissection;
import org.langevin4j.solvers.markov.Generator;

/**
 * The flux of a stationary current in u = ρ/ρˢˢ to third order. Through a face with the stationary flux F and the conductance C
 * flows
 *
 * <pre>
 * J = F·u_face + C(u_a − u_b),   u_face = (5u_up + 2u_down − u_upup)/6   on cells of one width,
 * </pre>
 *
 * <p>where {@code up} is the cell from which F comes, {@code upup} the one before it and {@code down} the one into which it
 * goes: the value at the face of the parabola with the means of the three cells (van Leer 1977, κ = 1/3), on a graded axis
 * too. The positive scheme of {@link BalancedScheme} is upwind where F ≫ C, with a numerical diffusion ½|F|; where the noise
 * does not act at all, as on the positions of a system with momenta, that is most of the error. u = 1 stays stationary
 * exactly.
 *
 * <p>Some rates become negative, and nothing keeps u ≥ 0 where ρˢˢ changes much from cell to cell. So the flux fades to the
 * positive one while |Δ log ρˢˢ| between the three cells grows from 1 to 2, and is the positive one where a cell of the three
 * is missing, at walls, at rims and next to targets. Immutable.
 */
public final class ThirdOrderFlux {

    /** |Δ log ρˢˢ| to which the flux is of third order, and from which it is the positive one. */
    private static final double FADES_FROM = 1.0;

    private static final double FADES_TO = 2.0;

    /** Numerical over physical diffusion above which the positive flux is not good enough. */
    private static final double ROUGH = 0.25;

    private final Region region;
    private final Grid grid;
    private final int[] reach;

    /** βΦ at the centres. */
    private final double[] energies;

    /** Through the upper face of each cell, {@code [axis][cell]}, relative to ρˢˢ of the cell. */
    private final double[][] fluxes;

    private final double[][] conductances;
    private final double lowest;
    private final double[] numerical;
    private final double[] physical;

    ThirdOrderFlux(Region region, double[] energies, double[][] fluxes, double[][] conductances, int[] reach) {
        this.region = region;
        this.grid = region.grid();
        this.energies = energies;
        this.fluxes = fluxes;
        this.conductances = conductances;
        int d = grid.dimension();
        this.reach = reach.clone();
        this.numerical = new double[d];
        this.physical = new double[d];
        this.lowest = Arrays.stream(energies).min().orElse(0.0);
        double mass = 0.0;
        for (int k = 0; k < energies.length; k++) {
            double weight = Math.exp(lowest - energies[k]);
            mass += weight * grid.volume(region.cell(k));
            for (int a = 0; a < d; a++) {
                double width = grid.axis(a).width(grid.position(region.cell(k), a));
                double c = conductances[a][k];
                physical[a] += weight * width * width * c;
                numerical[a] += weight * width * width * spurious(fluxes[a][k], c);
            }
        }
        for (int a = 0; a < d; a++) {
            physical[a] /= mass;
            numerical[a] /= mass;
            if (numerical[a] > 0.0) {
                this.reach[a] = Math.max(reach[a], 2);
            }
        }
    }

    /** What the positive flux has beyond C: ½|F|coth(½|F|/C) − C. */
    private static double spurious(double flux, double c) {
        double half = 0.5 * Math.abs(flux);
        if (!(c > 0.0) || half > 300.0 * c) {
            return Math.max(0.0, half - c);
        }
        double z = half / c;
        return z < 1e-3 ? c * z * z / 3.0 : half / Math.tanh(z) - c;
    }

    /**
     * The mean numerical diffusion along an axis of the positive scheme, in the stationary law.
     *
     * @param axis the axis
     * @return length²/time; what the third-order flux takes away
     */
    public double numericalDiffusion(int axis) {
        return numerical[axis];
    }

    /**
     * The mean physical diffusion along an axis.
     *
     * @param axis the axis
     * @return β⁻¹D of the axis' own offset, length²/time
     */
    public double physicalDiffusion(int axis) {
        return physical[axis];
    }

    private double ratio(int axis) {
        return numerical[axis] == 0.0 ? 0.0 : numerical[axis] / physical[axis];
    }

    /** Whether the positive scheme blurs some direction too much. */
    boolean isNeeded() {
        for (int a = 0; a < numerical.length; a++) {
            if (numerical[a] > ROUGH * physical[a]) {
                return true;
            }
        }
        return false;
    }

    /**
     * The order of elimination that suits these rates, which lead two cells far.
     *
     * @return nested dissection of the region
     */
    public Dissection order() {
        return GridDissection.of(region, reach);
    }

    /**
     * The operator of third order on a part of the region: the positive rates, corrected where the three cells of a face are
     * all in it.
     *
     * @param part the region or what a mask leaves of it, on the same grid
     * @param positive the rates of the positive scheme on the part
     * @param limited for each cell of the part whether its faces keep the positive flux; empty for none
     * @return an operator with the same sums of columns
     */
    public Generator on(Region part, Generator positive, boolean... limited) {
        return on(part, positive, 1.0, limited);
    }

    /**
     * The operator that does not fade up to eight times the |Δ log ρˢˢ|: no good for solving, but what it makes of a solution with
     * {@link #on} tells, to first order, what the fading costs.
     *
     * @param part the region or what a mask leaves of it, on the same grid
     * @param positive the rates of the positive scheme on the part
     * @return an operator with the same sums of columns
     */
    public Generator unfaded(Region part, Generator positive) {
        return on(part, positive, 8.0);
    }

    /**
     * The stationary law of a cell of the region.
     *
     * @param k number of the cell in the region
     * @return e^(−βΦ)·volume up to a factor, at most the volume
     */
    public double weight(int k) {
        return Math.exp(lowest - energies[k]) * grid.volume(region.cell(k));
    }

    private Generator on(Region part, Generator positive, double patience, boolean... limited) {
        Generator.Builder builder = Generator.builder(part.size());
        for (int k = 0; k < part.size(); k++) {
            positive.forEachRateFrom(k, builder::rate);
            if (positive.exitRate(k) > 0.0) {
                builder.exit(k, positive.exitRate(k));
            }
        }
        int[] cells = new int[3];
        double[] changes = new double[3];
        for (int k = 0; k < part.size(); k++) {
            int cell = part.cell(k);
            int own = region.index(cell);
            for (int a = 0; a < reach.length; a++) {
                double flux = fluxes[a][own];
                if (flux == 0.0 || !stencil(part, cell, a, flux > 0.0, cells)) {
                    continue;
                }
                if (limited.length > 0 && isAny(part, cells, limited)) {
                    continue;
                }
                double share = share(cells, patience);
                if (share > 0.0) {
                    changes(cells, a, flux, conductances[a][own], share, changes);
                    correct(builder, part, own, cells, changes);
                }
            }
        }
        return builder.build();
    }

    private static boolean isAny(Region part, int[] cells, boolean[] limited) {
        return limited[part.index(cells[0])] || limited[part.index(cells[1])] || limited[part.index(cells[2])];
    }

    /** Writes the cells up, down and upup of the upper face of a cell; false if one is not in the part. */
    private boolean stencil(Region part, int cell, int axis, boolean forth, int[] out) {
        int next = neighbour(cell, axis, 1);
        if (next < 0 || SpecularFaces.at(region, grid.position(cell, axis), axis, 1)) {
            return false;
        }
        out[0] = forth ? cell : next;
        out[1] = forth ? next : cell;
        out[2] = neighbour(out[0], axis, forth ? -1 : 1);
        return out[2] >= 0 && part.contains(next) && part.contains(out[2]) && out[2] != out[1];
    }

    /** The next cell on an axis, through a periodic or a specular face; −1 beyond any other. */
    private int neighbour(int cell, int axis, int direction) {
        int position = grid.position(cell, axis);
        if (SpecularFaces.at(region, position, axis, direction)) {
            return SpecularFaces.mirrored(grid, cell, axis);
        }
        int n = grid.axis(axis).cells();
        int end = position + direction;
        if (end < 0 || end >= n) {
            if (!region.isPeriodic(axis)) {
                return -1;
            }
            end = Math.floorMod(end, n);
        }
        return cell + (end - position) * grid.stride(axis);
    }

    private double energy(int cell) {
        return energies[region.index(cell)];
    }

    /** 1 for the third order alone, 0 for the positive flux alone. */
    private double share(int[] cells, double patience) {
        double up = energy(cells[0]);
        double step = Math.max(Math.abs(energy(cells[1]) - up), Math.abs(energy(cells[2]) - up));
        return Math.min(1.0, Math.max(0.0, (FADES_TO - step / patience) / (FADES_TO - FADES_FROM)));
    }

    /** How the coefficients of u_up, u_down and u_upup in the flux from up to down change. */
    private void changes(int[] cells, int axis, double flux, double c, double share, double[] out) {
        double up = width(cells[0], axis);
        double down = width(cells[1], axis);
        double before = width(cells[2], axis);
        double ofDown = up * (up + before) / ((down + up) * (down + up + before));
        double ofBefore = -down * up / ((up + before) * (down + up + before));
        double size = Math.abs(flux);
        double z = size / c;
        boolean conducts = z <= Double.MAX_VALUE;
        out[0] = size * (1.0 - ofDown - ofBefore) + c - (conducts ? c * Coefficients.bernoulli(-z) : size);
        out[1] = size * ofDown - c + (conducts ? c * Coefficients.bernoulli(z) : 0.0);
        out[2] = size * ofBefore;
        for (int i = 0; i < 3; i++) {
            out[i] *= share;
        }
    }

    private double width(int cell, int axis) {
        return grid.axis(axis).width(grid.position(cell, axis));
    }

    private void correct(Generator.Builder builder, Region part, int own, int[] cells, double[] changes) {
        int up = part.index(cells[0]);
        int down = part.index(cells[1]);
        for (int i = 0; i < 3; i++) {
            int from = part.index(cells[i]);
            double rate = changes[i] * Math.exp(energy(cells[i]) - energies[own]) / grid.volume(cells[i]);
            if (from != down) {
                builder.correction(from, down, rate);
            }
            if (from != up) {
                builder.correction(from, up, -rate);
            }
        }
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("flux of third order in ρ/ρˢˢ; numerical over physical diffusion without it");
        for (int a = 0; a < numerical.length; a++) {
            text.append(String.format(Locale.ROOT, a == 0 ? " %.2g" : ", %.2g", ratio(a)));
        }
        return text.toString();
    }
}
