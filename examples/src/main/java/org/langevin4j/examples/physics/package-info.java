/** Laws of physics that are no statements of the paper: driving, inertia, escape, jumps. */
@NullMarked
package org.langevin4j.examples.physics;

import org.jspecify.annotations.NullMarked;
