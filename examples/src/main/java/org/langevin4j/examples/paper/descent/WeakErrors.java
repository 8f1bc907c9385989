package org.langevin4j.examples.paper.descent;

import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.LEMMA_2;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.StochasticGradientDescent;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.models.network.LeastSquares;
import org.langevin4j.models.network.Sampling;

/**
 * Lemma 2 of Chaudhari and Soatto (2018) in numbers: expectations under gradient descent, over all its mini-batches, less those under its equations, at a
 * fixed time as η → 0. But for one check nothing is sampled: moments of linear regression close, elsewhere both backward equations are solved
 * at Chebyshev points.
 */
public final class WeakErrors implements Experiment {

    private static final Oracle THEOREM = literature("Li, Tai and E (2019), Theorems 3 and 9");

    private static final String FIXED_TIME =
            "a fixed time, b fixed and η → 0: what is expected of g(x) is off by an amount ∝ η";

    private static final String SECOND =
            "The equation with the drift −∇(f + ¼η‖∇f‖²) and the same D is of second order, for noise that is not Gaussian too";

    private static final String NO_NOISE =
            "At fixed b and η → 0 the equation without noise is of first order as well: by the order alone its noise is not tested";

    private static final double[] WELLS_START = {0.4, -0.6};

    private static final ScalarField WELLS_FUNCTION = x -> x[0] * x[0] + x[0] * x[1];

    /** Errors of three equations at several η. */
    private static final class Errors {
        final double[] rates;
        final double[] without;
        final double[] first;
        final double[] second;

        Errors(double[] rates, double[] without, double[] first, double[] second) {
            this.rates = rates;
            this.without = without;
            this.first = first;
            this.second = second;
        }
    }

    @Override
    public String name() {
        return "sgd-and-its-sde";
    }

    @Override
    public String summary() {
        return "Weak errors of Lemma 2’s equation and of the modified one against SGD as η → 0: orders one and two";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        XyPanel[] panels = new XyPanel[3];
        try (ProgressReporter.Task task = sheet.progress().start("sgd-and-its-sde, backward equations", 6)) {
            for (int k = 0; k < 6; k++) {
                boolean replaced = k % 2 == 0;
                String drawn = replaced ? "with replacement" : "without replacement";
                String name;
                Errors errors;
                if (k < 2) {
                    name = "linear regression, d = 3, N = 12, b = 2";
                    errors = regression(replaced);
                } else if (k < 4) {
                    name = "logistic regression, d = 1, N = 6, b = 2";
                    errors = counted(
                            FiniteSum.logistic(0.5, 2.0, 1.0, -0.5, 1.5, -1.0, 0.7),
                            new ChebyshevGrid(new double[] {-4.0}, new double[] {4.0}, 56),
                            new double[] {-1.0},
                            x -> x[0] * x[0],
                            2.0,
                            2,
                            replaced);
                } else {
                    int batch = replaced ? 1 : 2;
                    name = "two wells, d = 2, N = 5, b = " + batch;
                    errors =
                            counted(FiniteSum.wells(), wells(sheet), WELLS_START, WELLS_FUNCTION, 0.5, batch, replaced);
                }
                write(sheet, name + " " + drawn, errors);
                if (replaced) {
                    panels[k / 2] = panel(name, errors);
                }
                task.advanceTo(k + 1);
            }
        }
        SampledWells.write(
                sheet,
                FIXED_TIME,
                FiniteSum.wells(),
                new BackwardEquation(wells(sheet), WELLS_START, WELLS_FUNCTION),
                WELLS_START,
                WELLS_FUNCTION,
                0.5);
        FixedTemperature.write(sheet);
        sheet.figure(
                "weak-errors",
                "How far expectations of the equations are from those of gradient descent at a fixed time: Lemma 2’s equation falls with η, the modified"
                        + " one with η². Mini-batches with replacement; without, points lie on the same lines. Without noise the order is one as well, and the error larger.",
                Figure.titled("SGD less its equations at a fixed time, as η → 0")
                        .row(panels)
                        .panelSize(400, 400),
                LEMMA_2);
    }

    private static ChebyshevGrid wells(Sheet sheet) {
        return new ChebyshevGrid(new double[] {-1.5, -1.6}, new double[] {1.5, 1.6}, sheet.choose(40, 44, 48), 9);
    }

    private static Errors regression(boolean replaced) {
        LeastSquares loss = Regressions.of(12, 0.5);
        int batch = 2;
        RegressionMoments moments =
                new RegressionMoments(loss, replaced ? Sampling.WITH_REPLACEMENT : Sampling.WITHOUT_REPLACEMENT);
        double share = (replaced ? 1.0 : 1.0 - (double) batch / loss.samples()) / batch;
        double[] start = {1.0, -0.5, 1.5};
        double time = 1.0;
        return errors(
                time,
                new int[] {16, 32, 64, 128, 256, 512},
                n -> moments.descent(start, time / n, 1.0, share, n),
                n -> moments.equation(start, 0.0, 0.0, time),
                n -> moments.equation(
                        start,
                        descent(time / n, batch, replaced, loss.samples())
                                .temperature()
                                .value(),
                        0.0,
                        time),
                n -> moments.equation(
                        start,
                        descent(time / n, batch, replaced, loss.samples())
                                .temperature()
                                .value(),
                        0.5 * time / n,
                        time));
    }

    private static StochasticGradientDescent descent(double rate, int batch, boolean replaced, int samples) {
        StochasticGradientDescent descent = StochasticGradientDescent.of(rate, batch);
        return replaced ? descent : descent.withoutReplacement(samples);
    }

    private static Errors counted(
            FiniteSum loss,
            ChebyshevGrid grid,
            double[] start,
            ScalarField function,
            double time,
            int batch,
            boolean replaced) {
        BackwardEquation backward = new BackwardEquation(grid, start, function);
        List<int[]> batches = loss.batches(batch, replaced);
        Diffusion diffusion = loss.diffusion(replaced);
        int[] steps = loss.dimension() == 1 ? new int[] {8, 16, 32, 64, 128} : new int[] {4, 8, 16, 32, 64};
        // So small a temperature is none.
        Sde flow = Sde.ito(
                descent(1.0, batch, replaced, loss.samples())
                        .equation(loss.gradient(), diffusion)
                        .drift(),
                diffusion,
                Temperature.of(Double.MIN_NORMAL));
        double without = backward.equation(flow, time);
        return errors(
                time,
                steps,
                n -> backward.descent(loss, descent(time / n, batch, replaced, loss.samples()), batches, n),
                n -> without,
                n -> backward.equation(
                        descent(time / n, batch, replaced, loss.samples()).equation(loss.gradient(), diffusion), time),
                n -> backward.equation(
                        descent(time / n, batch, replaced, loss.samples())
                                .secondOrderEquation(loss.gradient(), diffusion),
                        time));
    }

    private static Errors errors(
            double time,
            int[] steps,
            IntToDoubleFunction descent,
            IntToDoubleFunction without,
            IntToDoubleFunction first,
            IntToDoubleFunction second) {
        double[] exact = Arrays.stream(steps).mapToDouble(descent).toArray();
        return new Errors(
                Arrays.stream(steps).mapToDouble(n -> time / n).toArray(),
                less(exact, Arrays.stream(steps).mapToDouble(without).toArray()),
                less(exact, Arrays.stream(steps).mapToDouble(first).toArray()),
                less(exact, Arrays.stream(steps).mapToDouble(second).toArray()));
    }

    private static double[] less(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int k = 0; k < a.length; k++) {
            difference[k] = a[k] - b[k];
        }
        return difference;
    }

    private static void write(Sheet sheet, String what, Errors errors) {
        Order first = Order.of(errors.rates, errors.first);
        Order second = Order.of(errors.rates, errors.second);
        Order without = Order.of(errors.rates, errors.without);
        int last = errors.rates.length - 1;
        sheet.holds(LEMMA_2, FIXED_TIME)
                .measure(what + ": order of the error of Lemma 2’s equation", first.value())
                .discretisationError(first.halfWidth())
                .near(1.0, interval(first), THEOREM);
        sheet.supplement(SECOND)
                .measure(what + ": order of the error of the modified equation", second.value())
                .discretisationError(second.halfWidth())
                .near(2.0, interval(second), THEOREM);
        sheet.supplement(SECOND)
                .measure(
                        what + ": its error over that of Lemma 2’s at the smallest η",
                        Math.abs(errors.second[last] / errors.first[last]));
        sheet.supplement(NO_NOISE)
                .measure(what + ": order of the error of ẋ = −∇f", without.value())
                .discretisationError(without.halfWidth())
                .near(1.0, interval(without), THEOREM);
    }

    static Tolerance interval(Order order) {
        return Tolerance.of(Math.min(0.2, order.halfWidth()), "99 % interval of the fit, at most 0.2");
    }

    private static XyPanel panel(String name, Errors errors) {
        double[] ends = {errors.rates[0], errors.rates[errors.rates.length - 1]};
        double one = Math.abs(errors.first[errors.rates.length - 1]);
        double two = Math.abs(errors.second[errors.rates.length - 1]);
        return XyPanel.titled(name)
                .xAxis("η")
                .yAxis("error of E g(x)")
                .logX()
                .logY()
                .points("dx = −∇f dt, no noise", errors.rates, Order.absolute(errors.without))
                .points("Lemma 2’s equation", errors.rates, Order.absolute(errors.first))
                .points("modified equation", errors.rates, Order.absolute(errors.second))
                .line("slope 1", ends, new double[] {one * ends[0] / ends[1], one})
                .line("slope 2", ends, new double[] {two * Math.pow(ends[0] / ends[1], 2), two});
    }
}
