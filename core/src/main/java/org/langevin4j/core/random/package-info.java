/**
 * Reproducible randomness.
 *
 * <p>Every standard normal number is a pure function of (seed, path, step, component): no generator is shared, stored or
 * advanced. The same seed therefore gives the same bits for any number of threads, any block of paths and in any order,
 * on every Java version: the code uses only IEEE-exact operations (+, −, ×, ÷, √ and fused multiply-add) and bit
 * operations, never the platform's logarithm or sine.
 *
 * <p>Bits come from Threefry-2×64 with 13 rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy
 * as 1, 2, 3"), normals from pairs of uniforms by the transform of Box and Muller (1958); both are in
 * {@code core.block}, on the vector unit where there is one.
 *
 * <p>What decides about an event, such as a jump of the state, comes from streams of its own: uniforms of a {@link
 * org.langevin4j.core.random.UniformStream}, or all that belongs to one event in a {@link org.langevin4j.core.random.Mark}.
 *
 * <p>A {@link org.langevin4j.core.random.BrownianPath} is one path of Brownian motion, the same function of time at every
 * level of refinement.
 */
@NullMarked
package org.langevin4j.core.random;

import org.jspecify.annotations.NullMarked;
