package io.macula.actors.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    private static Target parsed(String text) {
        return Target.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"/, /", "/apps/x/, /apps/x/", "/a%20b, /a b", "/%C3%BC.js, /ü.js", "/a+b, /a+b",
        "/%252e%252e/x, /%2e%2e/x", "/..a/b.., /..a/b.."})
    void decodesAPathOnce(String written, String path) {
        assertThat(parsed(written).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/../x", "/a/../b", "/a/./b", "/%2e%2e/x", "/%2E./x", "/a%2fb",
        "/a%2Fb/..%2f", "/a%5cb", "/a\\b", "//evil", "/a//b", "/a%00.js", "/a%0ab", "/a/%2e"})
    void findsNothingWhereAPathIsStrange(String written) {
        assertThat(parsed(written).path()).isEmpty();
    }

    @Test
    void findsNothingBelowADepthThatNobodyUses() {
        assertThat(parsed("/a".repeat(Target.DEPTH_MAX)).path()).isNotEmpty();
        assertThat(parsed("/a".repeat(Target.DEPTH_MAX + 1)).path()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a", "http://evil/", "mailto:someone", "/a b", "/a#b", "/%",
        "/%2",
        "/%g0", "/%ff", "/?x=%zz", "/?x=%c3", "/\u00fc", "/a\nb"})
    void isNoAddressWhenItIsNotWellWritten(String written) {
        assertThat(Target.parse(written)).isEmpty();
    }

    @Test
    void decodesAQueryAndKeepsTheFirstOfARepeatedKey() {
        assertThat(parsed("/p?name=a+b%26c&name=second&%C3%BC=%2B&flag&=nothing&&x==y").query())
                .isEqualTo(Map.of("name", "a b&c", "ü", "+", "flag", "", "x", "=y"));
        assertThat(parsed("/p?").query()).isEmpty();
    }

    @Test
    void isWrittenAsAFolderWithItsQuery() {
        assertThat(parsed("/apps/%C3%BC").asFolder()).isEqualTo("/apps/%C3%BC/");
        assertThat(parsed("/apps/x?a=/b").asFolder()).isEqualTo("/apps/x/?a=/b");
    }
}
