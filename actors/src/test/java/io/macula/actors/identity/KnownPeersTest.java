package io.macula.actors.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.identity.KnownPeers.Known;
import io.macula.actors.identity.KnownPeers.Remembered;
import io.macula.dht.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPeersTest {

    private static final NodeId ANNA = NodeId.hashOf(new byte[]{1});
    private static final NodeId BERT = NodeId.hashOf(new byte[]{2});

    @TempDir Path folder;

    @Test
    void knowNobodyAtFirst() {
        var file = folder.resolve("known_peers");

        assertThat(open(file).at("host:1")).isEqualTo(new Known.Stranger());
        assertThat(file).doesNotExist();
    }

    @Test
    void rememberAcrossARestart() throws IOException {
        var file = folder.resolve("data/known_peers");
        assertThat(open(file).remember("host:1", ANNA)).isEqualTo(new Remembered.Kept());
        assertThat(open(file).remember("[::1]:2", BERT)).isEqualTo(new Remembered.Kept());

        var again = open(file);

        assertThat(again.at("host:1")).isEqualTo(new Known.Peer(ANNA));
        assertThat(again.at("[::1]:2")).isEqualTo(new Known.Peer(BERT));
        assertThat(file).hasContent("host:1 " + ANNA.hex() + "\n[::1]:2 " + BERT.hex() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void refuseAnotherIdAndSayHowToAcceptIt() {
        var file = folder.resolve("known_peers");
        var peers = open(file);
        peers.remember("host:1", ANNA);

        assertThat(peers.remember("host:1", BERT)).isInstanceOfSatisfying(Remembered.Changed.class,
                changed -> {
                    assertThat(changed.known()).isEqualTo(ANNA);
                    assertThat(changed.message()).contains(BERT.hex(),
                            "remove the line `host:1 " + ANNA.hex() + "` from " + file);
                });
        assertThat(peers.at("host:1")).isEqualTo(new Known.Peer(ANNA));
        assertThat(peers.remember("host:1", ANNA)).isEqualTo(new Remembered.Kept());
    }

    @Test
    void noticeThatALineWasRemovedWhileTheNodeRuns() throws IOException {
        var file = folder.resolve("known_peers");
        var peers = open(file);
        peers.remember("host:1", ANNA);

        write(file, "# moved\n");

        assertThat(peers.at("host:1")).isEqualTo(new Known.Stranger());
        assertThat(peers.remember("host:1", BERT)).isEqualTo(new Remembered.Kept());
        assertThat(file).hasContent("# moved\nhost:1 " + BERT.hex() + "\n");
    }

    @Test
    void areBounded() {
        var file = folder.resolve("known_peers");
        var peers = ((KnownPeers.Opened.Ready) KnownPeers.open(file, 2)).peers();
        peers.remember("host:1", ANNA);
        peers.remember("host:2", ANNA);

        assertThat(peers.remember("host:3", ANNA)).isInstanceOfSatisfying(Remembered.NotKept.class,
                full -> assertThat(full.message()).contains("holds 2 entries"));
        assertThat(peers.at("host:3")).isEqualTo(new Known.Stranger());
    }

    @ParameterizedTest
    @CsvSource({"'nonsense',1", "'# fine\n\nhost:1',3", "'host:1 xyz',1", "'host 1234',1",
        "'host:1 0000000000000000000000000000000000000000 more',1"})
    void nameTheLineThatIsMalformed(String content, int line) throws IOException {
        var file = folder.resolve("known_peers");
        write(file, content);

        assertThat(KnownPeers.open(file)).isInstanceOfSatisfying(KnownPeers.Opened.Refused.class,
                refused -> assertThat(refused.message())
                        .startsWith("The file of known peers " + file + " is refused: line " + line)
                        .endsWith("mend or remove it."));
    }

    @Test
    void nameTheSecondLineOfAnAddressThatHasTwoIds() throws IOException {
        var file = folder.resolve("known_peers");
        write(file, "host:1 " + ANNA.hex() + "\nhost:1 " + BERT.hex() + "\n");

        assertThat(KnownPeers.open(file)).isInstanceOfSatisfying(KnownPeers.Opened.Refused.class,
                refused -> assertThat(refused.message()).contains("line 2 names another id"));
    }

    @Test
    void areNotTrustedWhenOthersCanWriteThem() throws IOException {
        var file = folder.resolve("known_peers");
        write(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(KnownPeers.open(file)).isInstanceOfSatisfying(KnownPeers.Opened.Refused.class,
                refused -> assertThat(refused.message()).contains("chmod 600"));
        assertThat(KnownPeers.open(folder)).isInstanceOf(KnownPeers.Opened.Refused.class);
    }

    @Test
    void saySoWhenTheyBecomeUnreadableWhileTheNodeRuns() throws IOException {
        var file = folder.resolve("known_peers");
        var peers = open(file);
        peers.remember("host:1", ANNA);

        write(file, "spoilt");

        assertThat(peers.at("host:1")).isInstanceOf(Known.Unreadable.class);
        assertThat(peers.remember("host:2", BERT)).isInstanceOf(Remembered.NotKept.class);
        assertThat(file).hasContent("spoilt");
    }

    private static KnownPeers open(Path file) {
        return ((KnownPeers.Opened.Ready) KnownPeers.open(file)).peers();
    }

    /// As an editor does, some seconds later.
    private static void write(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(
                Files.getLastModifiedTime(file).toMillis() + 5_000));
    }
}
