package io.macula.supervision.testkit;

import static io.macula.supervision.testkit.Workshop.PARSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.supervision.Key;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/// A failure says what was expected beside what happened, the seed, and the tree.
class SideBySideTest {

    @Test
    void equalLinesStandOnOneHeightAndTheOthersAreMarked() {
        assertThat(SideBySide.of(List.of("a", "b", "longest", "d"), List.of("a", "x", "d", "e")))
                .isEqualTo(String.join("\n",
                        "  expected | real",
                        "  ---------+---------",
                        "  a        | a",
                        "- b        |",
                        "- longest  |",
                        "+          | x",
                        "  d        | d",
                        "+          | e"));
        assertThat(SideBySide.of(List.of(), List.of()))
                .isEqualTo("  expected | real\n  ---------+---------");
    }

    @Test
    void aFailedExpectationShowsBothTracesTheSeedAndTheTree(@Supervised(seed = 77) Lab lab) {
        lab.start(new Workshop().spec());
        lab.crash(PARSER, new IOException("link lost"));

        assertThatThrownBy(() -> lab.expectTrace("""
            exit parser#1 failed IOException
            start parser#2
            start writer#2
            """)).isInstanceOf(AssertionFailedError.class).hasMessage("""
            the trace is not as expected
              expected                         | real
              ---------------------------------+---------------------------------
              exit parser#1 failed IOException | exit parser#1 failed IOException
            +                                  | exit writer#1 shutdown
              start parser#2                   | start parser#2
              start writer#2                   | start writer#2
            seed 77
            tree
              lab#1  rest_for_one  1 of 5 in 10000 ms  running
              ├─ connection#1  running
              ├─ parser#2  running  last exit: failed: java.io.IOException: link lost
              └─ writer#2  running  last exit: shutdown""");
    }

    @Test
    void whatWasNotRestartedOrNotUntouchedIsNamed(@Supervised Lab lab) {
        lab.start(new Workshop().spec());
        lab.kill(PARSER);

        assertThatThrownBy(() -> lab.restarted(Key.of("connection")))
                .hasMessageStartingWith("'connection' was not restarted")
                .hasMessageContaining("exit parser#1 killed")
                .hasMessageContaining("seed 1");
        assertThatThrownBy(() -> lab.restarted(PARSER).untouched(Key.of("writer")))
                .hasMessageStartingWith("'writer' was touched");
        lab.mark();
        assertThatThrownBy(() -> lab.restarted(PARSER))
                .hasMessageStartingWith("'parser' was not restarted");
    }
}
