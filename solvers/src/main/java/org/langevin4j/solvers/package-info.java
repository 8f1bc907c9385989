/**
 * What one does with a stochastic system: trajectories, densities, transport. Each package below holds one kind of solver;
 * here stands what they share, how an iteration fails.
 */
@NullMarked
package org.langevin4j.solvers;

import org.jspecify.annotations.NullMarked;
