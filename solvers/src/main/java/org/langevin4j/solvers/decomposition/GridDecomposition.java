package org.langevin4j.solvers.decomposition;

import java.util.Arrays;
import java.util.EnumMap;
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

    private final Sde sde;
    private final Region region;
    private final Grid grid;
    private final int d;
    private final Density steady;
    private final SteadyNorm norm;
    private final Current current;
    private final double[] windings;
    private final double[] harmonic;
    private final Optional<StreamFunction> stream;
    private final double potentialResidual;
    private final int potentialIterations;

    private final double[] phi;
    private final double[][] gradient;
    private final double[][] drift;
    private final double[][] matrix;
    private final double[][] matrixDivergence;

    /** Jˢˢ/ρˢˢ. */
    private final double[][] force;

    /** b + D∇Φ − β⁻¹∇·D. */
    private final double[][] definedForce;

    /** Q, row-major entries. */
    private final double[][] q;

    private final Map<Claim, Residual> residuals = new EnumMap<>(Claim.class);

    private GridDecomposition(Sde given, FokkerPlanck equation, Density steady) {
        this.sde = given.toIto();
        this.region = equation.region();
        this.grid = region.grid();
        this.d = grid.dimension();
        this.steady = steady;
        this.norm = new SteadyNorm(steady);
        this.current = equation.current(steady);
        FaceFluxes fluxes = FaceFluxes.of(equation, steady);
        this.windings = new double[d];
        boolean torus = true;
        for (int a = 0; a < d; a++) {
            windings[a] = fluxes.winding(a);
            torus &= region.isPeriodic(a);
        }
        this.harmonic = new double[d];
        for (int a = 0; a < d && torus; a++) {
            harmonic[a] = windings[a] / section(a);
        }
        this.phi = values();
        this.gradient = vectors();
        this.drift = vectors();
        this.matrix = new double[d * d][grid.cells()];
        this.matrixDivergence = vectors();
        this.force = vectors();
        this.definedForce = vectors();
        this.q = new double[d * d][grid.cells()];
        evaluate();
        FaceFluxes rotating = torus ? fluxes.minus(harmonic) : fluxes;
        if (d == 2) {
            StreamFunction psi = gauged(StreamFunction.of(rotating), torus);
            this.stream = Optional.of(psi);
            this.potentialResidual = 0.0;
            this.potentialIterations = 0;
            planar(psi);
        } else if (d == 3) {
            VectorPotential potential = VectorPotential.of(rotating, steady);
            this.stream = Optional.empty();
            this.potentialResidual = potential.residual();
            this.potentialIterations = potential.iterations();
            spatial(potential);
        } else {
            this.stream = Optional.empty();
            this.potentialResidual = 0.0;
            this.potentialIterations = 0;
        }
        check();
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

    private double[] values() {
        double[] values = new double[grid.cells()];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private double[][] vectors() {
        double[][] vectors = new double[d][];
        for (int a = 0; a < d; a++) {
            vectors[a] = values();
        }
        return vectors;
    }

    /** The area of a section of the box across an axis. */
    private double section(int axis) {
        double area = 1.0;
        for (int a = 0; a < d; a++) {
            area *= a == axis ? 1.0 : grid.axis(a).max() - grid.axis(a).min();
        }
        return area;
    }

    private double inverseBeta() {
        return sde.temperature().value();
    }

    private void evaluate() {
        double[] x = new double[d];
        double[] vector = new double[d];
        double[] entries = new double[d * d];
        for (int cell = 0; cell < grid.cells(); cell++) {
            if (!region.contains(cell)) {
                continue;
            }
            grid.centre(cell, x);
            double rho = steady.value(cell);
            phi[cell] = rho > 0.0 ? -inverseBeta() * Math.log(rho) : Double.NaN;
            sde.drift().at(x, vector);
            for (int a = 0; a < d; a++) {
                drift[a][cell] = vector[a];
                force[a][cell] = rho > 0.0 ? current.component(a).value(cell) / rho : Double.NaN;
            }
            sde.diffusion().matrix(x, entries);
            for (int e = 0; e < entries.length; e++) {
                matrix[e][cell] = entries[e];
            }
            sde.diffusion().divergence(x, vector);
            for (int a = 0; a < d; a++) {
                matrixDivergence[a][cell] = vector[a];
            }
        }
        Differences differences = new Differences(region);
        for (int a = 0; a < d; a++) {
            gradient[a] = differences.first(phi, a);
        }
        for (int cell = 0; cell < grid.cells(); cell++) {
            for (int i = 0; i < d; i++) {
                double sum = drift[i][cell] - inverseBeta() * matrixDivergence[i][cell];
                for (int k = 0; k < d; k++) {
                    sum += matrix[i * d + k][cell] * gradient[k][cell];
                }
                definedForce[i][cell] = sum;
            }
        }
    }

    /** On a torus the constant for which ∫ψ/ρ = 0; on a box the walls have set it. */
    private StreamFunction gauged(StreamFunction psi, boolean torus) {
        if (!torus) {
            return psi;
        }
        double sum = 0.0;
        double weight = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            double inverse = grid.volume(cell) / steady.value(cell);
            sum += inverse * mean(psi, cell);
            weight += inverse;
        }
        return psi.plus(-sum / weight);
    }

    private double mean(StreamFunction psi, int cell) {
        int i = grid.position(cell, 0);
        int k = grid.position(cell, 1);
        return 0.25 * ((psi.corner(i, k) + psi.corner(i + 1, k)) + (psi.corner(i, k + 1) + psi.corner(i + 1, k + 1)));
    }

    /** Q₁₂ = βψ/ρ at the corners, with the mean of Φ around them; in the cells the mean of their corners. */
    private void planar(StreamFunction psi) {
        int n0 = grid.axis(0).cells();
        int n1 = grid.axis(1).cells();
        double[] corners = new double[(n0 + 1) * (n1 + 1)];
        for (int i = 0; i <= n0; i++) {
            for (int k = 0; k <= n1; k++) {
                corners[i * (n1 + 1) + k] =
                        psi.corner(i, k) / inverseBeta() * Math.exp(potentialAtCorner(i, k) / inverseBeta());
            }
        }
        for (int cell = 0; cell < grid.cells(); cell++) {
            int at = grid.position(cell, 0) * (n1 + 1) + grid.position(cell, 1);
            double value = region.contains(cell)
                    ? 0.25 * ((corners[at] + corners[at + 1]) + (corners[at + n1 + 1] + corners[at + n1 + 2]))
                    : Double.NaN;
            q[1][cell] = value;
            q[2][cell] = -value;
        }
    }

    private double potentialAtCorner(int i, int k) {
        double sum = 0.0;
        int count = 0;
        for (int a = i - 1; a <= i; a++) {
            for (int b = k - 1; b <= k; b++) {
                int first = region.isPeriodic(0) ? Math.floorMod(a, grid.axis(0).cells()) : a;
                int second =
                        region.isPeriodic(1) ? Math.floorMod(b, grid.axis(1).cells()) : b;
                if (first >= 0
                        && first < grid.axis(0).cells()
                        && second >= 0
                        && second < grid.axis(1).cells()) {
                    int cell = first * grid.stride(0) + second;
                    if (region.contains(cell)) {
                        sum += phi[cell];
                        count++;
                    }
                }
            }
        }
        return sum / count;
    }

    private void spatial(VectorPotential potential) {
        for (int cell = 0; cell < grid.cells(); cell++) {
            for (int i = 0; i < 3; i++) {
                int j = (i + 1) % 3;
                double value = potential.overDensity(i, cell) / inverseBeta();
                q[3 * i + j][cell] = value;
                q[3 * j + i][cell] = -value;
            }
        }
    }

    /** All residuals. */
    private void check() {
        Differences differences = new Differences(region);
        double[] difference = values();
        double[] divergence = values();
        double[] stationary = values();
        double[] along = values();
        double[] deviation = values();
        double[] size = values();
        double[] orderBeta = values();
        double[] orderOne = values();
        double[] orderInverse = values();
        double[] speed = values();
        double[] power = values();
        double[][] strains = new double[d][];
        double[][] definedStrains = new double[d][];
        double[][] bends = new double[d * d][];
        double[][] twists = new double[d * d][];
        for (int a = 0; a < d; a++) {
            strains[a] = differences.first(force[a], a);
            definedStrains[a] = differences.first(definedForce[a], a);
            for (int b = 0; b < d; b++) {
                bends[a * d + b] = a == b ? differences.second(phi, a) : differences.first(gradient[a], b);
                twists[a * d + b] = differences.first(q[a * d + b], b);
            }
        }
        double beta = 1.0 / inverseBeta();
        CellDivergence driftDivergence = new CellDivergence(grid, sde.drift());
        CellDivergence doubleDivergence = new CellDivergence(grid, sde.diffusion()::divergence);
        for (int cell = 0; cell < grid.cells(); cell++) {
            if (!region.contains(cell)) {
                continue;
            }
            double forces = 0.0;
            double gaps = 0.0;
            double rest = 0.0;
            double drifts = 0.0;
            double slopes = 0.0;
            divergence[cell] = 0.0;
            stationary[cell] = 0.0;
            along[cell] = 0.0;
            orderBeta[cell] = 0.0;
            orderOne[cell] = driftDivergence.at(cell);
            for (int i = 0; i < d; i++) {
                double slope = gradient[i][cell];
                double defined = definedForce[i][cell];
                double rotation = 0.0;
                double conducted = 0.0;
                for (int k = 0; k < d; k++) {
                    rotation += q[i * d + k][cell] * gradient[k][cell] - inverseBeta() * twists[i * d + k][cell];
                    conducted += matrix[i * d + k][cell] * gradient[k][cell];
                    orderOne[cell] += matrix[i * d + k][cell] * bends[i * d + k][cell];
                }
                forces += square(force[i][cell]);
                gaps += square(defined - force[i][cell]);
                rest += square(defined + rotation);
                drifts += square(drift[i][cell]);
                slopes += square(slope);
                divergence[cell] += strains[i][cell];
                stationary[cell] += definedStrains[i][cell] - beta * defined * slope;
                along[cell] += force[i][cell] * slope;
                orderBeta[cell] += (conducted + drift[i][cell]) * slope;
                orderOne[cell] += 2.0 * matrixDivergence[i][cell] * slope;
            }
            difference[cell] = Math.sqrt(gaps);
            deviation[cell] = Math.sqrt(rest);
            size[cell] = Math.sqrt(forces);
            orderInverse[cell] = doubleDivergence.at(cell);
            speed[cell] = Math.sqrt(drifts);
            power[cell] = Math.sqrt(drifts * slopes);
        }
        double speedScale = norm.rms(speed);
        double powerScale = norm.rms(power);
        put(Claim.EQUATION_8, difference, speedScale);
        put(Claim.ASSUMPTION_4, divergence, beta * powerScale);
        put(Claim.STATIONARITY, stationary, beta * powerScale);
        put(Claim.ORTHOGONALITY, along, powerScale);
        put(Claim.EQUATION_19, deviation, speedScale);
        put(Claim.DETAILED_BALANCE, size, speedScale);
        put(Claim.ORDER_BETA, orderBeta, powerScale);
        put(Claim.ORDER_ONE, orderOne, beta * powerScale);
        put(Claim.ORDER_INVERSE_BETA, orderInverse, beta * beta * powerScale);
    }

    private static double square(double x) {
        return x * x;
    }

    private void put(Claim claim, double[] field, double scale) {
        residuals.put(
                claim, new Residual(claim, CellFunction.of(grid, field), norm.rms(field), norm.max(field), scale));
    }

    /**
     * The region.
     *
     * @return the region with its grid
     */
    public Region region() {
        return region;
    }

    /**
     * The temperature.
     *
     * @return β⁻¹
     */
    public Temperature temperature() {
        return sde.temperature();
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
        return CellFunction.of(grid, phi);
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
        return CellFunction.of(grid, force[axis]);
    }

    /**
     * The conservative force as it is defined (eq. 8), by differences of Φ.
     *
     * @param axis the axis
     * @return component of b + D∇Φ − β⁻¹∇·D along the axis
     */
    public CellFunction definedForce(int axis) {
        return CellFunction.of(grid, definedForce[axis]);
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
        return CellFunction.of(grid, q[i * d + k]);
    }

    /**
     * The stream function ψ = β⁻¹Q₁₂ρˢˢ.
     *
     * @return ψ in two dimensions, otherwise empty
     */
    public Optional<StreamFunction> streamFunction() {
        return stream;
    }

    /**
     * The flow of probability around a periodic axis.
     *
     * @param axis the axis
     * @return ∫J·dS over a section across the axis, turns in a unit of time; zero if the axis is not periodic
     */
    public double winding(int axis) {
        return windings[axis];
    }

    /**
     * The part of Jˢˢ that no Q can give: on a torus (all axes periodic, also a ring) the constant current that carries the
     * flow around. With it eq. (19) has no solution. Zero where there is a wall: then the current that winds is ∇·A too, but
     * with an A = β⁻¹Qρˢˢ that does not vanish on all of the walls.
     *
     * @return the components of a constant current
     */
    public double[] harmonicCurrent() {
        return harmonic.clone();
    }

    /**
     * How well the conjugate gradients of three dimensions solved ∇·A = J.
     *
     * @return norm of the rest relative to that of J, on the faces, weighted with 1/ρ; in one and two dimensions zero
     */
    public double vectorPotentialResidual() {
        return potentialResidual;
    }

    /**
     * The conjugate-gradient iterations in three dimensions.
     *
     * @return their number; zero in one and two dimensions
     */
    public int vectorPotentialIterations() {
        return potentialIterations;
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
        if (stream.isEmpty() || region.isPeriodic(0) || region.isPeriodic(1)) {
            throw new IllegalStateException("the rate of rotation around a point needs a plane between walls");
        }
        return stream.get().at(x);
    }

    /**
     * Compares Φ with a loss.
     *
     * @param loss f, of which b = −∇f
     * @return the comparison of Lemma 6
     */
    public LossComparison comparedTo(ScalarField loss) {
        double[] x = new double[d];
        double trace = 0.0;
        double total = 0.0;
        double skew = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            double p = steady.value(cell) * grid.volume(cell);
            if (p > 0.0) {
                double mean = 0.0;
                for (int i = 0; i < d; i++) {
                    mean += matrix[i * d + i][cell] / d;
                }
                for (int e = 0; e < d * d; e++) {
                    double entry = matrix[e][cell];
                    total += p * square(entry);
                    skew += p * square(entry - (e % (d + 1) == 0 ? mean : 0.0));
                }
                trace += p * mean;
            }
        }
        double[] plain = values();
        double[] scaled = values();
        for (int cell = 0; cell < grid.cells(); cell++) {
            if (region.contains(cell)) {
                grid.centre(cell, x);
                double f = loss.at(x);
                plain[cell] = phi[cell] - f;
                scaled[cell] = phi[cell] - f / trace;
            }
        }
        subtract(norm.mean(plain), plain);
        subtract(norm.mean(scaled), scaled);
        return new LossComparison(
                Math.sqrt(skew / total),
                trace,
                norm.rms(plain),
                norm.max(plain),
                norm.rms(scaled),
                residual(Claim.DETAILED_BALANCE).relative());
    }

    private static void subtract(double constant, double[] field) {
        for (int cell = 0; cell < field.length; cell++) {
            field[cell] -= constant;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Φ, j and Q on " + region + " at " + sde.temperature());
        residuals.values().forEach(each -> text.append("\n").append(each));
        return text.toString();
    }
}
