/**
 * The paper's experiments, each a class that can be run by name from the command line or by its own main.
 *
 * <p>An {@link org.langevin4j.examples.experiment.Example} gets a {@link org.langevin4j.examples.experiment.RunContext}, draws its pictures
 * into its folder and returns measurements that say for themselves whether the claim holds.
 */
@NullMarked
package org.langevin4j.examples;

import org.jspecify.annotations.NullMarked;
