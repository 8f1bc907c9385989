/**
 * What one does with a stochastic system: trajectories, densities, transport. Each package below holds one kind of solver;
 * here stands what they share, how they fail: {@link org.langevin4j.solvers.NumericalException} is the family, {@link
 * org.langevin4j.solvers.ConvergenceException} an iteration that does not come to its tolerance.
 */
@NullMarked
package org.langevin4j.solvers;

import org.jspecify.annotations.NullMarked;
