/**
 * What experiments found and what it says of the paper, for people and programs. Layout of the folder {@code OUT}: {@code OUT/index.html},
 * {@code OUT/report.json} and {@code OUT/report.md} rule on every statement by all results that are present; {@code OUT/NAME/} holds
 * {@code result.json} and the pictures of an experiment.
 */
@NullMarked
package org.langevin4j.examples.report;

import org.jspecify.annotations.NullMarked;
