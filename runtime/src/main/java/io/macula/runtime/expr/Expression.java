package io.macula.runtime.expr;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/// An arithmetic expression over named numbers, such as `(a + b) / 2`.
///
/// Results are decimal with 34 digits, so `0.1 + 0.2` is `0.3` and `8` is not `8.0`.
public final class Expression {

    /// Longest text that [#parse(String)] accepts.
    public static final int LENGTH_MAX = 1_000;

    /// Deepest nesting of parentheses and signs.
    public static final int DEPTH_MAX = 64;

    private static final MathContext PRECISION = MathContext.DECIMAL128;

    /// Numbers are written without an exponent while they have at most this many digits.
    private static final int PLAIN_DIGITS_MAX = 40;

    /// What became of a text.
    public sealed interface Parsed {
        record Ok(Expression expression) implements Parsed {}

        /// `position` counts characters from 1.
        record Wrong(int position, String reason) implements Parsed {}
    }

    /// What an evaluation came to.
    public sealed interface Evaluated {
        record Value(BigDecimal number) implements Evaluated {

            /// The number as JSON, without needless zeros or exponent.
            public String json() {
                return text(number);
            }
        }

        /// One sentence for the caller.
        record Failed(String reason) implements Evaluated {}
    }

    /// The shape of an expression.
    sealed interface Term {
        record Constant(BigDecimal value) implements Term {}

        record Name(String name) implements Term {}

        record Negated(Term term) implements Term {}

        record Combined(char operator, Term left, Term right) implements Term {}
    }

    private final Term root;

    Expression(Term root) {
        this.root = root;
    }

    /// Reads numbers, names, `+ - * / %`, a leading minus and parentheses.
    public static Parsed parse(String text) {
        return new ExpressionParser(text).parse();
    }

    /// The value for these arguments, or why there is none.
    public Evaluated evaluate(Map<String, BigDecimal> arguments) {
        return evaluate(root, arguments);
    }

    private static Evaluated evaluate(Term term, Map<String, BigDecimal> arguments) {
        return switch (term) {
            case Term.Constant(var value) -> new Evaluated.Value(value);
            case Term.Name(var name) -> lookUp(name, arguments);
            case Term.Negated(var inner) -> switch (evaluate(inner, arguments)) {
                case Evaluated.Value(var number) -> new Evaluated.Value(number.negate());
                case Evaluated.Failed failed -> failed;
            };
            case Term.Combined combined -> evaluate(combined, arguments);
        };
    }

    private static Evaluated evaluate(Term.Combined combined, Map<String, BigDecimal> arguments) {
        return switch (evaluate(combined.left(), arguments)) {
            case Evaluated.Failed failed -> failed;
            case Evaluated.Value(var left) -> switch (evaluate(combined.right(), arguments)) {
                case Evaluated.Failed failed -> failed;
                case Evaluated.Value(var right) -> combine(combined.operator(), left, right);
            };
        };
    }

    private static Evaluated lookUp(String name, Map<String, BigDecimal> arguments) {
        var value = arguments.get(name);
        return value == null
                ? new Evaluated.Failed("the argument '" + name + "' is missing or not a number")
                : new Evaluated.Value(value);
    }

    private static Evaluated combine(char operator, BigDecimal left, BigDecimal right) {
        if ((operator == '/' || operator == '%') && right.signum() == 0) {
            return new Evaluated.Failed("division by zero");
        }
        try {
            return new Evaluated.Value(calculate(operator, left, right));
        } catch (ArithmeticException e) {
            return new Evaluated.Failed("the result of '" + operator + "' is out of range");
        }
    }

    private static BigDecimal calculate(char operator, BigDecimal left, BigDecimal right) {
        return switch (operator) {
            case '+' -> left.add(right, PRECISION);
            case '-' -> left.subtract(right, PRECISION);
            case '*' -> left.multiply(right, PRECISION);
            case '/' -> left.divide(right, PRECISION);
            case '%' -> left.remainder(right, PRECISION);
            default -> throw new IllegalStateException("no operator " + operator);
        };
    }

    private static String text(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        if (stripped.signum() == 0) {
            return "0";
        }
        var digitsBefore = (long) stripped.precision() - stripped.scale();
        var plain = digitsBefore <= PLAIN_DIGITS_MAX && stripped.scale() <= PLAIN_DIGITS_MAX;
        return plain ? stripped.toPlainString() : stripped.toString();
    }
}
