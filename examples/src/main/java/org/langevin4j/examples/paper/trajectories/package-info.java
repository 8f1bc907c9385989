/** Long trajectories of SGD and what they are read against: Fig. 3 and its nulls. */
@NullMarked
package org.langevin4j.examples.paper.trajectories;

import org.jspecify.annotations.NullMarked;
