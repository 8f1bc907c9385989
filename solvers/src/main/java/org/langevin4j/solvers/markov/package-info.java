/**
 * Markov chains in continuous time, given by the rates of their jumps: dp/dt = Ap, where Aᵢⱼ ≥ 0 is the rate from state j to
 * state i and column j sums to minus the rate at which state j is killed (Norris 1997; Gardiner 2009, section 3.5). Usable
 * alone: nothing here knows a density, a grid or a stochastic differential equation.
 *
 * <p>{@link org.langevin4j.solvers.markov.Generator} is the lowest noun, built once from rates or from a Matrix Market file; the
 * analyses take it. Whoever knows how the states lie gives a {@link org.langevin4j.solvers.markov.Dissection} as the order in
 * which a direct solver eliminates them, and coarser chains as a {@link org.langevin4j.solvers.markov.NestedChain}, as the
 * discretisations of {@link org.langevin4j.solvers.discretisation} do; else an order is found from the rates.
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>task</th><th>method</th><th>guarantee</th></tr>
 * <tr><td>stationary law, {@link org.langevin4j.solvers.markov.StationaryDistribution}</td><td>subtraction-free elimination
 * (Grassmann, Taksar and Heyman 1985) in nested-dissection order (George 1973)</td><td>every probability to about 13 digits,
 * however small, 0 if below the range of {@code double}; wells may be joined by rates far below it</td></tr>
 * <tr><td>stationary law of many states</td><td>nested iteration in log p over coarser chains (Brandt 1977), K-cycles over them
 * (Notay 2008); where there are none or they do not resolve the chain, algebraic multigrid: aggregation weighted with the
 * iterate (Horton and Leutenegger 1994)</td><td>residual of every state below 1e-12 of the flow through it, time nearly
 * proportional to the number of states</td></tr>
 * <tr><td>(I − τA)⁻¹, {@link org.langevin4j.solvers.markov.Resolvent}</td><td>the same elimination, or on many states nested
 * multigrid for the shifted chain</td><td>positive, mass kept to rounding</td></tr>
 * <tr><td>e^{tA}, {@link org.langevin4j.solvers.markov.Uniformisation}</td><td>Poisson sums of jumps (Jensen 1953; Fox and Glynn
 * 1988)</td><td>a given L¹ error, positive, mass kept</td></tr>
 * <tr><td>hitting times and probabilities, {@link org.langevin4j.solvers.markov.Passage}</td><td>transposed
 * elimination</td><td>≥ 0, about 13 digits however rare the hit</td></tr>
 * <tr><td>transition path theory, {@link org.langevin4j.solvers.markov.ReactiveFlux}</td><td>committors forward and backward
 * (Metzner, Schütte and Vanden-Eijnden 2009)</td><td>as of hitting probabilities, also without detailed balance</td></tr>
 * <tr><td>slowest modes, {@link org.langevin4j.solvers.markov.Eigenmodes}</td><td>shift-and-invert band Arnoldi in
 * L²(π), again with a smaller shift for what is far below it</td><td>residual and accuracy of each mode, digits also of the slowest
 * escape; biorthonormal pairs</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.markov.EntropyProduction}</td><td>sums of terms of one sign (Schnakenberg 1976; Esposito
 * and Van den Broeck 2010)</td><td>exact to rounding also near the stationary law</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.solvers.markov;

import org.jspecify.annotations.NullMarked;
