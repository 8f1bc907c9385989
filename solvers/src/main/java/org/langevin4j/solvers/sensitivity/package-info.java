/**
 * How means depend on parameters.
 *
 * <table>
 * <caption>Which derivative for what</caption>
 * <tr><th>class</th><th>of</th><th>error</th></tr>
 * <tr><td>{@link org.langevin4j.solvers.sensitivity.PathDerivative}</td><td>E[f(x(t))], any dimension, by paths: common random numbers, tangents, likelihood ratio</td><td>standard
 * error of the ensemble</td></tr>
 * <tr><td>{@link org.langevin4j.solvers.sensitivity.SteadyStateDerivative}</td><td>the stationary E[f] with respect to many parameters, by one Poisson equation on a grid</td><td>estimate
 * by a coarser grid</td></tr>
 * </table>
 */
@NullMarked
package org.langevin4j.solvers.sensitivity;

import org.jspecify.annotations.NullMarked;
