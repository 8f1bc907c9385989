/**
 * Fokker–Planck equations on grids: ∂ρ/∂t = −∇·J, J = bρ − β⁻¹∇·(Dρ) (Chaudhari and Soatto 2018, eq. FP).
 *
 * <p>The discretisation is itself a Markov process: {@link org.langevin4j.solvers.fokkerplanck.Generator} holds the rates
 * at which probability jumps between neighbouring cells, all of them ≥ 0. Conservation of mass, positivity and the decay
 * of the relative entropy (Theorem 5) are therefore exact for the discrete flow, not only in the limit of small cells.
 *
 * <p>Rates come from finite volumes with the exponential fluxes of Scharfetter and Gummel (1969). With u = Dρ the current
 * along an axis is J = (b/D)u − β⁻¹∂u, solved exactly between two cell centres a distance δ apart for a constant b/D:
 *
 * <pre>
 * J = β⁻¹/δ · [B(−w) Dₐρₐ − B(w) D_bρ_b],   w = β∫ b/D ds along the edge,   B(z) = z/(eᶻ − 1).
 * </pre>
 *
 * <p>w is integrated by Simpson's rule, so that the discrete steady state of a polynomial potential up to degree four in
 * one dimension is exact at the centres. The scheme is of second order.
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>task</th><th>method</th><th>guarantee</th></tr>
 * <tr><td>steady state</td><td>subtraction-free elimination (Grassmann, Taksar and Heyman 1985) in nested-dissection
 * order (George 1973)</td><td>every cell to about 13 digits, however small its probability</td></tr>
 * <tr><td>evolution</td><td>implicit Euler, the same elimination; the other methods of
 * {@link org.langevin4j.solvers.fokkerplanck.Integrator}: an L-stable one of second order with fixed or adaptive steps,
 * Crank–Nicolson, uniformisation</td><td>mass always; positivity and F non-increasing for any step by implicit Euler and
 * uniformisation, up to a stated step by the others, which refuse to answer with a negative density</td></tr>
 * <tr><td>current</td><td>{@link org.langevin4j.solvers.fokkerplanck.Current}, from the flows between the
 * cells</td><td>its divergence is −∂ρ/∂t to rounding</td></tr>
 * <tr><td>dF/dt, entropy production</td><td>sums over pairs of cells with terms of one sign (Schnakenberg 1976; Esposito
 * and Van den Broeck 2010)</td><td>exact for the Markov process, to rounding also near the steady state</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.solvers.fokkerplanck;

import org.jspecify.annotations.NullMarked;
