package org.langevin4j.solvers.decomposition;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.fokkerplanck.Current;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

/**
 * The decomposition of an equation (b, D, β) on a grid in one to three dimensions: Φ, j and Q, and how well the equations
 * hold that connect them. See the package page for what is computed how. Immutable.
 */
public final class GridDecomposition {

    private final Temperature temperature;
    private final Density steady;
    private final SteadyNorm norm;
    private final Current current;
    private final SteadyFields fields;
    private final SteadyRotation rotation;
    private final Map<Claim, Residual> residuals;

    private GridDecomposition(Sde sde, FokkerPlanck equation, Density steady) {
        this.temperature = sde.temperature();
        this.steady = steady;
        this.norm = new SteadyNorm(steady);
        this.current = equation.current(steady);
        this.fields = new SteadyFields(sde.toIto(), equation.region(), steady, current);
        this.rotation = new SteadyRotation(fields, equation);
        this.residuals = Residuals.of(fields, rotation, norm);
    }

    /**
     * Decomposes an equation on a box.
     *
     * @param sde the equation, in any calculus
     * @param grid the box
     * @param boundary at all its faces, reflecting or periodic
     * @return the decomposition
     * @throws IllegalArgumentException see {@link #of(Sde, Region)}
     */
    public static GridDecomposition of(Sde sde, Grid grid, Boundary boundary) {
        return of(sde, Region.of(grid, boundary));
    }

    /**
     * Decomposes an equation on a region, from its steady state there.
     *
     * @param sde the equation, in any calculus
     * @param region of one to three dimensions; in three a whole box
     * @return the decomposition
     * @throws IllegalArgumentException if there are more dimensions or a mask in three, or for the reasons of {@link
     *     FokkerPlanck#of(Sde, Region)}
     * @throws IllegalStateException if probability is absorbed: there is no steady state
     */
    public static GridDecomposition of(Sde sde, Region region) {
        FokkerPlanck equation = FokkerPlanck.of(
                sde.requireContinuous("GridDecomposition").requireAutonomous("GridDecomposition"), region);
        return of(sde, equation, equation.steadyState().density());
    }

    /**
     * Decomposes an equation whose discretisation and steady state are known.
     *
     * @param sde the equation, in any calculus
     * @param equation a discretisation of it
     * @param steady its stationary density
     * @return the decomposition
     * @throws IllegalArgumentException if there are more than three dimensions, a mask in three, or another grid
     * @throws IllegalStateException if probability is absorbed
     */
    public static GridDecomposition of(Sde sde, FokkerPlanck equation, Density steady) {
        sde.requireContinuous("GridDecomposition").requireAutonomous("GridDecomposition");
        Grid grid = equation.grid();
        if (sde.dimension() != grid.dimension()) {
            throw new IllegalArgumentException(
                    "sde must have the dimension of the grid, " + grid.dimension() + ", got " + sde.dimension());
        }
        if (!(grid.dimension() <= 3)) {
            throw new IllegalArgumentException("dimension must be at most 3, got " + grid.dimension());
        }
        if (grid.dimension() == 3 && equation.region().size() != grid.cells()) {
            throw new IllegalArgumentException("region must be a whole box in three dimensions, got "
                    + equation.region().size() + " of " + grid.cells() + " cells");
        }
        if (!steady.grid().equals(grid)) {
            throw new IllegalArgumentException("steady must be a density on the grid of the equation");
        }
        if (!equation.generator().isConservative()) {
            throw new IllegalStateException("there is no steady state: probability is absorbed");
        }
        return new GridDecomposition(sde, equation, steady);
    }

    /**
     * The region.
     *
     * @return the region with its grid
     */
    public Region region() {
        return fields.region();
    }

    /**
     * The temperature.
     *
     * @return β⁻¹
     */
    public Temperature temperature() {
        return temperature;
    }

    /**
     * The stationary density.
     *
     * @return ρˢˢ
     */
    public Density density() {
        return steady;
    }

    /**
     * The potential (eq. 5).
     *
     * @return Φ = −β⁻¹ log ρˢˢ; NaN where ρˢˢ is zero
     */
    public CellFunction potential() {
        return CellFunction.of(fields.grid(), fields.phi);
    }

    /**
     * The stationary probability current.
     *
     * @return Jˢˢ
     */
    public Current current() {
        return current;
    }

    /**
     * The conservative force from the current (eq. A4).
     *
     * @param axis the axis
     * @return component of j = Jˢˢ/ρˢˢ along the axis
     */
    public CellFunction force(int axis) {
        return CellFunction.of(fields.grid(), fields.force[axis]);
    }

    /**
     * The conservative force as it is defined (eq. 8), by differences of Φ.
     *
     * @param axis the axis
     * @return component of b + D∇Φ − β⁻¹∇·D along the axis
     */
    public CellFunction definedForce(int axis) {
        return CellFunction.of(fields.grid(), fields.definedForce[axis]);
    }

    /**
     * An entry of the antisymmetric matrix of eq. (19), with Jˢˢ = β⁻¹∇·(Qρˢˢ) up to {@link #harmonicCurrent}. In one
     * dimension it is zero: there is no room for it.
     *
     * @param i row
     * @param k column
     * @return Qᵢₖ in the cells; its gauge is on the package page
     */
    public CellFunction q(int i, int k) {
        return CellFunction.of(fields.grid(), rotation.q[i * fields.grid().dimension() + k]);
    }

    /**
     * The stream function ψ = β⁻¹Q₁₂ρˢˢ.
     *
     * @return ψ in two dimensions, otherwise empty
     */
    public Optional<StreamFunction> streamFunction() {
        return rotation.stream;
    }

    /**
     * The flow of probability around a periodic axis.
     *
     * @param axis the axis
     * @return ∫J·dS over a section across the axis, turns in a unit of time; zero if the axis is not periodic
     */
    public double winding(int axis) {
        return rotation.windings[axis];
    }

    /**
     * The part of Jˢˢ that no Q can give: on a torus (all axes periodic, also a ring) the constant current that carries the
     * flow around. With it eq. (19) has no solution. Zero where there is a wall: then the current that winds is ∇·A too, but
     * with an A = β⁻¹Qρˢˢ that does not vanish on all of the walls.
     *
     * @return the components of a constant current
     */
    public double[] harmonicCurrent() {
        return rotation.harmonic.clone();
    }

    /**
     * How well the conjugate gradients of three dimensions solved ∇·A = J.
     *
     * @return norm of the rest relative to that of J, on the faces, weighted with 1/ρ; in one and two dimensions zero
     */
    public double vectorPotentialResidual() {
        return rotation.potentialResidual;
    }

    /**
     * The conjugate-gradient iterations in three dimensions.
     *
     * @return their number; zero in one and two dimensions
     */
    public int vectorPotentialIterations() {
        return rotation.potentialIterations;
    }

    /**
     * What is left of a claim.
     *
     * @param claim which
     * @return its field and norms
     */
    public Residual residual(Claim claim) {
        return Objects.requireNonNull(residuals.get(claim), "claim");
    }

    /**
     * The flow of probability once around a point, in two dimensions between walls: what crosses any curve from the point to
     * the wall.
     *
     * @param x the point
     * @return ψ(x), turns a unit of time, counter-clockwise positive
     * @throws IllegalStateException if there is no stream function, or no wall at which it vanishes
     */
    public double rotationRate(double... x) {
        if (rotation.stream.isEmpty() || region().isPeriodic(0) || region().isPeriodic(1)) {
            throw new IllegalStateException("the rate of rotation around a point needs a plane between walls");
        }
        return rotation.stream.get().at(x);
    }

    /**
     * Compares Φ with a loss.
     *
     * @param loss f, of which b = −∇f
     * @return the comparison of Lemma 6
     */
    public LossComparison comparedTo(ScalarField loss) {
        return LossComparison.of(
                fields, norm, loss, residual(Claim.DETAILED_BALANCE).relative());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Φ, j and Q on " + region() + " at " + temperature);
        residuals.values().forEach(each -> text.append("\n").append(each));
        return text.toString();
    }
}
