package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.List;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.random.UniformStream;

/** Whether the rows of a diffusion are symmetric: by their form, else by values. */
final class Symmetry {

    private static final int TRIALS = 32;

    private static final double ROUNDING = 1e-9;

    private Symmetry() {}

    static void require(String text, List<Parser.Entry> entries, List<String> states, List<String> parameters) {
        int d = states.size();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                Parser.Entry lower = entries.get(i * d + j);
                Tree upper = entries.get(j * d + i).expression();
                if (differ(List.of(lower.expression(), upper), states, parameters)) {
                    throw new ExpressionException(
                            "diffusion must be symmetric, got D[" + i + "][" + j + "] = " + shown(lower.expression())
                                    + " and D[" + j + "][" + i + "] = " + shown(upper),
                            text,
                            lower.column());
                }
            }
        }
    }

    private static String shown(Tree e) {
        return Lexer.shortened(e.toString());
    }

    private static boolean differ(List<Tree> pair, List<String> states, List<String> parameters) {
        List<String> all = new ArrayList<>(states);
        all.addAll(parameters);
        Program program = Program.of(pair, List.of(), all);
        int[] outputs = program.outputs();
        if (outputs[0] == outputs[1]) {
            return false;
        }
        UniformStream stream = UniformStream.of(Seed.of(0));
        double[] values = new double[all.size() + 1];
        for (int trial = 0; trial < TRIALS; trial++) {
            for (int k = 0; k < values.length; k++) {
                values[k] = 3.0 * stream.at(0, trial, k) - 1.0;
            }
            double[] u = program.uniform(values);
            program.setTime(u, values[all.size()]);
            double a = u[program.slot(outputs[0])];
            double b = u[program.slot(outputs[1])];
            if (Math.abs(a - b) > ROUNDING * (Math.abs(a) + Math.abs(b))) {
                return true;
            }
        }
        return false;
    }
}
