/**
 * Optimal transport between densities, and the Fokker–Planck equation as its gradient flow: Corollary 8 of Chaudhari and
 * Soatto (2018).
 *
 * <h2>The distance</h2>
 *
 * <pre>
 * W₂²(μ, ν) = min over π of ∫∫ c(x, y) dπ(x, y),   c(x, y) = Σᵢ (xᵢ − yᵢ)²,   π with the marginals μ and ν.
 * </pre>
 *
 * <p>In one dimension the best plan is monotone and W₂ is the L² distance of the quantile functions. In more dimensions the
 * plan is found with an entropic penalty ε KL(π‖μ⊗ν); the minimum is then OT_ε, of which the bias of order ε is taken out in
 * the Sinkhorn divergence S_ε = OT_ε(μ,ν) − ½OT_ε(μ,μ) − ½OT_ε(ν,ν) (Feydy et al. 2019). S_ε is zero only between equal
 * densities, exact for translations, and W₂² + O(ε²) between smooth densities (Chizat et al. 2020). ε has the unit of a
 * squared length. The kernel e^(−c/ε) is a product over the axes: a pass over n×n cells costs O(n³), not O(n⁴).
 *
 * <h2>The gradient flow</h2>
 *
 * <p>Corollary 8: if D = I, the trajectories of the Fokker–Planck equation ∂ρ/∂t = ∇·(ρ∇Φ) + β⁻¹Δρ are the gradient flow of
 *
 * <pre>
 * F(ρ) = E_ρ[Φ] − β⁻¹H(ρ)                                                                        (JKO)
 * </pre>
 *
 * <p>in the Wasserstein metric: the limit τ → 0 of the implicit Euler scheme of Jordan, Kinderlehrer and Otto (1998),
 *
 * <pre>
 * ρₖ₊₁ = argmin over ρ of W₂²(ρₖ, ρ)/(2τ) + F(ρ),   ρₖ ≈ ρ(kτ), with an error of order τ.
 * </pre>
 *
 * <p>The paper states (JKO) without τ or constants; the ones here make the flow run in the time of the equation. F is
 * β⁻¹KL(ρ‖ρˢˢ) up to the constant −β⁻¹ log Z (eq. 11), so it may be negative.
 *
 * <p>What the corollary needs, in words the paper does not use:
 *
 * <ul>
 *   <li>The drift must be −∇Φ. The paper writes the loss f in place of Φ, which is the same where b = −∇f and D = I. Its own
 *       Example 19 has D = I and a drift that is no gradient (j ≠ 0): there the flow is not the gradient flow of F, although
 *       F decreases along it.
 *   <li>D = cI with c ≠ 1 has Φ = f/c, not f as Lemma 6 says, and its flow is c times as fast as that of Φ with D = I.
 *   <li>For any constant D and b = −D∇Φ the flow is the gradient flow of the same F for the cost
 *       (x − y)ᵀD⁻¹(x − y): a change of coordinates. The schemes here take diagonal D. The paper says that Theorem 5 holds
 *       for every D(x) but gives no metric. For a reversible system, j = 0, it is the Riemannian one, D(x)⁻¹, whose cost is a
 *       squared geodesic distance and not a difference of coordinates (Lisini 2009); with j ≠ 0 there is none. Both are
 *       outside of this package.
 * </ul>
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>task</th><th>class</th><th>method</th><th>error</th></tr>
 * <tr><td>W₂, one dimension</td><td>{@link org.langevin4j.solvers.transport.Wasserstein}</td><td>quantile functions of
 * piecewise constant densities</td><td>rounding</td></tr>
 * <tr><td>W₂, Gaussians</td><td>{@link org.langevin4j.solvers.transport.Wasserstein}</td><td>Bures, by polar
 * decomposition</td><td>rounding</td></tr>
 * <tr><td>W₂, any dimension</td><td>{@link org.langevin4j.solvers.transport.Sinkhorn}</td><td>Sinkhorn iteration on
 * logarithms, decreasing ε, debiased</td><td>O(ε²) in W₂²</td></tr>
 * <tr><td>JKO scheme, one dimension</td><td>{@link org.langevin4j.solvers.transport.QuantileJko}</td><td>Newton on the
 * quantiles, tridiagonal</td><td>O(τ) + O(cell²)</td></tr>
 * <tr><td>JKO scheme, any dimension</td><td>{@link org.langevin4j.solvers.transport.EntropicJko}</td><td>entropic transport
 * (Peyré 2015), debiased</td><td>O(τ) + O(ε²/τ)</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.solvers.transport;

import org.jspecify.annotations.NullMarked;
