package org.langevin4j.solvers.convergence;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.sde.GeometricBrownianMotion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.Spread;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** The errors of a study, and that of the order fitted to them, against the {@link Spread} over many seeds. */
class OrderErrorsTest {

    /** dx = −0.8x dt + 0.4x dW. */
    private static final Sde GEOMETRIC =
            GeometricBrownianMotion.of(new double[] {-1.6}, new double[] {0.4}).sde();

    private static ConvergenceStudy study(int seed) {
        return ConvergenceStudy.of(GEOMETRIC)
                .startingAt(1)
                .levels(2, 5)
                .paths(200)
                .seed(seed);
    }

    private static Stream<double[]> errors(OrderEstimate found) {
        return found.errors().stream().map(each -> new double[] {each.error(), each.standardError()});
    }

    @Test
    void strongErrors() {
        Spread.check(
                300,
                seed -> errors(study(seed).strong(EulerMaruyama::withStep, (path, start, out) -> {
                            path.at(0, 1, out);
                            out[0] = start[0] * Math.exp(-1.6 - 0.08 + 0.4 * out[0]);
                        }))
                        .toArray(double[][]::new));
    }

    /** Errors of different steps have streams of their own here, as the error of the order has it. */
    @Test
    void weakErrorsAndTheirOrder() {
        Spread.check(300, seed -> {
            OrderEstimate found = study(seed).paths(1500).weak(EulerMaruyama::withStep, x -> x[0], Math.exp(-1.6));
            return Stream.concat(errors(found), Stream.of(new double[] {found.order(), found.standardError()}))
                    .toArray(double[][]::new);
        });
    }
}
