/**
 * The deterministic skeleton ẋ = b(x) of a stochastic system, or the closed loops of ẋ = j(x): fixed points, periodic
 * orbits, separatrices, and how they change with a parameter.
 */
@NullMarked
package org.langevin4j.solvers.orbit;

import org.jspecify.annotations.NullMarked;
