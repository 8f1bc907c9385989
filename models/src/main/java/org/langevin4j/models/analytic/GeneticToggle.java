package org.langevin4j.models.analytic;

import java.util.List;
import java.util.OptionalDouble;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * The genetic toggle switch by its chemical Langevin equation: two genes, each of which represses the other.
 *
 * <pre>
 * b(x, y) = (h(y) − x, h(x) − y),   h(u) = a/(1 + uⁿ)
 * D(x, y) = diag(h(y) + x, h(x) + y)/2,   β = volume
 * </pre>
 *
 * <p>Concentrations in units in which degradation has rate 1. There is one symmetric resting point, x = y = h(x); it loses its
 * stability at a = n(n − 1)^(−1−1/n), beyond which there are two more, for n = 2 at x, y = (a ± √(a² − 4))/2. For n = 1 there is
 * no bistability. Concentrations below zero make no sense, but at small volumes a path may get there: keep it by reflecting
 * walls at zero; where D becomes negative the noise is NaN.
 *
 * @param production a > 0
 * @param cooperativity n, a whole number
 */
public record GeneticToggle(double production, int cooperativity) implements Model {

    private static final Parameter PRODUCTION =
            Parameter.of("production", 4.0, Range.POSITIVE, "concentration/time", "a, largest rate of production");
    private static final Parameter COOPERATIVITY =
            Parameter.of("cooperativity", 2, Range.whole(1, 16), "1", "n, molecules that repress together");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public GeneticToggle {
        PRODUCTION.at(production);
        COOPERATIVITY.at(cooperativity);
    }

    /** The default parameters. */
    public GeneticToggle() {
        this(PRODUCTION.defaultValue(), (int) COOPERATIVITY.defaultValue());
    }

    @Override
    public String name() {
        return "genetic-toggle";
    }

    @Override
    public String description() {
        return "two genes that repress each other, ẋ = a/(1 + yⁿ) − x, ẏ = a/(1 + xⁿ) − y, chemical Langevin noise";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(PRODUCTION.at(production), COOPERATIVITY.at(cooperativity));
    }

    @Override
    public GeneticToggle withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new GeneticToggle(values[0], (int) COOPERATIVITY.at(values[1]).value());
    }

    @Override
    public List<String> coordinates() {
        return List.of("x", "y");
    }

    @Override
    public List<String> sources() {
        return List.of(
                "Gardner, Cantor and Collins (2000), Nature 403, 339", "Gillespie (2000), J. Chem. Phys. 113, 297");
    }

    /**
     * The equation in the Itô calculus; β⁻¹ is one over the volume.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), diffusion(), temperature);
    }

    /**
     * The drift.
     *
     * @return b with its Jacobian
     */
    public DifferentiableField drift() {
        return new Drift(production, cooperativity);
    }

    /**
     * The diffusion matrix.
     *
     * @return diag(h(y) + x, h(x) + y)/2 with its derivatives
     */
    public Diffusion diffusion() {
        return new Noise(production, cooperativity);
    }

    /** uⁿ by products: the same bits everywhere. */
    private static double power(double u, int n) {
        double product = u;
        for (int k = 1; k < n; k++) {
            product *= u;
        }
        return product;
    }

    private static double hill(double production, int n, double u) {
        return production / (1.0 + power(u, n));
    }

    /** h′(u) = −a n uⁿ⁻¹/(1 + uⁿ)². */
    private static double slope(double production, int n, double u) {
        double below = n == 1 ? 1.0 : power(u, n - 1);
        double sum = 1.0 + below * u;
        return -production * n * below / (sum * sum);
    }

    private record Drift(double production, int n) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = hill(production, n, x[1]) - x[0];
            out[1] = hill(production, n, x[0]) - x[1];
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], paths, out[0], out[1]);
        }

        private void block(double[] x0, double[] x1, int paths, double[] out0, double[] out1) {
            for (int p = 0; p < paths; p++) {
                out0[p] = hill(production, n, x1[p]) - x0[p];
                out1[p] = hill(production, n, x0[p]) - x1[p];
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            out[0] = -1.0;
            out[1] = slope(production, n, x[1]);
            out[2] = slope(production, n, x[0]);
            out[3] = -1.0;
        }
    }

    private record Noise(double production, int n) implements ReactionNoise {

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public int noiseDimension() {
            return 2;
        }

        @Override
        public double direction(int i, int k) {
            return i == k ? 1.0 : 0.0;
        }

        @Override
        public void intensities(double[] x, double[] out) {
            out[0] = 0.5 * (hill(production, n, x[1]) + x[0]);
            out[1] = 0.5 * (hill(production, n, x[0]) + x[1]);
        }

        @Override
        public void intensitiesBlock(double[][] x, int paths, double[][] out) {
            for (int p = 0; p < paths; p++) {
                out[0][p] = 0.5 * (hill(production, n, x[1][p]) + x[0][p]);
                out[1][p] = 0.5 * (hill(production, n, x[0][p]) + x[1][p]);
            }
        }

        @Override
        public void intensityGradients(double[] x, double[] out) {
            out[0] = 0.5;
            out[1] = 0.5 * slope(production, n, x[1]);
            out[2] = 0.5 * slope(production, n, x[0]);
            out[3] = 0.5;
        }
    }

    /**
     * The production at which the symmetric resting point loses its stability.
     *
     * @return a = n(n − 1)^(−1−1/n); empty for n = 1, where it is always stable
     */
    public OptionalDouble criticalProduction() {
        return cooperativity == 1
                ? OptionalDouble.empty()
                : OptionalDouble.of(cooperativity * Math.pow(cooperativity - 1.0, -1.0 - 1.0 / cooperativity));
    }

    /** The symmetric one first; then for n = 2 the two others where they exist. For other n those are not in closed form. */
    @Override
    public List<double[]> restingPoints() {
        double high = Math.max(1.0, production);
        double x = new BracketingNthOrderBrentSolver(1e-15, 1e-15, 5)
                .solve(200, u -> u * (1.0 + power(u, cooperativity)) - production, 0.0, high);
        double[] middle = {x, x};
        if (cooperativity != 2 || !(production > 2.0)) {
            return List.of(middle);
        }
        double large = 0.5 * (production + Math.sqrt((production - 2.0) * (production + 2.0)));
        return List.of(middle, new double[] {large, 1.0 / large}, new double[] {1.0 / large, large});
    }
}
