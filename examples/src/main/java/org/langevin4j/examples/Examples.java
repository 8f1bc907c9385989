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
                new Lemma6(),
                new Example19(),
                new Remark11(),
                new Corollary8(),
                new Lemma7(),
                new LimitCycles(),
                new Lemma20(),
                new Theorem22(),
                new CriticalPoints(),
                new WideMinima(),
                new StationaryDensity(),
                new RelaxationSpectrum(),
                new FirstPassageTimes(),
                new IrreversibilityRates(),
                new NoisyCycles(),
                new Driven(),
                new Kinetic(),
                new JumpsAndResets(),
                new TransitionPaths(),
                new MeasuredNoise(),
                new NetworkIrreversibility(),
                new Convergence());
    }
}
