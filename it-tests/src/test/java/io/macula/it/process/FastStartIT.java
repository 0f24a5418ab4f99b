package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The caches of loaded classes that the script writes after a build are there and in use.
class FastStartIT {

    /// With this option a JVM ends at once when it cannot use the cache that the script names.
    @AutoClose final Terminals terminals = new Terminals().with("MACULA_JAVA_OPTS",
            "-XX:AOTMode=on");

    @Test
    void aCommandOfAnyFolderStartsFromTheCacheOfClasses() throws IOException {
        var ended = terminals.run("topic", "match", "a.*", "a.b");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).containsExactly("true");
        try (var files = Files.list(Document.ROOT.resolve("runtime/target"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".aot"))).isNotEmpty()
                    .allSatisfy(cache -> assertThat(cache).as("empty when it could not be made")
                            .isNotEmptyFile());
        }
    }

    @Test
    void membersHaveACacheOfTheirOwn() throws IOException {
        assertThat(MembersCache.prepare()).as("empty when it could not be made").isNotEmptyFile();
        var log = terminals.folder().resolve("classes");
        terminals.with("MACULA_JAVA_OPTS", "-XX:AOTMode=on -Xlog:class+load:file=" + log);

        MembersCache.member(terminals);

        try (var loaded = Files.lines(log)) {
            assertThat(loaded.filter(line -> line.contains(" org.apache.ratis.server.RaftServer ")))
                    .singleElement()
                    .asString()
                    .contains("shared objects file");
        }
    }
}
