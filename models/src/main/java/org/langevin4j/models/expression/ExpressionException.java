package org.langevin4j.models.expression;

/** A text that is not in the grammar of this package, with the place where it leaves it. */
public final class ExpressionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Letters of the text that are shown on each side of the place. */
    private static final int SHOWN = 36;

    /** What was typed. */
    private final String text;

    /** Where, counted from 1. */
    private final int column;

    ExpressionException(String fault, String text, int column) {
        super(fault + ", at column " + column + " of '" + excerpt(text, column) + "'");
        this.text = text;
        this.column = column;
    }

    /**
     * What was typed.
     *
     * @return the whole text
     */
    public String text() {
        return text;
    }

    /**
     * Where the text leaves the grammar.
     *
     * @return the column, counted from 1; one more than the length where something is missing at the end
     */
    public int column() {
        return column;
    }

    /**
     * The text around the column with a mark below it, for a terminal.
     *
     * @return two lines without an end of line after the second
     */
    public String pointed() {
        int before = column - 1 > SHOWN ? SHOWN + 1 : column - 1;
        return excerpt(text, column) + System.lineSeparator() + " ".repeat(before) + "^";
    }

    /** The text around a column on one line, printable ASCII kept, letters beyond it kept, control characters as spaces. */
    private static String excerpt(String text, int column) {
        int from = Math.max(0, column - 1 - SHOWN);
        int to = Math.min(text.length(), column - 1 + SHOWN);
        StringBuilder shown = new StringBuilder();
        if (from > 0) {
            shown.append('…');
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean printable = Character.isLetterOrDigit(c) || (c >= ' ' && c < 0x7f) || isPlainSymbol(c);
            shown.append(printable ? c : c <= ' ' ? ' ' : '?');
        }
        return shown.append(to < text.length() ? "…" : "").toString();
    }

    private static boolean isPlainSymbol(char c) {
        int type = Character.getType(c);
        return type == Character.MATH_SYMBOL
                || type == Character.OTHER_PUNCTUATION
                || type == Character.DASH_PUNCTUATION;
    }
}
