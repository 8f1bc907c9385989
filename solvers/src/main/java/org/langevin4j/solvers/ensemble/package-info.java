/**
 * Many paths of one equation at once, and what is observed of them.
 *
 * <p>Paths run in blocks, one array per coordinate, and blocks in batches. A batch is the unit of work of a thread and of
 * the reduction: its partial results are merged in the order of the batches. The size of blocks and batches follows from
 * the equation and the number of paths alone and the noise is keyed by (seed, path, step, component), so that the same seed
 * gives the same bits for any number of threads. Memory is O(threads × (block + observables)), whatever the number of
 * paths.
 */
@NullMarked
package org.langevin4j.solvers.ensemble;

import org.jspecify.annotations.NullMarked;
