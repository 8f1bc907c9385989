package org.langevin4j.examples.cli.model;

import java.util.List;
import org.langevin4j.solvers.cluster.Recipe;
import org.langevin4j.solvers.ensemble.Ensemble;

/**
 * A simulation for other machines.
 *
 * @param words of its command
 * @param text the model, whose file others may not have
 * @param seed of the run
 */
record SimulationRecipe(List<String> words, ModelText text, long seed) implements Recipe<Ensemble> {

    @Override
    public Ensemble make() {
        return SimulateCommand.parsed(words.toArray(String[]::new))
                .plan(text)
                .ensemble()
                .seed(seed);
    }
}
