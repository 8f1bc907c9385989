package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.langevin4j.core.block.BlockMath;

/** Random expressions of x, y, t, a, and their values by a walk over the tree. */
final class RandomExpressions {

    static final List<String> NAMES = List.of("x", "y", "a");

    private static final List<String> LEAVES = List.of("x", "y", "a", "t", "pi", "e");

    private RandomExpressions() {}

    static Tree of(Random random, int depth, List<Op> ops) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return random.nextInt(3) == 0
                    ? new Tree.Literal(random.nextInt(3) == 0 ? random.nextInt(6) : random.nextDouble() * 3)
                    : new Tree.Symbol(LEAVES.get(random.nextInt(LEAVES.size())));
        }
        Op op = ops.get(random.nextInt(ops.size()));
        int arity = op.folds() ? 2 + random.nextInt(2) : op.arity();
        List<Tree> operands = new ArrayList<>();
        for (int i = 0; i < arity; i++) {
            boolean whole = op == Op.POW && i == 1 && random.nextBoolean();
            Tree power = new Tree.Literal(random.nextInt(10));
            operands.add(
                    whole ? (random.nextBoolean() ? power : Tree.of(Op.NEGATE, power)) : of(random, depth - 1, ops));
        }
        return new Tree.Operation(op, operands);
    }

    /** The value as the page of the package defines it. */
    static double value(Tree e, Map<String, Double> values) {
        if (e instanceof Tree.Literal literal) {
            return literal.value();
        }
        if (e instanceof Tree.Symbol symbol) {
            return switch (symbol.name()) {
                case "pi" -> Math.PI;
                case "e" -> Math.E;
                default -> Objects.requireNonNull(values.get(symbol.name()));
            };
        }
        Tree.Operation operation = (Tree.Operation) e;
        double a = value(operation.first(), values);
        double b = operation.operands().size() > 1 ? value(operation.second(), values) : 0.0;
        return switch (operation.op()) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case NEGATE -> -a;
            case POW ->
                isWritten(operation.second()) && Math.abs(b) <= 8 && b == Math.rint(b)
                        ? product(a, (int) b)
                        : StrictMath.pow(a, b);
            case EXP -> BlockMath.exp(a);
            case LOG -> BlockMath.log(a);
            case SIN -> BlockMath.sin(a);
            case COS -> BlockMath.cos(a);
            case SQRT -> StrictMath.sqrt(a);
            case CBRT -> StrictMath.cbrt(a);
            case ABS -> a > 0.0 ? a : 0.0 - a;
            case SIGN -> Double.isNaN(a) || a == 0.0 ? a : a > 0.0 ? 1.0 : -1.0;
            case STEP -> Double.isNaN(a) ? a : a < 0.0 ? 0.0 : 1.0;
            case MIN ->
                operation.operands().stream()
                        .mapToDouble(o -> value(o, values))
                        .reduce(StrictMath::min)
                        .getAsDouble();
            case MAX ->
                operation.operands().stream()
                        .mapToDouble(o -> value(o, values))
                        .reduce(StrictMath::max)
                        .getAsDouble();
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

    /** Whether an exponent consists of written numbers. */
    private static boolean isWritten(Tree e) {
        return e.variables().isEmpty();
    }

    private static double product(double a, int n) {
        if (n == 0) {
            return 1.0;
        }
        double product = a;
        for (int i = 1; i < Math.abs(n); i++) {
            product *= a;
        }
        return n > 0 ? product : 1.0 / product;
    }
}
