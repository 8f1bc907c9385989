package org.langevin4j.models.analytic;

import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * Brownian motion with constant drift, dx = v dt + √(2β⁻¹) dW: mean vt, variance 2β⁻¹t. It has no stationary law.
 *
 * @param velocity v, finite
 */
public record BrownianMotion(double velocity) implements Model {

    private static final Parameter VELOCITY =
            Parameter.of("velocity", 0.5, Range.FINITE, "length/time", "v, mean velocity");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public BrownianMotion {
        VELOCITY.at(velocity);
    }

    /** The default parameters. */
    public BrownianMotion() {
        this(VELOCITY.defaultValue());
    }

    @Override
    public String name() {
        return "brownian-motion";
    }

    @Override
    public String description() {
        return "Brownian motion with drift, dx = v dt + √(2β⁻¹) dW";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(VELOCITY.at(velocity));
    }

    @Override
    public BrownianMotion withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new BrownianMotion(values[0]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x");
    }

    @Override
    public List<String> sources() {
        return List.of("Einstein (1905), Ann. Phys. 17, 549");
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
     * The drift, of a class that exact schemes recognise.
     *
     * @return v
     */
    public AffineField drift() {
        return AffineField.of(MatrixUtils.createRealMatrix(1, 1), velocity);
    }
}
