/**
 * Parameters of equations from records.
 *
 * <table>
 * <caption>Which estimator for which record</caption>
 * <tr><th>the equation</th><th>the record</th><th>use</th></tr>
 * <tr><td>linear, all entries unknown</td><td>any τ</td><td>{@link org.langevin4j.core.statistics.OrnsteinUhlenbeckFit}, closed form</td></tr>
 * <tr><td>linear with parameters</td><td>any τ, measurement noise</td><td>{@link org.langevin4j.solvers.estimation.QuasiLikelihood#of}, the exact likelihood</td></tr>
 * <tr><td>any with parameters</td><td>short τ, measurement noise, any dimension</td><td>{@link org.langevin4j.solvers.estimation.QuasiLikelihood#of}, with a bias of
 * order τ²</td></tr>
 * <tr><td>any with parameters</td><td>any τ, one to two coordinates</td><td>{@link org.langevin4j.solvers.estimation.QuasiLikelihood#onGrid}</td></tr>
 * <tr><td>unknown form</td><td>short τ</td><td>{@link org.langevin4j.core.statistics.KramersMoyal}, cell by cell, with a bias of order τ</td></tr>
 * </table>
 *
 * <p>An equation without noise in some coordinate has a singular covariance in this likelihood only as τ → 0: inertia is no obstacle.
 */
@NullMarked
package org.langevin4j.solvers.estimation;

import org.jspecify.annotations.NullMarked;
