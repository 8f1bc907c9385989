/**
 * Functions of the state x ∈ ℝᵈ — scalar, vector and matrix fields — and their first derivatives.
 *
 * <p>A field writes into a buffer that the caller owns, so that nothing is allocated on a hot path. Two forms of the
 * same function exist side by side:
 *
 * <ul>
 *   <li>the <em>point</em> form takes {@code double[d]}, one state;
 *   <li>the <em>block</em> form takes {@code double[d][paths]}, one array per coordinate (structure of arrays), and
 *       evaluates many states at once. It has a default that loops over the point form; a field that overrides it must
 *       return the same bits.
 * </ul>
 *
 * <p>A field that knows its shape, such as a matrix, refuses to be used for another one ({@link
 * org.langevin4j.core.field.VectorField#requireShape}). One that depends on time is a field for each time ({@code driven},
 * {@code atTime}).
 *
 * <p>Derivatives come with the type: who takes a field and needs its derivative asks whether it is a {@link
 * org.langevin4j.core.field.DifferentiableField} or a {@link org.langevin4j.core.field.Potential}, and takes differences if
 * not.
 *
 * <table>
 * <caption>Where a derivative comes from</caption>
 * <tr><th>factory</th><th>derivative</th><th>error</th><th>cost of a value</th></tr>
 * <tr><td>{@code of(value, derivative)}</td><td>given in closed form</td><td>rounding</td><td>1</td></tr>
 * <tr><td>{@code automatic(f)}</td><td>forward differentiation by Hipparchus' {@link
 *     org.hipparchus.analysis.differentiation.Gradient}</td><td>rounding</td><td>3.5 to 10, see below</td></tr>
 * <tr><td>{@code byDifferences(v)}</td><td>{@link org.langevin4j.core.field.CentralDifferences}</td>
 *     <td>about 10⁻¹² of the value, estimated on request</td><td>1; a Jacobian takes 4d + 1 values</td></tr>
 * </table>
 *
 * <p>What automatic differentiation costs: each operation of {@code Gradient} makes an object, also where only the value is
 * asked for. Against the same function in plain doubles (JDK 17, warm, times of one thread) a value took 5 times as long
 * for a polynomial drift in two dimensions in blocks (51 ns a state for 10 ns), 10 times alone, 6 times in ten
 * dimensions, 3.5 times where it is sines and exponentials, and 3.5 to 4 times for a diagonal or a factor of a diffusion;
 * the first thousands of calls cost more. A whole step of Euler–Maruyama in an ensemble took 4.5 times as long with
 * such a drift (50 ns for 11 ns) and 3.3 times with such a factor. Where values are evaluated often and the Jacobian seldom, give the values in plain doubles and leave the
 * derivative alone to differentiation, which costs nothing until it is asked for:
 *
 * <pre>{@code
 * DifferentiableField drift = DifferentiableField.of(plain, DifferentiableField.automatic(f)::jacobian);
 * }</pre>
 *
 * <p>Convention for a matrix field: (∇·M)ᵢ = Σⱼ ∂ⱼMᵢⱼ, the <em>second</em> index is summed. For a symmetric M it does
 * not matter; for the antisymmetric Q the other choice flips a sign, and only this one makes eq. (19) of Chaudhari and
 * Soatto (2018) right.
 *
 * <p>All fields must be safe for use by several threads at once: they hold no scratch space.
 */
@NullMarked
package org.langevin4j.core.field;

import org.jspecify.annotations.NullMarked;
