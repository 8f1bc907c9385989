package org.langevin4j.examples.cli.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.models.expression.Expression;
import org.langevin4j.models.expression.ExpressionModel;
import org.langevin4j.solvers.domain.LevelSet;

/** A region given as an inequality between expressions of the state, such as {@code x > 0.9} or {@code x^2 + y^2 < 0.04}. */
final class Target {

    private static final Pattern INEQUALITY = Pattern.compile("([^<>=]+)(<=?|>=?)([^<>=]+)");

    private static final Pattern BOUND =
            Pattern.compile("\\s*([A-Za-z]\\w*)\\s*|\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*");

    private final String text;
    private final int dimension;
    private final DifferentiableField field;
    private final int coordinate;
    private final double bound;

    private Target(String text, int dimension, DifferentiableField field, int coordinate, double bound) {
        this.text = text;
        this.dimension = dimension;
        this.field = field;
        this.coordinate = coordinate;
        this.bound = bound;
    }

    static Target parse(String text, ChosenModel chosen) {
        Matcher parts = INEQUALITY.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "--target takes one inequality, as in \"x > 0.9\" or \"x^2 + y^2 < 0.04\", got '" + text + "'");
        }
        boolean above = parts.group(2).startsWith(">");
        String difference = above
                ? "(" + parts.group(1) + ") - (" + parts.group(3) + ")"
                : "(" + parts.group(3) + ") - (" + parts.group(1) + ")";
        List<String> states = chosen.coordinates();
        Set<String> names = new HashSet<>(states);
        chosen.model().parameters().forEach(parameter -> names.add(parameter.name()));
        // Each side by itself first, so that a fault points into what was typed.
        Set<String> used = new HashSet<>(Expression.parse(parts.group(1), names).variables());
        used.addAll(Expression.parse(parts.group(3), names).variables());
        if (used.contains("t")) {
            throw new IllegalArgumentException("--target must not depend on t, got '" + text + "'");
        }
        if (states.stream().noneMatch(used::contains)) {
            throw new IllegalArgumentException(
                    "--target must depend on " + String.join(", ", states) + ", got '" + text + "'");
        }
        ExpressionModel.Builder model =
                ExpressionModel.of(String.join(", ", states)).drift(difference + ", 0".repeat(states.size() - 1));
        for (Parameter parameter : chosen.model().parameters()) {
            if (used.contains(parameter.name()) && !states.contains(parameter.name())) {
                model.parameter(parameter.name(), parameter.value());
            }
        }
        Matcher left = BOUND.matcher(parts.group(1));
        Matcher right = BOUND.matcher(parts.group(3));
        int at = -1;
        double bound = Double.NaN;
        if (left.matches() && right.matches()) {
            String name = left.group(1) == null ? right.group(1) : left.group(1);
            String number = left.group(2) == null ? right.group(2) : left.group(2);
            at = number == null ? -1 : states.indexOf(name);
            bound = number == null ? Double.NaN : Double.parseDouble(number);
        }
        return new Target(text.strip(), states.size(), model.build().drift(), at, bound);
    }

    /** Whether a state is in it. */
    boolean contains(double[] x) {
        return value(x) > 0.0;
    }

    Predicate<double[]> cells() {
        return this::contains;
    }

    private double value(double[] x) {
        double[] out = new double[dimension];
        field.at(x, out);
        return out[0];
    }

    /** The region outside, whose rim absorbs. */
    LevelSet outside() {
        ScalarField function = new ScalarField() {
            @Override
            public double at(double[] x) {
                return -value(x);
            }

            @Override
            public void atBlock(double[][] x, int paths, double[] out) {
                double[][] all = new double[dimension][paths];
                field.atBlock(x, paths, all);
                for (int p = 0; p < paths; p++) {
                    out[p] = -all[0][p];
                }
            }
        };
        VectorField gradient = (x, out) -> {
            double[] jacobian = new double[dimension * dimension];
            field.jacobian(x, jacobian);
            for (int i = 0; i < dimension; i++) {
                out[i] = -jacobian[i];
            }
        };
        return LevelSet.absorbing(dimension, function, gradient);
    }

    /** The bound of {@code coordinate > bound} or {@code coordinate < bound}, if it is that and of this coordinate. */
    OptionalDouble bound(int i) {
        return coordinate == i ? OptionalDouble.of(bound) : OptionalDouble.empty();
    }

    /** Refuses a start that is there already. */
    void requireOutside(double[] start) {
        if (contains(start)) {
            throw new IllegalArgumentException(
                    "--start must be outside of the target " + text + ", got " + Arrays.toString(start));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
