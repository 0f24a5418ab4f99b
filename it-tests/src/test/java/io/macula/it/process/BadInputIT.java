package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.Disconnect;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Topics;
import io.macula.it.process.MaculaProcess.Ended;
import io.macula.runtime.Node;
import io.macula.runtime.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Bad input gets one clear sentence and the right exit code, and the gateway goes on serving the
/// others: after every test a peer that had no part in it is answered. The gateway and one command of
/// each kind are processes; the other commands run in this JVM.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

    @AutoClose final Terminals terminals = new Terminals();

    private final Commands here = terminals.here();

    private final Gateway gateway = terminals.gateway();

    @AutoClose final Node bystander = bystander();

    @AutoClose final Node caller = InProcess.peerOf(gateway, Tuning.DEFAULT);

    private Node bystander() {
        var node = InProcess.peerOf(gateway, Tuning.DEFAULT);
        assertThat(node.rpc().serve("echo", argument -> new Rpc.Answer.Result(argument)))
                .isInstanceOf(Rpc.Served.Active.class);
        return node;
    }

    @AfterEach
    void theGatewayGoesOnServingOthers() {
        var called = caller.rpc().call("echo", Payload.of("[42]"), Rpc.CallOptions.DEFAULT);

        assertThat(called.toCompletableFuture().join())
                .isEqualTo(new Rpc.Outcome.Ok(Payload.of("[42]")));
    }

    @Test
    void anotherRealmIsNotLetIn() {
        var called = terminals.call(gateway, "echo", "1", "--realm", "elsewhere");

        assertRefused(called, 4, "realm", "\"local\"");
    }

    @Test
    void anotherSecretIsNotLetInAndTheRightOneIs() throws IOException {
        var right = secret("right");
        var closed = here.gateway("--realm-secret", right);

        var wrong = here.publish(closed, "a", "1", "--realm-secret", secret("wrong"));
        var none = here.publish(closed, "a", "1");
        var good = here.publish(closed, "a", "1", "--realm-secret", right);

        assertRefused(wrong, 4, "realm secret");
        assertRefused(none, 4, "realm secret");
        assertThat(good.err()).noneMatch(line -> line.startsWith("macula: "));
        assertThat(good.code()).isZero();
    }

    @Test
    void aKnownGatewayWithAnotherKeyIsRefusedUntilTheChangeIsAccepted() throws IOException {
        var mine = terminals.newDataDir().toString();
        var first = here.gateway();
        assertThat(here.publish(first, "a", "1", "--data-dir", mine).code()).isZero();
        first.process().terminate().awaitEnd();
        var second = here.gatewayIn(here.newDataDir(), first.quicPort());

        var refused = here.publish(second, "a", "1", "--data-dir", mine);
        acceptAsTheSentenceSays(refused.err().getLast());
        var accepted = here.publish(second, "a", "1", "--data-dir", mine);

        assertRefused(refused, 4, first.id(), second.id(), "remove the line");
        assertThat(accepted.err()).noneMatch(line -> line.startsWith("macula: "));
        assertThat(accepted.code()).isZero();
    }

    private static void acceptAsTheSentenceSays(String sentence) throws IOException {
        var remedy = Pattern.compile("remove the line `(.*)` from (.*)\\.$").matcher(sentence);
        assertThat(remedy.find()).as(sentence).isTrue();
        var file = Path.of(remedy.group(2));
        var lines = Files.readAllLines(file);
        assertThat(lines.remove(remedy.group(1))).as("the line is there").isTrue();
        Files.write(file, lines);
    }

    @Test
    void aPayloadBeyondTheFrameIsNotSent() {
        var huge = "\"" + "x".repeat(2 << 20) + "\"";

        var published = here.start("pub", "a", "-", "--gateway", gateway.quic())
                .feed(huge)
                .ended();

        assertRefused(published, 2, "bytes");
    }

    @Test
    void aFrameBeyondTheLimitEndsTheConnectionOfAStrangerWithTheReason() {
        try (var stranger = new RawDialler(gateway.quic())) {
            stranger.send(HexFormat.of().parseHex("0101000010000001"));

            var answer = stranger.answer();

            assertThat(answer).isInstanceOfSatisfying(Decoded.Ok.class,
                    ok -> assertThat(ok.message()).isInstanceOfSatisfying(Disconnect.class,
                            said -> {
                                assertThat(said.code()).isEqualTo("protocol_violation");
                                assertThat(said.message()).contains("268435457");
                            }));
        }
    }

    @Test
    void aFrameBeyondTheLimitEndsTheLinkOfAProvedPeer() {
        try (var loud = InProcess.peerOf(gateway, InProcess.frameMax(16 << 20))) {
            var published = loud.topics().publish("a", Payload.of("x".repeat(2 << 20)));

            assertThat(published).isInstanceOf(Topics.Published.Sent.class);
            InProcess.awaitLinks(loud, 0);
            InProcess.awaitLinks(loud, 1);
        }
    }

    @Test
    void anEmptySegmentIsNoTopicAndNoProcedure() {
        var published = here.publish(gateway, "sensor..temp", "1");
        var subscribed = here.run("sub", "sensor..*", "--gateway", gateway.quic());
        var called = here.call(gateway, "calculator..add", "{}");

        assertRefused(published, 2, "'sensor..temp'", "empty segment");
        assertRefused(subscribed, 2, "'sensor..*'", "empty segment");
        assertRefused(called, 2, "'calculator..add'", "empty segment");
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo() {
        var quic = terminals.startGateway(terminals.newDataDir(), gateway.quicPort()).ended();
        var http = here.run("node", "start", "--role", "gateway", "--quic-port", "0",
                "--http-port", gateway.httpPort(), "--data-dir", here.newDataDir().toString());

        assertFailedToStart(quic, 1, gateway.quic(), "in use", "--quic-port");
        assertFailedToStart(http, 1, "127.0.0.1:" + gateway.httpPort(), "in use", "--http-port");
    }

    @Test
    void aMalformedKeyIsNotReplaced() throws IOException {
        var dir = dataDirWithKey("not a key\n", "rw-------");

        var started = terminals.startGateway(dir, "0").ended();

        assertRefused(started, 4, dir.resolve("node.key").toString(), "PRIVATE KEY");
        assertThat(dir.resolve("node.key")).hasContent("not a key\n");
    }

    @Test
    void aKeyThatIsADirectoryIsRefused() throws IOException {
        var dir = terminals.newDataDir();
        Files.createDirectories(dir.resolve("node.key"));

        var started = here.startGateway(dir, "0").ended();

        assertRefused(started, 4, dir.resolve("node.key").toString(), "directory");
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        var key = Files.readString(gateway.dataDir().resolve("node.key"));
        var dir = dataDirWithKey(key, "rw-r--r--");

        var started = here.startGateway(dir, "0").ended();

        assertRefused(started, 4, "chmod 600 " + dir.resolve("node.key"));
    }

    @Test
    void anUnknownSettingIsAnErrorThatSuggestsTheRightOne() throws IOException {
        var file = terminals.folder().resolve("wrong.conf");
        Files.writeString(file, "macula.quik.port = 9443\n");

        var fromFile = here.startGateway(here.newDataDir(), "0", "--config",
                file.toString()).ended();
        var fromOption = here.run("pub", "a", "1", "--gatway", gateway.quic());

        assertRefused(fromFile, 2, "macula.quik.port", "line 1",
                "did you mean macula.quic.port?");
        assertRefused(fromOption, 2, "--gatway", "did you mean --gateway?");
    }

    @Test
    void aDataDirectoryInUseIsRefused() {
        var started = here.startGateway(gateway.dataDir(), "0").ended();

        assertRefused(started, 1, gateway.dataDir().toString(), "--data-dir");
        assertThat(gateway.dataDir().resolve("control.sock")).exists();
    }

    @Test
    void anOpenRealmIsServedOnLoopbackOnly() {
        var started = here.startGateway(here.newDataDir(), "0", "--listen", "0.0.0.0")
                .ended();

        assertRefused(started, 4, "open", "loopback", "0.0.0.0");
    }

    private String secret(String name) throws IOException {
        var file = Files.writeString(terminals.folder().resolve(name), name.repeat(10));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    private Path dataDirWithKey(String content, String mode) throws IOException {
        var dir = Files.createDirectories(terminals.newDataDir());
        var file = Files.writeString(dir.resolve("node.key"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return dir;
    }

    /// One sentence and nothing else.
    private static void assertRefused(Ended ended, int code, String... words) {
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).singleElement().asString().startsWith("macula: ").contains(words);
        assertThat(ended.code()).isEqualTo(code);
    }

    /// The sentence comes last; a node that was starting may have logged what it did before.
    private static void assertFailedToStart(Ended ended, int code, String... words) {
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).noneMatch(line -> line.startsWith("\tat "));
        assertThat(ended.err().getLast()).startsWith("macula: ").contains(words);
        assertThat(ended.code()).isEqualTo(code);
    }
}
