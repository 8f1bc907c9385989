/**
 * The decomposition (Φ, D, Q) ⇄ (b, D) of a stochastic system (Chaudhari and Soatto 2018, Section V; Ao 2004).
 *
 * <pre>
 * b  = −(D+Q)∇Φ + β⁻¹∇·(D+Q)          eq. (19)
 * j  = b + D∇Φ − β⁻¹∇·D               eq. (8),   hence   j = −Q∇Φ + β⁻¹∇·Q
 * Jˢˢ = j ρˢˢ,  ∇·Jˢˢ = 0,  ρˢˢ ∝ e^(−βΦ)   eqs. (6), (A4)
 * </pre>
 *
 * <p>For any such system ∇·j = (∇·Q)·∇Φ = βj·∇Φ: what Assumption 4 (∇·j = 0) and eq. (A5) ask for is one condition on Q, and for
 * constant D it is also what makes Φ the same at every temperature for the drift held fixed ({@link
 * org.langevin4j.core.decomposition.TemperatureConditions}).
 *
 * <p>(∇·M)ᵢ = Σⱼ ∂ⱼMᵢⱼ. The paper's words "applied column-wise" would flip the sign of ∇·Q and contradict its eq. (19).
 *
 * <p>For a linear system, b = −Fx, Q and U follow from F and D alone (Lemma 20, eq. (16)): F = (D+Q)U with Φ = ½xᵀUx and
 *
 * <pre>F Q + Q Fᵀ = F D − D Fᵀ,   uniquely if no two eigenvalues of F cancel, λᵢ + λⱼ ≠ 0.</pre>
 *
 * <table>
 * <caption>Parts</caption>
 * <tr><th>type</th><th>what it is</th></tr>
 * <tr><td>{@link org.langevin4j.core.decomposition.Decomposition}</td><td>a system given by Φ, D and Q, and its
 * equations</td></tr>
 * <tr><td>{@link org.langevin4j.core.decomposition.Irreversibility}</td><td>entropy production, circulation and flux of such
 * a system</td></tr>
 * <tr><td>{@link org.langevin4j.core.decomposition.TemperatureConditions}</td><td>whether Φ is the same at every
 * temperature for drift and D held fixed</td></tr>
 * <tr><td>{@link org.langevin4j.core.decomposition.LinearDecomposition}</td><td>Q and U of F and D, residuals, condition,
 * stability, covariance</td></tr>
 * <tr><td>{@link org.langevin4j.core.decomposition.LinearIrreversibility}</td><td>entropy production with even and odd
 * coordinates, rotation</td></tr>
 * <tr><td>{@link org.langevin4j.core.decomposition.LinearCurrents}</td><td>mean and variance of integrated currents, and what
 * they say of entropy production</td></tr>
 * <tr><td>{@link org.langevin4j.core.decomposition.RotationPlane}</td><td>a plane in which the stationary current
 * turns, and its rate</td></tr>
 * <tr><td>{@link org.langevin4j.core.decomposition.Inertia}</td><td>how many eigenvalues lie to each side of zero: of F and
 * of U the same</td></tr>
 * <tr><td>{@link org.langevin4j.core.decomposition.Resonance}</td><td>two eigenvalues of F and how near they are to
 * cancelling</td></tr>
 * <tr><td>{@link org.langevin4j.core.decomposition.ResonanceException}</td><td>two eigenvalues of F cancel</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.core.decomposition;

import org.jspecify.annotations.NullMarked;
