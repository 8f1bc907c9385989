/**
 * The decomposition (Φ, D, Q) ⇄ (b, D) of a stochastic system (Chaudhari and Soatto 2018, Section V; Ao 2004).
 *
 * <pre>
 * b  = −(D+Q)∇Φ + β⁻¹∇·(D+Q)          eq. (19)
 * j  = b + D∇Φ − β⁻¹∇·D               eq. (8),   hence   j = −Q∇Φ + β⁻¹∇·Q
 * Jˢˢ = j ρˢˢ,  ∇·Jˢˢ = 0,  ρˢˢ ∝ e^(−βΦ)   eqs. (6), (A4)
 * </pre>
 *
 * <p>{@link org.langevin4j.core.decomposition.Irreversibility} measures entropy production, circulation and flux of such a
 * system.
 * <p>For any such system ∇·j = (∇·Q)·∇Φ = βj·∇Φ: what Assumption 4 (∇·j = 0) and eq. (A5) ask for is one condition on Q, and for
 * constant D it is also what makes Φ the same at every temperature for the drift held fixed ({@link
 * org.langevin4j.core.decomposition.TemperatureConditions}).
 *
 * <p>(∇·M)ᵢ = Σⱼ ∂ⱼMᵢⱼ. The paper's words "applied column-wise" would flip the sign of ∇·Q and contradict its eq. (19).
 */
@NullMarked
package org.langevin4j.core.decomposition;

import org.jspecify.annotations.NullMarked;
