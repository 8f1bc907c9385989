package org.langevin4j.models.analytic;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * An active Brownian particle in the plane: it swims with constant speed v along a direction φ that diffuses.
 *
 * <pre>
 * b = (v cos φ, v sin φ, 0),   D = diag(m, m, k)
 * E|r(t) − r(0)|² = 4β⁻¹mt + 2v²τ²(t/τ − 1 + e^(−t/τ)),   τ = 1/(β⁻¹k)
 * </pre>
 *
 * <p>for any first direction. It has no stationary law; φ is not wrapped.
 *
 * @param speed v ≥ 0
 * @param mobility m ≥ 0
 * @param rotation k > 0
 */
public record ActiveBrownianParticle(double speed, double mobility, double rotation) implements Model {

    private static final Parameter SPEED =
            Parameter.of("speed", 1.0, Range.NOT_NEGATIVE, "length/time", "v, speed of self-propulsion");
    private static final Parameter MOBILITY =
            Parameter.of("mobility", 0.5, Range.NOT_NEGATIVE, "length²/(energy·time)", "m, mobility of the position");
    private static final Parameter ROTATION =
            Parameter.of("rotation", 1.0, Range.POSITIVE, "1/(energy·time)", "k, mobility of the direction");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public ActiveBrownianParticle {
        SPEED.at(speed);
        MOBILITY.at(mobility);
        ROTATION.at(rotation);
    }

    /** The default parameters. */
    public ActiveBrownianParticle() {
        this(SPEED.defaultValue(), MOBILITY.defaultValue(), ROTATION.defaultValue());
    }

    @Override
    public String name() {
        return "active-brownian-particle";
    }

    @Override
    public String description() {
        return "self-propelled particle, dr = v(cos φ, sin φ) dt + √(2β⁻¹m) dW, dφ = √(2β⁻¹k) dW";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SPEED.at(speed), MOBILITY.at(mobility), ROTATION.at(rotation));
    }

    @Override
    public ActiveBrownianParticle withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new ActiveBrownianParticle(values[0], values[1], values[2]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x", "y", "phi");
    }

    @Override
    public List<String> sources() {
        return List.of("Howse et al. (2007), Phys. Rev. Lett. 99, 048102");
    }

    /**
     * The equation in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.diagonal(mobility, mobility, rotation), temperature);
    }

    /**
     * The drift.
     *
     * @return b with its Jacobian
     */
    public DifferentiableField drift() {
        return new Drift(speed);
    }

    private record Drift(double speed) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = speed * BlockMath.cos(x[2]);
            out[1] = speed * BlockMath.sin(x[2]);
            out[2] = 0.0;
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            BlockMath.cos(x[2], paths, out[0]);
            BlockMath.sin(x[2], paths, out[1]);
            scale(out[0], out[1], out[2], paths);
        }

        private void scale(double[] out0, double[] out1, double[] out2, int paths) {
            for (int p = 0; p < paths; p++) {
                out0[p] = speed * out0[p];
                out1[p] = speed * out1[p];
                out2[p] = 0.0;
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            Arrays.fill(out, 0.0);
            out[2] = -speed * BlockMath.sin(x[2]);
            out[5] = speed * BlockMath.cos(x[2]);
        }
    }

    /**
     * How far the particle gets, in the mean square.
     *
     * @param temperature β⁻¹
     * @param time t ≥ 0
     * @return E|r(t) − r(0)|²
     */
    public double meanSquaredDisplacement(Temperature temperature, double time) {
        if (!(time >= 0.0)) {
            throw new IllegalArgumentException("time must not be negative, got " + time);
        }
        double persistence = 1.0 / (temperature.value() * rotation);
        double turned = time / persistence;
        // Math.expm1 keeps the digits of a short time, where the free flight v²t² is left.
        double flight = turned + Math.expm1(-turned);
        if (turned < 1e-3) {
            flight = turned * turned * (0.5 - turned / 6.0 + turned * turned / 24.0);
        }
        return 4.0 * temperature.value() * mobility * time + 2.0 * speed * speed * persistence * persistence * flight;
    }

    /**
     * How fast the particle spreads in the end.
     *
     * @param temperature β⁻¹
     * @return β⁻¹m + v²/(2β⁻¹k)
     */
    public double effectiveDiffusion(Temperature temperature) {
        return temperature.value() * mobility + 0.5 * speed * speed / (temperature.value() * rotation);
    }
}
