/**
 * Fokker–Planck equations on grids: ∂ρ/∂t = −∇·J, J = bρ − β⁻¹∇·(Dρ) (Chaudhari and Soatto 2018, eq. FP).
 *
 * <p>The discretisation is itself a Markov process: {@link org.langevin4j.solvers.fokkerplanck.Generator} holds the rates
 * at which probability jumps between cells, all of them ≥ 0, and what leaves a cell arrives in another or is absorbed.
 * Conservation of mass, positivity and the decay of the relative entropy (Theorem 5) are therefore exact for the
 * discrete flow, not only in the limit of small cells, for every positive semi-definite D(x).
 *
 * <h2>An equation given by b and D</h2>
 *
 * <p>In units of the widths of the cells, D at a cell is written as Σₖ λₖ eₖeₖᵀ with integer offsets eₖ and λₖ ≥ 0
 * (Selling 1874; Bonnans and Zidani 2003; Fehrenbach and Mirebeau 2014). Along each offset, between the cells a and
 * c = a + e, probability flows by the exponential flux of Scharfetter and Gummel (1969),
 *
 * <pre>
 * J = β⁻¹[B(−w)λₐρₐ − B(w)λ_cρ_c],   w = β∫ω·dx from a to c,   Dω = b,   B(z) = z/(eᶻ − 1),
 * </pre>
 *
 * <p>with w by Simpson's rule. The adjoint of this is the consistent difference quotient of the backward operator
 * b·∇ + β⁻¹D:∇², so that the scheme is of second order wherever D is not degenerate. Where ω is a gradient the discrete
 * process is in detailed balance, and a quadratic potential is exact at the centres. On axes whose cells grow smoothly
 * it is of second order too.
 *
 * <p>What to expect:
 *
 * <ul>
 *   <li>Anisotropy: the offsets are about √κ cells long for eigenvalues in the ratio κ. A Gaussian of covariance D at an angle
 *       of 0.61 keeps ⟨xy⟩ to 0.2 % for κ = 10⁴ on 160² cells; with a rotation of the size of the drift and κ = 100 or 1000,
 *       to 1 % on 128² cells, and four times as well when they are halved ({@code FullDiffusionTest}).
 *   <li>Offsets are limited to a quarter of the box and 128 cells; a D that would need longer ones is thickened, see
 *       {@link org.langevin4j.solvers.fokkerplanck.FokkerPlanck#thickening}.
 *   <li>Singular D: drift outside its range is moved upwind along the axes, of first order and positive.
 *   <li>At reflecting walls of a box an offset that leads out slides along the wall. That is exact for detailed balance
 *       and otherwise of first order where D is not diagonal at the wall. The rim of a mask is a staircase, of first order.
 *   <li>A reflecting wall that the noise does not reach, D n = 0, keeps the momentum of what waits at it, which is not the law of
 *       a bounce: an analysis in which such walls stop more than 1 % of the flow is refused
 *       ({@link org.langevin4j.solvers.fokkerplanck.FokkerPlanck#stoppedFlow}). Faces of a position may be
 *       {@linkplain org.langevin4j.core.density.Boundary#SPECULAR specular}: what leaves at (wall, p) enters at (wall, −p), of
 *       first order as the upwind flow is ({@code KineticWallTest}).
 *   <li>Cell Péclet numbers above 2 turn the flux upwind:
 *       {@link org.langevin4j.solvers.fokkerplanck.FokkerPlanck#pecletNumbers}. Outward drift at walls:
 *       {@link org.langevin4j.solvers.fokkerplanck.FokkerPlanck#outwardWalls}.
 * </ul>
 *
 * <h2>A system given by Φ, D and Q</h2>
 *
 * <p>In u = ρ/ρˢˢ the current between two cells is C[B(−z)u_a − B(z)u_b], z = F/C: the conductance C from the offsets of D
 * and the exact difference of Φ, the flux F of the stationary current as a discrete curl of β⁻¹Qρˢˢ. Then e^(−βΦ) at the
 * centres is the steady state to rounding, whatever the anisotropy and the rotation. On a face across which D conducts
 * nothing the flux is upwind in u: transients are then of first order, as for D = [[1, 0.6], [0.6, 0.5]], whose offsets
 * lack the second axis (an off-diagonal entry larger than a diagonal one, in units of the cells).
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>task</th><th>method</th><th>guarantee</th></tr>
 * <tr><td>steady state</td><td>subtraction-free elimination (Grassmann, Taksar and Heyman 1985) in nested-dissection
 * order (George 1973)</td><td>every cell to about 13 digits, however small its probability</td></tr>
 * <tr><td>steady state of many cells</td><td>nested iteration in log ρ over coarser grids (Brandt 1977), K-cycles over them
 * (Notay 2008); where they do not resolve the equation, algebraic multigrid: aggregation weighted with the iterate (Horton
 * and Leutenegger 1994)</td><td>residual of every cell below 1e-12 of the flow through it, time nearly
 * proportional to the number of cells</td></tr>
 * <tr><td>evolution</td><td>implicit Euler, the same elimination, or on many cells nested multigrid for the shifted
 * equation; the other methods of
 * {@link org.langevin4j.solvers.fokkerplanck.Integrator}: an L-stable one of second order with fixed or adaptive steps,
 * Crank–Nicolson, uniformisation</td><td>mass always; positivity and F non-increasing for any step by implicit Euler and
 * uniformisation, up to a stated step by the others, which refuse to answer with a negative density</td></tr>
 * <tr><td>evolution of an equation that depends on time; its periodic steady state</td><td>the same steps with the generators at
 * the times of their stages; GMRES on the flow through one period
 * ({@link org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck})</td><td>mass always, positivity as above; ‖ρ(T) − ρ(0)‖₁ below
 * 1e-11</td></tr>
 * <tr><td>current</td><td>{@link org.langevin4j.solvers.fokkerplanck.Current}, from the flows between the
 * cells</td><td>its divergence is −∂ρ/∂t to rounding</td></tr>
 * <tr><td>dF/dt, entropy production</td><td>sums over pairs of cells with terms of one sign (Schnakenberg 1976; Esposito
 * and Van den Broeck 2010)</td><td>exact for the Markov process, to rounding also near the steady state</td></tr>
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
