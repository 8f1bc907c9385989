package org.langevin4j.models.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;

class KernelCompilerTest {

    private static final List<String> STATES = List.of("x", "y");
    private static final List<String> PARAMETERS = List.of("a");

    /** Both forms against a walk over the trees, bit by bit. */
    private static void check(List<Tree> outputs, Random random) {
        double a = random.nextGaussian();
        double t = random.nextDouble();
        VectorField field = new Functions(outputs, STATES, PARAMETERS)
                .bind(new double[] {a})
                .at(t);
        int paths = 1 + random.nextInt(40);
        double[][] x = new double[2][paths + random.nextInt(3)];
        for (double[] row : x) {
            for (int p = 0; p < row.length; p++) {
                row[p] = random.nextInt(6) == 0 ? random.nextInt(5) - 2.0 : random.nextGaussian();
            }
        }
        double[][] block = new double[outputs.size()][paths];
        double[][] before = {x[0].clone(), x[1].clone()};
        field.atBlock(x, paths, block);
        assertThat(x).isDeepEqualTo(before);
        for (int p = 0; p < paths; p++) {
            double[] alone = new double[outputs.size()];
            field.at(new double[] {x[0][p], x[1][p]}, alone);
            Map<String, Double> values = new HashMap<>(Map.of("x", x[0][p], "y", x[1][p], "a", a, "t", t));
            for (int i = 0; i < alone.length; i++) {
                Double expected = RandomExpressions.value(outputs.get(i), values);
                assertThat(alone[i]).as("%s at %s", outputs.get(i), values).isEqualTo(expected);
                assertThat(block[i][p])
                        .as("%s in a block at %s", outputs.get(i), values)
                        .isEqualTo(expected);
            }
        }
    }

    @Property(tries = 100)
    void bothFormsHaveTheBitsOfTheText(@ForAll long seed) {
        Random random = new Random(seed);
        List<Tree> outputs = new ArrayList<>();
        int n = 1 + random.nextInt(4);
        for (int i = 0; i < n; i++) {
            outputs.add(RandomExpressions.of(random, 1 + random.nextInt(7), List.of(Op.values())));
        }
        // An output that is there twice, and one that is part of another.
        outputs.add(outputs.get(0));
        outputs.add(Tree.of(Op.COS, outputs.get(0)));
        check(outputs, random);
    }

    @Test
    void formsLargerThanAMethodMayBe() {
        Random random = new Random(5);
        List<Tree> outputs = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            outputs.add(RandomExpressions.of(
                    random, 7, List.of(Op.ADD, Op.MULTIPLY, Op.SUBTRACT, Op.SIN, Op.ABS, Op.TANH)));
        }
        assertThat(Tree.order(outputs).size()).isGreaterThan(5_000);
        check(outputs, random);
    }

    @Test
    void aSumOfAThousandTerms() {
        StringBuilder text = new StringBuilder("x");
        for (int k = 1; k < 990; k++) {
            text.append(k % 3 == 0 ? " - " : " + ").append(1.0 / k).append("*y");
        }
        check(List.of(Parser.single(text.toString(), Names.of(STATES))), new Random(3));
    }

    @Test
    void methodsAreShortEnoughForTheCompilerOfHotSpot() {
        Random random = new Random(9);
        List<Tree> outputs = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            outputs.add(RandomExpressions.of(random, 6, List.of(Op.ADD, Op.MULTIPLY, Op.POW, Op.SIN)));
        }
        byte[] code = KernelCompiler.code(Program.of(outputs, STATES, PARAMETERS));
        List<Integer> sizes = CodeSizes.of(code);
        assertThat(sizes).hasSizeGreaterThan(20).allMatch(size -> size < 8000);
    }

    @Test
    void nothingOfTheTextReachesTheClass() {
        String name = "averyspecialname";
        Tree e = Parser.single("sin(" + name + ") + 2*" + name + "^3.5", Names.of(List.of(name)));
        byte[] code = KernelCompiler.code(Program.of(List.of(e), List.of(name), List.of()));
        assertThat(new String(code, StandardCharsets.ISO_8859_1)).doesNotContain(name);
    }
}
