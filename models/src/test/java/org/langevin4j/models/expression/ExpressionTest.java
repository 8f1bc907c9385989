package org.langevin4j.models.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    private static final List<Op> ALL = List.of(Op.values());

    private static final List<Op> SMOOTH = List.of(
            Op.ADD,
            Op.SUBTRACT,
            Op.MULTIPLY,
            Op.DIVIDE,
            Op.NEGATE,
            Op.POW,
            Op.EXP,
            Op.LOG,
            Op.SQRT,
            Op.CBRT,
            Op.ABS,
            Op.SIN,
            Op.COS,
            Op.TAN,
            Op.ASIN,
            Op.ACOS,
            Op.ATAN,
            Op.ATAN2,
            Op.SINH,
            Op.COSH,
            Op.TANH);

    private static Map<String, Double> values(Random random) {
        Map<String, Double> values = new HashMap<>();
        for (String name : List.of("x", "y", "a", "t")) {
            values.put(name, random.nextInt(5) == 0 ? random.nextInt(5) - 2.0 : random.nextGaussian());
        }
        return values;
    }

    private static Expression parse(String text) {
        return Expression.parse(text, RandomExpressions.NAMES);
    }

    @Property(tries = 500)
    void whatIsPrintedIsReadAgain(@ForAll long seed) {
        Tree e = RandomExpressions.of(new Random(seed), 6, ALL);
        assertThat(Parser.single(e.toString(), Names.of(RandomExpressions.NAMES)))
                .isEqualTo(e);
    }

    @Property(tries = 500)
    void valuesAreThoseOfTheTreeToTheLastBit(@ForAll long seed) {
        Random random = new Random(seed);
        Tree e = RandomExpressions.of(random, 6, ALL);
        Map<String, Double> values = values(random);
        assertThat(Program.value(e, values))
                .as("%s at %s", e, values)
                .isEqualTo(Double.valueOf(RandomExpressions.value(e, values)));
    }

    @Property(tries = 500)
    void derivativesAreThoseOfAutomaticDifferentiation(@ForAll long seed) {
        Random random = new Random(seed);
        Tree e = RandomExpressions.of(random, 4, SMOOTH);
        Map<String, Double> values = values(random);
        Gradient automatic = gradient(e, values);
        double expected = automatic.getPartialDerivative(0);
        double got = Program.value(Derivative.of(e, "x"), values);
        boolean ordinary = Math.abs(automatic.getValue()) < 1e6
                && Math.abs(expected) < 1e6
                && Double.isFinite(got)
                && !illPosed(e, values);
        if (ordinary) {
            assertThat(got).as("of %s at %s", e, values).isCloseTo(expected, within(1e-7 * (1 + Math.abs(expected))));
        }
    }

    /**
     * Whether the two may differ: |u| has no derivative at u = 0, where ours is 0 and that of Hipparchus from one side; the sine of a large
     * number shows the last bit of what is in it, in which the two libraries differ.
     */
    private static boolean illPosed(Tree e, Map<String, Double> values) {
        if (!(e instanceof Tree.Operation operation)) {
            return false;
        }
        double first = RandomExpressions.value(operation.first(), values);
        boolean here = operation.op() == Op.ABS
                ? first == 0.0
                : List.of(Op.SIN, Op.COS, Op.TAN).contains(operation.op()) && Math.abs(first) > 1e4;
        return here || operation.operands().stream().anyMatch(part -> illPosed(part, values));
    }

    /** The expression in the arithmetic of Hipparchus, x the only variable. */
    private static Gradient gradient(Tree e, Map<String, Double> values) {
        if (e instanceof Tree.Symbol symbol && symbol.name().equals("x")) {
            return Gradient.variable(1, 0, Objects.requireNonNull(values.get("x")));
        }
        if (!(e instanceof Tree.Operation operation)) {
            return Gradient.constant(1, RandomExpressions.value(e, values));
        }
        Gradient a = gradient(operation.first(), values);
        Gradient b = operation.operands().size() > 1 ? gradient(operation.second(), values) : a;
        return switch (operation.op()) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> a.divide(b);
            case NEGATE -> a.negate();
            case POW ->
                operation.second().variables().contains("x")
                        ? a.pow(b)
                        : b.getValue() == Math.rint(b.getValue()) ? a.pow((int) b.getValue()) : a.pow(b.getValue());
            case EXP -> a.exp();
            case LOG -> a.log();
            case SQRT -> a.sqrt();
            case CBRT -> a.cbrt();
            case ABS -> a.abs();
            case SIN -> a.sin();
            case COS -> a.cos();
            case TAN -> a.tan();
            case ASIN -> a.asin();
            case ACOS -> a.acos();
            case ATAN -> a.atan();
            case ATAN2 -> a.atan2(b);
            case SINH -> a.sinh();
            case COSH -> a.cosh();
            case TANH -> a.tanh();
            default -> throw new IllegalArgumentException("smooth functions only");
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-x^2 | -9",
                "2^-x | 0.125",
                "2^3^2 | 512",
                "-2^2 | -4",
                "2*-x | -6",
                "1-2-3 | -4",
                "8/4/2 | 1",
                "-x^-2 | -0.1111111111111111",
                "(-x)^2 | 9",
                "1e2+.5 | 100.5",
                "2e0*x | 6",
                "min(x, 1, 2) | 1",
                "max(1, x, 2) | 3",
                "sign(-x) | -1",
                "step(0) | 1",
                "step(-x) | 0",
                "log(e) | 1",
                "ln(e) | 1",
                "cos(pi) | -1",
                "atan2(0, -1) | 3.141592653589793",
                "+x | 3",
                "1/0 | Infinity",
                "log(-1) | NaN",
                "x^0 | 1",
                "pow(x, 2) | 9",
                "--x | 3",
                "cbrt(8) | 2"
            })
    void readsAsMathematicsDoes(String text, Double expected) {
        assertThat(parse(text).at(Map.of("x", 3.0))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abs(x) | -2 | -1",
                "abs(x) | 0 | 0",
                "sign(x) | 3 | 0",
                "step(x) | 0 | 0",
                "min(x, 2*x) | 1 | 1",
                "min(x, 2*x) | -1 | 2",
                "min(x, 2*x) | 0 | 1",
                "max(3*x, x) | 0 | 3",
                "max(3*x, x) | -1 | 1",
                "x^0 | 0 | 0",
                "x^1 | 0 | 1",
                "x^2 | 0 | 0",
                "2^x | 0 | 0.6931471805599453",
                "t*x | 0 | 7"
            })
    void derivativesAtCorners(String text, double x, double expected) {
        assertThat(parse(text).derivative("x").at(Map.of("x", x, "t", 7.0))).isCloseTo(expected, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2x | 2",
                "2(x) | 2",
                "x y | 3",
                "x(1) | 1",
                "x.toString() | 2",
                "x.y | 2",
                "x**2 | 2",
                "\"x\" | 1",
                "'x' | 1",
                "x' | 2",
                "х | 1",
                "x+х | 3",
                "２ | 1",
                "x×y | 2",
                "x−y | 2",
                "x² | 2",
                "π | 1",
                "sin x | 1",
                "sin | 1",
                "sin() | 5",
                "sin(x, y) | 1",
                "sin(x | 4",
                "(x | 1",
                "x) | 2",
                "x, y | 2",
                "x; y | 2",
                "+ | 2",
                "x+ | 3",
                "x*/y | 3",
                "1..2 | 3",
                "1.2.3 | 4",
                ". | 1",
                "1e999 | 1",
                "0x10 | 2",
                "1e | 2",
                "foo(x) | 1",
                "xx | 1",
                "beta | 1",
                "x = y | 3",
                "x < y | 3",
                "x[0] | 2",
                "x % y | 3",
                "x & y | 3",
                "x@y | 2",
                "max(x) | 1",
                "T(x).forName(y) | 1",
                "x\\y | 2",
                "${x} | 1",
                "x;DROP | 2",
                "x\u200by | 2"
            })
    void whatIsNotInTheGrammarIsRefusedWithItsColumn(String text, int column) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(ExpressionException.class, e -> {
            assertThat(e.column()).as(e.getMessage()).isEqualTo(column);
            assertThat(e.text()).isEqualTo(text);
            assertThat(e.getMessage()).contains("column " + column);
            assertThat(e.pointed().lines().skip(1).findFirst()).hasValue(" ".repeat(column - 1) + "^");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void nothingIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(ExpressionException.class);
    }

    static List<String> longTexts() {
        return List.of(
                "(".repeat(10_000),
                "(".repeat(10_000) + "x" + ")".repeat(10_000),
                "-".repeat(10_000) + "x",
                "x^".repeat(10_000) + "x",
                "sin(".repeat(10_000),
                "x+".repeat(49_999) + "x",
                "min(" + "x,".repeat(40_000) + "x)",
                "x+".repeat(500_000) + "x",
                "x".repeat(1_000_000),
                "x".repeat(99_999),
                "1".repeat(99_999),
                "\0".repeat(1000),
                "x(".repeat(10_000),
                "2^-".repeat(20_000) + "x");
    }

    @ParameterizedTest
    @MethodSource("longTexts")
    void longTextsAreRefusedAtOnce(String text) {
        // Time of this thread alone: whatever else the machine does.
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long before = clock.getCurrentThreadCpuTime();
        ExpressionException e = catchThrowableOfType(ExpressionException.class, () -> parse(text));
        assertThat(Duration.ofNanos(clock.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(e.column()).isBetween(1, text.length() + 1);
        assertThat(e.getMessage()).hasSizeLessThan(400);
    }

    @Test
    void suggestsWhatWasMeant() {
        assertThatThrownBy(() -> Expression.parse("gama*x", List.of("x", "gamma")))
                .hasMessageContaining("did you mean 'gamma'?");
        assertThatThrownBy(() -> parse("arctan(x)")).hasMessageContaining("did you mean 'atan'?");
        assertThatThrownBy(() -> parse("sqr(x)")).hasMessageContaining("did you mean 'sqrt'?");
        assertThatThrownBy(() -> parse("x**2")).hasMessageContaining("^");
        assertThatThrownBy(() -> parse("2x")).hasMessageContaining("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "pi", "e", "beta", "sin", "ln", "", "2x", "x y", "é", "x.y"})
    void namesWithAMeaningOrWithoutAFormAreRefused(String name) {
        assertThatThrownBy(() -> Expression.parse("1", List.of(name))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anExpressionNeedsAllItsVariables() {
        assertThatThrownBy(() -> parse("x*t").at(Map.of("x", 1.0))).hasMessageContaining("'t'");
        assertThatThrownBy(() -> parse("x*t").at(Map.of("t", 1.0))).hasMessageContaining("'x'");
        assertThat(parse("x*t + pi").variables()).containsExactly("t", "x");
    }
}
