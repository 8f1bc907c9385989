package org.langevin4j.solvers.markov;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.solvers.Budget;

/** Any text is a generator or an {@link IllegalArgumentException} that says where it is none. */
class MatrixMarketFuzzTest {

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void matrixMarket(byte[] bytes) throws IOException {
        String text = new String(bytes, ISO_8859_1);
        Budget.within(200L * bytes.length, () -> {
            try {
                Generator generator = Generator.readMatrixMarket(new StringReader(text));
                for (int j = 0; j < Math.min(8, generator.states()); j++) {
                    if (!(generator.outflow(j) >= 0.0 && generator.outflow(j) <= Double.MAX_VALUE)) {
                        throw new AssertionError("outflow " + generator.outflow(j) + " of state " + j);
                    }
                }
            } catch (IllegalArgumentException refused) {
                if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                    throw new AssertionError("says nothing", refused);
                }
            }
        });
    }

    static List<byte[]> seeds() {
        String head = "%%MatrixMarket matrix coordinate ";
        return Stream.of(
                        head + "real general\n% comment\n2 2 4\n1 1 -1\n2 1 1\n1 2 2.5e0\n2 2 -2.5D0\n",
                        head + "integer symmetric\n2 2 3\n1 1 -1\n2 1 1\n2 2 -1\n",
                        head + "real general\n3 3 2\n1 1 -1\n2 1 0.5\n",
                        head + "real general\n2147483639 2147483639 0\n",
                        head + "real general\n1000000000 1000000000 1\n1 1 -1\n",
                        head + "real general\n2 2 1000000000000\n1 1 -1\n",
                        head + "real general\n2 2 2\n1 1 -1e308\n2 1 1e308\n",
                        head + "real general\n1 1 3\n1 1 -1e308\n1 1 -1e308\n1 1 -1e308\n")
                .map(text -> text.getBytes(ISO_8859_1))
                .toList();
    }
}
