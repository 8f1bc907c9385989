/**
 * Systems of which much is known in closed form: the yardsticks of the solvers. Each is a record of its parameters and a {@link
 * org.langevin4j.core.model.Model}; {@link org.langevin4j.models.analytic.Catalogue} lists them with their defaults.
 *
 * <p>Chemical reactions are given by their chemical Langevin equation (Gillespie 2000), with β the volume: D = ½Σννᵀ·rate.
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
 * <tr><td>{@link org.langevin4j.models.analytic.OrnsteinUhlenbeck}</td><td>linear relaxation with rotation and unequal noise</td><td>Φ, Q, moments</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.BrownianMotion}</td><td>Brownian motion with drift</td><td>mean and variance</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.StuartLandau}</td><td>limit cycle with shear, D = I</td><td>Φ, Q at every β; cycle; mean rotation; phase diffusion β⁻¹(1 + q²)/μ</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.FitzHughNagumo}</td><td>excitable membrane</td><td>resting points; currents of the Hopf bifurcations</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.Kuramoto}</td><td>n globally coupled phases, O(n)</td><td>critical coupling; for identical ones Φ, and the order as n → ∞</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.GeneticToggle}</td><td>two genes, chemical Langevin noise</td><td>resting points; critical production</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.Schloegl}</td><td>bistable reaction, chemical Langevin noise</td><td>Φ and moments to rounding</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.Brusselator}</td><td>oscillating reaction, correlated chemical Langevin noise</td><td>resting point; Hopf bifurcation</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.CoxIngersollRoss}</td><td>square-root process</td><td>Φ; stationary and transient moments</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.MertonJumpDiffusion}</td><td>logarithm of a price with normal
 * jumps</td><td>mean, variance, price of a call</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.HeatConductingChain}</td><td>harmonic chain between two heat baths, O(n)</td><td>covariance, heat current</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.ActiveBrownianParticle}</td><td>swimmer whose direction diffuses</td><td>mean squared displacement, effective diffusion</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.ActiveOrnsteinUhlenbeck}</td><td>particle under coloured noise, in a trap or free</td><td>Φ, Q, moments; mean squared displacement</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.TiltedWashboard}</td><td>tilted periodic potential</td><td>mean velocity, effective diffusion</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.DrivenDoubleWell}</td><td>double well under a periodic force; its equation is driven</td><td>Φ and moments of the still one</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.NoisyLorenz}</td><td>equations of Lorenz with noise, D = I</td><td>resting points; critical Rayleigh number; balances</td></tr>
 * <tr><td>{@link org.langevin4j.models.analytic.SpinOnSphere}</td><td>Landau–Lifshitz equation, Stratonovich, |s| = 1</td><td>moments: Langevin’s function</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.models.analytic;

import org.jspecify.annotations.NullMarked;
