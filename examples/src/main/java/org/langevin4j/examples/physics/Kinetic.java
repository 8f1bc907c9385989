package org.langevin4j.examples.physics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.HeatConductingChain;
import org.langevin4j.solvers.domain.Box;
import org.langevin4j.solvers.domain.HalfSpace;
import org.langevin4j.solvers.domain.Interval;
import org.langevin4j.solvers.domain.Walls;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.MarginalHistogram;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.Baoab;

/** Particles with inertia: walls that turn a momentum round, and heat through a chain. */
public final class Kinetic implements Experiment {

    private static final int SITES = 12;

    @Override
    public String name() {
        return "kinetic";
    }

    @Override
    public String summary() {
        return "Particles with inertia: specular and thermal walls, a chain between two heat baths";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        XyPanel walls = walls(sheet);
        gasBetweenWalls(sheet);
        XyPanel chain = chain(sheet);
        sheet.figure(
                "walls-and-chain",
                "Left: height of particles that fall onto a specular floor, against e^(−q/T)/T. Right: kinetic temperature along"
                        + " a harmonic chain between two baths; its middle is flat: no law of Fourier.",
                Figure.titled("Walls and heat baths for particles with inertia").row(walls, chain));
    }

    private static VectorField uniform(double slope) {
        return new VectorField() {
            @Override
            public void at(double[] q, double[] out) {
                out[0] = slope;
            }

            @Override
            public void atBlock(double[][] q, int paths, double[][] out) {
                Arrays.fill(out[0], 0, paths, slope);
            }
        };
    }

    /** ∇U = 1 above a floor: e^(−βH) is exponential in q and Gaussian in p. */
    private static XyPanel walls(Sheet sheet) {
        double temperature = 0.5;
        Axis heights = Axis.uniform(0.0, 3.0, 30);
        MarginalHistogram histogram = MarginalHistogram.of(0, heights);
        TimeAverage moments = TimeAverage.of(
                (x, out) -> {
                    out[0] = x[0];
                    out[1] = x[1];
                    out[2] = x[1] * x[1];
                },
                3);
        Ensemble ensemble = Ensemble.of(
                        UnderdampedLangevin.ofGradient(1, uniform(1.0), 0.2, Temperature.of(temperature))
                                .sde())
                .scheme(Baoab.withStep(0.02))
                .within(Walls.specular(HalfSpace.reflecting(new double[] {1.0}, 0.0)))
                .paths(sheet.choose(16_000, 40_000, 400_000))
                .until(80.0)
                .startingAt(0.5, 0.0)
                .seed(sheet.seed())
                .observe(histogram)
                .observe(When.every(50, 40.0), moments);
        EnsembleResult run = sheet.run("kinetic, floor", ensemble);
        RunningMoments found = run.get(moments);
        String[] names = {"⟨q⟩", "⟨p⟩", "⟨p²⟩"};
        double[] expected = {temperature, 0.0, temperature};
        Evidence floor = sheet.supplement("a specular wall, which reverses the momentum, keeps e^(−βH)");
        for (int i = 0; i < names.length; i++) {
            floor.measure("∇U = 1, T = 0.5, γ = 0.2: " + names[i], found.mean(i))
                    .standardError(found.standardError(i))
                    .near(expected[i], standardErrors(4), closedForm("e^(−βH)"));
        }
        double[] centres = new double[heights.cells()];
        double[] density = new double[centres.length];
        double[] errors = new double[centres.length];
        double[] exact = new double[centres.length];
        double total = run.get(histogram).total();
        for (int cell = 0; cell < centres.length; cell++) {
            centres[cell] = 0.5 * (heights.edge(cell) + heights.edge(cell + 1));
            double count = run.get(histogram).count(cell);
            density[cell] = count / (total * heights.width(cell));
            errors[cell] = Math.sqrt(count) / (total * heights.width(cell));
            exact[cell] = Math.exp(-centres[cell] / temperature) / temperature;
        }
        return XyPanel.titled("Above a specular floor, ∇U = 1, T = 0.5")
                .xAxis("height q")
                .yAxis("density")
                .line("e^(−q/T)/T", centres, exact)
                .points("paths", centres, density, errors);
    }

    /** Free flight between walls at T₁ and T₂: all fly with half-Gaussians of one or the other, ⟨p²⟩ = √(T₁T₂). */
    private static void gasBetweenWalls(Sheet sheet) {
        TimeAverage square = TimeAverage.of((x, out) -> out[0] = x[1] * x[1], 1);
        Ensemble ensemble = Ensemble.of(UnderdampedLangevin.ofGradient(1, uniform(0.0), 1.0, Temperature.of(1.0))
                        .withFriction(0.0)
                        .sde())
                .scheme(Baoab.withStep(0.01))
                .within(Walls.thermal(Box.of(Interval.reflecting(0.0, 1.0)), Temperature.of(0.5), Temperature.of(2.0)))
                .paths(sheet.choose(2_000, 4_000, 40_000))
                .until(60.0)
                .startingAt(0.5, 1.0)
                .seed(sheet.seed().derive(1))
                .observe(When.every(5, 20.0), square);
        RunningMoments found = sheet.run("kinetic, gas", ensemble).get(square);
        sheet.supplement("a gas between thermal walls takes the geometric mean of their temperatures")
                .measure("walls of T = ½ and 2: ⟨p²⟩", found.mean(0))
                .standardError(found.standardError(0))
                .near(1.0, standardErrors(4), closedForm("√(T₁T₂), for half-Gaussian momenta of both"));
    }

    /** A harmonic chain between baths of T = 2 and 1: kinetic temperature of each site, and the heat that flows. */
    private static XyPanel chain(Sheet sheet) {
        HeatConductingChain model = new HeatConductingChain(SITES, 1.0, 1.0, 2.0);
        double[] rates = new double[SITES];
        rates[0] = 1.0;
        rates[SITES - 1] = 1.0;
        Temperature[] baths = new Temperature[SITES];
        Arrays.fill(baths, Temperature.of(1.0));
        baths[0] = Temperature.of(2.0);
        VectorField gradient = (q, out) -> {
            for (int i = 0; i < q.length; i++) {
                double left = i > 0 ? q[i - 1] : 0.0;
                double right = i + 1 < q.length ? q[i + 1] : 0.0;
                out[i] = 2.0 * q[i] - left - right;
            }
        };
        UnderdampedLangevin equation = UnderdampedLangevin.ofGradient(SITES, gradient, 1.0, Temperature.of(1.0))
                .withFriction(rates)
                .withTemperature(baths);
        // The slowest mode loses its energy in a time of 57.
        double h = 0.05;
        TimeAverage averages = TimeAverage.of(
                (x, out) -> {
                    for (int i = 0; i < SITES; i++) {
                        out[i] = x[SITES + i] * x[SITES + i];
                    }
                    // The power of each spring on the site to its right, the mean over the springs.
                    out[SITES] = 0.0;
                    for (int i = 1; i < SITES; i++) {
                        out[SITES] += (x[i - 1] - x[i]) * x[SITES + i] / (SITES - 1);
                    }
                },
                SITES + 1);
        Ensemble ensemble = Ensemble.of(equation.sde())
                .scheme(Baoab.withStep(h))
                .paths(sheet.choose(256, 512, 2048))
                .until(sheet.choose(2000.0, 4000.0, 8000.0))
                .startingAt(new double[2 * SITES])
                .seed(sheet.seed().derive(3))
                .observe(When.every(10, 500.0), averages);
        RunningMoments found = sheet.run("kinetic, chain", ensemble).get(averages);
        var covariance =
                model.stationaryMoments(Temperature.of(1.0)).orElseThrow().covariance();
        double[] sites = new double[SITES];
        double[] exact = new double[SITES];
        double[] measured = new double[SITES];
        double[] errors = new double[SITES];
        Evidence heat = sheet.supplement(
                "heat flows through a harmonic chain without a gradient in its middle (Rieder, Lebowitz and Lieb 1967)");
        for (int i = 0; i < SITES; i++) {
            sites[i] = i + 1;
            exact[i] = covariance.getEntry(SITES + i, SITES + i);
            measured[i] = found.mean(i);
            errors[i] = found.standardError(i);
            heat.measure("chain between T = 2 and 1: kinetic temperature of site " + (i + 1), measured[i])
                    .standardError(found.standardError(i))
                    .near(exact[i], standardErrors(4), closedForm("Lyapunov's equation"));
        }
        double a = Math.log(1.5 + Math.sqrt(1.25));
        heat.measure("heat current, mean over the springs", found.mean(SITES))
                .standardError(found.standardError(SITES))
                .near(
                        0.5 * Math.sinh((SITES - 1) * a) / Math.sinh(SITES * a),
                        standardErrors(4),
                        closedForm("½ sinh((n−1)a)/sinh(na), cosh a = 3/2"));
        return XyPanel.titled("Harmonic chain between T = 2 and T = 1")
                .xAxis("site")
                .yAxis("⟨p²⟩")
                .line("Lyapunov's equation", sites, exact)
                .points("paths", sites, measured, errors);
    }
}
