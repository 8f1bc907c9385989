/**
 * The same computation at many parameters and seeds, in one pool of threads.
 *
 * <p>A {@link org.langevin4j.solvers.sweep.Sweep} is a grid or a list of parameters × replicas, and a function from a {@link
 * org.langevin4j.solvers.sweep.SweepPoint} to a few numbers: an ensemble, a steady state on a grid, anything. The seed of a
 * point follows from the seed of the sweep, the values of its parameters and the number of its replica, so that a point keeps
 * its bits when others are added, left out or run in another order. Results go to a CSV file as they come; a sweep that was
 * killed goes on where it was. A point that fails is told with its parameters and does not stop the others.
 */
@NullMarked
package org.langevin4j.solvers.sweep;

import org.jspecify.annotations.NullMarked;
