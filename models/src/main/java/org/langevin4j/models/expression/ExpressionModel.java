package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * A model given as mathematics, dx = b dt + √(2β⁻¹) B dW with B Bᵀ = D; the grammar is on the page of this package.
 *
 * <pre>{@code
 * ExpressionModel model = ExpressionModel.of("x, v")
 *         .drift("v, x*(1 - x^2) - g*v + A*cos(w*t)")
 *         .factor("0; sqrt(g)")
 *         .parameter("g", 0.5).parameter("A", 0.3).parameter("w", 0.2)
 *         .build();
 * Sde sde = model.sde(Temperature.of(0.1));
 * }</pre>
 *
 * <p>The text is compiled to byte code of the speed of the same field in Java, and gives the same bits. Derivatives are
 * symbolic.
 *
 * <table>
 * <caption>Noise, for a state of d coordinates</caption>
 * <tr><th>text</th><th>factor: B =</th><th>diffusion: D =</th></tr>
 * <tr><td>neither</td><td colspan="2">the identity</td></tr>
 * <tr><td>one entry, {@code c}</td><td>c·I</td><td>c·I</td></tr>
 * <tr><td>d entries, {@code a, b}, d &gt; 1</td><td>diag(a, b)</td><td>diag(a, b)</td></tr>
 * <tr><td>d rows, {@code a, b; c, d}</td><td>the rows, of any length m</td><td>the rows, of length d, symmetric</td></tr>
 * </table>
 */
public final class ExpressionModel implements Model {

    private final Texts texts;
    private final List<Parameter> parameters;
    private final Forms forms;
    private final double[] values;
    private final DifferentiableField drift;
    private final Diffusion diffusion;

    /** What was typed. */
    private record Texts(
            String name,
            List<String> states,
            @Nullable String drift,
            @Nullable String potential,
            @Nullable String factor,
            @Nullable String diffusion,
            Calculus calculus) {}

    /** What is compiled, for all values of the parameters. */
    private record Forms(
            Functions drift, NoiseText noise, @Nullable Functions potential) {}

    private ExpressionModel(Texts texts, List<Parameter> parameters, Forms forms) {
        this.texts = texts;
        this.parameters = List.copyOf(parameters);
        this.forms = forms;
        this.values = parameters.stream().mapToDouble(Parameter::value).toArray();
        this.drift = forms.drift().bind(values).field();
        this.diffusion = forms.noise().diffusion(values);
    }

    /**
     * Begins a model.
     *
     * @param states names of the coordinates, divided by commas
     * @return a builder that needs a drift or a potential
     * @throws ExpressionException if this is no list of names
     * @throws IllegalArgumentException if a name has another meaning, or is there twice
     */
    public static Builder of(String states) {
        Objects.requireNonNull(states, "states");
        return new Builder(StateNames.parse(states));
    }

    @Override
    public String name() {
        return texts.name();
    }

    /** The equation as typed. */
    @Override
    public String description() {
        String state =
                texts.states().size() == 1 ? texts.states().get(0) : "(" + String.join(", ", texts.states()) + ")";
        String drift = texts.potential() == null ? "(" + texts.drift() + ")" : "−∇(" + texts.potential() + ")";
        String noise = texts.factor() != null
                ? "√(2β⁻¹) B dW, B = (" + texts.factor() + ")"
                : texts.diffusion() != null ? "√(2β⁻¹D) dW, D = (" + texts.diffusion() + ")" : "√(2β⁻¹) dW";
        String calculus = diffusion.isConstant() ? "" : ", " + texts.calculus();
        return ("d" + state + " = " + drift + " dt + " + noise + calculus).replaceAll("\\s+", " ");
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public ExpressionModel withValues(double... newValues) {
        if (newValues.length != parameters.size()) {
            throw new IllegalArgumentException(
                    "values must be one for each parameter, " + parameters.size() + ", got " + newValues.length);
        }
        List<Parameter> changed = new ArrayList<>();
        for (int i = 0; i < newValues.length; i++) {
            changed.add(parameters.get(i).at(newValues[i]));
        }
        return new ExpressionModel(texts, changed, forms);
    }

    @Override
    public ExpressionModel with(Map<String, Double> changes) {
        return (ExpressionModel) Model.super.with(changes);
    }

    @Override
    public ExpressionModel with(String parameter, double value) {
        return with(Map.of(parameter, value));
    }

    @Override
    public List<String> coordinates() {
        return texts.states();
    }

    /**
     * The drift with its Jacobian.
     *
     * @return b, driven where the text has {@code t}
     */
    public DifferentiableField drift() {
        return drift;
    }

    /**
     * The diffusion, of the most special type that the text shows.
     *
     * @return D with its factor
     */
    public Diffusion diffusion() {
        return diffusion;
    }

    @Override
    public Sde sde(Temperature temperature) {
        return new Sde(drift, diffusion, temperature, texts.calculus());
    }

    /**
     * (f/c, c·I, 0) of a model with a potential f, where neither depends on time and D = c·I with a constant c above zero.
     *
     * @param temperature β⁻¹
     * @return the decomposition, or empty
     */
    @Override
    public Optional<Decomposition> decomposition(Temperature temperature) {
        if (forms.potential() == null || forms.potential().dependsOnTime()) {
            return Optional.empty();
        }
        double[] x = new double[dimension()];
        if (!diffusion.isAutonomous()
                || !diffusion.isConstant()
                || diffusion.structure() != Diffusion.Structure.ISOTROPIC) {
            return Optional.empty();
        }
        double[] d = new double[x.length * x.length];
        diffusion.matrix(x, d);
        double c = d[0];
        if (!(c > 0.0)) {
            return Optional.empty();
        }
        DifferentiableField f = forms.potential().bind(values).at(0.0);
        Potential phi = Potential.of(
                state -> {
                    double[] value = new double[1];
                    f.at(state, value);
                    return value[0] / c;
                },
                (state, out) -> {
                    f.jacobian(state, out);
                    for (int i = 0; i < state.length; i++) {
                        out[i] /= c;
                    }
                });
        return Optional.of(new Decomposition(phi, diffusion, AntisymmetricField.zero(x.length)));
    }

    @Override
    public List<String> sources() {
        return List.of("given as expressions");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExpressionModel model
                && texts.equals(model.texts)
                && parameters.equals(model.parameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(texts, parameters);
    }

    /** The equation and the values of the parameters. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(description());
        for (Parameter parameter : parameters) {
            text.append(", ").append(parameter.name()).append(" = ").append(parameter.value());
        }
        return text.toString();
    }

    /** Takes the texts of a model; one of drift and potential must be given, and at most one of factor and diffusion. */
    public static final class Builder {

        private final List<String> states;
        private final List<Parameter> parameters = new ArrayList<>();
        private String name = "expression";
        private @Nullable String drift;
        private @Nullable String potential;
        private @Nullable String factor;
        private @Nullable String diffusion;
        private Calculus calculus = Calculus.ITO;

        private Builder(List<String> states) {
            this.states = states;
        }

        /**
         * Sets the drift b.
         *
         * @param text d entries, divided by commas or as rows by semicolons
         * @return this builder
         */
        public Builder drift(String text) {
            drift = Objects.requireNonNull(text, "drift");
            return this;
        }

        /**
         * Sets a potential f, whose −∇f is the drift.
         *
         * @param text one expression
         * @return this builder
         */
        public Builder potential(String text) {
            potential = Objects.requireNonNull(text, "potential");
            return this;
        }

        /**
         * Sets the factor B.
         *
         * @param text see the table of {@link ExpressionModel}
         * @return this builder
         */
        public Builder factor(String text) {
            factor = Objects.requireNonNull(text, "factor");
            return this;
        }

        /**
         * Sets the diffusion D.
         *
         * @param text see the table of {@link ExpressionModel}
         * @return this builder
         */
        public Builder diffusion(String text) {
            diffusion = Objects.requireNonNull(text, "diffusion");
            return this;
        }

        /**
         * Sets a parameter that may have every finite value.
         *
         * @param parameterName its name in the texts
         * @param value its value
         * @return this builder
         * @throws IllegalArgumentException if the value is not finite
         */
        public Builder parameter(String parameterName, double value) {
            return parameter(Parameter.of(parameterName, value, Range.FINITE, "1", "of the expression"));
        }

        /**
         * Sets a parameter.
         *
         * @param parameter name, value and range
         * @return this builder
         */
        public Builder parameter(Parameter parameter) {
            parameters.add(Objects.requireNonNull(parameter, "parameter"));
            return this;
        }

        /**
         * Sets parameters that may have every finite value.
         *
         * @param values values by name, in the order of the map
         * @return this builder
         * @throws IllegalArgumentException if a value is not finite
         */
        public Builder parameters(Map<String, Double> values) {
            values.forEach(this::parameter);
            return this;
        }

        /**
         * Sets how the noise is read; Itô if not called.
         *
         * @param value the calculus
         * @return this builder
         */
        public Builder calculus(Calculus value) {
            calculus = Objects.requireNonNull(value, "calculus");
            return this;
        }

        /**
         * Sets the name of the model; "expression" if not called.
         *
         * @param value small letters and hyphens
         * @return this builder
         */
        public Builder name(String value) {
            name = Objects.requireNonNull(value, "name");
            return this;
        }

        /** What has been given so far. */
        @Override
        public String toString() {
            return "model of " + states + ": drift " + drift + ", potential " + potential + ", factor " + factor
                    + ", diffusion " + diffusion + ", " + calculus + ", " + parameters;
        }

        /**
         * The model.
         *
         * @return the model
         * @throws ExpressionException if a text is not in the grammar, or has not the entries that are needed
         * @throws IllegalArgumentException if a text is missing or one too many, a parameter is used by no text, or a constant
         *     diffusion is not positive semi-definite
         */
        public ExpressionModel build() {
            if ((drift == null) == (potential == null)) {
                throw new IllegalArgumentException(
                        "model must have a drift or a potential, got " + (drift == null ? "neither" : "both"));
            }
            if (factor != null && diffusion != null) {
                throw new IllegalArgumentException("model must have a factor or a diffusion, got both");
            }
            List<String> parameterNames =
                    parameters.stream().map(Parameter::name).toList();
            List<String> all = new ArrayList<>(states);
            all.addAll(parameterNames);
            Names names = Names.of(all);
            List<Tree> b = new ArrayList<>();
            Functions f = null;
            if (potential != null) {
                Tree typed = Parser.single(potential, names);
                f = new Functions(List.of(typed), states, parameterNames);
                states.forEach(state -> b.add(Tree.negative(Derivative.of(typed, state))));
            } else if (drift != null) {
                b.addAll(entriesOf(drift, names));
            }
            NoiseText noise = factor != null
                    ? NoiseText.parse(true, factor, states, parameterNames, names)
                    : diffusion != null
                            ? NoiseText.parse(false, diffusion, states, parameterNames, names)
                            : NoiseText.unit(states);
            List<Tree> used = new ArrayList<>(b);
            used.addAll(noise.entries());
            Texts texts = new Texts(name, states, drift, potential, factor, diffusion, calculus);
            requireUsed(parameterNames, used);
            return new ExpressionModel(
                    texts, parameters, new Forms(new Functions(b, states, parameterNames), noise, f));
        }

        private List<Tree> entriesOf(String text, Names names) {
            List<List<Parser.Entry>> rows = Parser.rows(text, names);
            List<Parser.Entry> entries = rows.stream().flatMap(List::stream).toList();
            boolean isVector = rows.size() == 1 || entries.size() == rows.size();
            if (!isVector || entries.size() != states.size()) {
                int column =
                        entries.get(Math.min(states.size(), entries.size() - 1)).column();
                throw new ExpressionException(
                        "drift must have one entry for each of " + String.join(", ", states) + ", got "
                                + (isVector ? entries.size() + "" : rows.size() + " rows"),
                        text,
                        column);
            }
            return entries.stream().map(Parser.Entry::expression).toList();
        }

        private static void requireUsed(List<String> parameters, List<Tree> used) {
            Set<String> known = new HashSet<>();
            used.forEach(e -> known.addAll(e.variables()));
            for (String parameter : parameters) {
                if (!known.contains(parameter)) {
                    throw new IllegalArgumentException(
                            "parameter must be used by the model, got '" + parameter + "', which no text has");
                }
            }
        }
    }
}
