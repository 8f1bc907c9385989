/**
 * Models given as mathematics: {@link org.langevin4j.models.expression.ExpressionModel} takes the texts, {@link
 * org.langevin4j.models.expression.Expression} is one of them read, {@link
 * org.langevin4j.models.expression.ExpressionException} says where a text leaves the grammar.
 *
 * <table>
 * <caption>The grammar, from what binds least to what binds most</caption>
 * <tr><th>form</th><th>meaning</th></tr>
 * <tr><td>{@code a; b}</td><td>rows of a matrix</td></tr>
 * <tr><td>{@code a, b}</td><td>entries of a vector or a row</td></tr>
 * <tr><td>{@code a + b}, {@code a - b}</td><td>from the left</td></tr>
 * <tr><td>{@code a*b}, {@code a/b}</td><td>from the left; the {@code *} is never left out</td></tr>
 * <tr><td>{@code -a}, {@code +a}</td><td>{@code -x^2} is −(x²)</td></tr>
 * <tr><td>{@code a^b}</td><td>from the right: {@code a^b^c} is a^(b^c); {@code 2^-x} is allowed</td></tr>
 * <tr><td>{@code (a)}, {@code f(a)}, {@code f(a, b)}</td><td>round brackets only</td></tr>
 * <tr><td>{@code 2}, {@code .5}, {@code 1.5e-3}</td><td>numbers</td></tr>
 * <tr><td>{@code x}, {@code gamma_2}</td><td>coordinates and parameters: letters a–z and A–Z, digits, _</td></tr>
 * <tr><td>{@code t}, {@code pi}, {@code e}</td><td>the time and two constants. They are the names of nothing else; nor are those
 *     of functions, nor {@code beta}, as the temperature is given apart from the model</td></tr>
 * </table>
 *
 * <table>
 * <caption>Functions</caption>
 * <tr><th>function</th><th>value</th><th>derivative with respect to the argument</th></tr>
 * <tr><td>{@code exp}, {@code log} (or {@code ln}), {@code sin}, {@code cos}</td>
 *     <td>{@link org.langevin4j.core.block.BlockMath}</td><td>exp, 1/a, cos, −sin</td></tr>
 * <tr><td>{@code tan}, {@code asin}, {@code acos}, {@code atan}, {@code atan2(y, x)}, {@code sinh}, {@code cosh}, {@code tanh},
 *     {@code cbrt}</td><td>{@link java.lang.StrictMath}</td><td>as in any table</td></tr>
 * <tr><td>{@code sqrt}, {@code abs}</td><td>exact</td><td>1/(2√a); sign(a), which is 0 at 0</td></tr>
 * <tr><td>{@code sign}</td><td>−1, 0, 1</td><td>0</td></tr>
 * <tr><td>{@code step}</td><td>1 for a ≥ 0, else 0</td><td>0</td></tr>
 * <tr><td>{@code min(a, b, …)}, {@code max(a, b, …)}</td><td>of two or more, from the left</td><td>that of the one taken, of the
 *     first if they are equal</td></tr>
 * <tr><td>{@code pow(a, b)}</td><td>{@code a^b}</td><td>b·a^(b−1), a^b·log(a)</td></tr>
 * </table>
 *
 * <p>A power whose exponent is written as a whole number from −8 to 8 is a product from the left, {@code x^3} = (x·x)·x and
 * {@code x^-2} = 1/(x·x); every other one is {@link java.lang.StrictMath#pow}, so {@code x^n} with a parameter n = 3 too.
 *
 * <p>Values are those of Java's {@code double} for the text as it stands: nothing is reordered, 1/0 is infinite, 0/0 is NaN. The
 * value at one state, the values of a block on the vector unit or without it, and a field in Java that does the same operations
 * with the same functions have the same bits. What is zero or one in a derivative by its form is left out of it.
 *
 * <p>Bounds: 100,000 characters, 200 brackets, signs or powers inside one another, 1000 operations inside one another (so many
 * terms of a sum without brackets). Whatever is not in the grammar is refused with its column, in a time that grows as the
 * length of the text. A text is never part of a class, a method, or anything else that is run: compiled code knows operations,
 * positions and numbers only.
 */
@NullMarked
package org.langevin4j.models.expression;

import org.jspecify.annotations.NullMarked;
