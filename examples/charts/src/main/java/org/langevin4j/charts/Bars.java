package org.langevin4j.charts;

import java.util.Arrays;

/** Error bars. */
final class Bars {

    private static final String STANDARD_ERROR = "standard error";

    /** For each point, in the unit of y. */
    final double[] error;

    /** What the error is. */
    final String meaning;

    /** Half the length of a bar over the error. */
    private final double factor;

    private Bars(double[] error, double factor, String meaning) {
        this.error = error;
        this.factor = factor;
        this.meaning = meaning;
    }

    /** Two standard errors to either side. */
    static Bars ofStandardErrors(double[] error) {
        return new Bars(error.clone(), 2.0, STANDARD_ERROR);
    }

    static Bars of(double[] halfLength, String meaning) {
        return new Bars(halfLength.clone(), 1.0, meaning);
    }

    /** Half the length of a bar in the unit of y. */
    double half(int i) {
        return factor * error[i];
    }

    boolean ofStandardErrors() {
        return meaning.equals(STANDARD_ERROR);
    }

    /** What the chart says about them. */
    String text() {
        return ofStandardErrors() ? "bars: ± 2 s.e." : "bars: " + meaning;
    }

    boolean any() {
        return Arrays.stream(error).anyMatch(e -> e > 0.0);
    }
}
