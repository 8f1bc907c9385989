package org.langevin4j.models.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.models.Budget;

/**
 * Any text is a drift, or an {@link IllegalArgumentException} that says why not, within the {@link Budget}. How to go on from the
 * seeds is told in docs/trials/fuzzing.md.
 */
class ExpressionFuzzTest {

    /** Bytes of heap for a character: a tree, its derivatives, its byte code. */
    private static final long EACH = 100_000;

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void drift(byte[] bytes) throws IOException {
        String text = new String(bytes, UTF_8);
        Budget.within(EACH * bytes.length, () -> {
            try {
                ExpressionModel model =
                        ExpressionModel.of("x,v").drift(text).factor("0; 1").build();
                double[] out = new double[2];
                model.drift().at(new double[] {0.3, -0.2}, out);
            } catch (IllegalArgumentException refused) {
                if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                    throw new AssertionError("says nothing", refused);
                }
            }
        });
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        "v, x*(1-x^2) - 0.5*v + 0.3*cos(0.2*t)",
                        "-x^2, exp(-v)/(1+abs(x))",
                        "v, g*x",
                        "x",
                        "v, " + "(".repeat(10_000) + "x" + ")".repeat(10_000),
                        "v, " + "-".repeat(10_000) + "x",
                        "v, " + "x^".repeat(5_000) + "2",
                        "v, " + "sin(".repeat(300) + "x" + ")".repeat(300),
                        "v, " + "x+".repeat(500_000) + "x",
                        "v, System.exit(0)",
                        "v, \u0445",
                        "v, 1e400*x",
                        "v, 1" + "0".repeat(100_000),
                        "v, x\u0000")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }
}
