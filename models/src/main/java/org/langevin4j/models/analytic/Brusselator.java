package org.langevin4j.models.analytic;

import java.util.List;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * The Brusselator, ∅ → X, X → Y, 2X + Y → 3X, X → ∅, by its chemical Langevin equation.
 *
 * <pre>
 * b(x, y) = (A − (B + 1)x + x²y, Bx − x²y)
 * D(x, y) = ½ [[A + x + e, −e], [−e, e]],   e = Bx + x²y,   β = volume
 * </pre>
 *
 * <p>The resting point (A, B/A) has a Jacobian of trace B − 1 − A² and determinant A²: for B > 1 + A² it is unstable inside of a
 * limit cycle, which is born with angular frequency A. Concentrations below zero make no sense; where an intensity becomes
 * negative the noise is NaN.
 *
 * @param feed A > 0
 * @param conversion B > 0
 */
public record Brusselator(double feed, double conversion) implements Model {

    private static final Parameter FEED =
            Parameter.of("feed", 1.0, Range.POSITIVE, "concentration/time", "A, supply of x");
    private static final Parameter CONVERSION =
            Parameter.of("conversion", 2.5, Range.POSITIVE, "1/time", "B, conversion of x to y");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Brusselator {
        FEED.at(feed);
        CONVERSION.at(conversion);
    }

    /** The default parameters. */
    public Brusselator() {
        this(FEED.defaultValue(), CONVERSION.defaultValue());
    }

    @Override
    public String name() {
        return "brusselator";
    }

    @Override
    public String description() {
        return "Brusselator, ẋ = A − (B + 1)x + x²y, ẏ = Bx − x²y, chemical Langevin noise";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(FEED.at(feed), CONVERSION.at(conversion));
    }

    @Override
    public Brusselator withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new Brusselator(values[0], values[1]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x", "y");
    }

    @Override
    public List<String> sources() {
        return List.of(
                "Prigogine and Lefever (1968), J. Chem. Phys. 48, 1695", "Gillespie (2000), J. Chem. Phys. 113, 297");
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
        return new Drift(feed, conversion);
    }

    /**
     * The diffusion matrix.
     *
     * @return D with a factor of two noises, of x alone and of the exchange of x and y
     */
    public Diffusion diffusion() {
        return new Noise(feed, conversion);
    }

    private record Drift(double feed, double conversion) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            double exchange = x[0] * (conversion - x[0] * x[1]);
            out[0] = feed - x[0] - exchange;
            out[1] = exchange;
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], paths, out[0], out[1]);
        }

        private void block(double[] x0, double[] x1, int paths, double[] out0, double[] out1) {
            for (int p = 0; p < paths; p++) {
                double exchange = x0[p] * (conversion - x0[p] * x1[p]);
                out0[p] = feed - x0[p] - exchange;
                out1[p] = exchange;
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            double byX = conversion - 2.0 * x[0] * x[1];
            double byY = -x[0] * x[0];
            out[0] = -1.0 - byX;
            out[1] = -byY;
            out[2] = byX;
            out[3] = byY;
        }
    }

    private record Noise(double feed, double conversion) implements ReactionNoise {

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
            return i == 0 ? (k == 0 ? 1.0 : -1.0) : k;
        }

        @Override
        public void intensities(double[] x, double[] out) {
            out[0] = 0.5 * (feed + x[0]);
            out[1] = 0.5 * (x[0] * (conversion + x[0] * x[1]));
        }

        @Override
        public void intensitiesBlock(double[][] x, int paths, double[][] out) {
            for (int p = 0; p < paths; p++) {
                out[0][p] = 0.5 * (feed + x[0][p]);
                out[1][p] = 0.5 * (x[0][p] * (conversion + x[0][p] * x[1][p]));
            }
        }

        @Override
        public void intensityGradients(double[] x, double[] out) {
            out[0] = 0.5;
            out[1] = 0.0;
            out[2] = 0.5 * conversion + x[0] * x[1];
            out[3] = 0.5 * x[0] * x[0];
        }
    }

    @Override
    public List<double[]> restingPoints() {
        return List.of(new double[] {feed, conversion / feed});
    }

    /**
     * The conversion at which the limit cycle is born.
     *
     * @return 1 + A²
     */
    public double criticalConversion() {
        return 1.0 + feed * feed;
    }
}
