package org.langevin4j.solvers.transport;

/**
 * A distance by entropic transport, with its diagnostics.
 *
 * @param divergence S_ε = OT_ε(μ,ν) − ½OT_ε(μ,μ) − ½OT_ε(ν,ν), W₂² + O(ε²) for smooth densities
 * @param transport OT_ε(μ,ν), with a bias of order ε log ε
 * @param epsilon ε
 * @param iterations of the transport between μ and ν, over all values of ε
 * @param marginalError Σ over the cells of |marginal of the plan − μ|, between 0 and 2; the other marginal is exact
 */
public record EntropicDistance(
        double divergence, double transport, double epsilon, int iterations, double marginalError) {

    /**
     * The distance.
     *
     * @return √S_ε ≈ W₂; zero where rounding has made S_ε negative
     */
    public double distance() {
        return Math.sqrt(Math.max(0.0, divergence));
    }
}
