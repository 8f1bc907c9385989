/** The noise of networks: D(x) from gradients of single samples, its spectrum, and what it does near a minimum. */
@NullMarked
package org.langevin4j.examples.paper.networks;

import org.jspecify.annotations.NullMarked;
