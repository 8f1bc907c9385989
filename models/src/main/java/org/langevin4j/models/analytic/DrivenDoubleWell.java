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
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * A double well under a periodic force, the standard model of stochastic resonance: dx = (x − x³ + A cos Ωt) dt + √(2β⁻¹) dW. Its
 * equation depends on time unless A = 0 or Ω = 0; then Φ = x⁴/4 − x²/2 − Ax is its potential.
 *
 * @param amplitude A, finite
 * @param frequency Ω ≥ 0
 */
public record DrivenDoubleWell(double amplitude, double frequency) implements Model {

    private static final Parameter AMPLITUDE =
            Parameter.of("amplitude", 0.1, Range.FINITE, "force", "A, amplitude of the force");
    private static final Parameter FREQUENCY =
            Parameter.of("frequency", 0.1, Range.NOT_NEGATIVE, "1/time", "Ω, angular frequency of the force");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public DrivenDoubleWell {
        AMPLITUDE.at(amplitude);
        FREQUENCY.at(frequency);
    }

    /** The default parameters. */
    public DrivenDoubleWell() {
        this(AMPLITUDE.defaultValue(), FREQUENCY.defaultValue());
    }

    @Override
    public String name() {
        return "driven-double-well";
    }

    @Override
    public String description() {
        return "double well under a periodic force, dx = (x − x³ + A cos Ωt) dt + √(2β⁻¹) dW";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(AMPLITUDE.at(amplitude), FREQUENCY.at(frequency));
    }

    @Override
    public DrivenDoubleWell withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new DrivenDoubleWell(values[0], values[1]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x");
    }

    @Override
    public List<String> sources() {
        return List.of("Gammaitoni, Hänggi, Jung and Marchesoni (1998), Rev. Mod. Phys. 70, 223");
    }

    /**
     * The equation in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation; driven, unless A = 0 or Ω = 0
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.isotropic(1, 1.0), temperature);
    }

    /**
     * The drift.
     *
     * @return x − x³ + A cos Ωt with its derivative
     */
    public DifferentiableField drift() {
        return isStill()
                ? new Pushed(amplitude)
                : DifferentiableField.driven(t -> new Pushed(amplitude * BlockMath.cos(frequency * t)));
    }

    private boolean isStill() {
        return amplitude == 0.0 || frequency == 0.0;
    }

    /** The drift under the force of one time. */
    private record Pushed(double force) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = x[0] * (1.0 - x[0] * x[0]) + force;
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            double[] from = x[0];
            double[] to = out[0];
            for (int p = 0; p < paths; p++) {
                to[p] = from[p] * (1.0 - from[p] * from[p]) + force;
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            out[0] = 1.0 - 3.0 * x[0] * x[0];
        }
    }

    /**
     * Without driving, (Φ, 1, 0) at every temperature.
     *
     * @param temperature β⁻¹
     * @return the decomposition; empty under a force that changes
     */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        return isStill()
                ? Optional.of(new Decomposition(
                        Potential.of(x -> phi(x[0]), (x, out) -> out[0] = -x[0] * (1.0 - x[0] * x[0]) - amplitude),
                        Diffusion.isotropic(1, 1.0),
                        AntisymmetricField.zero(1)))
                : Optional.empty();
    }

    private double phi(double x) {
        return 0.25 * x * x * x * x - 0.5 * x * x - amplitude * x;
    }

    @Override
    public Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        if (!isStill()) {
            return Optional.empty();
        }
        // Beyond this |x| the density is below e^(−40) of its largest value: x⁴/8 > 40β⁻¹ and x³/8 > x + |A|.
        double end = 3.0 + Math.cbrt(8.0 * Math.abs(amplitude)) + Math.pow(320.0 * temperature.value(), 0.25);
        double[] moments = Quadrature.meanAndVariance(this::phi, temperature.beta(), -end, end, 128);
        return Optional.of(StationaryMoments.uncorrelated(new double[] {moments[0]}, moments[1]));
    }

    @Override
    public List<double[]> restingPoints() {
        return isStill()
                ? Cubic.roots(-1.0, 0.0, 1.0, amplitude).stream()
                        .map(x -> new double[] {x})
                        .toList()
                : List.of();
    }
}
