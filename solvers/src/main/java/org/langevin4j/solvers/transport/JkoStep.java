package org.langevin4j.solvers.transport;

/**
 * What one step of the JKO scheme did.
 *
 * @param distance W₂(ρₖ, ρₖ₊₁) for the cost Σᵢ (xᵢ − yᵢ)²/Dᵢ
 * @param iterations inner iterations
 * @param residual what was left of the inner iteration, see the scheme
 */
public record JkoStep(double distance, int iterations, double residual) {}
