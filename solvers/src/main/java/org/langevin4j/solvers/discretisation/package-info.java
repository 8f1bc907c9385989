/**
 * Fokker–Planck equations on grids as Markov chains: ∂ρ/∂t = −∇·J, J = bρ − β⁻¹∇·(Dρ) on a region with boundaries becomes a
 * {@link org.langevin4j.solvers.discretisation.GridGenerator}, the rates at which probability jumps between cells with what the
 * discretisation tells of itself. All its rates are ≥ 0, and what leaves a cell arrives in another or is absorbed, so that
 * conservation of mass, positivity and the decay of the relative entropy are exact for the discrete flow. What one does with
 * the chain is in {@link org.langevin4j.solvers.markov} and {@link org.langevin4j.solvers.fokkerplanck}.
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
 * <p>b and D are called once at the centre of each cell, once half-way between the two cells of each pair that exchange
 * probability (on a face of the grid where D is diagonal), and once half-way to an absorbing wall.
 *
 * <p>What to expect:
 *
 * <ul>
 *   <li>Anisotropy: the offsets are about √κ cells long for eigenvalues in the ratio κ. A Gaussian of covariance D at an angle
 *       of 0.61 keeps ⟨xy⟩ to 0.2 % for κ = 10⁴ on 160² cells; with a rotation of the size of the drift and κ = 100 or 1000,
 *       to 1 % on 128² cells, and four times as well when they are halved ({@code FullDiffusionTest}).
 *   <li>Offsets are limited to a quarter of the box and 128 cells; a D that would need longer ones is thickened, see
 *       {@link org.langevin4j.solvers.discretisation.GridGenerator#thickening}.
 *   <li>Singular D: drift outside its range is moved upwind along the axes, of first order and positive.
 *   <li>At reflecting walls of a box an offset that leads out slides along the wall. That is exact for detailed balance
 *       and otherwise of first order where D is not diagonal at the wall. The rim of a mask is a staircase, of first order.
 *   <li>A reflecting wall that the noise does not reach, D n = 0, keeps the momentum of what waits at it, which is not the law of
 *       a bounce: an analysis in which such walls stop more than 1 % of the flow is refused
 *       ({@link org.langevin4j.solvers.discretisation.GridGenerator#stoppedFlow}). Faces of a position may be
 *       {@linkplain org.langevin4j.core.density.Boundary#SPECULAR specular}: what leaves at (wall, p) enters at (wall, −p), of
 *       first order as the upwind flow is ({@code KineticWallTest}).
 *   <li>Cell Péclet numbers above 2 turn the flux upwind:
 *       {@link org.langevin4j.solvers.discretisation.GridGenerator#pecletNumbers}. Outward drift at walls:
 *       {@link org.langevin4j.solvers.discretisation.GridGenerator#outwardWalls}.
 * </ul>
 *
 * <h2>A system given by Φ, D and Q</h2>
 *
 * <p>An {@link org.langevin4j.core.sde.UnderdampedLangevin} with one temperature is taken in this form by itself. In u = ρ/ρˢˢ the
 * current between two cells is C[B(−z)u_a − B(z)u_b], z = F/C: the conductance C from the offsets of D and the exact difference of Φ, the
 * flux F of the stationary current as a discrete curl of β⁻¹Qρˢˢ. Then e^(−βΦ) at the centres is the steady state to rounding,
 * whatever the anisotropy and the rotation. F turns back at reflecting walls, leaves through absorbing faces and closes
 * through the mirror at specular ones. Φ and D are called once a centre, Q and Φ once a corner (an edge in three dimensions).
 *
 * <p>On a face across which D conducts nothing this is upwind in u, of first order, as on the positions of a system with
 * momenta. Where it blurs too much, passage times, committors and modes take the flux of third order of {@link
 * org.langevin4j.solvers.discretisation.ThirdOrderFlux}: Kramers' rate in a double well, ΔU/T = 5, is right to 1 % on 128² cells for
 * γ from 0.1 to 10, to 5 % for γ = 0.02 ({@code KineticGridTest}); evolutions stay with the positive one.
 */
@NullMarked
package org.langevin4j.solvers.discretisation;

import org.jspecify.annotations.NullMarked;
