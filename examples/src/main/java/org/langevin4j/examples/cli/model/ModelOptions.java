package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.analytic.Catalogue;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which model: a name of the catalogue, expressions, or a file; and its temperature. */
final class ModelOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MODEL",
            completionCandidates = ModelNames.class,
            description =
                    "A model of the catalogue, see 'langevin4j models'; or none, with --drift, --potential or --model.")
    private @Nullable String name;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE,…",
            description = "Values of parameters, as in --set g=0.5,A=0.3. May be given again.")
    private List<String> set = List.of();

    @Option(
            names = "--drift",
            paramLabel = "B",
            description = "The drift b, one expression a coordinate, as in \"v, x-x^3-g*v+A*cos(w*t)\". t is the time.")
    private @Nullable String drift;

    @Option(names = "--potential", paramLabel = "F", description = "Instead of --drift: f, of which the drift is −∇f.")
    private @Nullable String potential;

    @Option(
            names = "--state",
            paramLabel = "X,…",
            description = "Names of the coordinates (default: x; x,y; x,y,z; or x1,x2,… by the number of drifts).")
    private @Nullable String state;

    @Option(
            names = "--factor",
            paramLabel = "ROWS",
            description = "B of dx = b dt + √(2β⁻¹) B dW, rows with ';' between them: \"0; sqrt(g)\" (default: B = I).")
    private @Nullable String factor;

    @Option(
            names = "--diffusion",
            paramLabel = "ROWS",
            description = "Instead of --factor: D = B Bᵀ, rows with ';' between them: \"1, 0; 0, 1+x^2\".")
    private @Nullable String diffusion;

    @Option(
            names = "--calculus",
            paramLabel = "C",
            description =
                    "How noise that depends on the state is read: ito, stratonovich, isothermal, or α in [0, 1] (default: ito).")
    private @Nullable String calculus;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Read the model from a .toml or .json file with keys named like these options.")
    private @Nullable Path file;

    @Option(
            names = "--beta",
            paramLabel = "β",
            description = "Inverse temperature of the noise √(2β⁻¹D) dW (default: 1).")
    private @Nullable Double beta;

    @Option(names = "--temperature", paramLabel = "T", description = "Instead of --beta: T = 1/β.")
    private @Nullable Double temperature;

    /**
     * The word in the place of MODEL.
     *
     * @return empty if there is none
     */
    Optional<String> word() {
        return Optional.ofNullable(name);
    }

    /**
     * The model that was asked for.
     *
     * @return with its parameters and temperature
     * @throws IOException if a model file cannot be read
     * @throws ParameterException if there is no such model
     */
    ChosenModel choose() throws IOException {
        return choose(text());
    }

    /**
     * What the options say, and the file where there is one.
     *
     * @return the model in words, which hold without the file
     * @throws IOException if a model file cannot be read
     */
    ModelText text() throws IOException {
        ModelText typed = typed();
        return file == null ? typed : typed.over(ModelFile.read(file));
    }

    /** The model in words. */
    ChosenModel choose(ModelText text) {
        Temperature at = Temperature.of(text.temperature() == null ? 1.0 : text.temperature());
        String known = text.name();
        if (known == null) {
            if (text.drift() == null && text.potential() == null) {
                throw fault("a model is missing: a name of the catalogue ('langevin4j models' lists them),"
                        + " --drift EXPRESSIONS, --potential EXPRESSION, or --model FILE");
            }
            return new ChosenModel(TypedModel.of(text), at);
        }
        if (text.expression().isPresent()) {
            throw fault("'" + known + "' is a model of the catalogue, "
                    + text.expression().get() + " makes one of expressions: give one or the other");
        }
        Model model = Catalogue.named(known);
        return new ChosenModel(text.parameters().isEmpty() ? model : model.with(text.parameters()), at);
    }

    private ModelText typed() {
        if (beta != null && temperature != null) {
            throw fault("--beta and --temperature = 1/beta exclude each other");
        }
        if (beta != null && !(beta > 0.0 && beta <= Double.MAX_VALUE)) {
            throw fault("--beta must be positive and finite, got " + beta + "; for no noise give --diffusion 0");
        }
        if (temperature != null && !(temperature > 0.0 && temperature <= Double.MAX_VALUE)) {
            throw fault("--temperature must be positive and finite, got " + temperature
                    + "; for no noise give --diffusion 0");
        }
        Map<String, Double> parameters = Settings.assignments("--set", set);
        return new ModelText(
                name,
                state,
                drift,
                potential,
                factor,
                diffusion,
                calculus,
                parameters,
                beta == null ? temperature : (Double) (1.0 / beta));
    }

    private ParameterException fault(String message) {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
