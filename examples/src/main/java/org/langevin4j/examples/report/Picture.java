package org.langevin4j.examples.report;

/**
 * A picture of a result.
 *
 * @param file file name in the folder of the example
 * @param caption what it shows; also its text for those who cannot see it
 */
public record Picture(String file, String caption) {}
