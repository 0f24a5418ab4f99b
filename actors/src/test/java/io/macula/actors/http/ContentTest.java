package io.macula.actors.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentTest {

    @Test
    void hasATagThatTellsItFromOther() {
        assertThat(Content.of("a").tag()).isEqualTo(Content.of("a").tag())
                .isNotEqualTo(Content.of("b").tag())
                .matches("\"[A-Za-z0-9_-]+\"");
    }

    @Test
    void isKnownToWhoNamesItsTagAmongOthers() {
        var content = Content.of("a");

        assertThat(content.isNamedBy(content.tag())).isTrue();
        assertThat(content.isNamedBy("\"x\", W/" + content.tag())).isTrue();
        assertThat(content.isNamedBy("*")).isTrue();
        assertThat(content.isNamedBy("\"x\"")).isFalse();
        assertThat(content.isNamedBy("")).isFalse();
    }
}
