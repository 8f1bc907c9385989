package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.langevin4j.core.model.DidYouMean;

/** The names that a text may use besides those of the grammar. */
record Names(Set<String> known) {

    static final String TIME = "t";

    /** Names longer than this are no names but accidents. */
    private static final int LONGEST = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    static Names of(Collection<String> names) {
        Set<String> known = new LinkedHashSet<>();
        for (String name : names) {
            requireFree(name);
            if (!known.add(name)) {
                throw new IllegalArgumentException("names must be different, got '" + name + "' twice");
            }
        }
        return new Names(known);
    }

    /** Refuses what is no name, or has a meaning of its own. */
    private static void requireFree(String name) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
            throw new IllegalArgumentException(
                    "a name must be letters a–z, A–Z, digits and _ and not begin with a digit, got '" + shown + "'");
        }
        String meaning = null;
        if (name.equals(TIME)) {
            meaning = "the time";
        } else if (name.equals("beta")) {
            meaning = "the inverse temperature, which is no part of the model";
        } else if (constant(name).isPresent()) {
            meaning = "a constant";
        } else if (Op.function(name).isPresent()) {
            meaning = "a function";
        }
        if (meaning != null) {
            throw new IllegalArgumentException("a name must have no other meaning, got '" + name + "', which is "
                    + meaning + "; take another letter");
        }
    }

    /** The value of a constant of the grammar. */
    static OptionalDouble constant(String name) {
        return switch (name) {
            case "pi" -> OptionalDouble.of(Math.PI);
            case "e" -> OptionalDouble.of(Math.E);
            default -> OptionalDouble.empty();
        };
    }

    boolean has(String name) {
        return known.contains(name) || name.equals(TIME) || constant(name).isPresent();
    }

    /** What to say after an unknown name. */
    String hint(String name) {
        if (name.equals("beta")) {
            return "; the temperature is given apart from the model";
        }
        List<String> all = new ArrayList<>(known);
        all.addAll(List.of(TIME, "pi", "e"));
        String near = name.length() > LONGEST ? "" : DidYouMean.among(all, name);
        return near.isEmpty() || name.length() == 1
                ? "; it needs a value, or is none of " + String.join(", ", all)
                : near;
    }
}
