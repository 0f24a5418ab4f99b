package io.macula.runtime.expr;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.runtime.expr.Expression.Evaluated;
import io.macula.runtime.expr.Expression.Parsed;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTest {

    private static final Map<String, BigDecimal> ARGUMENTS = Map.of("a", new BigDecimal(5), "b",
            new BigDecimal(3), "rate_2", new BigDecimal("0.5"), "zero", BigDecimal.ZERO);

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @CsvSource({"a+b,8", "a-b,2", "b-a,-2", "a*b,15", "a/2,2.5", "a%b,2", "2+3*4,14", "(2+3)*4,20",
        "10-3-2,5", "100/10/5,2", "-a,-5", "--a,5", "-a*-b,15", "2*-3,-6", "0.1+0.2,0.3",
        "' a\t+ b ',8", "1e3,1000", "1.50,1.5", ".5,0.5", "rate_2*4,2", "100,100", "0*-1,0",
        "1/3,0.3333333333333333333333333333333333", "1e30,1000000000000000000000000000000",
        "1e50,1E+50", "-7%3,-1"})
    void calculates(String expression, String expected) {
        assertThat(evaluate(expression)).isInstanceOfSatisfying(Evaluated.Value.class,
                value -> assertThat(value.json()).isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource({"a/zero,division by zero", "a%(b-3),division by zero",
        "a+c,the argument 'c' is missing or not a number",
        "1/(c/zero),the argument 'c' is missing or not a number",
        "1e2000000000*1e2000000000,the result of '*' is out of range"})
    void saysWhyThereIsNoResult(String expression, String reason) {
        assertThat(evaluate(expression)).isEqualTo(new Evaluated.Failed(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' |1", "a+|3", "a b|3", "(a|3", "a)|2", "*a|1",
        "1.2.3|4",
        "a$b|2", "1e|1", ".|1", "a+*b|3", "()|2"})
    void pointsAtTheMistake(String expression, int position) {
        assertThat(Expression.parse(expression)).isInstanceOfSatisfying(Parsed.Wrong.class,
                wrong -> assertThat(wrong.position()).as(wrong.reason()).isEqualTo(position));
    }

    @Test
    void refusesEndlessNestingAndLength() {
        assertThat(Expression.parse("(".repeat(900))).isInstanceOf(Parsed.Wrong.class);
        assertThat(Expression.parse("-".repeat(900) + "1")).isInstanceOf(Parsed.Wrong.class);
        assertThat(Expression.parse("1+".repeat(500) + "1")).isInstanceOf(Parsed.Wrong.class);
        assertThat(Expression.parse("1+".repeat(499) + "1")).isInstanceOf(Parsed.Ok.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverThrowsWhateverIsWritten(long seed) {
        var random = new Random(seed);
        var alphabet = "ab01.e()+-*/% \u00e9$";
        var text = new StringBuilder();
        for (var i = random.nextInt(40); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }

        var parsed = Expression.parse(text.toString());

        if (parsed instanceof Parsed.Ok(var expression)) {
            assertThat(expression.evaluate(ARGUMENTS)).isNotNull();
        } else if (parsed instanceof Parsed.Wrong(var position, var reason)) {
            assertThat(position).isBetween(1, text.length() + 1);
            assertThat(reason).isNotBlank();
        }
    }

    private static Evaluated evaluate(String text) {
        return switch (Expression.parse(text)) {
            case Parsed.Ok(var expression) -> expression.evaluate(ARGUMENTS);
            case Parsed.Wrong(var position, var reason) -> throw new AssertionError(
                    reason + " at " + position);
        };
    }
}
