/** How SGD moves: the free energy along the Fokker–Planck flow, the conservative force and its loops, limit cycles. */
@NullMarked
package org.langevin4j.examples.paper.dynamics;

import org.jspecify.annotations.NullMarked;
