package org.langevin4j.examples.report;

import static org.langevin4j.examples.experiment.Oracle.closedForm;

import java.util.List;
import org.langevin4j.examples.experiment.Check;
import org.langevin4j.examples.experiment.Check.AtLeast;
import org.langevin4j.examples.experiment.Check.AtMost;
import org.langevin4j.examples.experiment.Check.Expectation;
import org.langevin4j.examples.experiment.Check.Near;
import org.langevin4j.examples.experiment.Check.Reported;
import org.langevin4j.examples.experiment.Effort;
import org.langevin4j.examples.experiment.ExperimentResult;
import org.langevin4j.examples.experiment.ExperimentResult.Provenance;
import org.langevin4j.examples.experiment.Finding;
import org.langevin4j.examples.experiment.Finding.Bearing;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.Statement;
import org.langevin4j.examples.experiment.Uncertainty;

/** Results as no experiment would give them. */
final class Samples {

    static final Provenance RUN = new Provenance("1.0", "abc", Effort.QUICK, 7, "data", "2026-11-29T12:00:00Z", 3.25);

    static final Provenance OLD =
            new Provenance("0.9", "abc", Effort.FULL, Long.MAX_VALUE, "", "2026-01-01T00:00:00Z", 1.0);

    private Samples() {}

    static Check check(String name, double value, Uncertainty.Kind kind, double error, Expectation expectation) {
        boolean holds = expectation instanceof Near near
                ? Math.abs(value - near.expected()) <= near.tolerance()
                : expectation instanceof AtMost most
                        ? value <= most.limit()
                        : !(expectation instanceof AtLeast least) || value >= least.limit();
        return new Check(name, value, "nats", new Uncertainty(kind, error), expectation, holds);
    }

    /** For Theorem 5: one finding that stands; against it: one with a failed check. */
    static final ExperimentResult RESULT = new ExperimentResult(
            "theorem-5",
            "F <never> rises & \"falls\"",
            OLD,
            List.of(
                    new Finding(
                            Bearing.SUPPORTS,
                            Statement.THEOREM_5,
                            "every <D>",
                            List.of(
                                    check(
                                            "λ",
                                            1.5,
                                            Uncertainty.Kind.STATISTICAL,
                                            0.25,
                                            new Near(1.0, 1.0, "4 standard errors", closedForm("one"))),
                                    check(
                                            "ratio",
                                            4.0,
                                            Uncertainty.Kind.EXACT,
                                            0.0,
                                            new AtLeast(3.6, 0.0, "none", closedForm(""))),
                                    check("rank", 7.0, Uncertainty.Kind.UNKNOWN, 0.0, new Reported()))),
                    new Finding(
                            Bearing.CONTRADICTS,
                            Statement.THEOREM_5,
                            "a broken run",
                            List.of(check(
                                    "bad",
                                    Double.NaN,
                                    Uncertainty.Kind.DISCRETISATION,
                                    0.1,
                                    new AtMost(1.0, 0.0, "none", closedForm(""))))),
                    new Finding(
                            Bearing.SUPPLEMENTS,
                            null,
                            "far away",
                            List.of(check(
                                    "far", Double.POSITIVE_INFINITY, Uncertainty.Kind.UNKNOWN, 0.0, new Reported())))),
            List.of(new Picture("a b.png", "F < 1 over t", "a b.csv", "a b.npz", List.of(Statement.THEOREM_5))));

    /** Against Lemma 6. */
    static final ExperimentResult GOOD = new ExperimentResult(
            "figure-4",
            "summary",
            RUN,
            List.of(new Finding(
                    Bearing.CONTRADICTS,
                    Statement.LEMMA_6,
                    "D = 2I",
                    List.of(check(
                            "x", -1.0, Uncertainty.Kind.EXACT, 0.0, new Near(-1.0, 0.0, "none", closedForm("f/2")))))),
            List.of(new Picture("plain.png", "plain", "", "", List.of())));
}
