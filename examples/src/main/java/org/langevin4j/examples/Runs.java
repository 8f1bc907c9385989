package org.langevin4j.examples;

import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;

/** Runs ensembles under the progress bar of an example. */
final class Runs {

    /** The bar counts in parts of the whole: the number of path-steps is known to the run alone. */
    private static final int PARTS = 1000;

    private Runs() {}

    static EnsembleResult withProgress(Ensemble ensemble, String title, RunContext context) {
        try (ProgressReporter.Task task = context.progress().start(title, PARTS)) {
            return ensemble.onProgress(progress -> task.advanceTo(PARTS * progress.done() / progress.total()))
                    .run();
        }
    }
}
