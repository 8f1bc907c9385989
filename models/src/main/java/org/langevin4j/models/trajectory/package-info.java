/** What a long record of many coordinates tells, such as the weights of a network after each epoch, read from a file that may be larger than memory. */
@NullMarked
package org.langevin4j.models.trajectory;

import org.jspecify.annotations.NullMarked;
