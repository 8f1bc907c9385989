package org.langevin4j.examples.experiment;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An experiment that hands over lists of measurements; what it finds counts for no statement until it writes a {@link Sheet}. */
public interface Example extends Experiment {

    /**
     * Runs the experiment and writes its pictures into {@link RunContext#out()}.
     *
     * @param context folder, seed, effort, data
     * @return claim and measurements
     * @throws IOException if a file cannot be read or written
     */
    ExampleResult run(RunContext context) throws IOException;

    @Override
    default void run(Sheet sheet) throws IOException {
        ExampleResult result = run(sheet.context());
        Evidence evidence = sheet.supplement(result.claim());
        for (Measurement m : result.measurements()) {
            Line line = evidence.measure(m.name(), m.value()).in(m.unit());
            @Nullable Double expected = m.expected();
            @Nullable Double tolerance = m.tolerance();
            Oracle oracle = Oracle.closedForm("");
            if (expected != null && tolerance != null) {
                line.near(expected, Tolerance.of(tolerance, ""), oracle);
            } else if (expected != null) {
                line.atLeast(expected, Tolerance.none(), oracle);
            } else if (tolerance != null) {
                line.atMost(tolerance, Tolerance.none(), oracle);
            }
        }
        result.pictures().forEach(sheet::picture);
    }
}
