/** Numerics for their own sake: the orders of the schemes. */
@NullMarked
package org.langevin4j.examples.numerics;

import org.jspecify.annotations.NullMarked;
