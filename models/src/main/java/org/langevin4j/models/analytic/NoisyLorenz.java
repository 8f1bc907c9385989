package org.langevin4j.models.analytic;

import java.util.List;
import java.util.OptionalDouble;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * The equations of Lorenz (1963) with noise, D = I.
 *
 * <pre>
 * b(x, y, z) = (σ(y − x), x(r − z) − y, xy − bz),   ∇·b = −(σ + 1 + b)
 * </pre>
 *
 * <p>For r > 1 there are two points of steady rolls, (±√(b(r−1)), ±√(b(r−1)), r − 1), stable up to r = σ(σ + b + 3)/(σ − b − 1) if σ > b +
 * 1. The stationary law has E[xy] = bE[z], E[x²] = E[xy] + β⁻¹/σ and E[y²] + bE[z²] = rE[xy] + 2β⁻¹ at every temperature: the
 * generator applied to z, x² and y² + z².
 *
 * @param sigma σ > 0
 * @param rayleigh r > 0
 * @param geometry b > 0
 */
public record NoisyLorenz(double sigma, double rayleigh, double geometry) implements Model {

    private static final Parameter SIGMA = Parameter.of("sigma", 10.0, Range.POSITIVE, "1", "σ, Prandtl number");
    private static final Parameter RAYLEIGH =
            Parameter.of("rayleigh", 28.0, Range.POSITIVE, "1", "r, Rayleigh number over its critical value");
    private static final Parameter GEOMETRY =
            Parameter.of("geometry", 8.0 / 3.0, Range.POSITIVE, "1", "b, aspect of the rolls");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public NoisyLorenz {
        SIGMA.at(sigma);
        RAYLEIGH.at(rayleigh);
        GEOMETRY.at(geometry);
    }

    /** The default parameters. */
    public NoisyLorenz() {
        this(SIGMA.defaultValue(), RAYLEIGH.defaultValue(), GEOMETRY.defaultValue());
    }

    @Override
    public String name() {
        return "noisy-lorenz";
    }

    @Override
    public String description() {
        return "Lorenz equations with noise, ẋ = σ(y − x), ẏ = x(r − z) − y, ż = xy − bz, D = I";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SIGMA.at(sigma), RAYLEIGH.at(rayleigh), GEOMETRY.at(geometry));
    }

    @Override
    public NoisyLorenz withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new NoisyLorenz(values[0], values[1], values[2]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x", "y", "z");
    }

    @Override
    public List<String> sources() {
        return List.of("Lorenz (1963), J. Atmos. Sci. 20, 130", "Sparrow (1982), The Lorenz Equations");
    }

    /**
     * The equation in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.isotropic(3, 1.0), temperature);
    }

    /**
     * The drift.
     *
     * @return b with its Jacobian
     */
    public DifferentiableField drift() {
        return new Drift(sigma, rayleigh, geometry);
    }

    private record Drift(double sigma, double rayleigh, double geometry) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = sigma * (x[1] - x[0]);
            out[1] = x[0] * (rayleigh - x[2]) - x[1];
            out[2] = x[0] * x[1] - geometry * x[2];
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], x[2], paths, out[0], out[1], out[2]);
        }

        private void block(
                double[] x0, double[] x1, double[] x2, int paths, double[] out0, double[] out1, double[] out2) {
            for (int p = 0; p < paths; p++) {
                out0[p] = sigma * (x1[p] - x0[p]);
                out1[p] = x0[p] * (rayleigh - x2[p]) - x1[p];
                out2[p] = x0[p] * x1[p] - geometry * x2[p];
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            out[0] = -sigma;
            out[1] = sigma;
            out[2] = 0.0;
            out[3] = rayleigh - x[2];
            out[4] = -1.0;
            out[5] = -x[0];
            out[6] = x[1];
            out[7] = x[0];
            out[8] = -geometry;
        }
    }

    @Override
    public List<double[]> restingPoints() {
        if (!(rayleigh > 1.0)) {
            return List.of(new double[3]);
        }
        double roll = Math.sqrt(geometry * (rayleigh - 1.0));
        return List.of(
                new double[3], new double[] {roll, roll, rayleigh - 1.0}, new double[] {-roll, -roll, rayleigh - 1.0});
    }

    /**
     * The Rayleigh number at which steady rolls become unstable by a subcritical Hopf bifurcation.
     *
     * @return σ(σ + b + 3)/(σ − b − 1); empty if σ ≤ b + 1, where they stay stable
     */
    public OptionalDouble criticalRayleigh() {
        double excess = sigma - geometry - 1.0;
        return excess > 0.0 ? OptionalDouble.of(sigma * (sigma + geometry + 3.0) / excess) : OptionalDouble.empty();
    }
}
