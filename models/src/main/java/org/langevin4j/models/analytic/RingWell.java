package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.hipparchus.special.elliptic.legendre.LegendreEllipticIntegral;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.model.DriftCycle;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * A ring-shaped valley that is no circle, with a rotation along it, D = I: a limit cycle in a system that satisfies
 * Assumption 4 of Chaudhari and Soatto (2018), and whose speed and width vary along the cycle.
 *
 * <pre>
 * H(x) = x₂²/2 + x₁²/2 + x₁⁴/4                      the energy of Duffing's oscillator
 * Φ(x) = k(H − h)²/2,   j = ω(−∂₂H, ∂₁H),   b = j − ∇Φ,   ∇·j = 0,   j·∇Φ = 0
 * Q(x) = q [[0, 1], [−1, 0]],   q = ω √(πβ/2k) e^(βkz²/2) erfc(z√(βk/2)),   z = H − h
 * </pre>
 *
 * <p>Hence ρˢˢ ∝ e^(−βΦ) at every temperature, with a Q that depends on it: q′(H) = β(Φ′q − ω). The level set H = h is the
 * cycle, x₁ = A cn(√(1+A²) ωt), A² = √(1+4h) − 1; the origin is an unstable focus with eigenvalues kh ± iω. b grows as |x|⁷:
 * an explicit scheme needs short steps or a tamed drift.
 *
 * @param stiffness k > 0
 * @param level h > 0
 * @param omega ω, not zero
 */
public record RingWell(double stiffness, double level, double omega) implements Model {

    private static final Parameter STIFFNESS =
            Parameter.of("stiffness", 1.0, Range.POSITIVE, "1/(energy·time)", "steepness of the valley");
    private static final Parameter LEVEL = Parameter.of("level", 1.0, Range.POSITIVE, "energy", "H along the cycle");
    private static final Parameter OMEGA = Parameter.of("omega", 1.0, Range.NOT_ZERO, "1/time", "speed of rotation");

    /** The trapezoidal rule on a whole turn converges geometrically; m ≤ ½ makes this more than enough. */
    private static final int NODES = 128;

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if k or h is not positive, ω is zero, or one is not finite
     */
    public RingWell {
        STIFFNESS.at(stiffness);
        LEVEL.at(level);
        OMEGA.at(omega);
    }

    /** k = h = ω = 1. */
    public RingWell() {
        this(STIFFNESS.defaultValue(), LEVEL.defaultValue(), OMEGA.defaultValue());
    }

    @Override
    public String name() {
        return "ring-well";
    }

    @Override
    public String description() {
        return "ring-shaped valley with rotation, b = ω(−∂₂H, ∂₁H) − ∇Φ, Φ = k(H − h)²/2, H = (x₁² + x₂²)/2 + x₁⁴/4, D = I";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(STIFFNESS.at(stiffness), LEVEL.at(level), OMEGA.at(omega));
    }

    @Override
    public RingWell withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new RingWell(values[0], values[1], values[2]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x1", "x2");
    }

    @Override
    public List<String> sources() {
        return List.of("an example of Assumption 4 of Chaudhari and Soatto (2018) with elliptic integrals");
    }

    @Override
    public Optional<DriftCycle> cycle() {
        return Optional.of(new DriftCycle(period(), amplitude()));
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

    private static double energy(double x, double y) {
        return 0.5 * (x * x + y * y) + 0.25 * x * x * x * x;
    }

    /**
     * The energy, of which the loops of j are the level sets.
     *
     * @return H with its gradient (x₁ + x₁³, x₂)
     */
    public Potential energy() {
        return Potential.of(x -> energy(x[0], x[1]), (x, out) -> {
            out[0] = x[0] + x[0] * x[0] * x[0];
            out[1] = x[1];
        });
    }

    /**
     * The drift.
     *
     * @return b = j − ∇Φ with its Jacobian
     */
    public DifferentiableField drift() {
        return new Drift(stiffness, level, omega);
    }

    private record Drift(double stiffness, double level, double omega) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            double slope = x[0] * (1.0 + x[0] * x[0]);
            double pull = -stiffness * (energy(x[0], x[1]) - level);
            double first = pull * slope - omega * x[1];
            out[1] = pull * x[1] + omega * slope;
            out[0] = first;
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], paths, out[0], out[1]);
        }

        private void block(double[] x0, double[] x1, int paths, double[] out0, double[] out1) {
            for (int p = 0; p < paths; p++) {
                double slope = x0[p] * (1.0 + x0[p] * x0[p]);
                double pull = -stiffness * (energy(x0[p], x1[p]) - level);
                out0[p] = pull * slope - omega * x1[p];
                out1[p] = pull * x1[p] + omega * slope;
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            double slope = x[0] * (1.0 + x[0] * x[0]);
            double curvature = 1.0 + 3.0 * x[0] * x[0];
            double pull = -stiffness * (energy(x[0], x[1]) - level);
            out[0] = pull * curvature - stiffness * slope * slope;
            out[1] = -omega - stiffness * slope * x[1];
            out[2] = omega * curvature - stiffness * slope * x[1];
            out[3] = pull - stiffness * x[1] * x[1];
        }
    }

    /**
     * The potential, the same at every temperature.
     *
     * @return Φ with its gradient k(H − h)∇H
     */
    public Potential potential() {
        return Potential.of(
                x -> {
                    double z = energy(x[0], x[1]) - level;
                    return 0.5 * stiffness * z * z;
                },
                (x, out) -> {
                    double pull = stiffness * (energy(x[0], x[1]) - level);
                    out[0] = pull * x[0] * (1.0 + x[0] * x[0]);
                    out[1] = pull * x[1];
                });
    }

    /**
     * The conservative force (eq. 8).
     *
     * @return j = ω(−x₂, x₁ + x₁³)
     */
    public VectorField conservativeForce() {
        return (x, out) -> {
            double first = -omega * x[1];
            out[1] = omega * x[0] * (1.0 + x[0] * x[0]);
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
            double z = energy(x[0], x[1]) - level;
            double slope = beta * (stiffness * z * q(x, beta) - omega);
            out[0] = slope * x[0] * (1.0 + x[0] * x[0]);
            out[1] = slope * x[1];
        }));
    }

    private double q(double[] x, double beta) {
        double z = energy(x[0], x[1]) - level;
        double scale = 0.5 * beta * stiffness;
        return 0.5 * omega * beta * Math.sqrt(Math.PI / scale) * ScaledErfc.at(Math.sqrt(scale) * z);
    }

    /** A² = √(1+4h) − 1, without cancellation. */
    private static double squaredAmplitude(double h) {
        return 4.0 * h / (1.0 + Math.sqrt(1.0 + 4.0 * h));
    }

    /**
     * Where the cycle meets the positive x₁ axis.
     *
     * @return A
     */
    public double amplitude() {
        return Math.sqrt(squaredAmplitude(level));
    }

    /**
     * The period of the cycle.
     *
     * @return T(h)
     */
    public double period() {
        return loopPeriod(level);
    }

    /**
     * The period of the loop H = h′ of ẋ = j(x), that of Duffing's oscillator.
     *
     * @param energy h′ > 0
     * @return 4K(m)/(|ω|√(1+A²)) with the parameter m = A²/(2(1+A²))
     */
    public double loopPeriod(double energy) {
        if (!(energy > 0.0)) {
            throw new IllegalArgumentException("energy must be positive, got " + energy);
        }
        double a2 = squaredAmplitude(energy);
        return 4.0 * LegendreEllipticIntegral.bigK(0.5 * a2 / (1.0 + a2)) / (Math.abs(omega) * Math.sqrt(1.0 + a2));
    }

    /**
     * The logarithm of the Floquet multiplier of the cycle, ∮∇·b dt = −k∮|∇H|² dt, by quadrature over a turn of the angle φ
     * with x₁ = A cos φ, dt = dφ/(|ω|√(1+A²)√(1 − m sin²φ)), to rounding.
     *
     * @return log of the multiplier, negative
     */
    public double logMultiplier() {
        double a2 = squaredAmplitude(level);
        double m = 0.5 * a2 / (1.0 + a2);
        double sum = 0.0;
        for (int i = 0; i < NODES; i++) {
            double phi = 2.0 * Math.PI * i / NODES;
            double x2 = a2 * Math.cos(phi) * Math.cos(phi);
            double sine = Math.sin(phi);
            // ∂₂H² = x₂² = 2(h − x₁²/2 − x₁⁴/4) and ∂₁H² = x₁²(1 + x₁²)²; with h in terms of A, x₂² has no
            // cancellation.
            double y2 = a2 * sine * sine * (1.0 + 0.5 * (a2 + x2));
            sum += (y2 + x2 * (1.0 + x2) * (1.0 + x2)) / Math.sqrt(1.0 - m * sine * sine);
        }
        return -stiffness * sum * 2.0 * Math.PI / NODES / (Math.abs(omega) * Math.sqrt(1.0 + a2));
    }
}
