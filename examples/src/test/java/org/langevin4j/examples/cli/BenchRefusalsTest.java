package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchRefusalsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private void assertRefused(String bench, String options, String sentence) {
        CommandLine line = Langevin4j.commandLine(List.of());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        assertThat(line.execute(("bench " + bench + " " + options).split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(sentence).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fp       | --repeats 0        | repeats must be positive, got 0",
                "fp       | --repeats -2       | repeats must be positive, got -2",
                "fp       | --step 0           | step must be positive and finite, got 0.0",
                "fp       | --step NaN         | step must be positive and finite, got NaN",
                "em       | --paths 0          | paths must be positive, got 0",
                "em       | --threads 0        | threads must be positive, got 0",
                "em       | --warmup -1        | warmup must be finite and not negative, got -1.0",
                "em       | --warmup Infinity  | warmup must be finite and not negative, got Infinity",
                "qp       | --omega NaN        | omega must be finite, got NaN",
                "networks | --seconds 0        | seconds must be positive and finite, got 0.0",
                "networks | --seconds Infinity | seconds must be positive and finite, got Infinity",
                "spark    | --spark local --rounds 1001 | rounds must be from 1 to 1000, got 1001",
                "spark    | --spark local --threads 0   | threads must be positive, got 0",
                "spark    | --spark local --steps -1    | steps must be positive, got -1"
            })
    void badNumbersAreRefused(String bench, String options, String sentence) {
        assertRefused(bench, options, sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--passage --step 0.1    | --passage must not be given with --step: they measure different things",
                "--step 0.1 --method MULTIGRID | --method must not be given with --step: it is for steady states",
                "--passage --method ELIMINATION | --method must not be given with --passage: it is for steady states"
            })
    void optionsOfWhatIsNotMeasuredAreRefused(String options, String sentence) {
        assertRefused("fp", options, sentence);
    }
}
