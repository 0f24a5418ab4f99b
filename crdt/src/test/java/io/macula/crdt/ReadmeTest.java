package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void theTenLinesDoWhatTheySay() {
        // readme
        var a = ReplicaId.of(1);
        var b = ReplicaId.of(2);
        var c = ReplicaId.of(3);

        var milk = OrSet.EMPTY.add(a.dot(1), "milk");
        var bread = OrSet.EMPTY.add(b.dot(1), "bread");
        var atC = milk.merge(bread).merge(milk);
        var noMilk = atC.merge(atC.remove("milk"));
        var moreMilk = milk.merge(milk.add(a.dot(2), "milk"));
        var all = noMilk.merge(moreMilk).merge(bread.add(c.dot(1), "tea"));
        // end

        assertThat(noMilk.contains("milk")).isFalse();
        assertThat(all.elements()).extracting(Bytes::text).containsExactly("bread", "milk", "tea");
    }

    @Test
    void theReadmeHasTheseLines() throws IOException {
        var readme = code(Files.readString(Path.of("README.md")), "```java", "```");
        var test = code(Files.readString(Path.of("src/test/java/io/macula/crdt/ReadmeTest.java")),
                "// readme",
                "// end");

        assertThat(readme).startsWith(test);
    }

    /// The lines between two marks, without comments and spaces.
    private static String code(String text, String from, String to) {
        var start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start))
                .replaceAll("//.*|all\\.elements\\(\\);", "")
                .replaceAll("\\s", "");
    }
}
