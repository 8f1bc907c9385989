package org.langevin4j.solvers.decomposition;

/**
 * How far the potential Φ is from a loss f (Chaudhari and Soatto 2018, Lemma 6), up to a constant.
 *
 * <p>The lemma, corrected: with b = −∇f and D = cI, Φ = f/c. Its converse holds for constant D on ℝᵈ, where Φ = f makes
 * D = I; for D(x) it does not: D = (1−ε)I + ε r² ttᵀ with the tangent t has Φ = f for f = r²/2 at β = 1.
 *
 * @param anisotropy √E[‖D − c(x)I‖²]/√E[‖D‖²] in Frobenius norms, c(x) = tr D/d; 0 if D is a multiple of I everywhere
 * @param meanDiffusion c = E[tr D]/d
 * @param deviation standard deviation of Φ − f under ρˢˢ, in the unit of f
 * @param largest |Φ − f − E[Φ − f]| where ρˢˢ is at least 1e-3 of its maximum
 * @param scaledDeviation standard deviation of Φ − f/c under ρˢˢ
 * @param balanceDefect √E[|j|²]/√E[|b|²]; 0 with detailed balance
 */
public record LossComparison(
        double anisotropy,
        double meanDiffusion,
        double deviation,
        double largest,
        double scaledDeviation,
        double balanceDefect) {}
