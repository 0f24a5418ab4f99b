package io.macula.arcade.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "false", "0", "-1", "9223372036854775807",
        "-9223372036854775808", "\"\"", "[]", "{}", "[1,[2,{\"a\":null}]]",
        "{\"a\":1,\"b\":[\"x\",true]}"})
    void readsWhatItWrites(String text) {
        assertThat(read(text).write()).isEqualTo(text);
    }

    @Test
    void readsWhiteSpaceAndEscapes() {
        assertThat(read(" { \"a\\u00e9\\n\" :\t[ \"\\\"\\\\\\/\" ] }\r\n").write())
                .isEqualTo("{\"aé\\u000a\":[\"\\\"\\\\/\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nul", "tru", "01", "-", "+1", "1.5", "1e3", "NaN",
        "9223372036854775808", "\"", "\"\\x\"", "\"\\u12g4\"", "\"a\nb\"", "[", "[1", "[1,]",
        "[,1]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}", "1 2",
        "[]]", "[[[[[[[[[0]]]]]]]]]", "{\"a\":1}x", "'a'", "\uFEFF1"})
    void saysInOneSentenceWhatIsWrong(String text) {
        assertThat(Json.decode(text, 100, Function.identity())).isInstanceOfSatisfying(
                Json.Decoded.Wrong.class,
                wrong -> assertThat(wrong.message()).startsWith("no JSON: ").hasSizeLessThan(100));
    }

    @Test
    void refusesWhatIsTooLongBeforeItIsRead() {
        assertThat(Json.decode("[".repeat(101), 100, Function.identity()))
                .isEqualTo(new Json.Decoded.Wrong<Json>(
                        "the message has 101 characters, allowed are 100"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverThrowsForWhatIsInAText(long seed) {
        var random = new Random(seed);
        var letters = "{}[]\",:\\u0019 aeflnrstu-.\u2028\uD800";
        var text = new StringBuilder();
        for (var i = random.nextInt(60); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }

        assertThat(Json.decode(text.toString(), 100, Function.identity())).isNotNull();
    }

    @Test
    void aFieldOfTheWrongKindIsRefused() {
        var json = read("{\"text\":\"abc\",\"number\":7,\"list\":[1,2,3]}");

        assertThat(wrong(json, it -> it.text("text", 2))).contains("'text'", "2 characters");
        assertThat(wrong(json, it -> it.text("number", 9))).contains("'number'");
        assertThat(wrong(json, it -> it.number("number", 8, 9))).contains("from 8 to 9");
        assertThat(wrong(json, it -> it.texts("list", 2, 9))).contains("at most 2");
        assertThat(wrong(json, it -> it.texts("list", 3, 9))).contains("'list'");
        assertThat(wrong(json, it -> it.get("nothing"))).contains("'nothing' is missing");
        assertThat(wrong(json, it -> it.get("list").get("x"))).contains("an object is expected");
    }

    private static Json read(String text) {
        return switch (Json.decode(text, 1_000, Function.identity())) {
            case Json.Decoded.Read<Json>(var value) -> value;
            case Json.Decoded.Wrong<Json>(var why) -> throw new AssertionError(why);
        };
    }

    private static String wrong(Json json, Function<Json, Object> make) {
        return switch (Json.decode(json.write(), 1_000, make)) {
            case Json.Decoded.Read<Object>(var value) -> throw new AssertionError(value);
            case Json.Decoded.Wrong<Object>(var why) -> why;
        };
    }
}
