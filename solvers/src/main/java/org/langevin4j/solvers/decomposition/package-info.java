/**
 * The decomposition of an equation (b, D, β) on a grid, and a verdict on what Chaudhari and Soatto (2018) assume and claim.
 *
 * <pre>
 * Φ = −β⁻¹ log ρˢˢ                     eq. (5)
 * j = b + D∇Φ − β⁻¹∇·D = Jˢˢ/ρˢˢ       eqs. (8), (A4)
 * Jˢˢ = β⁻¹∇·(Qρˢˢ)                    hence eq. (19), b = −(D+Q)∇Φ + β⁻¹∇·(D+Q)
 * ∇·(jρˢˢ) = ρˢˢ(∇·j − βj·∇Φ)          so that ∇·j = 0 (Assumption 4) and j·∇Φ = 0 (A5) are one condition
 * </pre>
 *
 * <p>ρˢˢ and Jˢˢ are those of {@link org.langevin4j.solvers.fokkerplanck.FokkerPlanck}. Its jumps, led through the faces of
 * the cells, are a current whose divergence is zero to rounding; Q comes from that current:
 *
 * <table>
 * <caption>Q of one to three dimensions</caption>
 * <tr><th>d</th><th>Q</th><th>gauge</th></tr>
 * <tr><td>1</td><td>none: between walls j = 0, on a ring J is constant and no Q gives it</td><td></td></tr>
 * <tr><td>2</td><td>Q₁₂ = βψ/ρ, J = (∂₂ψ, −∂₁ψ), from sums of flows ({@link
 * org.langevin4j.solvers.decomposition.StreamFunction})</td><td>ψ = 0 on the walls; on a torus ∫Q₁₂ = 0</td></tr>
 * <tr><td>3</td><td>A = β⁻¹Qρ on the edges of the cells, by conjugate gradients</td><td>E[‖Q‖²] least, A = 0 on walls (free
 * there if an axis is periodic)</td></tr>
 * </table>
 *
 * <table>
 * <caption>Types</caption>
 * <tr><th>type</th><th>what it is</th></tr>
 * <tr><td>{@link org.langevin4j.solvers.decomposition.GridDecomposition}</td><td>Φ, j and Q on one grid</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.decomposition.StreamFunction}</td><td>ψ in the plane, whose level sets are the closed
 * loops of j (Lemma 7)</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.decomposition.Claim}, {@link
 * org.langevin4j.solvers.decomposition.Residual}</td><td>an equation of the paper, and what is left of it on one grid</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.decomposition.AssumptionReport}, {@link
 * org.langevin4j.solvers.decomposition.Finding}, {@link org.langevin4j.solvers.decomposition.Verdict}</td><td>from three grids,
 * which claims hold, which fail and by how much</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.decomposition.IrreversibleCurrent}</td><td>entropy production, its map and rate, where
 * momenta are odd under the reversal of time</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.decomposition.LossComparison}</td><td>how far Φ is from a loss (Lemma 6)</td></tr>
 * </table>
 *
 * <p>In three dimensions Q is least in L²(ρˢˢ) if and only if the vector (Q₂₃, Q₃₁, Q₁₂) has no divergence; the constant Q of Lemma
 * 20 is that one. The field A of least ∫|A|² would be another: it does not fall off as ρˢˢ does, and its Q grows without
 * bound.
 *
 * <p>A current that winds around a periodic axis is told by {@link
 * org.langevin4j.solvers.decomposition.GridDecomposition#winding}. If all axes are periodic no Q gives it, and eq. (19)
 * fails by that {@linkplain org.langevin4j.solvers.decomposition.GridDecomposition#harmonicCurrent() constant current}.
 *
 * <p>Derivatives are central differences, one-sided at walls, so that what holds is left with a residual of second order in
 * the width of the cells if D is diagonal or constant. For a full D(x) the offsets of the scheme change from place to place,
 * with kinks in their weights: Φ is of second order all the same, its first derivatives then about of first, and its second
 * ones need not converge; the verdict says so. Norms are √E[r²] under ρˢˢ and maxima where ρˢˢ is at least 1e-3 of its largest value. {@link
 * org.langevin4j.solvers.decomposition.AssumptionReport} takes three grids and judges.
 */
@NullMarked
package org.langevin4j.solvers.decomposition;

import org.jspecify.annotations.NullMarked;
