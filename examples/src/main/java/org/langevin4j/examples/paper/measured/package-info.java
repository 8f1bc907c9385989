/** Equations with what is measured of real networks against what stochastic gradient descent does, and what was said of its noise after the paper. */
@NullMarked
package org.langevin4j.examples.paper.measured;

import org.jspecify.annotations.NullMarked;
