/**
 * What a named system with parameters is: a {@link org.langevin4j.core.model.Model} of one shape for the whole catalogue
 * ({@code org.langevin4j.models.analytic.Catalogue}) and for those of one's own.
 *
 * <table>
 * <caption>What a model tells</caption>
 * <tr><th>asked</th><th>answer</th></tr>
 * <tr><td>name, description, sources</td><td>words</td></tr>
 * <tr><td>{@link org.langevin4j.core.model.Model#parameters parameters}</td><td>{@link
 * org.langevin4j.core.model.Parameter}: name, value, default, {@link org.langevin4j.core.model.Range}, unit, meaning; {@link
 * org.langevin4j.core.model.Model#with(String, double) with} gives a changed copy and refuses what is out of range</td></tr>
 * <tr><td>{@link org.langevin4j.core.model.Model#sde sde}</td><td>dx = b dt + √(2β⁻¹D) dW in its calculus</td></tr>
 * <tr><td>{@link org.langevin4j.core.model.Model#decomposition decomposition}, {@link
 * org.langevin4j.core.model.Model#potential potential}</td><td>Φ, D, Q of that temperature, or empty</td></tr>
 * <tr><td>{@link org.langevin4j.core.model.Model#stationaryMoments stationaryMoments}</td><td>{@link
 * org.langevin4j.core.model.StationaryMoments}, or empty</td></tr>
 * <tr><td>{@link org.langevin4j.core.model.Model#cycle cycle}</td><td>{@link org.langevin4j.core.model.DriftCycle}: period and
 * amplitude, or empty</td></tr>
 * <tr><td>{@link org.langevin4j.core.model.Model#restingPoints restingPoints}</td><td>zeros of the drift that are known</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.core.model;

import org.jspecify.annotations.NullMarked;
