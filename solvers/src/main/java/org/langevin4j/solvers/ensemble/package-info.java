/**
 * Many paths of one equation at once, and what is observed of them.
 *
 * <p>What an ensemble is, an {@link org.langevin4j.solvers.ensemble.EnsemblePlan}, is apart from how it is executed. Paths
 * run in blocks, one array per coordinate, and blocks in batches ({@link org.langevin4j.solvers.ensemble.BatchGeometry}). A
 * batch is the unit of work, run by a {@link org.langevin4j.solvers.ensemble.BatchRunner} wherever that is; partial results
 * are merged by one fixed binary tree over the numbers of the batches. The size of blocks and batches follows from the plan
 * alone and the noise is keyed by (seed, path, step, component), so that the same seed gives the same bits however the work
 * was cut; {@link org.langevin4j.solvers.ensemble.Ensemble#alongBrownianPaths} makes it that of the same Brownian paths for several
 * step sizes. Memory is O((threads + log batches) × (block + observables)), whatever the number of paths.
 *
 * <table>
 * <caption>Observables</caption>
 * <tr><th>observable</th><th>gives</th></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.Moments}, {@link
 * org.langevin4j.solvers.ensemble.FunctionMoments}</td><td>mean and covariance of the state or of functions of it;
 * {@code ofVariances} for many of them</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.Histogram}, {@link
 * org.langevin4j.solvers.ensemble.MarginalHistogram}</td><td>counts in the cells of a grid</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.TimeSeries}</td><td>any of these, at each recorded time by
 * itself</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.TimeAverage}</td><td>averages along paths, with the error of independent
 * paths</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.LongRunMean}</td><td>averages along one long path, with the error of
 * correlated values and whether the run was long enough</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.Autocorrelation}</td><td>of functions of a stationary process, with
 * errors</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.FirstPassage}</td><td>times of absorption or of an event</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.Crossings}</td><td>how often an event happens, when and where</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.FinalStates}</td><td>where all paths are at the end, to go on from by {@link
 * org.langevin4j.solvers.ensemble.Ensemble#from}</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.Intervals}</td><td>times between successive events of one path</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.Snapshots}</td><td>trajectories of the first paths</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.TrajectoryFile}</td><td>the same in a growing {@code .npy} file</td></tr>
 * <tr><td>a user's {@link org.langevin4j.solvers.ensemble.PathObservable}</td><td>anything whose partial results can be
 * merged, written and read</td></tr>
 * </table>
 *
 * <p>{@link org.langevin4j.solvers.ensemble.When} says at which steps an observable is recorded: at the start or the end, every
 * so many steps between two times, at given times, at times that grow by a factor, or at any of these. What is never due,
 * and what cannot fit into memory, is refused before the run; so is an equation that leaves entries unwritten where path 0
 * starts. An end that is no whole number of steps away needs {@link
 * org.langevin4j.solvers.ensemble.Ensemble#shorteningLastStep}.
 *
 * <p>A path may end before the last step: in an absorbing {@link org.langevin4j.solvers.domain.Domain}, at a terminal {@link
 * org.langevin4j.solvers.ensemble.Event}, or, if the user so chooses, where it leaves the finite numbers ({@link
 * org.langevin4j.solvers.ensemble.NonFinite}). Collectors no longer see it, and it costs nothing any more.
 *
 * <p>A step of length h is, in this order: noise, the scheme on the continuous part of the equation, the {@link
 * org.langevin4j.solvers.domain.Projection} if there is one, the jumps ({@link org.langevin4j.solvers.sde.JumpStepper}), the
 * check for finite states, the walls of the domain, events that stop the path, and events that change it.
 *
 * <table>
 * <caption>Sudden changes, and their weak order for a scheme of order 1 or more between them</caption>
 * <tr><th>change</th><th>when</th><th>weak order</th></tr>
 * <tr><td>jump, {@link org.langevin4j.core.sde.Jumps}</td><td>at a rate λ(t, x)</td><td>1; no error if jumps and motion
 * commute</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.Reset}, bridged</td><td>where a path crosses g = 0, also within a
 * step</td><td>1</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.ensemble.Reset}, plain</td><td>where g has changed its sign after a step</td><td>½ for
 * noise across the level, 1 without</td></tr>
 * <tr><td>absorbing wall with a bridge, and jumps</td><td>the bridge spans the step with its jumps</td><td>1: a path both jumps
 * and is near the wall in O(h) of the time</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.domain.Projection}</td><td>each step</td><td>1</td></tr>
 * </table>
 *
 * <p>A run can be cancelled, keeping what is done, and saved to a checkpoint from which it goes on to the same bits, between
 * two steps of a long path too. A shard of a plan can be run alone and saved; all of them merge to the bits of the whole. A
 * checkpoint knows its problem by value, functions by what they have caught and by their values at many states; what cannot be
 * known so is {@link org.langevin4j.solvers.ensemble.Identified}.
 */
@NullMarked
package org.langevin4j.solvers.ensemble;

import org.jspecify.annotations.NullMarked;
