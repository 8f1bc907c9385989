/**
 * Files that survive what may happen while they are written.
 *
 * <p>{@link org.langevin4j.solvers.file.AtomicFile}: a file that its readers find either old or new, whatever is killed and
 * whoever else writes it.
 */
@NullMarked
package org.langevin4j.solvers.file;

import org.jspecify.annotations.NullMarked;
