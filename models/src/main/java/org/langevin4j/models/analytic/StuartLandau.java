package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.model.DriftCycle;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * The Stuart–Landau oscillator with shear and D = I: the angular velocity depends on the radius, so that noise across the
 * cycle becomes noise along it.
 *
 * <pre>
 * b(x) = (μ − r²)x + (ω − qr²)(−x₂, x₁),   r² = x₁² + x₂²
 * Φ(x) = r⁴/4 − μr²/2,   j(x) = (ω − qr²)(−x₂, x₁),   ∇·j = 0,   j·∇Φ = 0
 * Q(x) = Q₁₂ [[0, 1], [−1, 0]],   Q₁₂ = ½(ω − qμ)√(πβ) e^(βz²) erfc(√β z) − q,   z = (r² − μ)/2
 * </pre>
 *
 * <p>Hence ρˢˢ ∝ e^(−βΦ) at every temperature. For μ > 0 the cycle is r = √μ with angular velocity ω − qμ. The phase that
 * grows steadily off the cycle too is θ − q ln(r/√μ); its gradient on the cycle has the square (1 + q²)/μ, and weak noise makes
 * it diffuse with D_φ = β⁻¹(1 + q²)/μ, the variance being 2D_φt. Without shear it is {@link HopfNormalForm}.
 *
 * @param mu μ, finite
 * @param omega ω, finite
 * @param shear q, finite
 */
public record StuartLandau(double mu, double omega, double shear) implements Model {

    private static final Parameter MU = Parameter.of("mu", 1.0, Range.FINITE, "1/time", "growth rate at the origin");
    private static final Parameter OMEGA =
            Parameter.of("omega", 2.0, Range.FINITE, "1/time", "angular velocity at the origin");
    private static final Parameter SHEAR =
            Parameter.of("shear", 1.0, Range.FINITE, "1", "q, how the angular velocity falls with the squared radius");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public StuartLandau {
        MU.at(mu);
        OMEGA.at(omega);
        SHEAR.at(shear);
    }

    /** The default parameters. */
    public StuartLandau() {
        this(MU.defaultValue(), OMEGA.defaultValue(), SHEAR.defaultValue());
    }

    @Override
    public String name() {
        return "stuart-landau";
    }

    @Override
    public String description() {
        return "Stuart–Landau oscillator with shear, ż = (μ + iω)z − (1 + iq)|z|²z + noise, D = I";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(MU.at(mu), OMEGA.at(omega), SHEAR.at(shear));
    }

    @Override
    public StuartLandau withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new StuartLandau(values[0], values[1], values[2]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x1", "x2");
    }

    @Override
    public List<String> sources() {
        return List.of(
                "Kuramoto (1984), Chemical Oscillations, Waves, and Turbulence, Section 2.2",
                "Teramae, Nakao and Ermentrout (2009), Phys. Rev. Lett. 102, 194102");
    }

    /**
     * The equation in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.isotropic(2, 1.0), temperature);
    }

    /**
     * The drift.
     *
     * @return b with its Jacobian
     */
    public DifferentiableField drift() {
        return new Drift(mu, omega, shear);
    }

    private record Drift(double mu, double omega, double shear) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            double r2 = x[0] * x[0] + x[1] * x[1];
            double growth = mu - r2;
            double turn = omega - shear * r2;
            double first = growth * x[0] - turn * x[1];
            out[1] = turn * x[0] + growth * x[1];
            out[0] = first;
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], paths, out[0], out[1]);
        }

        private void block(double[] x0, double[] x1, int paths, double[] out0, double[] out1) {
            for (int p = 0; p < paths; p++) {
                double r2 = x0[p] * x0[p] + x1[p] * x1[p];
                double growth = mu - r2;
                double turn = omega - shear * r2;
                out0[p] = growth * x0[p] - turn * x1[p];
                out1[p] = turn * x0[p] + growth * x1[p];
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            double r2 = x[0] * x[0] + x[1] * x[1];
            double growth = mu - r2;
            double turn = omega - shear * r2;
            out[0] = growth - 2.0 * x[0] * (x[0] - shear * x[1]);
            out[1] = -turn - 2.0 * x[1] * (x[0] - shear * x[1]);
            out[2] = turn - 2.0 * x[0] * (shear * x[0] + x[1]);
            out[3] = growth - 2.0 * x[1] * (shear * x[0] + x[1]);
        }
    }

    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        double beta = temperature.beta();
        Potential q = Potential.of(x -> q(x, beta), (x, out) -> {
            double z = 0.5 * (x[0] * x[0] + x[1] * x[1] - mu);
            double slope = beta * (2.0 * z * (q(x, beta) + shear) - (omega - shear * mu));
            out[0] = slope * x[0];
            out[1] = slope * x[1];
        });
        return Optional.of(new Decomposition(
                new HopfNormalForm(mu, omega).potential(), Diffusion.isotropic(2, 1.0), AntisymmetricField.planar(q)));
    }

    private double q(double[] x, double beta) {
        double z = 0.5 * (x[0] * x[0] + x[1] * x[1] - mu);
        return 0.5 * (omega - shear * mu) * Math.sqrt(Math.PI * beta) * ScaledErfc.at(Math.sqrt(beta) * z) - shear;
    }

    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        return Optional.of(HopfNormalForm.momentsOfRing(mu, temperature));
    }

    @Override
    public Optional<DriftCycle> cycle() {
        double turn = Math.abs(omega - shear * mu);
        return mu > 0.0 && turn > 0.0
                ? Optional.of(new DriftCycle(2.0 * Math.PI / turn, Math.sqrt(mu)))
                : Optional.empty();
    }

    @Override
    public List<double[]> restingPoints() {
        return List.of(new double[2]);
    }

    /**
     * The mean angular velocity of the stationary law, at any temperature.
     *
     * @param temperature β⁻¹
     * @return ω − qE[r²]
     */
    public double meanRotation(Temperature temperature) {
        return omega - shear * HopfNormalForm.meanSquareRadius(mu, temperature);
    }

    /**
     * How fast the phase spreads under weak noise, for μ > 0: its variance grows as 2D_φt.
     *
     * @param temperature β⁻¹
     * @return D_φ = β⁻¹(1 + q²)/μ
     * @throws IllegalArgumentException if μ is not positive: there is no cycle
     */
    public double phaseDiffusion(Temperature temperature) {
        if (!(mu > 0.0)) {
            throw new IllegalArgumentException("mu must be positive for a cycle, got " + mu);
        }
        return temperature.value() * (1.0 + shear * shear) / mu;
    }
}
