/**
 * Orders of convergence, measured.
 *
 * <p>A {@link org.langevin4j.solvers.convergence.ConvergenceStudy} solves one equation with a scheme at several steps. The
 * strong error E‖X_T − X_T^h‖ compares with the exact solution, or with a much finer one, on the same {@link
 * org.langevin4j.core.random.BrownianPath}: all steps see the same function of time. The weak error |E g(X_T) − E g(X_T^h)|
 * compares expectations. The order is the slope of log error against log h, by least squares weighted with the
 * statistical errors; it comes with them, so that a slope hidden by noise is seen to be hidden.
 */
@NullMarked
package org.langevin4j.solvers.convergence;

import org.jspecify.annotations.NullMarked;
