/** What other machines need to do a part of the work. */
@NullMarked
package org.langevin4j.solvers.cluster;

import org.jspecify.annotations.NullMarked;
