package org.langevin4j.examples.cli.model;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model as it was typed or written in a file: a name of the catalogue, or expressions; values of parameters; a temperature.
 *
 * @param name of the catalogue
 * @param state names of the coordinates
 * @param drift b, a component for each coordinate
 * @param potential f, of which −∇f is the drift
 * @param factor rows of B
 * @param diffusion rows of D = B Bᵀ
 * @param calculus how the noise is read
 * @param parameters values by name
 * @param temperature β⁻¹
 */
record ModelText(
        @Nullable String name,
        @Nullable String state,
        @Nullable String drift,
        @Nullable String potential,
        @Nullable String factor,
        @Nullable String diffusion,
        @Nullable String calculus,
        Map<String, Double> parameters,
        @Nullable Double temperature)
        implements Serializable {

    /** Copies the parameters. */
    ModelText {
        parameters = Map.copyOf(parameters);
    }

    /** What is said here, and where nothing is said what another one says. */
    ModelText over(ModelText other) {
        Map<String, Double> both = new LinkedHashMap<>(other.parameters);
        both.putAll(parameters);
        return new ModelText(
                either(name, other.name),
                either(state, other.state),
                either(drift, other.drift),
                either(potential, other.potential),
                either(factor, other.factor),
                either(diffusion, other.diffusion),
                either(calculus, other.calculus),
                both,
                temperature == null ? other.temperature : temperature);
    }

    private static @Nullable String either(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }

    /** The first option that only a model of expressions takes, if one is given. */
    Optional<String> expression() {
        return drift != null
                ? Optional.of("--drift")
                : potential != null
                        ? Optional.of("--potential")
                        : factor != null
                                ? Optional.of("--factor")
                                : diffusion != null
                                        ? Optional.of("--diffusion")
                                        : state != null
                                                ? Optional.of("--state")
                                                : calculus != null ? Optional.of("--calculus") : Optional.empty();
    }
}
