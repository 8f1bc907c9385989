/**
 * Schemes: rules that take a stochastic differential equation one step further.
 *
 * <table>
 * <caption>Schemes</caption>
 * <tr><th>scheme</th><th>calculus</th><th>noise</th><th>strong order</th><th>weak order</th></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.EulerMaruyama}</td><td>Itô</td><td>any</td><td>½ (1 if
 * additive)</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sde.ATypeEuler}</td><td>A-type</td><td>any</td><td>½ (1 if
 * additive)</td><td>1</td></tr>
 * </table>
 *
 * <p>A scheme refuses an equation in another calculus; {@link org.langevin4j.core.sde.Sde#toIto()} converts in sight.
 */
@NullMarked
package org.langevin4j.solvers.sde;

import org.jspecify.annotations.NullMarked;
