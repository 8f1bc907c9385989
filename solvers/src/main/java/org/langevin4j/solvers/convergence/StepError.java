package org.langevin4j.solvers.convergence;

/**
 * The error at one step size.
 *
 * @param stepSize h
 * @param error the error, not negative
 * @param standardError the standard error of {@code error}, from the spread over the paths
 */
public record StepError(double stepSize, double error, double standardError) {}
