/** Stochastic gradient descent as a random recursion, beside the stochastic differential equations that stand for it, and where they stop doing so. */
@NullMarked
package org.langevin4j.examples.paper.descent;

import org.jspecify.annotations.NullMarked;
