package org.langevin4j.core.decomposition;

import java.util.Objects;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;

/**
 * Whether the Φ of a drift b and a diffusion D is the same at every temperature, as Chaudhari and Soatto (2018, Theorem 22)
 * say of all of them. With ρ = e^(−βΦ) the stationary equation ∇·(bρ) = β⁻¹∂ᵢ∂ⱼ(Dᵢⱼρ), divided by ρ, is
 *
 * <pre>
 * β(∇Φ·D∇Φ + b·∇Φ) − (∇·b + D:∇²Φ + 2(∇·D)·∇Φ) + β⁻¹ ∂ᵢ∂ⱼDᵢⱼ = 0,
 * </pre>
 *
 * <p>so that one Φ serves all β just if each of the three parts is zero (for two values of β it need not be). Here b is the Itô
 * drift and stays as it is when β changes; what an A-type or α-type reading holds fixed is another drift. If b is the
 * drift of a {@link Decomposition} at β₀, they follow from first derivatives of D and Q and from ∂ᵢ∂ⱼDᵢⱼ:
 *
 * <pre>
 * ∇Φ·D∇Φ + b·∇Φ = β₀⁻¹(∇·D + ∇·Q)·∇Φ,   and at β₀ the sum is zero.
 * </pre>
 *
 * <p>For constant D the condition is therefore Assumption 4, ∇·j = (∇·Q)·∇Φ = 0.
 */
public final class TemperatureConditions {

    private final Decomposition system;
    private final Temperature temperature;
    private final ScalarField doubleDivergence;

    private TemperatureConditions(Decomposition system, Temperature temperature, ScalarField doubleDivergence) {
        this.system = Objects.requireNonNull(system, "system");
        this.temperature = temperature.requireConstant("TemperatureConditions");
        this.doubleDivergence = doubleDivergence;
    }

    /**
     * The conditions for the drift of a system at one temperature; D is constant.
     *
     * @param system Φ, D and Q
     * @param temperature β₀⁻¹, at which they give the drift
     * @return the conditions
     * @throws IllegalArgumentException if D depends on the state
     */
    public static TemperatureConditions of(Decomposition system, Temperature temperature) {
        if (!system.diffusion().isConstant()) {
            throw new IllegalArgumentException(
                    "diffusion must be constant, or its divergence be given with derivatives");
        }
        return new TemperatureConditions(system, temperature, x -> 0.0);
    }

    /**
     * The conditions for the drift of a system at one temperature.
     *
     * @param system Φ, D and Q
     * @param temperature β₀⁻¹, at which they give the drift
     * @param diffusionDivergence ∇·D with its Jacobian
     * @return the conditions
     */
    public static TemperatureConditions of(
            Decomposition system, Temperature temperature, DifferentiableField diffusionDivergence) {
        diffusionDivergence.requireAutonomous("TemperatureConditions");
        int d = system.diffusion().dimension();
        return new TemperatureConditions(system, temperature, x -> {
            double[] jacobian = new double[d * d];
            diffusionDivergence.jacobian(x, jacobian);
            double trace = 0.0;
            for (int i = 0; i < d; i++) {
                trace += jacobian[i * (d + 1)];
            }
            return trace;
        });
    }

    /**
     * The part of order β.
     *
     * @return ∇Φ·D∇Φ + b·∇Φ
     */
    public ScalarField orderBeta() {
        int d = system.diffusion().dimension();
        return x -> {
            double[] gradient = new double[d];
            double[] diverging = new double[d];
            double[] rotating = new double[d];
            system.potential().gradient(x, gradient);
            system.diffusion().divergence(x, diverging);
            system.q().divergence(x, rotating);
            double sum = 0.0;
            for (int i = 0; i < d; i++) {
                sum += (diverging[i] + rotating[i]) * gradient[i];
            }
            return temperature.value() * sum;
        };
    }

    /**
     * The part without β.
     *
     * @return ∇·b + D:∇²Φ + 2(∇·D)·∇Φ, for a loss −∇·∇f + D:∇²Φ + 2(∇·D)·∇Φ
     */
    public ScalarField orderOne() {
        ScalarField orderBeta = orderBeta();
        return x -> temperature.beta() * orderBeta.at(x) + temperature.value() * doubleDivergence.at(x);
    }

    /**
     * The part of order β⁻¹.
     *
     * @return ∂ᵢ∂ⱼDᵢⱼ
     */
    public ScalarField orderInverseBeta() {
        return doubleDivergence;
    }

    @Override
    public String toString() {
        return "conditions for one Φ at all temperatures, at " + temperature;
    }
}
