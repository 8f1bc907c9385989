/**
 * What an experiment is: an {@link org.langevin4j.examples.experiment.Experiment} gets a {@link org.langevin4j.examples.experiment.Sheet},
 * which knows folder, seed, effort, files and progress, and writes its findings on it. A {@link
 * org.langevin4j.examples.experiment.Finding} speaks for or against a {@link org.langevin4j.examples.experiment.Statement} of the paper, or
 * says something else; each of its {@link org.langevin4j.examples.experiment.Check}s has a value with its uncertainty, an expectation with
 * its oracle, and a tolerance with its reason. The {@link org.langevin4j.examples.experiment.Ruling} on a statement follows from what stands.
 * The experiments, the report and the command line know this package; it knows none of them.
 */
@NullMarked
package org.langevin4j.examples.experiment;

import org.jspecify.annotations.NullMarked;
