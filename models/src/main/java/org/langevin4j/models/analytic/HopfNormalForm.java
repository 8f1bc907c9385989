package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.model.DriftCycle;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * The normal form of the supercritical Hopf bifurcation with D = I: for μ > 0 a limit cycle of the drift, and, unlike Example
 * 19 of Chaudhari and Soatto (2018), a system that satisfies their Assumption 4.
 *
 * <pre>
 * b(x) = (μx₁ − ωx₂ − x₁r², ωx₁ + μx₂ − x₂r²),   r² = x₁² + x₂²
 * Φ(x) = r⁴/4 − μr²/2,   j(x) = ω(−x₂, x₁),   b = j − ∇Φ,   ∇·j = 0,   j·∇Φ = 0
 * Q(x) = q [[0, 1], [−1, 0]],   q = (ω/2) √(πβ) e^(βz²) erfc(√β z),   z = (r² − μ)/2
 * </pre>
 *
 * <p>Hence ρˢˢ ∝ e^(−βΦ) at every temperature, with a Q that depends on it. For μ > 0 the cycle is r = √μ with period 2π/|ω|
 * and Floquet multiplier e^(−4πμ/|ω|); it attracts by r′ = μr − r³ (Guckenheimer and Holmes 1983, Section 3.4).
 *
 * @param mu μ, finite
 * @param omega ω, finite
 */
public record HopfNormalForm(double mu, double omega) implements Model {

    private static final Parameter MU = Parameter.of("mu", 1.0, Range.FINITE, "1/time", "growth rate at the origin");
    private static final Parameter OMEGA = Parameter.of("omega", 2.0, Range.FINITE, "1/time", "angular velocity");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    public HopfNormalForm {
        MU.at(mu);
        OMEGA.at(omega);
    }

    /** μ = 1, ω = 2. */
    public HopfNormalForm() {
        this(MU.defaultValue(), OMEGA.defaultValue());
    }

    @Override
    public String name() {
        return "hopf-normal-form";
    }

    @Override
    public String description() {
        return "supercritical Hopf bifurcation, ż = (μ + iω)z − |z|²z + noise, D = I";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(MU.at(mu), OMEGA.at(omega));
    }

    @Override
    public HopfNormalForm withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new HopfNormalForm(values[0], values[1]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x1", "x2");
    }

    @Override
    public List<String> sources() {
        return List.of("Guckenheimer and Holmes (1983), Section 3.4");
    }

    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        return Optional.of(momentsOfRing(mu, temperature));
    }

    /** Under ρ ∝ e^(−β(r⁴/4 − μr²/2)) r² is a normal number of mean μ and variance 2β⁻¹ that is known to be positive. */
    static StationaryMoments momentsOfRing(double mu, Temperature temperature) {
        double half = 0.5 * meanSquareRadius(mu, temperature);
        return StationaryMoments.uncorrelated(new double[2], half, half);
    }

    /** E[r²] = μ + s√(2/π)/erfcx(−μ/(s√2)) with s² = 2β⁻¹, a truncated normal law. */
    static double meanSquareRadius(double mu, Temperature temperature) {
        double s = Math.sqrt(2.0 * temperature.value());
        double mills = ScaledErfc.at(-mu / (s * Math.sqrt(2.0)));
        if (mu < -8.0 * s) {
            // Two nearly equal terms cancel: s²/|μ|·(1 − 2/a² + 10/a⁴ − 74/a⁶ + 706/a⁸), a = |μ|/s.
            double a2 = mu * mu / (s * s);
            return s * s / -mu * (1.0 - (2.0 - (10.0 - (74.0 - 706.0 / a2) / a2) / a2) / a2);
        }
        return mu + s * Math.sqrt(2.0 / Math.PI) / mills;
    }

    @Override
    public Optional<DriftCycle> cycle() {
        return mu > 0.0 && omega != 0.0
                ? Optional.of(new DriftCycle(2.0 * Math.PI / Math.abs(omega), Math.sqrt(mu)))
                : Optional.empty();
    }

    @Override
    public List<double[]> restingPoints() {
        return List.of(new double[2]);
    }

    /**
     * The equation dx = b dt + √(2β⁻¹) dW in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.isotropic(2, 1.0), temperature);
    }

    /**
     * (Φ, I, Q) of one temperature: there its drift by eq. (19) is {@link #drift()}.
     *
     * @param temperature β⁻¹
     * @return the decomposition
     */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        return Optional.of(new Decomposition(potential(), Diffusion.isotropic(2, 1.0), antisymmetric(temperature)));
    }

    /**
     * The drift.
     *
     * @return b
     */
    public VectorField drift() {
        return new Drift(mu, omega);
    }

    private record Drift(double mu, double omega) implements VectorField {

        @Override
        public void at(double[] x, double[] out) {
            double growth = mu - (x[0] * x[0] + x[1] * x[1]);
            double first = growth * x[0] - omega * x[1];
            out[1] = omega * x[0] + growth * x[1];
            out[0] = first;
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], paths, out[0], out[1]);
        }

        private void block(double[] x0, double[] x1, int paths, double[] out0, double[] out1) {
            for (int p = 0; p < paths; p++) {
                double growth = mu - (x0[p] * x0[p] + x1[p] * x1[p]);
                out0[p] = growth * x0[p] - omega * x1[p];
                out1[p] = omega * x0[p] + growth * x1[p];
            }
        }
    }

    /**
     * The potential, the same at every temperature.
     *
     * @return Φ = r⁴/4 − μr²/2 with its gradient (r² − μ)x
     */
    public Potential potential() {
        return Potential.of(
                x -> {
                    double r2 = x[0] * x[0] + x[1] * x[1];
                    return 0.25 * r2 * r2 - 0.5 * mu * r2;
                },
                (x, out) -> {
                    double slope = x[0] * x[0] + x[1] * x[1] - mu;
                    out[0] = slope * x[0];
                    out[1] = slope * x[1];
                });
    }

    /**
     * The conservative force (eq. 8).
     *
     * @return j = ω(−x₂, x₁)
     */
    public VectorField conservativeForce() {
        return (x, out) -> {
            double first = -omega * x[1];
            out[1] = omega * x[0];
            out[0] = first;
        };
    }

    /**
     * The antisymmetric matrix of eq. (19), from Jˢˢ = β⁻¹∇·(Qρˢˢ) with Qρˢˢ → 0 at infinity.
     *
     * @param temperature β⁻¹
     * @return Q
     */
    public AntisymmetricField antisymmetric(Temperature temperature) {
        double beta = temperature.beta();
        return AntisymmetricField.planar(Potential.of(x -> q(x, beta), (x, out) -> {
            // dq/dz = β(2zq − ω), since the scaled erfc has the slope 2zE − 2/√π; ∇z = x.
            double slope = beta * ((x[0] * x[0] + x[1] * x[1] - mu) * q(x, beta) - omega);
            out[0] = slope * x[0];
            out[1] = slope * x[1];
        }));
    }

    private double q(double[] x, double beta) {
        double z = 0.5 * (x[0] * x[0] + x[1] * x[1] - mu);
        return 0.5 * omega * Math.sqrt(Math.PI * beta) * ScaledErfc.at(Math.sqrt(beta) * z);
    }
}
