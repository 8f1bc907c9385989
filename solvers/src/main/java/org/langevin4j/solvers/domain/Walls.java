package org.langevin4j.solvers.domain;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;

/**
 * Walls for an {@linkplain UnderdampedLangevin underdamped system}, x = (q, p) ∈ ℝ²ⁿ: what happens to the momentum where
 * the position q meets the boundary of a domain in ℝⁿ. With the inner normal n of the wall
 *
 * <ul>
 *   <li>a specular wall reverses the normal velocity and keeps the energy, p ← p − 2n (nᵀM⁻¹p)/(nᵀM⁻¹n);
 *   <li>a thermal wall forgets p and draws a new one from the flux of a gas at the wall's temperature T,
 *       ∝ (nᵀM⁻¹p) e^(−pᵀM⁻¹p/(2T)), nᵀM⁻¹p &gt; 0: Rayleigh's law along the normal, Maxwell's along the wall (Cercignani
 *       1988, The Boltzmann Equation and Its Applications, section III.5). The normals are keyed by (seed, path, step,
 *       collision);
 *   <li>a wall of accommodation α is thermal with probability α and specular otherwise (Maxwell 1879).
 * </ul>
 *
 * <p>Walls stand at the reflecting faces of the domain. At its absorbing faces a path stops where q crosses: the position
 * is the integral of the momentum and has no Brownian bridge. Periodic coordinates are moved by a period and keep p.
 *
 * <p>Within the step the path is taken as straight, so that it meets the wall after the fraction s of the step at a point
 * c, and goes on from there for (1 − s)h with its new momentum. The force over that rest, which the scheme has added to
 * the old momentum, is b(c, p′) for the new one; without this a force along the normal would heat or cool every collision
 * by O(h). A thermal wall renews the noise of the rest as well.
 *
 * @param positions domain of q, in ℝⁿ
 * @param temperatures those of the walls: none for specular ones, one for all faces, or one for each face of the domain
 * @param accommodation α in [0, 1]; 0 without temperatures
 */
public record Walls(Domain positions, List<Temperature> temperatures, double accommodation) implements Domain {

    /** Checks the parts. */
    public Walls {
        Objects.requireNonNull(positions, "positions");
        temperatures = List.copyOf(temperatures);
        int faces = requireNormal(positions).size();
        if (temperatures.size() > 1 && temperatures.size() != faces) {
            throw new IllegalArgumentException("temperatures must number 1 or, one for each face of the domain, "
                    + faces + ", got " + temperatures.size());
        }
        if (!(accommodation >= 0.0 && accommodation <= 1.0)) {
            throw new IllegalArgumentException("accommodation must be in [0, 1], got " + accommodation);
        }
        if (temperatures.isEmpty() && accommodation > 0.0) {
            throw new IllegalArgumentException("temperatures must be given for an accommodation of " + accommodation);
        }
    }

    private static List<Hypersurface> requireNormal(Domain positions) {
        if (positions instanceof Walls) {
            throw new IllegalArgumentException(
                    "positions must be in a box, a half-space, a level set or an intersection of these, got "
                            + positions);
        }
        List<Hypersurface> surfaces = positions.surfaces();
        if (surfaces.stream().anyMatch(Hypersurface::isOblique)) {
            throw new IllegalArgumentException(
                    "positions must be in a domain that reflects along its normal: momenta have"
                            + " no other direction in which a wall could push");
        }
        return surfaces;
    }

    /**
     * Walls that reverse the normal velocity.
     *
     * @param positions domain of q: a {@link Box}, {@link HalfSpace} or {@link LevelSet} with normal reflection, or an
     *     intersection of these
     * @return a domain of dimension 2n
     */
    public static Walls specular(Domain positions) {
        return new Walls(positions, List.of(), 0.0);
    }

    /**
     * The walls of a region of positions and momenta on a grid, with its specular, absorbing and periodic faces; where the axes
     * of the momenta end, nothing happens to paths.
     *
     * @param region all cells of a grid of 2n axes
     * @return walls in ℝⁿ
     * @throws IllegalArgumentException if it has another kind of face
     */
    public static Walls of(Region region) {
        int d = region.grid().dimension();
        if (!(d % 2 == 0)) {
            throw new IllegalArgumentException("region must have an even number of axes, got " + d);
        }
        Region mirrors = region;
        for (int a = 0; a < d; a++) {
            boolean position = a < d / 2;
            for (Boundary face : List.of(region.lower(a), region.upper(a))) {
                if (position == (face == Boundary.REFLECTING)) {
                    throw new IllegalArgumentException("region must have "
                            + (position
                                    ? "specular, absorbing or periodic faces at the positions"
                                    : "reflecting faces at the momenta")
                            + ", got " + face + " on axis " + a);
                }
            }
            if (position) {
                mirrors = mirrors.withFaces(a, mirrored(region.lower(a)), mirrored(region.upper(a)));
            }
        }
        return specular(new Box(Interval.ofAxes(mirrors, d / 2)));
    }

    private static Boundary mirrored(Boundary face) {
        return face == Boundary.SPECULAR ? Boundary.REFLECTING : face;
    }

    /**
     * Walls of given temperatures.
     *
     * @param positions domain of q: a {@link Box}, {@link HalfSpace} or {@link LevelSet} with normal reflection, or an
     *     intersection of these
     * @param temperatures one for all, or one for each face of the domain by its number, those at which nothing happens
     *     too; they may vary in time
     * @return a domain of dimension 2n
     */
    public static Walls thermal(Domain positions, Temperature... temperatures) {
        if (temperatures.length == 0) {
            throw new IllegalArgumentException("temperatures must number at least 1, got 0");
        }
        return new Walls(positions, Arrays.asList(temperatures), 1.0);
    }

    /**
     * The same thermal walls, specular in a part of the collisions.
     *
     * @param value α, the probability that a collision is thermal
     * @return the changed walls
     */
    public Walls withAccommodation(double value) {
        return new Walls(positions, temperatures, value);
    }

    @Override
    public int dimension() {
        return 2 * positions.dimension();
    }

    @Override
    public int faces() {
        return positions.faces();
    }

    /**
     * Positions and momenta on a grid: specular walls at the ends of the positions.
     *
     * @param grid of 2n axes, the momenta symmetric about 0
     * @throws IllegalArgumentException as {@link Domain#region(Grid)}, or if walls are thermal or inside the grid
     */
    @Override
    public Region region(Grid grid) {
        if (!temperatures.isEmpty()) {
            throw new IllegalArgumentException("walls must be specular on a grid, got thermal ones");
        }
        return GridRegion.of(grid, dimension(), requireNormal(positions), true, Optional.empty());
    }

    @Override
    public Region region(Grid grid, Diffusion diffusion) {
        return region(grid);
    }

    @Override
    public boolean contains(double[] x) {
        return positions.contains(Arrays.copyOf(x, positions.dimension()));
    }

    /**
     * Prepares the walls.
     *
     * @throws IllegalArgumentException if the equation is not one of {@link UnderdampedLangevin#sde()}
     */
    @Override
    public Confinement confinement(Sde sde, double stepSize, Seed seed) {
        UnderdampedLangevin equation = UnderdampedLangevin.recognise(sde)
                .orElseThrow(
                        () -> new IllegalArgumentException("Walls take an underdamped Langevin equation, this equation"
                                + " is not made by UnderdampedLangevin.sde()"));
        List<Hypersurface> faces = requireNormal(positions);
        List<Temperature> ofFaces =
                temperatures.size() == 1 ? Collections.nCopies(faces.size(), temperatures.get(0)) : temperatures;
        return new Collisions(
                equation,
                faces,
                Hypersurface.circles(faces),
                stepSize,
                new ThermalWall(equation, ofFaces, accommodation, seed));
    }

    @Override
    public String identity() {
        return "Walls[" + positions.identity() + ", " + temperatures + ", " + accommodation + "]";
    }
}
