package org.langevin4j.models.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** An expression that was read, or derived. Parts may be shared; what walks over it does so without recursion. */
sealed interface Tree {

    /** How tightly a form binds. */
    int SUM = 1;

    int PRODUCT = 2;
    int PREFIX = 3;
    int POWER = 4;
    int PRIMARY = 5;

    /** A number, not negative; the sign is an operation. */
    record Literal(double value) implements Tree {

        static final Tree ZERO = new Literal(0.0);
        static final Tree ONE = new Literal(1.0);

        @Override
        public String toString() {
            return text(this);
        }
    }

    /** A coordinate, a parameter, the time, or one of the constants. */
    record Symbol(String name) implements Tree {
        @Override
        public String toString() {
            return name;
        }
    }

    /** An operation with one operand or two. */
    record Operation(Op op, List<Tree> operands) implements Tree {
        public Operation {
            operands = List.copyOf(operands);
        }

        Tree first() {
            return operands.get(0);
        }

        Tree second() {
            return operands.get(1);
        }

        @Override
        public String toString() {
            return text(this);
        }
    }

    static Tree of(Op op, Tree... operands) {
        return new Operation(op, List.of(operands));
    }

    static boolean isZero(Tree e) {
        return e instanceof Literal literal && literal.value() == 0.0;
    }

    private static boolean isOne(Tree e) {
        return e instanceof Literal literal && literal.value() == 1.0;
    }

    // Forms of derivatives: what is zero or one by its form is left out.

    static Tree sum(Tree a, Tree b) {
        return isZero(a) ? b : isZero(b) ? a : of(Op.ADD, a, b);
    }

    static Tree difference(Tree a, Tree b) {
        return isZero(b) ? a : isZero(a) ? negative(b) : of(Op.SUBTRACT, a, b);
    }

    static Tree product(Tree a, Tree b) {
        return isZero(a) || isZero(b) ? Literal.ZERO : isOne(a) ? b : isOne(b) ? a : of(Op.MULTIPLY, a, b);
    }

    static Tree quotient(Tree a, Tree b) {
        return isZero(a) ? Literal.ZERO : isOne(b) ? a : of(Op.DIVIDE, a, b);
    }

    static Tree negative(Tree a) {
        if (isZero(a)) {
            return a;
        }
        return a instanceof Operation inner && inner.op() == Op.NEGATE ? inner.first() : of(Op.NEGATE, a);
    }

    /** All distinct parts of some expressions, each after its operands. */
    static List<Tree> order(Collection<? extends Tree> roots) {
        List<Tree> order = new ArrayList<>();
        Set<Tree> known = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Tree> opened = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Tree> open = new ArrayDeque<>();
        for (Tree root : roots) {
            open.push(root);
            while (!open.isEmpty()) {
                Tree e = open.element();
                boolean ready = known.contains(e) || !(e instanceof Operation) || !opened.add(e);
                if (ready) {
                    open.pop();
                    if (known.add(e)) {
                        order.add(e);
                    }
                } else if (e instanceof Operation operation) {
                    for (int i = operation.operands().size() - 1; i >= 0; i--) {
                        open.push(operation.operands().get(i));
                    }
                }
            }
        }
        return order;
    }

    /** The variables, the time among them. */
    default SortedSet<String> variables() {
        SortedSet<String> found = new TreeSet<>();
        for (Tree part : order(List.of(this))) {
            if (part instanceof Symbol symbol && Names.constant(symbol.name()).isEmpty()) {
                found.add(symbol.name());
            }
        }
        return found;
    }

    private static int level(Tree e) {
        if (!(e instanceof Operation operation)) {
            return PRIMARY;
        }
        return switch (operation.op()) {
            case ADD, SUBTRACT -> SUM;
            case MULTIPLY, DIVIDE -> PRODUCT;
            case NEGATE -> PREFIX;
            case POW -> POWER;
            default -> PRIMARY;
        };
    }

    /** The text with as few brackets as the grammar needs. */
    private static String text(Tree root) {
        StringBuilder out = new StringBuilder();
        Deque<Object> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (next instanceof Literal literal) {
                out.append(number(literal.value()));
            } else if (next instanceof Operation operation) {
                List<Object> parts = parts(operation);
                for (int i = parts.size() - 1; i >= 0; i--) {
                    open.push(parts.get(i));
                }
            } else {
                out.append(next);
            }
        }
        return out.toString();
    }

    private static List<Object> parts(Operation e) {
        List<Object> parts = new ArrayList<>();
        switch (e.op()) {
            case ADD, SUBTRACT -> {
                bracketed(parts, e.first(), SUM);
                parts.add(" " + e.op().text() + " ");
                bracketed(parts, e.second(), PRODUCT);
            }
            case MULTIPLY, DIVIDE -> {
                bracketed(parts, e.first(), PRODUCT);
                parts.add(e.op().text());
                bracketed(parts, e.second(), PREFIX);
            }
            case NEGATE -> {
                parts.add("-");
                bracketed(parts, e.first(), PREFIX);
            }
            case POW -> {
                bracketed(parts, e.first(), PRIMARY);
                parts.add("^");
                bracketed(parts, e.second(), PREFIX);
            }
            default -> {
                parts.add(e.op().text() + "(");
                for (int i = 0; i < e.operands().size(); i++) {
                    if (i > 0) {
                        parts.add(", ");
                    }
                    parts.add(e.operands().get(i));
                }
                parts.add(")");
            }
        }
        return parts;
    }

    private static void bracketed(List<Object> parts, Tree e, int least) {
        if (level(e) >= least) {
            parts.add(e);
        } else {
            parts.add("(");
            parts.add(e);
            parts.add(")");
        }
    }

    private static String number(double value) {
        String text = value < 1e7 && value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
