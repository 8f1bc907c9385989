package org.langevin4j.models.expression;

import java.util.IdentityHashMap;
import java.util.List;

/** Derivatives by the rules of calculus; equal parts of the result are one object. */
final class Derivative {

    private static final Tree TWO = new Tree.Literal(2.0);

    private Derivative() {}

    static Tree of(Tree root, String variable) {
        IdentityHashMap<Tree, Tree> known = new IdentityHashMap<>();
        for (Tree e : Tree.order(List.of(root))) {
            known.put(e, e instanceof Tree.Operation operation ? of(operation, known) : unit(e, variable));
        }
        return got(known, root);
    }

    private static Tree unit(Tree e, String variable) {
        return e instanceof Tree.Symbol symbol && symbol.name().equals(variable) ? Tree.Literal.ONE : Tree.Literal.ZERO;
    }

    private static Tree got(IdentityHashMap<Tree, Tree> known, Tree e) {
        Tree derivative = known.get(e);
        if (derivative == null) {
            throw new IllegalStateException("operands come before their operation");
        }
        return derivative;
    }

    private static Tree of(Tree.Operation operation, IdentityHashMap<Tree, Tree> known) {
        Tree a = operation.first();
        Tree da = got(known, a);
        if (operation.operands().size() == 1) {
            return Tree.isZero(da) ? Tree.Literal.ZERO : ofOne(operation, a, da);
        }
        Tree result = da;
        for (int i = 1; i < operation.operands().size(); i++) {
            Tree b = operation.operands().get(i);
            Tree db = got(known, b);
            result = Tree.isZero(result) && Tree.isZero(db) ? Tree.Literal.ZERO : ofTwo(operation, a, result, b, db);
            a = Tree.of(operation.op(), a, b);
        }
        return result;
    }

    private static Tree ofTwo(Tree.Operation whole, Tree a, Tree da, Tree b, Tree db) {
        return switch (whole.op()) {
            case ADD -> Tree.sum(da, db);
            case SUBTRACT -> Tree.difference(da, db);
            case MULTIPLY -> Tree.sum(Tree.product(da, b), Tree.product(a, db));
            case DIVIDE -> Tree.quotient(Tree.difference(da, Tree.product(whole, db)), b);
            case POW -> power(whole, a, da, b, db);
            case MIN -> chosen(Tree.of(Op.SUBTRACT, b, a), da, db);
            case MAX -> chosen(Tree.of(Op.SUBTRACT, a, b), da, db);
            case ATAN2 ->
                Tree.quotient(
                        Tree.difference(Tree.product(b, da), Tree.product(a, db)),
                        Tree.sum(Tree.of(Op.MULTIPLY, a, a), Tree.of(Op.MULTIPLY, b, b)));
            default -> throw new IllegalStateException(whole.op() + " has one operand");
        };
    }

    /** da where the number is at least 0, else db. */
    private static Tree chosen(Tree number, Tree da, Tree db) {
        Tree first = Tree.of(Op.STEP, number);
        return Tree.sum(Tree.product(first, da), Tree.product(Tree.difference(Tree.Literal.ONE, first), db));
    }

    private static Tree power(Tree whole, Tree a, Tree da, Tree b, Tree db) {
        Tree byBase = Tree.Literal.ZERO;
        if (!Tree.isZero(da)) {
            byBase = Tree.product(Tree.product(b, lowered(a, b)), da);
        }
        return Tree.isZero(db) ? byBase : Tree.sum(byBase, Tree.product(Tree.product(whole, Tree.of(Op.LOG, a)), db));
    }

    /** a^(b − 1), where a number b is lowered here. */
    private static Tree lowered(Tree a, Tree b) {
        if (b instanceof Tree.Literal literal) {
            double exponent = literal.value() - 1.0;
            if (exponent == 0.0) {
                return Tree.Literal.ONE;
            }
            if (exponent == 1.0) {
                return a;
            }
            return Tree.of(
                    Op.POW,
                    a,
                    exponent > 0.0 ? new Tree.Literal(exponent) : Tree.of(Op.NEGATE, new Tree.Literal(-exponent)));
        }
        if (b instanceof Tree.Operation negative
                && negative.op() == Op.NEGATE
                && negative.first() instanceof Tree.Literal literal) {
            return Tree.of(Op.POW, a, Tree.of(Op.NEGATE, new Tree.Literal(literal.value() + 1.0)));
        }
        return Tree.of(Op.POW, a, Tree.of(Op.SUBTRACT, b, Tree.Literal.ONE));
    }

    private static Tree ofOne(Tree.Operation whole, Tree a, Tree da) {
        Tree square = Tree.of(Op.MULTIPLY, a, a);
        return switch (whole.op()) {
            case NEGATE -> Tree.negative(da);
            case EXP -> Tree.product(whole, da);
            case LOG -> Tree.quotient(da, a);
            case SQRT -> Tree.quotient(da, Tree.of(Op.MULTIPLY, TWO, whole));
            case CBRT ->
                Tree.quotient(da, Tree.of(Op.MULTIPLY, new Tree.Literal(3.0), Tree.of(Op.MULTIPLY, whole, whole)));
            case ABS -> Tree.product(Tree.of(Op.SIGN, a), da);
            case SIGN, STEP -> Tree.Literal.ZERO;
            case SIN -> Tree.product(Tree.of(Op.COS, a), da);
            case COS -> Tree.negative(Tree.product(Tree.of(Op.SIN, a), da));
            case TAN -> Tree.product(Tree.of(Op.ADD, Tree.Literal.ONE, Tree.of(Op.MULTIPLY, whole, whole)), da);
            case ASIN -> Tree.quotient(da, Tree.of(Op.SQRT, Tree.of(Op.SUBTRACT, Tree.Literal.ONE, square)));
            case ACOS ->
                Tree.negative(Tree.quotient(da, Tree.of(Op.SQRT, Tree.of(Op.SUBTRACT, Tree.Literal.ONE, square))));
            case ATAN -> Tree.quotient(da, Tree.of(Op.ADD, Tree.Literal.ONE, square));
            case SINH -> Tree.product(Tree.of(Op.COSH, a), da);
            case COSH -> Tree.product(Tree.of(Op.SINH, a), da);
            case TANH -> Tree.product(Tree.of(Op.SUBTRACT, Tree.Literal.ONE, Tree.of(Op.MULTIPLY, whole, whole)), da);
            default -> throw new IllegalStateException(whole.op() + " has two operands");
        };
    }
}
