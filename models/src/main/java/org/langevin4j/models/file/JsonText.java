package org.langevin4j.models.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON (RFC 8259) in the part that headers of safetensors need: objects, arrays, strings and integers. A name that comes
 * twice in an object is refused.
 */
final class JsonText {

    private static final int DEEPEST = 8;

    private final String text;
    private final String file;
    private int position;
    private int depth;

    private JsonText(String text, String file) {
        this.text = text;
        this.file = file;
    }

    /** The object that is the whole text: values are maps, lists, strings and longs. */
    static Map<String, Object> object(String text, String file) throws ArrayFileException {
        JsonText json = new JsonText(text, file);
        Map<String, Object> object = json.object();
        json.peek();
        if (json.position < text.length()) {
            throw json.fault("text after the closing brace");
        }
        return object;
    }

    private Object value() throws ArrayFileException {
        char start = peek();
        if (start == '"') {
            return string();
        }
        if (start == '{') {
            return object();
        }
        if (start == '[') {
            return array();
        }
        return integer();
    }

    private Map<String, Object> object() throws ArrayFileException {
        Map<String, Object> members = new LinkedHashMap<>();
        open('{');
        while (!accept('}')) {
            if (!members.isEmpty()) {
                expect(',');
            }
            String name = string();
            expect(':');
            if (members.put(name, value()) != null) {
                throw fault("the name '" + name + "' comes twice");
            }
        }
        depth--;
        return members;
    }

    private List<Object> array() throws ArrayFileException {
        List<Object> items = new ArrayList<>();
        open('[');
        while (!accept(']')) {
            if (!items.isEmpty()) {
                expect(',');
            }
            items.add(value());
        }
        depth--;
        return items;
    }

    private void open(char bracket) throws ArrayFileException {
        expect(bracket);
        if (++depth > DEEPEST) {
            throw fault("too many brackets in each other");
        }
    }

    private Long integer() throws ArrayFileException {
        int start = position;
        if (position < text.length() && text.charAt(position) == '-') {
            position++;
        }
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        try {
            return Long.parseLong(text.substring(start, position));
        } catch (NumberFormatException e) {
            throw fault("an integer of 64 bits, a string, an object or an array is missing");
        }
    }

    private String string() throws ArrayFileException {
        expect('"');
        StringBuilder content = new StringBuilder();
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (next == '"') {
                return content.toString();
            }
            content.append(next == '\\' ? escaped() : next);
        }
        throw fault("a string is not closed");
    }

    private char escaped() throws ArrayFileException {
        char kind = position < text.length() ? text.charAt(position++) : ' ';
        int simple = "\"\\/bfnrt".indexOf(kind);
        if (simple >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        String digits = text.substring(position, Math.min(text.length(), position + 4));
        if (kind != 'u' || !digits.matches("[0-9a-fA-F]{4}")) {
            throw fault("an escape in a string is wrong");
        }
        position += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    /** The next character after blanks, or a blank at the end. */
    private char peek() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : ' ';
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
        return new ArrayFileException(file, "has a malformed header: " + what + " at character " + position);
    }
}
