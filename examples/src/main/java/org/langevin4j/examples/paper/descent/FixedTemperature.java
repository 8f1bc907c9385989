package org.langevin4j.examples.paper.descent;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.LEMMA_2;

import java.util.Arrays;
import org.langevin4j.core.sde.StochasticGradientDescent;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.models.network.LeastSquares;
import org.langevin4j.models.network.Sampling;

/**
 * Steps η/l by ½(1 + √(2l − 1))g₁ + ½(1 − √(2l − 1))g₂ of two mini-batches have the noise l·D/b, hence the equation of (η, b) at every l (Li, Malladi
 * and Arora 2021).
 */
final class FixedTemperature {

    private static final String FIXED_TEMPERATURE =
            "a fixed time and a fixed η/b, the step η/l → 0: linear regression by the gradients of Li, Malladi and Arora, error ∝ 1/l";

    private FixedTemperature() {}

    static void write(Sheet sheet) {
        LeastSquares loss = Regressions.of(12, 0.5);
        RegressionMoments moments = new RegressionMoments(loss, Sampling.WITH_REPLACEMENT);
        double[] start = {1.0, -0.5, 1.5};
        double rate = 0.125;
        double time = 1.0;
        int[] parts = {2, 4, 8, 16, 32, 64};
        double equation = moments.equation(
                start, StochasticGradientDescent.of(rate, 2).temperature().value(), 0.0, time);
        double[] steps = Arrays.stream(parts).mapToDouble(l -> rate / l).toArray();
        double[] errors = Arrays.stream(parts)
                .mapToDouble(
                        l -> moments.descent(start, rate / l, l, 0.5, (int) Math.round(l * time / rate)) - equation)
                .toArray();
        Order order = Order.of(steps, errors);
        sheet.holds(LEMMA_2, FIXED_TEMPERATURE)
                .measure("d = 3, N = 12, η = 1/8, b = 2: order of the error in the step", order.value())
                .discretisationError(order.halfWidth())
                .near(1.0, WeakErrors.interval(order), literature("Li, Malladi and Arora (2021), Theorem 5.2"));
        double half = moments.equation(
                start, 0.5 * StochasticGradientDescent.of(rate, 2).temperature().value(), 0.0, time);
        sheet.holds(LEMMA_2, FIXED_TEMPERATURE)
                .measure(
                        "the same at l = 64: E f less that of the equation, over what halving its temperature changes",
                        errors[5] / (equation - half))
                .exact()
                .near(
                        0.0,
                        Tolerance.of(0.05, "∝ 1/l, seen to be below a twentieth"),
                        closedForm("the equation of Lemma 2 by moments"));
    }
}
