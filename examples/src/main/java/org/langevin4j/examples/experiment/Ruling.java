package org.langevin4j.examples.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.langevin4j.examples.experiment.Finding.Bearing;

/**
 * What the evidence says of a statement. It follows from the findings that stand, those whose every check holds: some for and none
 * against, holds; both, holds under conditions; only against, does not hold; none, not decided. A finding with a failed check
 * counts for nothing: our run is in doubt then, not the paper.
 *
 * @param statement the statement
 * @param kind the verdict
 * @param evidence all findings on the statement, standing or not, with the experiment each comes from
 */
public record Ruling(Statement statement, Kind kind, List<Sourced> evidence) {

    /** The verdicts. */
    public enum Kind {
        /** Holds in every case that was computed. */
        HOLDS("holds"),
        /** Holds under conditions, with a counter-example outside of them. */
        HOLDS_UNDER("holds under a condition"),
        /** Counter-examples only. */
        DOES_NOT_HOLD("does not hold"),
        /** No evidence that stands. */
        NOT_DECIDED("not decided");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * A finding and where it comes from.
     *
     * @param experiment name of the experiment
     * @param finding what it found
     */
    public record Sourced(String experiment, Finding finding) {}

    /** Copies the list. */
    public Ruling {
        evidence = List.copyOf(evidence);
    }

    /**
     * Rules on every statement.
     *
     * @param results of all experiments at hand
     * @return one ruling for each statement, in the order of the paper
     */
    public static List<Ruling> on(List<ExperimentResult> results) {
        Map<Statement, List<Sourced>> evidence = new EnumMap<>(Statement.class);
        for (ExperimentResult result : results) {
            for (Finding finding : result.findings()) {
                Statement statement = finding.statement();
                if (statement != null) {
                    evidence.computeIfAbsent(statement, s -> new ArrayList<>())
                            .add(new Sourced(result.name(), finding));
                }
            }
        }
        List<Ruling> rulings = new ArrayList<>();
        for (Statement statement : Statement.values()) {
            List<Sourced> found = evidence.getOrDefault(statement, List.of());
            rulings.add(new Ruling(statement, kind(found), found));
        }
        return rulings;
    }

    private static Kind kind(List<Sourced> evidence) {
        boolean supported = stands(evidence, Bearing.SUPPORTS);
        boolean contradicted = stands(evidence, Bearing.CONTRADICTS);
        return supported
                ? contradicted ? Kind.HOLDS_UNDER : Kind.HOLDS
                : contradicted ? Kind.DOES_NOT_HOLD : Kind.NOT_DECIDED;
    }

    private static boolean stands(List<Sourced> evidence, Bearing bearing) {
        return evidence.stream()
                .map(Sourced::finding)
                .anyMatch(finding -> finding.bearing() == bearing && finding.stands());
    }

    /**
     * The condition in words: what it holds for and what it fails for.
     *
     * @return clauses of the findings that stand; of an undecided statement, what would decide it
     */
    public String condition() {
        String holds = clauses(Bearing.SUPPORTS);
        String fails = clauses(Bearing.CONTRADICTS);
        return switch (kind) {
            case HOLDS -> "for " + holds;
            case HOLDS_UNDER -> "for " + holds + "; not for " + fails;
            case DOES_NOT_HOLD -> "for " + fails;
            case NOT_DECIDED -> statement.needs();
        };
    }

    private String clauses(Bearing bearing) {
        List<String> clauses = new ArrayList<>();
        for (Sourced one : evidence) {
            Finding finding = one.finding();
            if (finding.bearing() == bearing && finding.stands() && !clauses.contains(finding.text())) {
                clauses.add(finding.text());
            }
        }
        return String.join("; ", clauses);
    }

    /**
     * Whether a run failed on the way to this ruling.
     *
     * @return true if a check of the evidence does not hold
     */
    public boolean isInDoubt() {
        return evidence.stream().anyMatch(one -> !one.finding().holds());
    }
}
