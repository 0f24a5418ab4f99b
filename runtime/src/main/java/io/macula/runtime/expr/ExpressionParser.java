package io.macula.runtime.expr;

import io.macula.runtime.expr.Expression.Parsed;
import io.macula.runtime.expr.Expression.Term;
import java.math.BigDecimal;

/// Reads one expression by recursive descent, from the weakest operator to the strongest.
final class ExpressionParser {

    /// The text is not an expression; never leaves this class.
    private static final class SyntaxException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int position;

        SyntaxException(int position, String reason) {
            super(reason, null, false, false);
            this.position = position;
        }
    }

    private final String text;
    private int next;

    ExpressionParser(String text) {
        this.text = text;
    }

    Parsed parse() {
        if (text.length() > Expression.LENGTH_MAX) {
            return new Parsed.Wrong(Expression.LENGTH_MAX + 1,
                    "longer than " + Expression.LENGTH_MAX + " characters");
        }
        try {
            var term = sum(0);
            if (next < text.length()) {
                throw wrong("an operator expected, not '" + text.charAt(next) + "'");
            }
            return new Parsed.Ok(new Expression(term));
        } catch (SyntaxException e) {
            return new Parsed.Wrong(e.position + 1, String.valueOf(e.getMessage()));
        }
    }

    private Term sum(int depth) {
        var term = product(depth);
        for (var operator = operator("+-"); operator != 0; operator = operator("+-")) {
            term = new Term.Combined(operator, term, product(depth));
        }
        return term;
    }

    private Term product(int depth) {
        var term = signed(depth);
        for (var operator = operator("*/%"); operator != 0; operator = operator("*/%")) {
            term = new Term.Combined(operator, term, signed(depth));
        }
        return term;
    }

    private Term signed(int depth) {
        if (depth > Expression.DEPTH_MAX) {
            throw wrong("nested deeper than " + Expression.DEPTH_MAX);
        }
        return operator("-") == '-' ? new Term.Negated(signed(depth + 1)) : operand(depth);
    }

    private Term operand(int depth) {
        skipBlanks();
        if (next == text.length()) {
            throw wrong("a number, a name or '(' expected at the end");
        }
        var first = text.charAt(next);
        if (first == '(') {
            return inParentheses(depth);
        }
        if (isDigit(first) || first == '.') {
            return number();
        }
        if (isNameStart(first)) {
            return name();
        }
        throw wrong("a number, a name or '(' expected, not '" + first + "'");
    }

    private Term inParentheses(int depth) {
        next++;
        var term = sum(depth + 1);
        if (operator(")") == 0) {
            throw wrong("')' expected");
        }
        return term;
    }

    private Term number() {
        var start = next;
        skipDigits();
        if (at('.')) {
            next++;
            skipDigits();
        }
        skipExponent();
        try {
            return new Term.Constant(new BigDecimal(text.substring(start, next)));
        } catch (NumberFormatException e) {
            throw new SyntaxException(start, "'" + text.substring(start, next)
                    + "' is not a number");
        }
    }

    private void skipExponent() {
        if (at('e') || at('E')) {
            next++;
            if (at('+') || at('-')) {
                next++;
            }
            skipDigits();
        }
    }

    private Term name() {
        var start = next;
        while (next < text.length() && isNamePart(text.charAt(next))) {
            next++;
        }
        return new Term.Name(text.substring(start, next));
    }

    /// Takes the next character if it is one of `accepted`; 0 otherwise.
    private char operator(String accepted) {
        skipBlanks();
        if (next < text.length() && accepted.indexOf(text.charAt(next)) >= 0) {
            return text.charAt(next++);
        }
        return 0;
    }

    private void skipBlanks() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
    }

    private void skipDigits() {
        while (next < text.length() && isDigit(text.charAt(next))) {
            next++;
        }
    }

    private boolean at(char expected) {
        return next < text.length() && text.charAt(next) == expected;
    }

    private SyntaxException wrong(String reason) {
        return new SyntaxException(next, reason);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
