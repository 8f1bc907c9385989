package org.langevin4j.examples.cli.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.models.expression.ExpressionException;
import org.langevin4j.models.expression.ExpressionModel;

/** A model of expressions from its texts. */
final class TypedModel {

    private static final Map<String, Calculus> CALCULI = new LinkedHashMap<>();

    static {
        CALCULI.put("ito", Calculus.ITO);
        CALCULI.put("stratonovich", Calculus.STRATONOVICH);
        CALCULI.put("isothermal", Calculus.HANGGI_KLIMONTOVICH);
    }

    private TypedModel() {}

    static ExpressionModel of(ModelText text) {
        String drift = text.drift();
        String potential = text.potential();
        String factor = text.factor();
        String diffusion = text.diffusion();
        if (drift != null && potential != null) {
            throw new IllegalArgumentException(
                    "--drift and --potential, whose −∇ would be the drift, exclude each other");
        }
        if (factor != null && diffusion != null) {
            throw new IllegalArgumentException("--factor B and --diffusion D = B Bᵀ exclude each other");
        }
        ExpressionModel.Builder builder = ExpressionModel.of(text.state() == null ? states(drift) : text.state())
                .parameters(text.parameters());
        if (drift != null) {
            builder.drift(drift);
        }
        if (potential != null) {
            builder.potential(potential);
        }
        if (factor != null) {
            builder.factor(factor);
        }
        if (diffusion != null) {
            builder.diffusion(diffusion);
        }
        if (text.calculus() != null) {
            builder.calculus(calculus(text.calculus()));
        }
        try {
            return builder.build();
        } catch (ExpressionException e) {
            throw String.valueOf(e.getMessage()).startsWith("unknown name")
                    ? new IllegalArgumentException(
                            e.getMessage() + "; parameters get their values by --set NAME=VALUE", e)
                    : e;
        }
    }

    /** Names of coordinates by the number of drifts: x; x, y; x, y, z; x1, x2, …. */
    private static String states(@Nullable String drift) {
        int count = drift == null ? 1 : entries(drift);
        List<String> few = List.of("x", "y", "z");
        return count <= few.size()
                ? String.join(", ", few.subList(0, count))
                : IntStream.rangeClosed(1, count).mapToObj(i -> "x" + i).collect(Collectors.joining(", "));
    }

    /** Divided by commas or semicolons that are in no brackets. */
    static int entries(String text) {
        int depth = 0;
        int count = 1;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            count += depth == 0 && (c == ',' || c == ';') ? 1 : 0;
        }
        return count;
    }

    private static Calculus calculus(String text) {
        Calculus known = CALCULI.get(text.strip().toLowerCase(Locale.ROOT).replace('ô', 'o'));
        if (known != null) {
            return known;
        }
        try {
            return new Calculus.Alpha(Settings.number("--calculus", text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--calculus must be " + String.join(", ", CALCULI.keySet()) + " or α in [0, 1], got '" + text + "'",
                    e);
        }
    }
}
