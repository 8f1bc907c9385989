/** What SGD minimises: the potential Φ against the loss f, and the steady states that define it. */
@NullMarked
package org.langevin4j.examples.paper.potential;

import org.jspecify.annotations.NullMarked;
