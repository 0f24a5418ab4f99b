package io.macula.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.runtime.config.DataDirectory.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir Path parent;

    @Test
    void isMadeForItsOwnUserOnly() throws IOException {
        var path = parent.resolve("state/gateway");

        assertThat(DataDirectory.open(path)).isInstanceOfSatisfying(Opened.Held.class,
                held -> assertThat(held.directory().path()).isEqualTo(path));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
    }

    @Test
    void isHeldByOneNodeAtATime() {
        var first = DataDirectory.open(parent);

        var second = DataDirectory.open(parent);
        if (first instanceof Opened.Held(var directory)) {
            directory.close();
        }
        var third = DataDirectory.open(parent);

        assertThat(second).isInstanceOfSatisfying(Opened.InUse.class,
                inUse -> assertThat(inUse.message()).contains(parent.toString(), "--data-dir"));
        assertThat(third).isInstanceOf(Opened.Held.class);
    }

    @Test
    void cannotBeAFile() throws IOException {
        var file = Files.writeString(parent.resolve("file"), "");

        assertThat(DataDirectory.open(file)).isInstanceOf(Opened.Unusable.class);
        assertThat(DataDirectory.open(file.resolve("below"))).isInstanceOf(Opened.Unusable.class);
    }

    @Test
    void liesWhereTheUsersStateLies() {
        assertThat(DataDirectory.stateFolder(Map.of("XDG_STATE_HOME", "/s"), "/home/u"))
                .isEqualTo(Path.of("/s/macula"));
        assertThat(DataDirectory.stateFolder(Map.of("LOCALAPPDATA", "/local"), "/home/u"))
                .isEqualTo(Path.of("/local/macula"));
        assertThat(DataDirectory.stateFolder(Map.of(), "/home/u"))
                .isEqualTo(Path.of("/home/u/.local/state/macula"));
    }
}
