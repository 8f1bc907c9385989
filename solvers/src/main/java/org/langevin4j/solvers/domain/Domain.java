package org.langevin4j.solvers.domain;

import java.util.List;
import java.util.Optional;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/** A region Ω of the state space and what happens at its boundary. Immutable. */
public interface Domain {

    /**
     * The dimension of the states.
     *
     * @return d
     */
    int dimension();

    /**
     * Whether a path may start at a state.
     *
     * @param x state, length d
     * @return true inside; false for NaN
     */
    boolean contains(double[] x);

    /**
     * The number of faces, by which exits are told apart.
     *
     * @return 1 unless overridden
     */
    default int faces() {
        return 1;
    }

    /**
     * The faces as surfaces, in their order.
     *
     * @return one for each face
     * @throws IllegalArgumentException if the domain does not know its faces as surfaces, unless overridden
     */
    default List<Hypersurface> surfaces() {
        throw new IllegalArgumentException("domain must know its faces as surfaces, got " + this);
    }

    /**
     * The same Ω on a grid: the cells whose centres are in it, with its faces. Walls across an axis must be ends of the grid or
     * edges of its cells; curved and oblique walls run along faces of cells, of first order in their width. Where the domain
     * is unbounded the grid ends it with a reflecting face, and should be so large that hardly any probability is there.
     * {@link Face#ABSORBING} and {@link Face#ABSORBING_AT_STEPS} both become absorbing, the limit of short steps.
     *
     * <p>On a grid no probability passes a reflecting face, J·n = 0. Paths that are reflected along the normal have that law where
     * the normal is an eigenvector of D, as for every isotropic D and at the ends of coordinates for every diagonal one; {@link
     * #region(Grid, Diffusion)} sees to it.
     *
     * @param grid of the dimension of the states
     * @return Ω on the grid
     * @throws IllegalArgumentException if the grid does not fit, or has no such faces: walls of several kinds inside, reflection
     *     in an oblique direction
     */
    default Region region(Grid grid) {
        return GridRegion.of(grid, dimension(), surfaces(), false, Optional.empty());
    }

    /**
     * The same Ω on a grid for a given D: reflection in the direction of the co-normal Dn is taken, and every other refused, along
     * which paths and grids have different laws.
     *
     * @param grid of the dimension of the states
     * @param diffusion D
     * @return Ω on the grid
     * @throws IllegalArgumentException as {@link #region(Grid)}, or if a direction of reflection is not that of Dn
     */
    default Region region(Grid grid, Diffusion diffusion) {
        return GridRegion.of(grid, dimension(), surfaces(), false, Optional.of(diffusion));
    }

    /**
     * Prepares the boundary for an equation.
     *
     * @param sde the equation, of the same dimension
     * @param stepSize h
     * @param seed seed of the run; where chance decides, it is keyed by (seed, path, step, face)
     * @return the boundary at work, for one thread
     * @throws IllegalArgumentException if it is to reflect an equation whose noise does not reach it, nᵀDn = 0 along the
     *     normal n; where D depends on the state this is found at the first contact
     */
    Confinement confinement(Sde sde, double stepSize, Seed seed);

    /**
     * What a checkpoint writes down of this domain, to be compared when it is resumed in another process.
     *
     * @return the name of the class, unless overridden; parameters should be part of it
     */
    default String identity() {
        return getClass().getName();
    }
}
