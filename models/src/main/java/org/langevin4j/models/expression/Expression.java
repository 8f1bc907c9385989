package org.langevin4j.models.expression;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A real function typed as mathematics. The grammar is on the page of this package.
 *
 * <pre>{@code
 * Expression f = Expression.parse("x^4/4 - x^2/2", List.of("x"));
 * Expression slope = f.derivative("x");
 * double value = slope.at(Map.of("x", 0.5));
 * }</pre>
 *
 * <p>{@link #toString} gives a text that is read as an equal expression. Two expressions are equal if they are written alike but
 * for spaces and brackets that change nothing.
 */
public final class Expression {

    private final Tree tree;

    private Expression(Tree tree) {
        this.tree = tree;
    }

    /**
     * Reads an expression.
     *
     * @param text the expression
     * @param names the variables that it may have besides {@code t}
     * @return the expression
     * @throws ExpressionException if the text is not in the grammar, with the column
     * @throws IllegalArgumentException if a name is no name or has a meaning of its own, such as {@code pi}
     */
    public static Expression parse(String text, Collection<String> names) {
        Objects.requireNonNull(text, "text");
        return new Expression(Parser.single(text, Names.of(names)));
    }

    /**
     * The derivative, by the rules of the page of this package.
     *
     * @param variable the variable
     * @return the derivative, 0 if the expression does not have the variable
     */
    public Expression derivative(String variable) {
        Objects.requireNonNull(variable, "variable");
        return new Expression(Derivative.of(tree, variable));
    }

    /**
     * The value, with the bits of every other form of evaluation.
     *
     * @param values a number for each of {@link #variables}; further ones are not read
     * @return the value, by the rules of Java's {@code double}: 1/0 is infinite, 0/0 and log(-1) are NaN
     * @throws IllegalArgumentException if a variable has no value
     */
    public double at(Map<String, Double> values) {
        return Program.value(tree, values);
    }

    /**
     * The variables that the expression has, {@code t} among them.
     *
     * @return their names in alphabetical order
     */
    public SortedSet<String> variables() {
        return tree.variables();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Expression expression && tree.equals(expression.tree);
    }

    @Override
    public int hashCode() {
        return tree.hashCode();
    }

    @Override
    public String toString() {
        return tree.toString();
    }
}
