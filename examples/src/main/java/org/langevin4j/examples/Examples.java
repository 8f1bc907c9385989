package org.langevin4j.examples;

import java.util.List;

/** The examples that the command line knows. */
public final class Examples {

    private Examples() {}

    /**
     * All examples.
     *
     * @return in the order in which {@code run all} runs them
     */
    public static List<Example> all() {
        return List.of(
                new Figure4(),
                new Theorem5(),
                new Remark11(),
                new Corollary8(),
                new Theorem22(),
                new StationaryDensity(),
                new RelaxationSpectrum(),
                new FirstPassageTimes(),
                new TransitionPaths(),
                new MeasuredNoise(),
                new Convergence());
    }
}
