/**
 * Integration with steps chosen by the error, path by path, for equations whose noise commutes; also driven ones.
 *
 * <p>An {@link org.langevin4j.solvers.adaptive.AdaptiveSolver} solves on a {@link org.langevin4j.core.random.BrownianPath},
 * which is one fixed function of time, with steps of length h = T/2ˡ. A scheme in which one of lower order is embedded (SRA1 and
 * SRA3 with Euler–Maruyama, SRI1W1 with a scheme of strong order 1: Rößler 2010; Rackauckas and Nie 2017, Discrete Contin. Dyn.
 * Syst. B 22, 2731) is tried once, and e is the difference to the state of the embedded one. With any other a step is tried once
 * as a whole and once as two halves, and e is the difference of these. The estimate e is measured as
 *
 * <pre>‖e‖ = maxᵢ |eᵢ| / (absolute tolerance + relative tolerance · max(|xᵢ|, |xᵢ′|))</pre>
 *
 * with the states x before and x′ after the step.
 *
 * <table>
 * <caption>What becomes of a step</caption>
 * <tr><th>if</th><th>then</th></tr>
 * <tr><td>‖e‖ ≤ 1</td><td>the state of higher order, or after the two halves, is taken</td></tr>
 * <tr><td>‖e‖ &gt; 1, or a state is not finite</td><td>h is halved; the same path is looked at more finely</td></tr>
 * <tr><td>2^(γ+½)‖e‖ ≤ ½ for the strong order γ, 1 for embedded ones, and the next interval of twice the length starts here</td><td>h is
 * doubled</td></tr>
 * </table>
 *
 * <p>Numbers drawn anew after a rejection would favour small increments, for it is the large ones that are rejected: the
 * solution would have the wrong law at every tolerance. Here nothing is drawn anew. Moreover the solution visits every time
 * at which the path was looked at for it (the middle of a step of two halves and, after a rejection, the end of the rejected one). With
 * both, schemes of strong order 1 or more converge to the solution although their steps depend on the future of the path;
 * Euler–Maruyama with noise that depends on the state need not (Gaines and Lyons 1997, "Variable step size control in the
 * numerical solution of stochastic differential equations", SIAM J. Appl. Math. 57; Foster and Jelinčič 2024, "On the
 * convergence of adaptive approximations for stochastic differential equations", arXiv:2311.14201) and is refused.
 *
 * <p>In an ensemble an {@link org.langevin4j.solvers.adaptive.AdaptiveScheme} does the same within each step of the ensemble, whose
 * ends are the given times.
 */
@NullMarked
package org.langevin4j.solvers.adaptive;

import org.jspecify.annotations.NullMarked;
