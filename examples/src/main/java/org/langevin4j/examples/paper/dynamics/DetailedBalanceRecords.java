package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import hep.aida.ref.Histogram1D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.TimeAsymmetry;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Snapshots;
import org.langevin4j.solvers.ensemble.When;

/** What a person with a file has: states at equal intervals, and nothing else. Hotelling's test on the area rates of batches. */
final class DetailedBalanceRecords {

    private static final int BATCHES = 20;

    private static final double LEVEL = 0.05;

    private DetailedBalanceRecords() {}

    static void test(List<RotatingCase> rotating, Sheet sheet) throws IOException {
        int longest = sheet.choose(4000, 20000, 100000);
        XyPanel power = XyPanel.titled("One record each")
                .xAxis("length of the record, states")
                .yAxis("p-value of detailed balance")
                .logX()
                .logY()
                .yRange(1e-12, 2);
        RotatingCase reversible = RotatingCase.still();
        List<RotatingCase> all = new ArrayList<>(rotating);
        all.add(reversible);
        Evidence evidence =
                sheet.supplement("A record of states, without b and D, tells whether detailed balance holds");
        for (RotatingCase one : all) {
            double[][] record = records(one, 1, longest, sheet).get(0);
            List<double[]> points = new ArrayList<>();
            double p = Double.NaN;
            int last = 0;
            for (int length = 250; length <= longest; length *= 2) {
                p = verdict(Arrays.copyOf(record, length), one.interval());
                points.add(new double[] {length, Math.max(p, 1e-12)});
                last = length;
            }
            power.points(one.name(), column(points, 0), column(points, 1));
            if (one.reference().entropyProduction() > 0.0) {
                evidence.measure(one.name() + ": p-value of detailed balance, one record of " + last + " states", p)
                        .atMost(1e-3, none(), closedForm("σ > 0"));
            }
        }
        power.horizontalLine(1e-3, "p = 0.001");

        int many = sheet.choose(1000, 2000, 4000);
        Histogram1D histogram = new Histogram1D("p", 20, 0.0, 1.0);
        int rejected = 0;
        double mean = 0.0;
        for (double[][] record : records(reversible, many, 2001, sheet)) {
            double p = verdict(record, reversible.interval());
            histogram.fill(p);
            rejected += p <= LEVEL ? 1 : 0;
            mean += p / many;
        }
        evidence.measure(
                        "double well without rotation: share of " + many + " records called irreversible",
                        (double) rejected / many)
                .standardError(Math.sqrt(LEVEL * (1.0 - LEVEL) / many))
                .near(LEVEL, standardErrors(4), closedForm("the level of the test"));
        evidence.measure("double well without rotation: mean of their p-values", mean)
                .standardError(Math.sqrt(1.0 / 12.0 / many))
                .near(0.5, standardErrors(4), closedForm("p uniform on [0, 1]"));
        XyPanel size = XyPanel.titled(many + " records of the double well without rotation")
                .xAxis("p-value of detailed balance")
                .yAxis("records")
                .histogram("2001 states each", histogram)
                .horizontalLine(many / 20.0, "expected");
        sheet.figure(
                "detailed-balance",
                "Left: p-values of Hotelling's test on the area rates of " + BATCHES
                        + " batches of one record, against its length; values below 1e-12 are drawn there. Right: the test"
                        + " on reversible records calls as many irreversible as it says.",
                Figure.titled("Detailed balance tested on plain records")
                        .row(power, size)
                        .panelSize(560, 440));
    }

    private static double verdict(double[][] record, double interval) {
        return TimeAsymmetry.ofTrajectory(record, interval, 1, BATCHES).test().pValue();
    }

    private static List<double[][]> records(RotatingCase one, int paths, int length, Sheet sheet) {
        Snapshots observed = Snapshots.ofFirst(paths);
        int every = one.linear() ? 1 : 5;
        Ensemble ensemble = Ensemble.of(one.sde())
                .scheme(one.scheme(one.interval() / every))
                .paths(paths)
                .until(IrreversibilityRates.TRANSIENT + length * one.interval())
                .seed(sheet.seed())
                .observe(When.every(every, IrreversibilityRates.TRANSIENT), observed);
        List<double[][]> records = new ArrayList<>();
        for (Snapshots.Trajectory path : sheet.run(one.name(), ensemble).get(observed)) {
            double[][] record = new double[length][2];
            for (int t = 0; t < length; t++) {
                record[t][0] = path.state(t, 0);
                record[t][1] = path.state(t, 1);
            }
            records.add(record);
        }
        return records;
    }

    private static double[] column(List<double[]> rows, int k) {
        return rows.stream().mapToDouble(row -> row[k]).toArray();
    }
}
