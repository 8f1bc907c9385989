package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.FIGURE_1;
import static org.langevin4j.examples.experiment.Statement.FIGURE_2;
import static org.langevin4j.examples.experiment.Statement.REMARK_14;
import static org.langevin4j.examples.experiment.Statement.REMARK_16;
import static org.langevin4j.examples.experiment.Statement.SECTION_IV_A;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.printed;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.List;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Statement;

/**
 * Figs. 1 and 2 of Chaudhari and Soatto (2018) against themselves. If r of d eigenvalues are not zero, the inequality of Cauchy and
 * Schwarz gives r/d ≥ mean²/(mean² + std²), mean and standard deviation taken over all d. If the others are small and hold the share φ of the
 * trace, r/d ≥ (1 − φ)² mean²/(mean² + std²).
 */
public final class Figures1And2 implements Experiment {

    private static final String ROUNDING = "± what rounding leaves open";
    private static final String ALL_EIGENVALUES =
            "CIFAR’s printed means and deviations, over all d eigenvalues as in eq. (14): either the rank is far larger, or most of"
                    + " the trace lies in the eigenvalues below the cut";

    /** What the paper prints; the rounding of each is half a unit of its last digit. */
    private record Printed(
            String name, double mean, double std, double half, double rank, double halfRank, int weights) {

        /** The mean, off by so many halves of the last digit. */
        double mean(double off) {
            return mean + off * half;
        }

        /** The standard deviation, off by so many halves of the last digit. */
        double std(double off) {
            return std + off * half;
        }

        /** Percent, for a mean and a deviation that are off by so many halves of the last digit. */
        double least(double off) {
            double m = mean(off);
            double s = std(-off);
            return 100.0 * m * m / (m * m + s * s);
        }

        /** The least share φ of the trace that eigenvalues below the cut hold, if the printed rank is right. */
        double belowCut() {
            return 1.0 - Math.sqrt((rank + halfRank) / least(-1.0));
        }
    }

    private static final Printed LENET = new Printed("small-lenet", 0.3e-3, 2.11e-3, 0.05e-3, 1.8, 0.05, 13_338);

    private static final Printed FC = new Printed("small-fc", 0.9e-3, 18.5e-3, 0.05e-3, 0.6, 0.05, 3_978);

    private static final List<Printed> CIFAR = List.of(
            new Printed("CIFAR-10", 0.27, 0.84, 0.005, 0.34, 0.005, 26_982),
            new Printed("CIFAR-100", 0.98, 2.16, 0.005, 0.47, 0.005, 26_982),
            new Printed("augmented", 0.43, 1.32, 0.005, 0.32, 0.005, 26_982));

    @Override
    public String name() {
        return "figures-1-2";
    }

    @Override
    public String summary() {
        return "The printed spectra of D against each other: ranks that mean and deviation allow, isotropy, and Remark 16’s score";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        int rank = 92;
        double mean = (double) rank / 26_982;
        Printed equal = new Printed("", mean, Math.sqrt(mean - mean * mean), 0.0, 0.0, 0.0, 26_982);
        sheet.consistency("The bound is sharp")
                .measure("92 eigenvalues 1 among 26,982: least rank/d", equal.least(0.0))
                .in("%")
                .exact()
                .near(100.0 * rank / 26_982, rounding(1e-12), closedForm("r/d, for r equal eigenvalues"));
        for (Printed one : CIFAR) {
            for (Statement statement : List.of(FIGURE_2, SECTION_IV_A)) {
                Evidence evidence = sheet.fails(statement, ALL_EIGENVALUES);
                evidence.measure(
                                one.name + ": least rank/d if the rest is zero, roundings at their kindest",
                                one.least(-1.0))
                        .in("%")
                        .exact()
                        .atLeast(one.rank, printed(one.halfRank), literature("printed rank/d, Fig. 2"));
                evidence.measure(
                                one.name + ": or share of the trace below the cut, roundings at their kindest",
                                100.0 * one.belowCut())
                        .in("%")
                        .exact()
                        .atLeast(50.0, none(), closedForm("half: most of the trace"));
            }
            Evidence range = sheet.supplement("What Fig. 2’s means and deviations need");
            range.measure(one.name + ": least rank/d, as printed", one.least(0.0))
                    .in("%");
            range.measure(one.name + ": least rank/d, roundings at their unkindest", one.least(1.0))
                    .in("%");
            // Each eigenvalue below the cut is below λmax·d·ε.
            range.measure(
                    one.name + ": or λmax, at least, at the single-precision ε",
                    one.belowCut() * one.mean / (one.weights * Math.scalb(1.0, -23)));
        }
        Evidence agree = sheet.supplement("Fig. 1 does not conflict with itself: the printed ranks are allowed");
        agree.measure("small-lenet: least rank/d, as printed", LENET.least(0.0)).in("%");
        agree.measure("small-lenet: least rank/d, roundings at their kindest", LENET.least(-1.0))
                .in("%")
                .exact()
                .atMost(1.85, none(), literature("printed rank/d, 1.8 %, Fig. 1a"));
        agree.measure("small-lenet: least rank/d, roundings at their unkindest", LENET.least(1.0))
                .in("%");
        agree.measure("small-fc: least rank/d, roundings at their unkindest", FC.least(1.0))
                .in("%")
                .exact()
                .atMost(0.55, none(), literature("printed rank/d, 0.6 %, Fig. 1b"));
        diversity(sheet);
        score(sheet);
        draw(sheet);
    }

    /** Remark 14 calls D less isotropic where its eigenvalues have a larger deviation; isotropy itself knows of no scale. */
    private static void diversity(Sheet sheet) {
        Evidence larger = sheet.holds(
                REMARK_14,
                "the mean and the deviation of the printed eigenvalues, which grow with the scale of the gradients");
        Evidence rounder = sheet.fails(
                REMARK_14,
                "the printed deviation over the printed mean, 0 for D = cI, which no scale of the gradients changes: it is smaller for"
                        + " the data of more variety");
        Printed ten = CIFAR.get(0);
        Printed hundred = CIFAR.get(1);
        for (Printed[] pair : new Printed[][] {{LENET, ten}, {FC, ten}, {ten, hundred}}) {
            Printed less = pair[0];
            Printed more = pair[1];
            String names = more.name + " over " + less.name + ": ";
            larger.measure(names + "mean eigenvalue, roundings at their unkindest", more.mean(-1.0) / less.mean(1.0))
                    .exact()
                    .atLeast(1.0, none(), literature("Figs. 1 and 2"));
            larger.measure(names + "deviation, roundings at their unkindest", more.std(-1.0) / less.std(1.0))
                    .exact()
                    .atLeast(1.0, none(), literature("Figs. 1 and 2"));
            rounder.measure(
                            names + "deviation over mean, roundings at their kindest",
                            more.std(1.0) / more.mean(-1.0) * less.mean(1.0) / less.std(-1.0))
                    .exact()
                    .atMost(1.0, none(), literature("Figs. 1 and 2"));
        }
    }

    /** Remark 16: gradients c times as large, those of c times the loss, have c² D and c⁴ var(λ), and the same rank. */
    private static void score(Sheet sheet) {
        sheet.holds(REMARK_16, "the two networks of Fig. 1, with the loss in the unit of the paper")
                .measure("small-lenet less small-fc: rank/d + var(λ), roundings at their unkindest", gap(1.0, -1.0))
                .exact()
                .atLeast(0.0, none(), literature("Fig. 1: small-lenet is the much better network"));
        sheet.fails(
                        REMARK_16,
                        "the same two networks with the loss in a unit 3 times smaller, which changes nothing in SGD at η/3: the score"
                                + " puts small-fc first")
                .measure("small-lenet less small-fc: rank/d + 81 var(λ), roundings at their kindest", gap(81.0, 1.0))
                .exact()
                .atMost(0.0, none(), literature("the figures printed in Fig. 1; D is quadratic in the loss"));
    }

    private static double gap(double scale, double off) {
        return score(LENET, scale, off) - score(FC, scale, -off);
    }

    private static double score(Printed one, double scale, double off) {
        return 0.01 * (one.rank + off * one.halfRank) + scale * one.std(off) * one.std(off);
    }

    private static void draw(Sheet sheet) throws IOException {
        List<Printed> all = List.of(LENET, FC, CIFAR.get(0), CIFAR.get(1), CIFAR.get(2));
        double[] at = new double[all.size()];
        double[] middle = new double[at.length];
        double[] half = new double[at.length];
        double[] ranks = new double[at.length];
        double[] halfRanks = new double[at.length];
        for (int k = 0; k < at.length; k++) {
            Printed one = all.get(k);
            at[k] = k + 1.0;
            middle[k] = 0.5 * (one.least(1.0) + one.least(-1.0));
            half[k] = 0.5 * (one.least(1.0) - one.least(-1.0));
            ranks[k] = one.rank;
            halfRanks[k] = one.halfRank;
        }
        sheet.figure(
                "ranks",
                "The least rank that the printed mean and deviation of the eigenvalues allow if the rest are zero, and"
                        + " the printed rank: above the least for MNIST or within its bar, far below for CIFAR.",
                Figure.titled("Rank of D: what is printed and what the printed mean and deviation need")
                        .row(XyPanel.titled("")
                                .xCategories(all.stream().map(Printed::name).toList())
                                .yAxis("rank(D)/d, %")
                                .logY()
                                .yRange(0.1, 40.0)
                                .points("least, by mean and deviation", at, middle, half, ROUNDING)
                                .points("printed", at, ranks, halfRanks, ROUNDING))
                        .panelSize(760, 400),
                FIGURE_1,
                FIGURE_2);
    }
}
