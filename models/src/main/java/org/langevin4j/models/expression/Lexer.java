package org.langevin4j.models.expression;

import java.util.Locale;
import java.util.Map;

/** Cuts a text into numbers, names and signs; one of them is the present one. */
final class Lexer {

    private static final int SHOWN = 40;

    /** What people type or paste for a sign that the grammar writes otherwise. */
    private static final Map<Character, String> LOOK_ALIKES = Map.ofEntries(
            Map.entry('×', "*"),
            Map.entry('·', "*"),
            Map.entry('⋅', "*"),
            Map.entry('∙', "*"),
            Map.entry('−', "-"),
            Map.entry('–', "-"),
            Map.entry('—', "-"),
            Map.entry('÷', "/"),
            Map.entry('∕', "/"),
            Map.entry('²', "^2"),
            Map.entry('³', "^3"),
            Map.entry('√', "sqrt(…)"),
            Map.entry('π', "pi"),
            Map.entry('β', "another name, the inverse temperature is given apart"));

    private enum Kind {
        NUMBER,
        NAME,
        SIGN,
        END
    }

    private final String text;
    private int from;
    private int to;
    private Kind kind = Kind.END;

    Lexer(String text) {
        this.text = text;
        advance();
    }

    /** The column of the present token, from 1. */
    int column() {
        return from + 1;
    }

    boolean atEnd() {
        return kind == Kind.END;
    }

    boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    boolean isName() {
        return kind == Kind.NAME;
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && to - from == 1 && text.charAt(from) == sign.charAt(0);
    }

    boolean isOperandStart() {
        return kind == Kind.NUMBER || kind == Kind.NAME || is("(");
    }

    boolean take(String sign) {
        boolean found = is(sign);
        if (found) {
            advance();
        }
        return found;
    }

    String name() {
        String name = text.substring(from, to);
        advance();
        return name;
    }

    double number() {
        double value = Double.parseDouble(text.substring(from, to));
        if (!(value <= Double.MAX_VALUE)) {
            throw new ExpressionException("a number must be at most 1.79e308, got " + shown(), text, from + 1);
        }
        advance();
        return value;
    }

    /** The present token for a message. */
    String shown() {
        return kind == Kind.END ? "the end of the text" : "'" + shortened(text.substring(from, to)) + "'";
    }

    static String shortened(String token) {
        return token.length() > SHOWN ? token.substring(0, SHOWN) + "…" : token;
    }

    void advance() {
        from = to;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        to = from;
        if (from == text.length()) {
            kind = Kind.END;
            return;
        }
        char c = text.charAt(from);
        if (isDigit(c) || c == '.') {
            kind = Kind.NUMBER;
            endOfNumber();
        } else if (isLetter(c)) {
            kind = Kind.NAME;
            while (to < text.length() && (isLetter(text.charAt(to)) || isDigit(text.charAt(to)))) {
                to++;
            }
        } else {
            kind = Kind.SIGN;
            to = from + 1;
            requireSign(c);
        }
    }

    private void requireSign(char c) {
        if (c == '*' && to < text.length() && text.charAt(to) == '*') {
            throw fault("a power is written with ^, got '**'");
        }
        if ("+-*/^(),;".indexOf(c) >= 0) {
            return;
        }
        if (LOOK_ALIKES.containsKey(c)) {
            throw fault("'" + c + "' is not in the grammar; write " + LOOK_ALIKES.get(c));
        }
        if (c > 0x7e) {
            int point = text.codePointAt(from);
            throw fault("letters, digits and signs must be those of ASCII, got "
                    + (Character.isLetterOrDigit(point) ? "'" + Character.toString(point) + "', " : "")
                    + String.format(Locale.ROOT, "U+%04X", point));
        }
        if (c < ' ' || c == 0x7f) {
            throw fault(String.format(Locale.ROOT, "a control character, U+%04X, is not in the grammar", (int) c));
        }
        String hint = switch (c) {
            case '[', ']', '{', '}' -> "; brackets are round, rows are divided by ;";
            case '=', '<', '>', '!', '&', '|', '?', ':' -> "; step(x) is 1 where x is at least 0, else 0";
            case '\'', '"' -> "; there are no texts and no primes";
            case '%' -> "; there is no remainder";
            default -> "";
        };
        throw fault("'" + c + "' is not in the grammar" + hint);
    }

    private void endOfNumber() {
        digits();
        boolean digit = to > from;
        if (to < text.length() && text.charAt(to) == '.') {
            int point = to++;
            digits();
            digit |= to > point + 1;
        }
        if (!digit) {
            throw fault(
                    "a point must stand in a number; the parts of a thing, such as methods, are not in the grammar");
        }
        // 2e3 is a number, 2e is the product of 2 and e without its sign.
        if (to < text.length() && (text.charAt(to) == 'e' || text.charAt(to) == 'E')) {
            int sign = to + 1 < text.length() && (text.charAt(to + 1) == '+' || text.charAt(to + 1) == '-') ? 1 : 0;
            if (to + 1 + sign < text.length() && isDigit(text.charAt(to + 1 + sign))) {
                to += 1 + sign;
                digits();
            }
        }
        if (to < text.length() && text.charAt(to) == '.') {
            from = to;
            throw fault("a number must have one point, got a second one");
        }
    }

    private void digits() {
        while (to < text.length() && isDigit(text.charAt(to))) {
            to++;
        }
    }

    private ExpressionException fault(String message) {
        return new ExpressionException(message, text, from + 1);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
