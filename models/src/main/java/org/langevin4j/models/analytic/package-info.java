/**
 * Systems of which much is known in closed form: the yardsticks of the solvers.
 *
 * <table>
 * <caption>Systems</caption>
 * <tr><th>class</th><th>system</th><th>known</th></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.DoubleWell}</td><td>Example 19 of Chaudhari and Soatto (2018)</td><td>Φ, D,
 * Q, j, Jˢˢ, resting points</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.TwistedWell}</td><td>double well with state-dependent, correlated noise
 * and state-dependent rotation</td><td>Φ, D, Q; ρˢˢ ∝ e^(−βΦ) at every β</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.HopfNormalForm}</td><td>a limit cycle born from a focus, D = I</td><td>Φ,
 * Q, j; ρˢˢ ∝ e^(−βΦ) at every β; cycle, period and Floquet multiplier</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.RingWell}</td><td>a limit cycle along a valley that is no circle, D =
 * I</td><td>Φ, Q, j; ρˢˢ ∝ e^(−βΦ) at every β; cycle, period and Floquet multiplier</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.VanDerPol}</td><td>van der Pol's oscillator, D = I</td><td>b; period for small
 * μ</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.MaierStein}</td><td>two wells without a potential, D = I</td><td>resting
 * points; quasi-potential on the axis for κ ≤ 4</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.models.analytic;

import org.jspecify.annotations.NullMarked;
