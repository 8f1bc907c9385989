/** Pictures of long records, for experiments and the command line. */
@NullMarked
package org.langevin4j.examples.trajectory;

import org.jspecify.annotations.NullMarked;
