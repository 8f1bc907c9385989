/**
 * The program: all experiments by name, {@code run NAME}. What an experiment is stands in {@link org.langevin4j.examples.experiment}; those on
 * the paper are in the packages {@code paper.*}, others in {@code physics} and {@code numerics}.
 */
@NullMarked
package org.langevin4j.examples;

import org.jspecify.annotations.NullMarked;
