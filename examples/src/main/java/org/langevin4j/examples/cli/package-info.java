/**
 * The command line: {@code list}, {@code run}, {@code spectrum}, and the same options for the main of a single example.
 *
 * <p>Exit status: 0 if every claim holds, 1 if one does not, 2 if the command line or its input is wrong, 3 if the
 * program itself failed. Faults are one line on standard error.
 */
@NullMarked
package org.langevin4j.examples.cli;

import org.jspecify.annotations.NullMarked;
