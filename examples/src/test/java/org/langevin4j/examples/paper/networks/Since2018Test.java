package org.langevin4j.examples.paper.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.random.UniformStream;

class Since2018Test {

    private static final int MANY = 31 * 20_000;

    /** E log|sum| of 20,000 sums is known to π/√(8·20000) = 0.008, and 1/α to that over log 31: α to 0.009. */
    @Test
    void normalVariablesHaveTheTailIndexTwo() {
        NormalStream normal = NormalStream.of(Seed.of(5));
        double[] x = new double[MANY];
        Arrays.setAll(x, i -> normal.at(i, 0, 0));
        assertThat(Since2018.tailIndex(x)).isCloseTo(2.0, within(0.05));
    }

    /** π/(2√20000) = 0.011 here, and α to 0.003. */
    @Test
    void cauchysVariablesHaveTheTailIndexOne() {
        UniformStream uniform = UniformStream.of(Seed.of(6));
        double[] x = new double[MANY];
        Arrays.setAll(x, i -> Math.tan(Math.PI * (uniform.at(i, 0, 0) - 0.5)));
        assertThat(Since2018.tailIndex(x)).isCloseTo(1.0, within(0.02));
    }
}
