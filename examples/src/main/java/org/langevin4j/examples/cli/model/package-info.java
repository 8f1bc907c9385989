/** Commands on any model: one of the catalogue, or one given as expressions. */
@NullMarked
package org.langevin4j.examples.cli.model;

import org.jspecify.annotations.NullMarked;
