/** The networks of the paper with the data they are trained on, for experiments and the command line. */
@NullMarked
package org.langevin4j.examples.training;

import org.jspecify.annotations.NullMarked;
