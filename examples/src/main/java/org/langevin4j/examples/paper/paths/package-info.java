/** When and by which path a process gets from one place to another: first passages, most likely paths, quasi-potentials. */
@NullMarked
package org.langevin4j.examples.paper.paths;

import org.jspecify.annotations.NullMarked;
