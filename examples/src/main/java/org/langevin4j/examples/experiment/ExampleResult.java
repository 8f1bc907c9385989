package org.langevin4j.examples.experiment;

import java.util.List;

/**
 * What an example found.
 *
 * @param name name of the example, and of its folder
 * @param claim what should hold, in a sentence or two
 * @param reference where the claim comes from, such as "Chaudhari and Soatto (2018), Theorem 5"
 * @param seed the seed of the run
 * @param measurements the numbers
 * @param pictures pictures in the folder of the example
 */
public record ExampleResult(
        String name,
        String claim,
        String reference,
        long seed,
        List<Measurement> measurements,
        List<Picture> pictures) {

    /** Copies the lists. */
    public ExampleResult {
        measurements = List.copyOf(measurements);
        pictures = List.copyOf(pictures);
    }

    /**
     * The verdict.
     *
     * @return whether every measurement holds
     */
    public boolean holds() {
        return measurements.stream().allMatch(Measurement::holds);
    }
}
