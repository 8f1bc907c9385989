package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.FIGURE_2;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.util.List;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;

/**
 * What the paper prints of its spectra, against each other. If r of d eigenvalues are not zero, (Σλ)² ≤ rΣλ² (Cauchy and Schwarz), so
 * that r/d ≥ mean²/(mean² + variance). If the others are not zero either, those that count still carry no more than
 * √(r/d·(mean² + variance))/mean of the trace.
 */
final class PrintedSpectra {

    /** A network with the figures printed and half a unit of the last digit of the first two; the ranks have half a unit of theirs. */
    private record Printed(String network, double mean, double deviation, double half, double rank, double halfRank) {

        /** The least rank over d that any numbers so rounded allow. */
        double leastRank() {
            double least = mean - half;
            return least * least / (least * least + Math.pow(deviation + half, 2));
        }

        /** The least part of the trace that eigenvalues which do not count must carry. */
        double leastRest() {
            double least = mean - half;
            double square = least * least + Math.pow(deviation + half, 2);
            return 1.0 - Math.sqrt((rank + halfRank) * square) / least;
        }
    }

    private static final List<Printed> CIFAR = List.of(
            new Printed("CIFAR-10", 0.27, 0.84, 0.005, 0.0034, 0.00005),
            new Printed("CIFAR-100", 0.98, 2.16, 0.005, 0.0047, 0.00005),
            new Printed("CIFAR-10 with augmentation", 0.43, 1.32, 0.005, 0.0032, 0.00005));

    private static final List<Printed> MNIST = List.of(
            new Printed("small-lenet", 0.3, 2.11, 0.05, 0.018, 0.0005),
            new Printed("small-fc", 0.9, 18.5, 0.05, 0.006, 0.0005));

    private static final Oracle CAUCHY_SCHWARZ = closedForm("Cauchy–Schwarz, for all values so rounded");

    private PrintedSpectra() {}

    static void write(Sheet sheet) {
        Evidence conflict = sheet.fails(
                FIGURE_2,
                "its own figures: means and deviations printed do not go with the ranks printed, if what is not counted is almost"
                        + " zero as Section IV-A says");
        for (Printed one : CIFAR) {
            conflict.measure(one.network() + ": least rank over d by mean and deviation", one.leastRank())
                    .exact()
                    .atLeast(one.rank() + one.halfRank(), none(), CAUCHY_SCHWARZ);
            conflict.measure(one.network() + ": least part of the trace that is not counted", one.leastRest())
                    .exact()
                    .atLeast(0.5, none(), CAUCHY_SCHWARZ);
        }
        for (Printed one : MNIST) {
            sheet.supplement("the figures printed in Fig. 1 go with each other")
                    .measure(one.network() + ": least rank over d by mean and deviation", one.leastRank())
                    .exact()
                    .atMost(one.rank() + one.halfRank(), none(), CAUCHY_SCHWARZ);
        }
    }
}
