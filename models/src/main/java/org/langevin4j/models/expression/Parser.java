package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.langevin4j.core.model.DidYouMean;

/** A Pratt parser of the grammar on the page of this package, one token ahead. */
final class Parser {

    static final int LONGEST = 100_000;
    static final int DEEPEST = 200;

    /** Operations on the way from an expression to its farthest part. */
    static final int TALLEST = 1000;

    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int POWER = 3;

    private static final Map<String, String> OTHER_NAMES = Map.of(
            "arctan",
            "atan",
            "arcsin",
            "asin",
            "arccos",
            "acos",
            "arctan2",
            "atan2",
            "heaviside",
            "step",
            "sgn",
            "sign",
            "signum",
            "sign",
            "fabs",
            "abs",
            "power",
            "pow");

    private final String text;
    private final Names names;
    private final Lexer lexer;
    private int depth;

    /** Height of the expression that was read last. */
    private int height;

    private Parser(String text, Names names) {
        this.text = text;
        this.names = names;
        if (text.length() > LONGEST) {
            throw new ExpressionException(
                    "expression must have at most " + LONGEST + " characters, got " + text.length(), text, LONGEST + 1);
        }
        this.lexer = new Lexer(text);
    }

    /** An expression with the column where it begins. */
    record Entry(Tree expression, int column) {}

    static Tree single(String text, Names names) {
        Parser parser = new Parser(text, names);
        Tree expression = parser.expression(0);
        parser.requireEnd("the end");
        return expression;
    }

    /** Rows divided by semicolons, their entries by commas. */
    static List<List<Entry>> rows(String text, Names names) {
        Parser parser = new Parser(text, names);
        List<List<Entry>> rows = new ArrayList<>();
        List<Entry> row = new ArrayList<>();
        while (true) {
            int column = parser.lexer.column();
            row.add(new Entry(parser.expression(0), column));
            if (parser.lexer.take(",")) {
                continue;
            }
            rows.add(row);
            if (!parser.lexer.take(";")) {
                break;
            }
            row = new ArrayList<>();
        }
        parser.requireEnd("',', ';' or the end");
        return rows;
    }

    private ExpressionException fault(String message, int column) {
        return new ExpressionException(message, text, column);
    }

    private void requireEnd(String expected) {
        if (!lexer.atEnd()) {
            throw fault(afterOperand(expected), lexer.column());
        }
    }

    /** What is wrong with a token that follows a whole expression. */
    private String afterOperand(String expected) {
        String token = lexer.shown();
        if (lexer.isOperandStart()) {
            return "an operator must stand between two factors, got " + token
                    + " after one; a product is written with *";
        }
        return "an operator or " + expected + " must follow, got " + token;
    }

    /** An expression whose operators all bind more tightly than a given one. */
    private Tree expression(int binding) {
        int column = lexer.column();
        if (++depth > DEEPEST) {
            throw fault("brackets, signs and powers must nest at most " + DEEPEST + " deep, got more", column);
        }
        Tree left = operand();
        int leftHeight = height;
        while (true) {
            int at = lexer.column();
            Op op;
            if (binding < SUM && lexer.is("+")) {
                op = Op.ADD;
            } else if (binding < SUM && lexer.is("-")) {
                op = Op.SUBTRACT;
            } else if (binding < PRODUCT && lexer.is("*")) {
                op = Op.MULTIPLY;
            } else if (binding < PRODUCT && lexer.is("/")) {
                op = Op.DIVIDE;
            } else if (binding <= POWER && lexer.is("^")) {
                op = Op.POW;
            } else {
                break;
            }
            lexer.advance();
            // Right associative: the power on the right may take further powers.
            Tree right = expression(op == Op.POW ? POWER : op == Op.MULTIPLY || op == Op.DIVIDE ? PRODUCT : SUM);
            left = Tree.of(op, left, right);
            leftHeight = grown(Math.max(leftHeight, height), at);
        }
        depth--;
        height = leftHeight;
        return left;
    }

    private int grown(int tallest, int column) {
        if (tallest + 1 > TALLEST) {
            throw fault(
                    "an expression must have at most " + TALLEST
                            + " operations one inside the other, got more; put brackets around groups of terms",
                    column);
        }
        return tallest + 1;
    }

    private Tree operand() {
        int column = lexer.column();
        if (lexer.isNumber()) {
            height = 1;
            return new Tree.Literal(lexer.number());
        }
        if (lexer.isName()) {
            return name(lexer.name(), column);
        }
        if (lexer.take("-")) {
            Tree of = expression(POWER);
            height = grown(height, column);
            return Tree.of(Op.NEGATE, of);
        }
        if (lexer.take("+")) {
            return expression(POWER);
        }
        if (lexer.take("(")) {
            Tree inner = expression(0);
            close(column);
            return inner;
        }
        throw fault("a number, a name or '(' must stand here, got " + lexer.shown(), column);
    }

    private void close(int opened) {
        if (!lexer.take(")")) {
            throw lexer.atEnd()
                    ? fault("a bracket must be closed, got the end of the text; it opens", opened)
                    : fault(afterOperand("')'"), lexer.column());
        }
    }

    private Tree name(String name, int column) {
        boolean called = lexer.is("(");
        if (!called) {
            if (Op.function(name).isPresent()) {
                throw fault("a function must have its argument in brackets, got '" + name + "' without", column);
            }
            if (!names.has(name)) {
                throw fault("unknown name '" + Lexer.shortened(name) + "'" + names.hint(name), column);
            }
            height = 1;
            return new Tree.Symbol(name);
        }
        Op op = Op.function(name).orElseThrow(() -> fault(notAFunction(name), column));
        int opened = lexer.column();
        lexer.advance();
        List<Tree> arguments = new ArrayList<>();
        int tallest = 0;
        do {
            arguments.add(expression(0));
            tallest = Math.max(tallest, height);
            grown(arguments.size() - 1, column);
        } while (lexer.take(","));
        close(opened);
        boolean fits = op.folds() ? arguments.size() >= 2 : arguments.size() == op.arity();
        if (!fits) {
            throw fault(
                    op.text() + " must have " + (op.folds() ? "two arguments or more" : arguments(op.arity()))
                            + ", got " + arguments.size(),
                    column);
        }
        for (int i = 2; i < arguments.size(); i++) {
            tallest = grown(tallest, column);
        }
        height = grown(tallest, column);
        return new Tree.Operation(op, arguments);
    }

    private static String arguments(int arity) {
        return arity == 1 ? "one argument" : "two arguments";
    }

    private String notAFunction(String name) {
        if (names.has(name)) {
            return "'" + name + "' is no function; a product is written with *";
        }
        String shown = Lexer.shortened(name);
        if (OTHER_NAMES.containsKey(name)) {
            return "unknown function '" + shown + "'; did you mean '" + OTHER_NAMES.get(name) + "'?";
        }
        String near = shown.equals(name) ? DidYouMean.among(Op.functionNames(), name) : "";
        return "unknown function '" + shown + "'"
                + (near.isEmpty() ? "; there are " + String.join(", ", Op.functionNames()) : near);
    }
}
