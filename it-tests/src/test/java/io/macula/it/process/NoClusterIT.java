package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A node that is a member of no Cluster pays nothing for those that are.
class NoClusterIT {

    @AutoClose final Terminals terminals = new Terminals();

    @Test
    void loadsNoClassOfALibraryThatOnlyMembersNeed() throws IOException {
        var log = terminals.folder().resolve("classes");
        terminals.with("MACULA_JAVA_OPTS", "-Xlog:class+load:file=" + log);

        terminals.gateway();

        assertThat(Files.readString(log)).contains("io.macula.runtime.MaculaNode ")
                .doesNotContain("org.apache.pekko.cluster.", "org.apache.pekko.remote.artery",
                        "org.apache.pekko.stream.", "org.apache.ratis.");
    }
}
