package org.langevin4j.models.expression;

import java.util.ArrayList;
import java.util.List;

/** The names of the coordinates in one text. */
final class StateNames {

    private StateNames() {}

    static List<String> parse(String text) {
        Lexer lexer = new Lexer(text);
        List<String> states = new ArrayList<>();
        do {
            if (!lexer.isName()) {
                throw new ExpressionException(
                        "a name of a coordinate must stand here, got " + lexer.shown(), text, lexer.column());
            }
            states.add(lexer.name());
        } while (lexer.take(","));
        if (!lexer.atEnd()) {
            throw new ExpressionException("',' or the end must follow, got " + lexer.shown(), text, lexer.column());
        }
        return List.copyOf(Names.of(states).known());
    }
}
