/**
 * What shows the direction of time on paths: entropy production, circulation, winding, asymmetric correlations; and
 * oscillations under noise: periods, phase diffusion, power spectra, the density along a cycle. All are observables of an
 * {@link org.langevin4j.solvers.ensemble.Ensemble}, with its guarantees: the same bits for any number of threads, and
 * checkpoints.
 *
 * <table>
 * <caption>Observables</caption>
 * <tr><th>observable</th><th>gives</th></tr>
 * <tr><td>{@link org.langevin4j.solvers.irreversibility.PathCurrent}</td><td>(1/t)∫ω(x)∘dx for each path: the entropy
 * production rate, also with odd momenta; area rates, any current</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.irreversibility.AsymmetricCorrelation}</td><td>½[Cᵢⱼ(τ) − Cⱼᵢ(τ)] with errors, area
 * rates, a test of detailed balance</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.irreversibility.Winding}</td><td>mean and diffusion of an angle followed through all
 * its turns</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.irreversibility.Periods}</td><td>times of single turns: mean, spread, memory,
 * histogram</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.irreversibility.PhaseProfile}</td><td>density along a cycle and the spread across
 * it</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.irreversibility.SpectralDensity}</td><td>power spectrum of a function of the state,
 * its peak and quality factor</td></tr>
 * </table>
 *
 * <p>{@link org.langevin4j.solvers.irreversibility.PhaseAngle} gives the angles that these observables follow.
 *
 * <p>The same quantities come from a grid ({@link org.langevin4j.solvers.markov.EntropyProduction}, with odd coordinates {@link
 * org.langevin4j.solvers.decomposition.IrreversibleCurrent}, {@link
 * org.langevin4j.solvers.fokkerplanck.Current}, and the complex eigenvalue λ of {@link
 * org.langevin4j.solvers.fokkerplanck.RelaxationModes} of slowest decay, whose Im λ is the frequency and |Re λ| the half width of the
 * line), from a decomposition ({@link org.langevin4j.core.decomposition.Irreversibility}), and from a record in a file ({@link
 * org.langevin4j.core.statistics.TimeAsymmetry}, {@link org.langevin4j.core.statistics.PowerSpectrum}).
 *
 * <p>An increment is the change from one recorded time to the next: record with {@code When.every(1, transient)} for the
 * process itself. What turns within an interval is lost: area rates are those of the straight lines between the states, and
 * entropy production is off by a term of the order of the interval (by 1 % at Δt = 0.01 for the rotating Ornstein–Uhlenbeck
 * process of {@code PathCurrentTest}), which the same paths, recorded at 2Δt, allow one to take out. Paths must not jump: not in a
 * periodic box, where the unwrapped coordinate serves instead; {@link org.langevin4j.solvers.irreversibility.Winding} and
 * {@link org.langevin4j.solvers.irreversibility.Periods} bear jumps by 2π.
 */
@NullMarked
package org.langevin4j.solvers.irreversibility;

import org.jspecify.annotations.NullMarked;
