package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.identity.KnownPeers;
import io.macula.actors.link.Links.Dialled;
import io.macula.actors.link.TestNode.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuicLinksRememberTest extends QuicLinksSetting {

    @TempDir Path folder;

    @Test
    void whomItMetAndRefusesAnotherThereUntilTheLineIsRemoved() throws Exception {
        var file = folder.resolve("known_peers");
        var first = node(new Plan());
        var port = first.listen();
        dialUp(node(withKnown(file)), port);
        await().until(() -> Files.exists(file));
        assertThat(file).hasContent("127.0.0.1:" + port + " " + first.key.id().hex());

        var dialler = node(withKnown(file));
        network.closePort(port);
        var second = node(new Plan());
        second.listen(port);
        assertThat(dial(dialler, TestNode.at(port))).isInstanceOfSatisfying(
                Dialled.Refused.class, refused -> {
                    assertThat(refused.reason().code()).isEqualTo("identity_changed");
                    assertThat(refused.reason().message()).contains("remove the line",
                            first.key.id().hex(), second.key.id().hex(), file.toString());
                });

        Files.delete(file);
        assertThat(dialUp(dialler, port).peer()).isEqualTo(second.key.id());
        await().until(() -> Files.exists(file));
        assertThat(file).hasContent("127.0.0.1:" + port + " " + second.key.id().hex());
    }

    @Test
    void nobodyWhileItsFileIsMalformed() throws Exception {
        var file = folder.resolve("known_peers");
        var dialler = node(withKnown(file));
        Files.writeString(file, "nonsense\n");

        assertThat(refusal(dialler, 1)).isEqualTo("known_peers_unreadable");
    }

    private Plan withKnown(Path file) {
        var plan = new Plan();
        plan.known = ((KnownPeers.Opened.Ready) KnownPeers.open(file)).peers();
        return plan;
    }
}
