package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * An overdamped particle in a tilted washboard, V(x) = −A cos x − Fx, D = 1: Josephson junctions, phase-locked loops, Brownian
 * motors.
 *
 * <pre>
 * b(x) = F − A sin x,   I±(x) = β ∫₀^L exp(±β(V(x) − V(x ∓ y))) dy,   L = 2π
 * ⟨v⟩  = (1 − e^(−βLF)) / ⟨I₊⟩                 Stratonovich (1958)
 * Dₑ   = β⁻¹ ⟨I₊² I₋⟩ / ⟨I₊⟩³                  Reimann et al. (2001)
 * </pre>
 *
 * <p>with ⟨·⟩ the mean over one period. x is not wrapped. Taken modulo 2π it has a stationary law, e^(−βV) for F = 0 alone, of
 * which Φ = V and Q = 0 are then the parts.
 *
 * @param amplitude A ≥ 0
 * @param tilt F, finite
 */
public record TiltedWashboard(double amplitude, double tilt) implements Model {

    /** From here on the integrand is seen by the nodes only where it has not decayed. */
    private static final double FAST = 200.0;

    private static final double DECAYS = 50.0;

    private static final double STEEPEST = 1e300;

    /** Powers of two whose cubes are numbers with all their digits. */
    private static final int USUAL = 200;

    private static final double PERIOD = 2.0 * Math.PI;

    /** The trapezoidal rule over a period converges geometrically. */
    private static final int NODES = 256;

    private static final Parameter AMPLITUDE =
            Parameter.of("amplitude", 1.0, Range.NOT_NEGATIVE, "force", "A, height of the ripple is 2A");
    private static final Parameter TILT = Parameter.of("tilt", 0.7, Range.FINITE, "force", "F, constant force");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public TiltedWashboard {
        AMPLITUDE.at(amplitude);
        TILT.at(tilt);
    }

    /** The default parameters. */
    public TiltedWashboard() {
        this(AMPLITUDE.defaultValue(), TILT.defaultValue());
    }

    @Override
    public String name() {
        return "tilted-washboard";
    }

    @Override
    public String description() {
        return "particle in a tilted periodic potential, dx = (F − A sin x) dt + √(2β⁻¹) dW";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(AMPLITUDE.at(amplitude), TILT.at(tilt));
    }

    @Override
    public TiltedWashboard withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new TiltedWashboard(values[0], values[1]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x");
    }

    @Override
    public List<String> sources() {
        return List.of(
                "Stratonovich (1958), Radiotekh. Elektron. 3, 497",
                "Reimann et al. (2001), Phys. Rev. Lett. 87, 010602");
    }

    /**
     * The equation in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.isotropic(1, 1.0), temperature);
    }

    /**
     * The drift.
     *
     * @return F − A sin x with its derivative
     */
    public DifferentiableField drift() {
        return new Drift(amplitude, tilt);
    }

    private record Drift(double amplitude, double tilt) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = tilt - amplitude * BlockMath.sin(x[0]);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            double[] value = out[0];
            BlockMath.sin(x[0], paths, value);
            for (int p = 0; p < paths; p++) {
                value[p] = tilt - amplitude * value[p];
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            out[0] = -amplitude * BlockMath.cos(x[0]);
        }
    }

    /**
     * Without tilt, (V, 1, 0) at every temperature.
     *
     * @param temperature β⁻¹
     * @return the decomposition; empty under a tilt, where the stationary law carries a current
     */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        return tilt == 0.0
                ? Optional.of(new Decomposition(
                        Potential.of(x -> -amplitude * Math.cos(x[0]), (x, out) -> out[0] = amplitude * Math.sin(x[0])),
                        Diffusion.isotropic(1, 1.0),
                        AntisymmetricField.zero(1)))
                : Optional.empty();
    }

    /** Points of one period, −π/2 &lt; x ≤ 3π/2; none above the critical tilt |F| = A. */
    @Override
    public List<double[]> restingPoints() {
        if (!(Math.abs(tilt) < amplitude)) {
            return List.of();
        }
        double stable = Math.asin(tilt / amplitude);
        return List.of(new double[] {stable}, new double[] {Math.PI - stable});
    }

    /**
     * The mean velocity, by Stratonovich's formula.
     *
     * @param temperature β⁻¹, not below A/150, nor 10⁻³⁰⁰ of the tilt
     * @return ⟨v⟩
     */
    public double meanVelocity(Temperature temperature) {
        double beta = requireWarm(temperature);
        double mean = 0.0;
        for (int k = 0; k < NODES; k++) {
            mean += integral(PERIOD * k / NODES, beta, 1.0) / NODES;
        }
        return Math.signum(tilt) * -Math.expm1(-beta * PERIOD * Math.abs(tilt)) / mean;
    }

    /**
     * How fast the particle spreads in the end: its variance grows as 2Dₑt.
     *
     * @param temperature β⁻¹, not below A/150, nor 10⁻³⁰⁰ of the tilt
     * @return Dₑ; without ripple β⁻¹
     */
    public double effectiveDiffusion(Temperature temperature) {
        double beta = requireWarm(temperature);
        double mean = 0.0;
        double product = 0.0;
        // Units of three integrals cancel, whose product need not be a number.
        int size = Math.getExponent(integral(0.0, beta, 1.0));
        int unit = Math.abs(size) > USUAL ? size : 0;
        for (int k = 0; k < NODES; k++) {
            double x = PERIOD * k / NODES;
            double forward = Math.scalb(integral(x, beta, 1.0), -unit);
            mean += forward / NODES;
            product += forward * forward * Math.scalb(integral(x, beta, -1.0), -unit) / NODES;
        }
        return temperature.value() * product / (mean * mean * mean);
    }

    private double requireWarm(Temperature temperature) {
        if (!(amplitude * temperature.beta() <= 150.0)) {
            throw new IllegalArgumentException("temperature must be at least A/150 = " + amplitude / 150.0
                    + " for these integrals, got " + temperature.value());
        }
        if (!(temperature.beta() * Math.abs(tilt) <= STEEPEST)) {
            throw new IllegalArgumentException("temperature must be at least 1/" + STEEPEST + " of the tilt " + tilt
                    + " for these integrals, got " + temperature.value());
        }
        return temperature.beta();
    }

    /** I±(x) downhill; a tilt to the other side is the mirror image. */
    private double integral(double x, double beta, double sign) {
        double here = -amplitude * Math.cos(x);
        double push = Math.abs(tilt);
        double rate = beta * (push - amplitude);
        double end = rate > FAST ? DECAYS / rate : PERIOD;
        return beta
                * Quadrature.integral(
                        y -> Math.exp(sign * beta * (here + amplitude * Math.cos(x - sign * y)) - beta * push * y),
                        0.0,
                        end,
                        24);
    }
}
