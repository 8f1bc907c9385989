package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;
import picocli.CommandLine;

class EnsembleBenchTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        CommandLine line = new CommandLine(new EnsembleBench());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    @Test
    void everyRowHasColdAndWarmTimes() {
        assertThat(execute("--coordinate-steps", "100000", "--runs", "2")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(11);
        assertThat(lines.get(1).strip()).matches("cold +warm +ratio");
        int numbers = 0;
        for (String line : lines.subList(2, 11)) {
            for (int column = 48; column < line.length(); column += 9) {
                String number = line.substring(column, column + 9).strip();
                if (!number.isEmpty()) {
                    assertThat(Double.parseDouble(number)).isPositive();
                    numbers++;
                }
            }
        }
        assertThat(numbers).isEqualTo(9 * 3 - 2);
    }

    @Test
    void badNumbersAreRefused() {
        assertThat(execute("--runs", "1")).isEqualTo(2);
        assertThat(execute("--coordinate-steps", "10")).isEqualTo(2);
        assertThat(err.toString())
                .contains("runs must be at least 2, got 1")
                .contains("coordinate-steps must be at least 100000, got 10");
    }

    @Test
    void theDriftInBlocksHasTheBitsOfTheOneOfStates() {
        Random random = new Random(3);
        VectorField drift = EnsembleBench.blocks();
        double[][] x = new double[2][37];
        for (double[] row : x) {
            for (int p = 0; p < row.length; p++) {
                row[p] = random.nextGaussian();
            }
        }
        double[][] values = new double[2][37];
        drift.atBlock(x, 37, values);
        double[] alone = new double[2];
        for (int p = 0; p < 37; p++) {
            drift.at(new double[] {x[0][p], x[1][p]}, alone);
            assertThat(alone).containsExactly(values[0][p], values[1][p]);
        }
    }
}
