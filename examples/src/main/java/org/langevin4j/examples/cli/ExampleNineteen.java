package org.langevin4j.examples.cli;

import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.cluster.Recipe;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.sde.EulerMaruyama;

/**
 * What is measured: Example 19 from (0.5, 0) at β = 1 by Euler–Maruyama, and its moments at the end.
 *
 * @param paths number of paths
 * @param steps number of steps
 * @param lambda λ
 * @param stepSize h
 * @param seed of all paths
 */
record ExampleNineteen(long paths, int steps, double lambda, double stepSize, long seed) implements Recipe<Ensemble> {

    @Override
    public Ensemble make() {
        return Ensemble.of(new DoubleWell(lambda).sde(Temperature.of(1.0)))
                .scheme(EulerMaruyama.withStep(stepSize))
                .paths(paths)
                .until(steps * stepSize)
                .startingAt(0.5, 0.0)
                .seed(seed)
                .observe(Moments.of(2));
    }
}
