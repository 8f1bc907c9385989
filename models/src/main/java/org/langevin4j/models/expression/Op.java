package org.langevin4j.models.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.langevin4j.core.block.BlockMath;

/** The operations of an expression. Each is one method of Java, so that all forms of evaluation give the same bits. */
enum Op {
    ADD("+", 2),
    SUBTRACT("-", 2),
    MULTIPLY("*", 2),
    DIVIDE("/", 2),
    NEGATE("-", 1),
    POW("pow", 2),
    EXP("exp", 1),
    LOG("log", 1),
    SQRT("sqrt", 1),
    CBRT("cbrt", 1),
    ABS("abs", 1),
    SIGN("sign", 1),
    STEP("step", 1),
    MIN("min", 2),
    MAX("max", 2),
    SIN("sin", 1),
    COS("cos", 1),
    TAN("tan", 1),
    ASIN("asin", 1),
    ACOS("acos", 1),
    ATAN("atan", 1),
    ATAN2("atan2", 2),
    SINH("sinh", 1),
    COSH("cosh", 1),
    TANH("tanh", 1);

    private final String text;
    private final int arity;

    Op(String text, int arity) {
        this.text = text;
        this.arity = arity;
    }

    String text() {
        return text;
    }

    int arity() {
        return arity;
    }

    boolean isFunction() {
        return Character.isLetter(text.charAt(0));
    }

    /** Whether the order of the operands has no effect on the bits. */
    boolean commutes() {
        return this == ADD || this == MULTIPLY;
    }

    /** Whether more than two arguments are allowed, taken from the left. */
    boolean folds() {
        return this == MIN || this == MAX;
    }

    /** The function of a name. */
    static Optional<Op> function(String name) {
        return Arrays.stream(values())
                .filter(op -> op.isFunction() && (op.text.equals(name) || (op == LOG && name.equals("ln"))))
                .findFirst();
    }

    /** The names of all functions. */
    static List<String> functionNames() {
        return Arrays.stream(values()).filter(Op::isFunction).map(Op::text).toList();
    }

    /** The value; b is not read where there is one operand. */
    double apply(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case NEGATE -> -a;
            case POW -> StrictMath.pow(a, b);
            case EXP -> BlockMath.exp(a);
            case LOG -> BlockMath.log(a);
            case SQRT -> Math.sqrt(a);
            case CBRT -> StrictMath.cbrt(a);
            case ABS -> Math.abs(a);
            case SIGN -> Math.signum(a);
            case STEP -> step(a);
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case SIN -> BlockMath.sin(a);
            case COS -> BlockMath.cos(a);
            case TAN -> StrictMath.tan(a);
            case ASIN -> StrictMath.asin(a);
            case ACOS -> StrictMath.acos(a);
            case ATAN -> StrictMath.atan(a);
            case ATAN2 -> StrictMath.atan2(a, b);
            case SINH -> StrictMath.sinh(a);
            case COSH -> StrictMath.cosh(a);
            case TANH -> StrictMath.tanh(a);
        };
    }

    /** Heaviside's function, 1 from zero on; NaN stays NaN. */
    static double step(double a) {
        return a >= 0.0 ? 1.0 : a < 0.0 ? 0.0 : a;
    }
}
