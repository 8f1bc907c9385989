package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.TwistedWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Histogram;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.ATypeEuler;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.PlatenWeak2;
import org.langevin4j.solvers.sde.Scheme;

/** Theorem 22 of Chaudhari and Soatto (2018): the Itô and the A-type equation share the steady state e^(−βΦ). */
public final class Theorem22 implements Example {

    private static final int CELLS = 64;
    private static final double END = 12.0;

    @Override
    public String name() {
        return "theorem-22";
    }

    @Override
    public String summary() {
        return "The Itô and the A-type equation end at e^(−βΦ); leaving out or flipping a term of eq. (19) does not";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        DoubleWell doubleWell = new DoubleWell(1.5);
        Temperature one = Temperature.of(1.0);
        Picture first = exampleNineteen(doubleWell, one, context, measurements);
        Picture second = twistedWell(new TwistedWell(2.0), Temperature.of(0.5), context, measurements);
        return new ExampleResult(
                name(),
                "With ∇f = (D+Q)∇Φ − β⁻¹∇·(D+Q) the Itô equation and the A-type equation both end at e^(−βΦ)/Z, also"
                        + " where D and Q depend on the state; without the divergence terms, or with the sign of ∇·Q"
                        + " flipped, the same noise ends elsewhere.",
                "Chaudhari and Soatto (2018), Theorem 22, eqs. (18) and (19). ∇· sums the second index; the paper's"
                        + " “column-wise” would flip the sign of ∇·Q.",
                context.seed().value(),
                measurements,
                List.of(first, second));
    }

    private static Picture exampleNineteen(
            DoubleWell model, Temperature temperature, RunContext context, List<Measurement> measurements)
            throws IOException {
        Sde ito = model.sde(temperature);
        Sde aType = model.decomposition(Temperature.of(1.0)).orElseThrow().aType(temperature);
        measurements.add(Measurement.atMost(
                "Example 19: largest |b − (−(D+Q)∇Φ + β⁻¹∇·(D+Q))| on [−3, 3]²",
                largestDifference(ito.drift(), aType.toIto().drift()),
                1e-12));
        StationaryLaw law = StationaryLaw.of(3.0, CELLS, model.potential(), temperature);
        Histogram.Counts itoCounts = run(ito, euler(context), law, 0, "Example 19, Itô", context);
        Histogram.Counts aTypeCounts = run(aType, aTypeEuler(context), law, 1, "Example 19, A-type", context);
        measurements.add(law.agrees("Example 19, Itô equation", itoCounts));
        measurements.add(law.agrees("Example 19, A-type equation", aTypeCounts));
        String file = "example-19.png";
        Figure.titled("Example 19, λ = 1.5, β = 1: two equations, one steady state")
                .row(
                        panel("e^(−Φ)/Z", law.density(), law),
                        panel("Itô: dx = −∇f dt + √2 dW", itoCounts.density(), law),
                        panel("A-type: dx = −(I+Q)∇Φ dt + √2 dW", aTypeCounts.density(), law))
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Example 19, λ = 1.5. Left: the law e^(−Φ)/Z. Middle and right: histograms of the Itô and of the A-type"
                        + " equation, each run on its own.");
    }

    private static Picture twistedWell(
            TwistedWell model, Temperature temperature, RunContext context, List<Measurement> measurements)
            throws IOException {
        Decomposition decomposition = model.decomposition(Temperature.of(1.0)).orElseThrow();
        Sde aType = decomposition.aType(temperature);
        StationaryLaw law = StationaryLaw.of(3.0, CELLS, model.potential(), temperature);
        Histogram.Counts aTypeCounts = run(aType, aTypeEuler(context), law, 2, "D(x) and Q(x), A-type", context);
        Histogram.Counts itoCounts = run(aType.toIto(), euler(context), law, 3, "D(x) and Q(x), Itô", context);
        Histogram.Counts fineCounts = runFine(aType.toIto(), law, context);
        measurements.add(law.agrees("D(x) and Q(x), A-type equation", aTypeCounts));
        measurements.add(law.agrees(
                "D(x) and Q(x), A-type equation by a scheme of weak order 2, " + fineCounts.total() + " samples",
                fineCounts));
        measurements.add(law.agrees("D(x) and Q(x), Itô equation with the drift of eq. (19)", itoCounts));

        Sde bare = Sde.ito(decomposition.aTypeDrift(), model.diffusion(), temperature);
        Histogram.Counts bareCounts = run(bare, euler(context), law, 4, "no divergence", context);
        measurements.add(law.differs("control, β⁻¹∇·(D+Q) left out", bareCounts));
        Sde still = withoutRotation(aType, model, 1.0);
        Histogram.Counts stillCounts = run(still, euler(context), law, 7, "∇·Q left out", context);
        measurements.add(law.differs("control, β⁻¹∇·Q left out", stillCounts));
        Sde flipped = withoutRotation(aType, model, 2.0);
        Histogram.Counts flippedCounts = run(flipped, euler(context), law, 5, "sign of ∇·Q flipped", context);
        measurements.add(law.differs("control, sign of ∇·Q flipped", flippedCounts));
        String file = "state-dependent.png";
        Figure.titled("D(x) and Q(x) both depend on the state, β = 2")
                .row(
                        panel("e^(−βΦ)/Z", law.density(), law),
                        panel("A-type: dx = −(D+Q)∇Φ dt + √(2β⁻¹D) dW", aTypeCounts.density(), law),
                        panel("Itô, with the drift of eq. (19)", itoCounts.density(), law))
                .row(
                        panel("Control: the A-type drift read as Itô", bareCounts.density(), law),
                        panel("Control: ∇·Q left out", stillCounts.density(), law),
                        panel("Control: sign of ∇·Q flipped", flippedCounts.density(), law))
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "A system whose D and Q depend on the state. Above: the law and the histograms of the A-type and the Itô"
                        + " equation, which agree. Below: three controls with a term of eq. (19) missing or flipped, which do"
                        + " not.");
    }

    /** The Itô equation of the A-type one, less so many times β⁻¹∇·Q. */
    private static Sde withoutRotation(Sde aType, TwistedWell model, double times) {
        return Sde.ito(
                plus(aType.toIto().drift(), -times * aType.temperature().value(), model.antisymmetric()),
                model.diffusion(),
                aType.temperature());
    }

    private static EulerMaruyama euler(RunContext context) {
        return EulerMaruyama.withStep(stepSize(context));
    }

    private static ATypeEuler aTypeEuler(RunContext context) {
        return ATypeEuler.withStep(stepSize(context));
    }

    /** The bias of the scheme must stay below what the sample can see. */
    private static double stepSize(RunContext context) {
        return context.effort().choose(0.005, 0.004, 0.002);
    }

    private static Histogram.Counts run(
            Sde sde, Scheme scheme, StationaryLaw law, int part, String title, RunContext context) {
        Ensemble ensemble = Ensemble.of(sde)
                .scheme(scheme)
                .paths(context.effort().choose(30_000, 100_000, 1_000_000))
                .until(END)
                .startingAt(0.5, 0.0)
                .seed(context.seed().derive(part))
                .observe(law.histogram());
        return Runs.withProgress(ensemble, "theorem-22, " + title, context).get(law.histogram());
    }

    /**
     * More samples than the first-order schemes can serve: their bias would show. At full effort 10⁷, each path recorded at
     * ten times so far apart that it has forgotten the last.
     */
    private static Histogram.Counts runFine(Sde ito, StationaryLaw law, RunContext context) {
        double stepSize = context.effort().choose(0.04, 0.02, 0.01);
        int records = context.effort().choose(1, 2, 10);
        double apart = 2.0;
        Ensemble ensemble = Ensemble.of(ito)
                .scheme(PlatenWeak2.withStep(stepSize))
                .paths(context.effort().choose(30_000, 100_000, 1_000_000))
                .until(END + (records - 1) * apart)
                .startingAt(0.5, 0.0)
                .seed(context.seed().derive(6))
                .observe(When.every((int) Math.round(apart / stepSize), END - 0.5 * apart), law.histogram());
        return Runs.withProgress(ensemble, "theorem-22, weak order 2", context).get(law.histogram());
    }

    private static FieldPanel panel(String title, Density density, StationaryLaw law) {
        // One scale for all, so that they can be compared.
        return FieldPanel.titled(title, law.density().grid()).heatMap(density, "ρ(x)", law.highestShown());
    }

    private static double largestDifference(VectorField a, VectorField b) {
        Grid grid = Grid.square(-3, 3, 100);
        double[] x = new double[2];
        double[] first = new double[2];
        double[] second = new double[2];
        double largest = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            grid.centre(cell, x);
            a.at(x, first);
            b.at(x, second);
            largest = Math.max(largest, Math.hypot(first[0] - second[0], first[1] - second[1]));
        }
        return largest;
    }

    /** b + factor·∇·M. */
    private static VectorField plus(VectorField b, double factor, MatrixField m) {
        return (x, out) -> {
            double[] divergence = new double[out.length];
            m.divergence(x, divergence);
            b.at(x, out);
            for (int i = 0; i < out.length; i++) {
                out[i] += factor * divergence[i];
            }
        };
    }
}
