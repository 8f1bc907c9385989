/**
 * Most likely paths and quasi-potentials of dx = b dt + √(2β⁻¹) B dW, BBᵀ = D, for β → ∞ (Freidlin and Wentzell 1984).
 *
 * <pre>
 * S[x] = ¼∫(ẋ − b)ᵀD⁻¹(ẋ − b)dt                      a path is as likely as e^(−βS)
 * V(x) = inf S over paths from the attractor to x     −β⁻¹ log ρˢˢ → V up to a constant
 * H(x, p) = p·Dp + b·p,   H(x, ∇V) = 0,   ẋ = b + 2D∇V on minimisers
 * </pre>
 *
 * <p>Wherever b = −(D+Q)∇Φ with antisymmetric Q, gradient systems among them, V is ΔΦ within the basin of the reversed flow
 * −(D−Q)∇Φ.
 * Authors who write dX = b dt + √ε dW and ½∫|Ẋ − b|²dt have 2V for this V; the R package QPot's Φ is this V.
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>class</th><th>gives</th><th>accuracy</th></tr>
 * <tr><td>{@link org.langevin4j.solvers.path.MinimumAction}</td><td>the most likely path between two states, any
 * dimension; also with singular D, as of kinetic equations</td><td>action of fourth order in the distance of points, where the
 * path is smooth</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.path.StringMethod}</td><td>minimum-energy paths, saddles, barriers; heteroclinic
 * orbits</td><td>barrier of fourth order; action an upper bound in systems without Φ</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.path.CharacteristicFronts}</td><td>V and ∇V on a grid of the plane, from a resting point
 * or a limit cycle</td><td>V of third order in the spacing, also behind caustics; beyond saddles as in the next row</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.path.OrderedLineIntegrals}</td><td>V and ∇V on a grid of the plane, from a resting
 * point</td><td>V of first to second order in the spacing, beyond saddles too</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.path.JoinedQuasiPotential}</td><td>V of several attractors</td><td>that of its
 * parts</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.path.EyringKramers}</td><td>rates of escape with their prefactors, where Φ is known, any
 * dimension, also with inertia</td><td>relative error of order β⁻¹</td></tr>
 * </table>
 *
 * <p>Axes of grids do not wrap around. On a ring take a grid that goes a turn beyond the attractor on both sides: paths that go round are then
 * paths to an image of their end, and V at a point is the least over its images.
 *
 * <p>All but the last take b and D alone, not an {@code Sde}: at leading order in β⁻¹ the calculus cannot matter, as it changes b by terms of
 * order β⁻¹. The prefactor of a rate does feel it.
 */
@NullMarked
package org.langevin4j.solvers.path;

import org.jspecify.annotations.NullMarked;
