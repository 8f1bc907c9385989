package org.langevin4j.solvers.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The JKO scheme in one dimension on the whole line, in quantile coordinates.
 *
 * <p>A density that is constant in cells of fixed masses pᵢ is given by the edges {@code x₀ < … < xₙ} of its cells, the quantiles at
 * the levels p₁ + … + pᵢ. In the edges
 *
 * <pre>
 * W₂²(ρₖ, ρ) = Σᵢ pᵢ (dᵢ₋₁² + dᵢ₋₁dᵢ + dᵢ²)/3,   d = x − x⁽ᵏ⁾
 * F(ρ)       = Σᵢ pᵢ [mean of Φ over cell i + β⁻¹ log(pᵢ/(xᵢ − xᵢ₋₁))]
 * </pre>
 *
 * <p>are exact but for the mean of Φ, which is taken by Gauss's rule of three points: exact for polynomials up to degree
 * five. The cells are those of the start, with their masses; they move with the flow. A step therefore minimises the exact
 * functional over a subset of all densities that holds the last one, so that F falls by at least W₂²/(2τ). Mass and order of
 * the quantiles are exact. The error is of second order in the width of the cells.
 *
 * <p>The minimum is found by Newton's method with a tridiagonal Hessian (Φ″ is a central difference of ∇Φ, on which only the
 * speed depends); a line search keeps the order of the quantiles and decreases the functional. The Hessian of
 * W₂²/(2τ) + E[Φ] is at least 1/(Dτ) + min Φ″ times that of W₂²/2: for convex Φ every τ is allowed, otherwise the minimum is
 * sure to be unique for τ &lt; 1/(D max(−Φ″)), and a longer step is refused.
 *
 * <p>The residual of a step is the largest relative change of a cell in the last Newton step. Immutable.
 *
 * <p>A start with an empty cell between others has a jump in its quantile function. The next density has none; F may then
 * grow in the first step if the cells beside the gap are wide. A cell with less than 1e-10 of the mass on the thinner side of
 * it, which would become too narrow for the spacing of floating-point numbers, gives its mass to a neighbour.
 */
public final class QuantileJko implements JkoScheme {

    /** Cells with less mass are beyond the last bit of everything. */
    private static final double NEGLIGIBLE = 1e-32;

    /** Least mass of a cell in units of the mass on the thinner side of it, the cell included. */
    private static final double NARROW = 1e-10;

    private static final double TOLERANCE = 1e-9;

    private static final int MAX_ITERATIONS = 200;

    /** Nodes and weights of Gauss's rule on [0, 1]. */
    private static final double[] NODES = {0.5 - 0.5 * Math.sqrt(0.6), 0.5, 0.5 + 0.5 * Math.sqrt(0.6)};

    private static final double[] WEIGHTS = {5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0};

    private final Potential potential;
    private final Temperature temperature;
    private final double diffusion;
    private final int pieces;

    private QuantileJko(Potential potential, Temperature temperature, double diffusion, int pieces) {
        this.potential = potential;
        this.temperature = temperature;
        this.diffusion = diffusion;
        this.pieces = pieces;
    }

    /**
     * The scheme for D = 1, with the cells of the start.
     *
     * @param potential Φ(x), finite wherever the density goes
     * @param temperature β⁻¹
     * @return the scheme
     */
    public static QuantileJko of(Potential potential, Temperature temperature) {
        return new QuantileJko(potential, temperature.requireConstant("QuantileJko"), 1.0, 1);
    }

    /**
     * Sets the diffusion coefficient: the flow is that of the drift −DΦ′.
     *
     * @param diffusion D > 0, constant
     * @return the same scheme with this D
     */
    public QuantileJko withDiffusion(double diffusion) {
        return new QuantileJko(potential, temperature, Sinkhorn.requirePositive("diffusion", diffusion), pieces);
    }

    /**
     * Divides each cell of the start into several of equal mass, which may part as the density spreads.
     *
     * @param pieces at least 1
     * @return the same scheme with finer cells
     */
    public QuantileJko withPiecesPerCell(int pieces) {
        if (!(pieces >= 1)) {
            throw new IllegalArgumentException("pieces must be at least 1, got " + pieces);
        }
        return new QuantileJko(potential, temperature, diffusion, pieces);
    }

    /**
     * {@inheritDoc}
     *
     * @param start ρ₀, of mass 1, on a grid of one axis; its ends are no walls
     * @throws IllegalArgumentException also if Φ is not finite at a quantile, or not convex and τ ≥ 1/(D max(−Φ″)) where the
     *     density is
     */
    @Override
    public JkoFlow evolve(Density start, double stepSize, int steps) {
        JkoScheme.require(start, stepSize, steps);
        if (start.grid().dimension() != 1) {
            throw new IllegalArgumentException(
                    "start must have 1 axis, got " + start.grid().dimension() + "; EntropicJko takes any number");
        }
        Minimisation step = new Minimisation(start, stepSize);
        List<Density> densities = new ArrayList<>(steps + 1);
        List<JkoFunctional> functionals = new ArrayList<>(steps + 1);
        List<JkoStep> diagnostics = new ArrayList<>(steps);
        densities.add(start);
        functionals.add(step.functional());
        for (int k = 0; k < steps; k++) {
            diagnostics.add(step.next());
            densities.add(step.density());
            functionals.add(step.functional());
        }
        return new JkoFlow(stepSize, densities, functionals, diagnostics);
    }

    /** The minimisation of one step after the other, in the edges of the cells. */
    private final class Minimisation {

        private final double stepSize;
        private final double[] masses;

        /** The cells of the last density; neighbours share an edge but for gaps in the start. */
        private final double[] lower;

        private final double[] upper;

        private final double[] edges;
        private final double[] gradient;
        private final double[] diagonal;
        private final double[] offDiagonal;
        private final double[] point = new double[1];
        private final double[] slope = new double[1];

        Minimisation(Density start, double stepSize) {
            this.stepSize = stepSize;
            Axis axis = start.grid().axis(0);
            double[] p = resolvable(start.probabilities());
            long needed = pieces * Arrays.stream(p).filter(mass -> mass > 0.0).count();
            Memory.require(needed + " quantiles", 128.0 * needed, "fewer need less");
            int n = Math.toIntExact(needed);
            masses = new double[n];
            lower = new double[n];
            upper = new double[n];
            int at = 0;
            for (int i = 0; i < p.length; i++) {
                for (int piece = 0; p[i] > 0.0 && piece < pieces; piece++) {
                    masses[at] = p[i] / pieces;
                    lower[at] = axis.edge(i) + axis.width(i) * piece / pieces;
                    upper[at] = piece + 1 == pieces
                            ? axis.edge(i + 1)
                            : axis.edge(i) + axis.width(i) * (piece + 1) / pieces;
                    at++;
                }
            }
            edges = new double[n + 1];
            edges[0] = lower[0];
            edges[n] = upper[n - 1];
            for (int i = 1; i < n; i++) {
                edges[i] = 0.5 * (upper[i - 1] + lower[i]);
            }
            gradient = new double[n + 1];
            diagonal = new double[n + 1];
            offDiagonal = new double[n];
        }

        /**
         * Moves the masses of cells that would become too narrow for the spacing of floating-point numbers to a neighbour:
         * the density closes up, and at a quantile it then is about the mass on the thinner side over a length.
         */
        private static double[] resolvable(double[] p) {
            double[] result = p.clone();
            double[] above = new double[p.length + 1];
            for (int i = p.length - 1; i >= 0; i--) {
                above[i] = above[i + 1] + p[i];
            }
            double below = 0.0;
            int kept = -1;
            double carried = 0.0;
            for (int i = 0; i < p.length; i++) {
                below += p[i];
                double side = Math.min(below, above[i]);
                if (p[i] > NEGLIGIBLE && p[i] >= NARROW * side) {
                    result[i] += carried;
                    carried = 0.0;
                    kept = i;
                } else if (kept >= 0) {
                    result[kept] += p[i];
                    result[i] = 0.0;
                } else {
                    carried += p[i];
                    result[i] = 0.0;
                }
            }
            return result;
        }

        Density density() {
            double[] values = new double[masses.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = masses[i] / (edges[i + 1] - edges[i]);
            }
            // A grid has two cells at least.
            return values.length == 1
                    ? Density.of(Grid.of(Axis.uniform(edges[0], edges[1], 2)), values[0], values[0])
                    : Density.of(Grid.of(Axis.of(edges)), values);
        }

        /** F of the cells of the last density. */
        JkoFunctional functional() {
            double energetic = 0.0;
            double entropic = 0.0;
            for (int i = 0; i < masses.length; i++) {
                energetic += masses[i] * meanPotential(lower[i], upper[i]);
                entropic += masses[i] * Math.log(masses[i] / (upper[i] - lower[i]));
            }
            return new JkoFunctional(energetic, temperature.value() * entropic);
        }

        JkoStep next() {
            int iterations = 0;
            double change;
            do {
                if (iterations == MAX_ITERATIONS) {
                    throw new ConvergenceException(
                            "Newton's method for a JKO step did not converge", largestChange(), iterations, TOLERANCE);
                }
                linearise();
                solveTridiagonal();
                change = largestChange();
                search();
                iterations++;
            } while (!(change <= TOLERANCE));
            requireConvexity();
            double distance = Math.sqrt(squaredDistance(edges) / diffusion);
            for (int i = 0; i < masses.length; i++) {
                lower[i] = edges[i];
                upper[i] = edges[i + 1];
            }
            return new JkoStep(distance, iterations, change);
        }

        private double meanPotential(double from, double to) {
            double mean = 0.0;
            for (int g = 0; g < NODES.length; g++) {
                point[0] = from + NODES[g] * (to - from);
                mean += WEIGHTS[g] * potential.at(point);
            }
            return mean;
        }

        private double slopeAt(double x) {
            point[0] = x;
            potential.gradient(point, slope);
            if (!(Math.abs(slope[0]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "potential must have a finite derivative, got " + slope[0] + " at x = " + x);
            }
            return slope[0];
        }

        private double curvatureAt(double x) {
            double h = 1e-5 * Math.max(1.0, Math.abs(x));
            return (slopeAt(x + h) - slopeAt(x - h)) / (2.0 * h);
        }

        private double squaredDistance(double[] at) {
            double sum = 0.0;
            for (int i = 0; i < masses.length; i++) {
                double first = at[i] - lower[i];
                double second = at[i + 1] - upper[i];
                sum += masses[i] * (first * first + first * second + second * second) / 3.0;
            }
            return sum;
        }

        /** W₂²/(2τ) + F; +∞ where quantiles are out of order. */
        private double objective(double[] at) {
            double sum = squaredDistance(at) / (2.0 * diffusion * stepSize);
            for (int i = 0; i < masses.length; i++) {
                double width = at[i + 1] - at[i];
                if (!(width > 0.0)) {
                    return Double.POSITIVE_INFINITY;
                }
                sum += masses[i]
                        * (meanPotential(at[i], at[i + 1]) + temperature.value() * Math.log(masses[i] / width));
            }
            return sum;
        }

        /** Gradient and Hessian of the objective at the edges. */
        private void linearise() {
            Arrays.fill(gradient, 0.0);
            Arrays.fill(diagonal, 0.0);
            double pull = 1.0 / (diffusion * stepSize);
            double inverseBeta = temperature.value();
            for (int i = 0; i < masses.length; i++) {
                double p = masses[i];
                double first = edges[i] - lower[i];
                double second = edges[i + 1] - upper[i];
                double width = edges[i + 1] - edges[i];
                double left = pull * (2.0 * first + second) / 6.0 + inverseBeta / width;
                double right = pull * (first + 2.0 * second) / 6.0 - inverseBeta / width;
                double spread = inverseBeta / (width * width);
                double leftLeft = pull / 3.0 + spread;
                double rightRight = leftLeft;
                double leftRight = pull / 6.0 - spread;
                for (int g = 0; g < NODES.length; g++) {
                    double s = NODES[g];
                    double x = edges[i] + s * width;
                    double force = WEIGHTS[g] * slopeAt(x);
                    left += (1.0 - s) * force;
                    right += s * force;
                    // Never so negative that the Hessian is not positive definite: a longer τ is refused at the end.
                    double curvature = WEIGHTS[g] * Math.max(curvatureAt(x), -0.99 * pull);
                    leftLeft += (1.0 - s) * (1.0 - s) * curvature;
                    leftRight += (1.0 - s) * s * curvature;
                    rightRight += s * s * curvature;
                }
                gradient[i] += p * left;
                gradient[i + 1] += p * right;
                diagonal[i] += p * leftLeft;
                diagonal[i + 1] += p * rightRight;
                offDiagonal[i] = p * leftRight;
            }
        }

        /** Overwrites the diagonal by the Newton step, −Hessian⁻¹ gradient. */
        private void solveTridiagonal() {
            double[] step = new double[edges.length];
            step[0] = -gradient[0];
            for (int i = 1; i < edges.length; i++) {
                double factor = offDiagonal[i - 1] / diagonal[i - 1];
                diagonal[i] -= factor * offDiagonal[i - 1];
                step[i] = -gradient[i] - factor * step[i - 1];
            }
            for (int i = edges.length - 1; i >= 0; i--) {
                double known = i + 1 < edges.length ? offDiagonal[i] * step[i + 1] : 0.0;
                step[i] = (step[i] - known) / diagonal[i];
            }
            System.arraycopy(step, 0, diagonal, 0, step.length);
        }

        /** The largest relative change of a cell by the Newton step, without what may be rounding of its edges. */
        private double largestChange() {
            double rounding = 16.0 * Math.ulp(Math.max(Math.abs(edges[0]), Math.abs(edges[edges.length - 1])));
            double largest = 0.0;
            for (int i = 0; i < masses.length; i++) {
                double width = edges[i + 1] - edges[i];
                double change = (Math.abs(diagonal[i + 1] - diagonal[i]) - rounding) / width;
                // In this order NaN stays.
                largest = change <= largest ? largest : change;
            }
            return largest;
        }

        /**
         * Goes along the Newton step until the objective decreases enough. Widths that grow do so along it, a width that
         * shrinks is divided by 1 + |relative change| and stays positive: that is Newton's step for its reciprocal, in which
         * the derivative of the entropy is linear. The mean moves as it does along the step.
         */
        private void search() {
            double descent = 0.0;
            for (int i = 0; i < edges.length; i++) {
                descent += gradient[i] * diagonal[i];
            }
            double before = objective(edges);
            // Near the minimum the decrease is below the rounding of the objective.
            double slack = 1e-14 * (1.0 + Math.abs(before));
            double[] trial = new double[edges.length];
            double length = 1.0;
            for (int halvings = 0; halvings < 40; halvings++) {
                move(length, trial);
                if (objective(trial) <= before + 1e-4 * length * descent + slack) {
                    break;
                }
                length *= 0.5;
            }
            System.arraycopy(trial, 0, edges, 0, trial.length);
        }

        private void move(double length, double[] trial) {
            double total = 0.0;
            double lag = 0.0;
            trial[0] = edges[0];
            for (int i = 0; i < masses.length; i++) {
                double width = edges[i + 1] - edges[i];
                double growth = length * (diagonal[i + 1] - diagonal[i]) / width;
                trial[i + 1] = trial[i] + (growth > 0.0 ? width * (1.0 + growth) : width / (1.0 - growth));
                double wanted = edges[i] + edges[i + 1] + length * (diagonal[i] + diagonal[i + 1]);
                lag += 0.5 * masses[i] * (wanted - trial[i] - trial[i + 1]);
                total += masses[i];
            }
            for (int i = 0; i < trial.length; i++) {
                trial[i] += lag / total;
            }
        }

        /** Both the last density and the next must be where 1/(Dτ) + Φ″ is positive. */
        private void requireConvexity() {
            double lowest = 0.0;
            for (int i = 0; i < masses.length; i++) {
                for (double node : NODES) {
                    lowest = Math.min(lowest, curvatureAt(lower[i] + node * (upper[i] - lower[i])));
                    lowest = Math.min(lowest, curvatureAt(edges[i] + node * (edges[i + 1] - edges[i])));
                }
            }
            double longest = 1.0 / (diffusion * -lowest);
            if (lowest < 0.0 && !(stepSize < longest)) {
                throw new IllegalArgumentException("stepSize must be less than 1/(D max(−Φ″)) = " + longest
                        + " for the step to have one minimum, got " + stepSize);
            }
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "JKO scheme in %d quantiles at %s", pieces, temperature);
    }
}
