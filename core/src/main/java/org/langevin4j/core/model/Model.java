package org.langevin4j.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * A system with a name and parameters, its equation at each temperature, and what is known of it.
 *
 * <pre>{@code
 * Model model = new DoubleWell(1.5);
 * Sde sde = model.sde(Temperature.of(0.5));
 * Sde faster = model.with("lambda", 3.0).sde(Temperature.of(0.5));
 * Optional<Decomposition> parts = model.decomposition(Temperature.of(0.5));
 * }</pre>
 *
 * <p>What is known is optional: empty means that no closed form is known to this model, never that there is none. It is what
 * holds for the equation of that temperature: a potential that fits at β = 1 alone is given at β = 1 alone.
 *
 * <p>Implementations are immutable and equal by value; those of the catalogue are records of their parameters.
 */
public interface Model {

    /**
     * The name by which a catalogue, a command line or a file knows the model.
     *
     * @return small letters and hyphens, for example "double-well"
     */
    String name();

    /**
     * What the model is, with its equation.
     *
     * @return one line
     */
    String description();

    /**
     * The parameters with their values.
     *
     * @return all parameters, in the order of {@link #withValues}
     */
    List<Parameter> parameters();

    /**
     * The same system with other values of all parameters.
     *
     * @param values one for each of {@link #parameters}, in that order
     * @return the changed model, of the same class
     * @throws IllegalArgumentException if there is not one for each parameter, or a value is outside of its range
     */
    Model withValues(double... values);

    /**
     * The same system with other values of some parameters.
     *
     * @param changes new values by name; all are checked together
     * @return the changed model, of the same class
     * @throws IllegalArgumentException if a name is unknown (with the nearest known one), or a value outside of its range
     */
    default Model with(Map<String, Double> changes) {
        return withValues(Parameter.changed(name(), parameters(), changes));
    }

    /**
     * The same system with another value of one parameter.
     *
     * @param parameter its name
     * @param value its value
     * @return the changed model, of the same class
     * @throws IllegalArgumentException if the name is unknown (with the nearest known one), or the value outside of its range
     */
    default Model with(String parameter, double value) {
        return with(Map.of(parameter, value));
    }

    /**
     * The names of the coordinates of the state.
     *
     * @return d names
     */
    List<String> coordinates();

    /**
     * The dimension of the state.
     *
     * @return d
     */
    default int dimension() {
        return coordinates().size();
    }

    /**
     * The equation.
     *
     * @param temperature β⁻¹
     * @return the equation, of the dimension of the model; where the model is driven it depends on time
     */
    Sde sde(Temperature temperature);

    /**
     * The parts of eq. (19) of Chaudhari and Soatto (2018) whose Itô drift is that of {@link #sde}.
     *
     * @param temperature β⁻¹
     * @return (Φ, D, Q), or empty where they are not known
     */
    default Optional<Decomposition> decomposition(Temperature temperature) {
        return Optional.empty();
    }

    /**
     * The potential of the stationary density e^(−βΦ)/Z.
     *
     * @param temperature β⁻¹
     * @return Φ, or empty where it is not known
     */
    default Optional<Potential> potential(Temperature temperature) {
        return decomposition(temperature).map(Decomposition::potential);
    }

    /**
     * Mean and covariance of the stationary law.
     *
     * @param temperature β⁻¹
     * @return the moments, or empty where they are not known
     */
    default Optional<StationaryMoments> stationaryMoments(Temperature temperature) {
        return Optional.empty();
    }

    /**
     * The limit cycle of the drift, where the drift does not depend on the temperature.
     *
     * @return period and amplitude, or empty where they are not known
     */
    default Optional<DriftCycle> cycle() {
        return Optional.empty();
    }

    /**
     * Points where the drift vanishes.
     *
     * @return all that are known, perhaps none; each of length d
     */
    default List<double[]> restingPoints() {
        return List.of();
    }

    /**
     * Where the model and what is known of it come from.
     *
     * @return author, year and place, one entry a source
     */
    List<String> sources();
}
