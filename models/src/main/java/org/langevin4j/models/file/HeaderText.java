package org.langevin4j.models.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dictionary in a {@code .npy} header, in the part of Python's grammar that NumPy writes:
 *
 * <pre>
 * dictionary := '{' [ pair { ',' pair } [ ',' ] ] '}'      pair := string ':' value
 * value      := string | 'True' | 'False' | tuple          string := quoted by ' or ", no backslash
 * tuple      := '(' [ integer { ',' integer } [ ',' ] ] ')'
 * </pre>
 *
 * Blanks are allowed between the parts; keys come in any order, each once. Nothing is evaluated.
 */
final class HeaderText {

    private final String text;
    private final String file;
    private int position;

    private @Nullable String type;
    private @Nullable Boolean columnMajor;
    private long @Nullable [] shape;

    private HeaderText(String text, String file) {
        this.text = text;
        this.file = file;
    }

    static HeaderText parse(String text, String file) throws ArrayFileException {
        HeaderText header = new HeaderText(text, file);
        header.dictionary();
        return header;
    }

    String type() throws ArrayFileException {
        return present(type, "descr");
    }

    boolean columnMajor() throws ArrayFileException {
        return present(columnMajor, "fortran_order");
    }

    long[] shape() throws ArrayFileException {
        return present(shape, "shape");
    }

    private <T> T present(@Nullable T value, String key) throws ArrayFileException {
        if (value == null) {
            throw fault("'" + key + "' is missing");
        }
        return value;
    }

    private void dictionary() throws ArrayFileException {
        expect('{');
        while (!accept('}')) {
            pair();
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        blanks();
        if (position < text.length()) {
            throw fault("text after the closing brace");
        }
    }

    private void pair() throws ArrayFileException {
        String key = string();
        expect(':');
        if (key.equals("descr") && type == null) {
            if (peek() == '[') {
                throw new ArrayFileException(file, "has a structured dtype; only plain arrays of numbers are read");
            }
            type = string();
        } else if (key.equals("fortran_order") && columnMajor == null) {
            columnMajor = truth();
        } else if (key.equals("shape") && shape == null) {
            shape = tuple();
        } else {
            throw fault("unexpected or repeated key '" + key + "'");
        }
    }

    private String string() throws ArrayFileException {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw fault("a quoted string is missing");
        }
        int end = text.indexOf(quote, position + 1);
        if (end < 0) {
            throw fault("a string is not closed");
        }
        String content = text.substring(position + 1, end);
        position = end + 1;
        return content;
    }

    private boolean truth() throws ArrayFileException {
        peek();
        for (String word : List.of("True", "False")) {
            if (text.startsWith(word, position)) {
                position += word.length();
                return word.equals("True");
            }
        }
        throw fault("'fortran_order' is neither True nor False");
    }

    private long[] tuple() throws ArrayFileException {
        List<Long> items = new ArrayList<>();
        expect('(');
        while (!accept(')')) {
            items.add(integer());
            if (!accept(',')) {
                if (items.size() == 1 && peek() == ')') {
                    throw fault("'shape' is not a tuple: a single extent is written (n,)");
                }
                expect(')');
                break;
            }
        }
        return items.stream().mapToLong(Long::longValue).toArray();
    }

    private long integer() throws ArrayFileException {
        peek();
        int start = position;
        if (text.startsWith("-", position)) {
            position++;
        }
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        String digits = text.substring(start, position);
        if (digits.isEmpty() || digits.equals("-")) {
            throw fault("'shape' holds something that is no integer");
        }
        // Python 2 wrote long integers as 12L.
        if (text.startsWith("L", position)) {
            position++;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new ArrayFileException(
                    file, "claims an extent of " + digits.length() + " digits in its shape, which overflows", e);
        }
    }

    /** The next character after blanks, or a blank at the end. */
    private char peek() {
        blanks();
        return position < text.length() ? text.charAt(position) : ' ';
    }

    private void blanks() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean accept(char symbol) {
        if (peek() != symbol) {
            return false;
        }
        position++;
        return true;
    }

    private void expect(char symbol) throws ArrayFileException {
        if (!accept(symbol)) {
            throw fault("'" + symbol + "' is missing");
        }
    }

    private ArrayFileException fault(String what) {
        return new ArrayFileException(file, "has a malformed .npy header: " + what + " at character " + position);
    }
}
