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
 * <tr><td>evolution</td><td>implicit Euler, the same elimination</td><td>mass, positivity, F non-increasing for any
 * step</td></tr>
 * <tr><td>spectrum</td><td>shift-and-invert band Arnoldi in L²(ρˢˢ) on ρ/ρˢˢ and on observables
 * ({@link org.langevin4j.solvers.fokkerplanck.Spectrum})</td><td>residual of each mode; biorthonormal pairs</td></tr>
 * <tr><td>first passage, committor, survival</td><td>backward equation, the transposed elimination
 * ({@link org.langevin4j.solvers.fokkerplanck.HittingProblem})</td><td>times and probabilities ≥ 0; second order where the
 * edge of a target lies on faces of cells</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.solvers.fokkerplanck;

import org.jspecify.annotations.NullMarked;
