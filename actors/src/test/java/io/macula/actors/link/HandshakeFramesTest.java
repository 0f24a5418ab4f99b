package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.HandshakeMessage.Credentials;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Connect;
import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.Disconnect;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.Pong;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeFramesTest {

    private static final Credentials ALL = new Credentials(Bytes.utf8("key"), Bytes.utf8("nonce"),
            Bytes.utf8("signature"), Bytes.utf8("proof"), 1_000);

    @Test
    void keepWhatEachSideSaysAcrossTheWire() {
        var said = List.of(
                new HandshakeMessage.Connect("1.0", Bytes.utf8("id"), "lab", "", ALL),
                new HandshakeMessage.Connect("1.0", Bytes.utf8("id"), "lab", "https://h:1",
                        Credentials.NONE),
                new HandshakeMessage.Pong(Bytes.utf8("id"), "https://h:1", ALL, true),
                new HandshakeMessage.Pong(Bytes.utf8("id"), "", ALL.withoutRealmProof(), false),
                new HandshakeMessage.Disconnect(Reason.SILENT.because("nothing heard")),
                new HandshakeMessage.Disconnect(Reason.REALM_MISMATCH.because("another realm")));

        for (var each : said) {
            assertThat(HandshakeFrames.fromWire(acrossTheWire(
                    HandshakeFrames.toWire(each, 17)))).isEqualTo(each);
        }
    }

    @Test
    void readTheFramesOfMacula014AsThoseOfNobodyWhoProvesAnything() {
        assertThat(HandshakeFrames.fromWire(
                Connect.of("1.0", Bytes.utf8("id"), "lab", List.of()))).isEqualTo(
                        new HandshakeMessage.Connect("1.0", Bytes.utf8("id"), "lab", "",
                                Credentials.NONE));
        assertThat(HandshakeFrames.fromWire(Pong.of(1, 2))).isEqualTo(
                new HandshakeMessage.Pong(Bytes.EMPTY, "", Credentials.NONE, false));
    }

    @Test
    void nameWhatHasNoPlaceInAHandshake() {
        assertThat(HandshakeFrames.fromWire(new Ping(1)))
                .isEqualTo(new HandshakeMessage.Foreign("ping"));
    }

    @Test
    void tellMacula014WhetherAnEndIsNormalATimeoutOrAnError() {
        assertThat(HandshakeFrames.toWire(Disconnected.NORMAL).reason()).isEqualTo("normal");
        assertThat(HandshakeFrames.toWire(Reason.SILENT.because("")).reason())
                .isEqualTo("timeout");
        assertThat(HandshakeFrames.toWire(Reason.SELF_DIAL.because("")).reason())
                .isEqualTo("error");
    }

    @Test
    void takeTheReasonForTheCodeWhereThereIsNone() {
        assertThat(HandshakeFrames.fromWire(Disconnect.of("timeout", "x")))
                .isEqualTo(new Disconnected("timeout", "x"));
    }

    @Test
    void cutWhatAFarSideWritesToOneLineAndASafeCode() {
        var hostile = Disconnect.of("error", "one\ntwo\u001b[31m" + "x".repeat(10_000))
                .withCode("<script>");

        var read = HandshakeFrames.fromWire(hostile);

        assertThat(read.code()).isEqualTo("error");
        assertThat(read.message()).startsWith("one two [31mx").hasSize(400);
        assertThat(HandshakeFrames.fromWire(Disconnect.of("error", "").withCode("a".repeat(65)))
                .code()).isEqualTo("error");
    }

    private static Message acrossTheWire(Message message) {
        return ((Decoded.Ok) FrameCodec.decode(FrameCodec.encode(message))).message();
    }
}
