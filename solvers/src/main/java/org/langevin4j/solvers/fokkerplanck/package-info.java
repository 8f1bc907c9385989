/**
 * Fokker–Planck equations on grids: ∂ρ/∂t = −∇·J, J = bρ − β⁻¹∇·(Dρ) (Chaudhari and Soatto 2018, eq. FP).
 *
 * <p>The discretisation is itself a Markov process: {@link org.langevin4j.solvers.markov.Generator} holds the rates
 * at which probability jumps between cells, all of them ≥ 0, and what leaves a cell arrives in another or is absorbed.
 * Conservation of mass, positivity and the decay of the relative entropy (Theorem 5) are therefore exact for the
 * discrete flow, not only in the limit of small cells, for every positive semi-definite D(x).
 *
 * <p>How an equation becomes rates, by (b, D) or by (Φ, D, Q), and what to expect of it:
 * {@link org.langevin4j.solvers.discretisation}. The algebra of the chain, usable without any grid:
 * {@link org.langevin4j.solvers.markov}. Here are the analyses of densities.
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>task</th><th>method</th><th>guarantee</th></tr>
 * <tr><td>steady state</td><td>subtraction-free elimination (Grassmann, Taksar and Heyman 1985) in nested-dissection
 * order (George 1973)</td><td>every cell to about 13 digits, however small its probability</td></tr>
 * <tr><td>steady state of many cells</td><td>nested iteration in log ρ over coarser grids (Brandt 1977), K-cycles over them
 * (Notay 2008); where they do not resolve the equation, algebraic multigrid: aggregation weighted with the iterate (Horton
 * and Leutenegger 1994)</td><td>residual of every cell below 1e-12 of the flow through it, time nearly
 * proportional to the number of cells</td></tr>
 * <tr><td>evolution</td><td>implicit Euler, the same elimination, or on many cells nested multigrid for the shifted
 * equation; the other methods of
 * {@link org.langevin4j.solvers.fokkerplanck.Integrator}: an L-stable one of second order with fixed or adaptive steps,
 * Crank–Nicolson, uniformisation</td><td>mass always; positivity and F non-increasing for any step by implicit Euler and
 * uniformisation, up to a stated step by the others, which refuse to answer with a negative density</td></tr>
 * <tr><td>evolution of an equation that depends on time; its periodic steady state</td><td>the same steps with the generators at
 * the times of their stages; GMRES on the flow through one period
 * ({@link org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck})</td><td>mass always, positivity as above; ‖ρ(T) − ρ(0)‖₁ below
 * 1e-11</td></tr>
 * <tr><td>current</td><td>{@link org.langevin4j.solvers.fokkerplanck.Current}, from the flows between the
 * cells</td><td>its divergence is −∂ρ/∂t to rounding</td></tr>
 * <tr><td>dF/dt, entropy production</td><td>sums over pairs of cells with terms of one sign (Schnakenberg 1976; Esposito
 * and Van den Broeck 2010)</td><td>exact for the Markov process, to rounding also near the steady state</td></tr>
 * <tr><td>spectrum</td><td>shift-and-invert band Arnoldi in L²(ρˢˢ) on ρ/ρˢˢ and on observables
 * ({@link org.langevin4j.solvers.fokkerplanck.RelaxationModes})</td><td>residual of each mode; biorthonormal pairs</td></tr>
 * <tr><td>first passage, committor, survival</td><td>backward equation, the transposed elimination
 * ({@link org.langevin4j.solvers.fokkerplanck.HittingProblem})</td><td>times and probabilities ≥ 0; second order where the
 * edge of a target lies on faces of cells</td></tr>
 * <tr><td>transition paths</td><td>{@link org.langevin4j.solvers.fokkerplanck.TransitionPathTheory}: committors forth and back,
 * reactive density and current, rate, fluxes among several sets, for any drift</td><td>the flux is the same through every surface,
 * to rounding</td></tr>
 * <tr><td>killing and sources, ∂ρ/∂t = −∇·J − kρ + s</td><td>{@link org.langevin4j.solvers.fokkerplanck.FokkerPlanck#withKilling},
 * {@link org.langevin4j.solvers.fokkerplanck.FokkerPlanck#withSource}</td><td>what is there, killed and supplied balances to
 * rounding</td></tr>
 * <tr><td>where entropy is produced</td><td>{@link
 * org.langevin4j.solvers.fokkerplanck.FokkerPlanck#localEntropyProduction}</td><td>its integral is the total, to
 * rounding</td></tr>
 * </table>
 *
 * <p>Where the scheme is not of second order in every direction, as for degenerate noise, the errors of steady states, modes and
 * passage times are estimated from cells of twice the width and carried by the results; results that are wrong by more than {@link
 * org.langevin4j.solvers.fokkerplanck.FokkerPlanck#withErrorsUpTo} are refused
 * ({@link org.langevin4j.solvers.fokkerplanck.UnresolvedException}). Evolutions and currents carry no estimate.
 *
 * <p>A flow from a point begins with {@link org.langevin4j.core.density.Density#at}, whose mean is that point:
 *
 * <pre>
 * Evolution green = equation.evolve(Density.at(grid, 1.0, 0.0), times, Integrator.adaptive(1e-4));
 * </pre>
 */
@NullMarked
package org.langevin4j.solvers.fokkerplanck;

import org.jspecify.annotations.NullMarked;
