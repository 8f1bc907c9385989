/** What every command shares of the terminal: who watches, progress on standard error, seeds as text, the version. */
@NullMarked
package org.langevin4j.examples.cli.terminal;

import org.jspecify.annotations.NullMarked;
