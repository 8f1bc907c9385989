package org.langevin4j.examples.paper.descent;

import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.LEMMA_2;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.StochasticGradientDescent;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** The largest weak error of the two wells once more, by paths: chains of descent, and Euler–Maruyama at a step that is small beside η. */
final class SampledWells {

    private SampledWells() {}

    static void write(
            Sheet sheet,
            String condition,
            FiniteSum loss,
            BackwardEquation backward,
            double[] start,
            ScalarField function,
            double time) {
        int steps = 4;
        StochasticGradientDescent descent = StochasticGradientDescent.of(time / steps, 1);
        RunningMoments chains = SampledChains.run(
                (sample, x, factor, out) -> {
                    double[] g = new double[out.length];
                    loss.gradient(sample, x, g);
                    Vectors.addMultiple(factor, g, out);
                },
                loss.samples(),
                descent,
                1,
                start,
                steps,
                sheet.choose(1_000_000, 4_000_000, 40_000_000),
                sheet.seed().derive(1),
                (x, out) -> out[0] = function.at(x),
                1);
        FunctionMoments paths = FunctionMoments.of((x, out) -> out[0] = function.at(x), 1);
        RunningMoments equation = sheet.run(
                        "sgd-and-its-sde, paths",
                        Ensemble.of(descent.equation(loss.gradient(), loss.diffusion(true)))
                                .scheme(EulerMaruyama.withStep(time / 64))
                                .paths(sheet.choose(200_000, 1_000_000, 10_000_000))
                                .until(time)
                                .startingAt(start)
                                .seed(sheet.seed().derive(2))
                                .observe(When.atEnd(), paths))
                .get(paths);
        double exact = backward.descent(loss, descent, loss.batches(1, true), steps);
        double ofEquation = backward.equation(descent.equation(loss.gradient(), loss.diffusion(true)), time);
        Evidence evidence = sheet.holds(LEMMA_2, condition);
        evidence.measure("two wells, η = 1/8, sampled chains: E g(x)", chains.mean(0))
                .standardError(chains.standardError(0))
                .near(exact, standardErrors(4), independent("backward equation over all mini-batches"));
        evidence.measure(
                        "two wells, η = 1/8, sampled paths less sampled chains: error of E g(x)",
                        equation.mean(0) - chains.mean(0))
                .standardError(Math.hypot(equation.standardError(0), chains.standardError(0)))
                .near(
                        ofEquation - exact,
                        standardErrors(4).plus(1e-4, "Euler–Maruyama at h = 1/128, below a fortieth of the error of η"),
                        independent("backward equations at Chebyshev points"));
    }
}
