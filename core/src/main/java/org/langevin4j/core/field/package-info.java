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
 * <p>Derivatives are given in closed form or come from Hipparchus' forward automatic differentiation
 * ({@link org.hipparchus.analysis.differentiation.Gradient}); the factories named {@code automatic} do the latter.
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
