/**
 * What an experiment is: an {@link org.langevin4j.examples.experiment.Example} gets a {@link
 * org.langevin4j.examples.experiment.RunContext} with its folder, seed, effort, files and progress, and returns measurements that say
 * for themselves whether its claim holds. The experiments and the command line know this package; it knows neither.
 */
@NullMarked
package org.langevin4j.examples.experiment;

import org.jspecify.annotations.NullMarked;
