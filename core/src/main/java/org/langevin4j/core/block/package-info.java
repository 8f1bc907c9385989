/**
 * Elementary functions and normal numbers for blocks of values, the inner loops of everything that moves many paths.
 *
 * <p>{@link org.langevin4j.core.block.BlockMath} has two implementations that give the same bits: plain Java, and the
 * vector unit through {@code jdk.incubator.vector}, chosen at start-up where that module is present ({@code java
 * --add-modules jdk.incubator.vector …}). Both evaluate the same polynomials with the same fused multiply-adds; neither
 * calls the platform's functions, whose last bit differs between machines.
 *
 * <p>{@link org.langevin4j.core.block.Memory} refuses arrays that cannot fit, with what they need and what there is; {@link
 * org.langevin4j.core.block.VectorText} shows their first numbers.
 *
 * <table>
 * <caption>Accuracy, units in the last place</caption>
 * <tr><th>function</th><th>largest error</th><th>method</th></tr>
 * <tr><td>exp</td><td>1</td><td>x = n ln 2 + r, polynomial of degree 11 in r</td></tr>
 * <tr><td>log</td><td>2</td><td>x = 2ⁿm, √½ ≤ m &lt; √2, odd polynomial in (m−1)/(m+1)</td></tr>
 * <tr><td>sin, cos</td><td>1.5</td><td>reduction by π/2 in three parts, polynomials of degree 13 and 14</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.core.block;

import org.jspecify.annotations.NullMarked;
