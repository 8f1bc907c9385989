/**
 * Domains Ω ⊂ ℝᵈ in which paths stay or at whose boundary they stop, for dx = b dt + √(2β⁻¹) B dW, B Bᵀ = D.
 *
 * <table>
 * <caption>Boundaries</caption>
 * <tr><th>boundary</th><th>what is done after a step of length h</th><th>weak order</th></tr>
 * <tr><td>reflecting, direction γ with γ·n = 1 (n: inner unit normal)</td><td>a state at the distance δ outside moves to
 * x + 2δγ: the symmetrised scheme of Bossy, Gobet and Talay, J. Appl. Probab. 41 (2004) 877</td><td>1</td></tr>
 * <tr><td>reflecting, a smooth surface {g = 0}, direction γ(x)</td><td>the same with the projection to the surface along
 * γ</td><td>1</td></tr>
 * <tr><td>absorbing</td><td>stopped if outside, or else with the probability e^(−2 a₀a₁/(2β⁻¹ nᵀDn h)) that a Brownian
 * bridge between two states at the distances a₀ and a₁ inside has touched the boundary: Gobet, Stoch. Process. Appl. 87
 * (2000) 167</td><td>1</td></tr>
 * <tr><td>absorbing, looked at after each step only</td><td>stopped if outside</td><td>½</td></tr>
 * <tr><td>specular or thermal, for momenta ({@link org.langevin4j.solvers.domain.Walls})</td><td>straight to the wall, and
 * on from there with the new momentum</td><td>1; 2 with BAOAB or OBABO at specular walls that reflect the noise of p onto
 * itself, RΓRᵀ = Γ: for Γ = γM, and at the faces of a box for any diagonal Γ</td></tr>
 * <tr><td>periodic</td><td>moved by a whole number of periods</td><td>that of the scheme</td></tr>
 * </table>
 *
 * <p>A {@link org.langevin4j.solvers.domain.Projection} is no boundary: with it each step ends on a manifold, a sphere, the
 * simplex of probabilities, or any given by a map.
 *
 * <p>The orders at reflecting and absorbing walls hold for coefficients that are Lipschitz continuous up to the wall and a
 * diffusion that is positive along its normal. Where D vanishes at the wall as fast as the distance, as in a square-root
 * process at 0, no order is claimed: a
 * square-root process then has a mean far too large at any affordable step; {@link
 * org.langevin4j.solvers.sde.CoxIngersollRossExact} and {@link org.langevin4j.solvers.sde.FullTruncationEuler} are made for it.
 *
 * <p>A reflecting boundary refuses an equation whose noise does not reach it, nᵀDn = 0. There a state is carried to the wall
 * by a force alone, as the position of an underdamped system is by its momentum; to mirror the position and keep the
 * momentum is no reflection. Walls for momenta are {@link org.langevin4j.solvers.domain.Walls}. At an absorbing boundary the
 * bridge has no variance then, and the path stops where it crosses.
 *
 * <p>The same Ω on a grid is {@link org.langevin4j.solvers.domain.Domain#region(org.langevin4j.core.density.Grid)
 * domain.region(grid)}; back from a grid come {@link org.langevin4j.solvers.domain.Box#of(org.langevin4j.core.density.Region)
 * Box.of} and {@link org.langevin4j.solvers.domain.Walls#of(org.langevin4j.core.density.Region) Walls.of}.
 *
 * <p>{@link org.langevin4j.solvers.domain.MovingTarget} has boundaries that move.
 *
 * <p>{@link org.langevin4j.solvers.domain.Intersection} has the corners of several domains.
 *
 * <p>A path is absorbed at the end of the step in which it crosses: exit times are whole numbers of steps, and half a step
 * too long in the mean. With the normal as its direction a reflecting boundary carries no probability, J·n = 0, where the
 * normal is an eigenvector of D; otherwise the direction with that property is the co-normal, γ ∝ Dn. Drift and diffusion
 * may be asked for their values a little outside Ω within a step of a scheme with several stages, nowhere else.
 */
@NullMarked
package org.langevin4j.solvers.domain;

import org.jspecify.annotations.NullMarked;
