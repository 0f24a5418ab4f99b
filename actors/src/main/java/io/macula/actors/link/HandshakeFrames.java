package io.macula.actors.link;

import io.macula.actors.link.HandshakeMessage.Credentials;
import io.macula.actors.wire.Ask;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Connect;
import io.macula.actors.wire.Deliver;
import io.macula.actors.wire.Disconnect;
import io.macula.actors.wire.Identity;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Pong;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what a handshake says as messages of the wire, and reads it back.
final class HandshakeFrames {

    private static final List<String> CAPABILITIES = List.of("pubsub", "rpc",
            Deliver.CAPABILITY, Ask.CAPABILITY);
    private static final int CODE_CHARS_MAX = 64;
    private static final int SENTENCE_CHARS_MAX = 400;

    private HandshakeFrames() {}

    static Message toWire(HandshakeMessage message, long nowMillis) {
        return switch (message) {
            case HandshakeMessage.Connect said -> new Connect(said.version(), said.nodeId(),
                    said.realm(), CAPABILITIES, said.endpoint(), identity(said.credentials()));
            case HandshakeMessage.Pong said -> new Pong(nowMillis, nowMillis, said.nodeId(),
                    said.endpoint(), said.accepted() ? Boolean.TRUE : null,
                    CAPABILITIES, identity(said.credentials()));
            case HandshakeMessage.Disconnect(var reason) -> toWire(reason);
            case HandshakeMessage.Foreign(var type) -> throw new IllegalArgumentException(
                    "a handshake says no " + type);
        };
    }

    /// The frame that says why a link ends.
    static Disconnect toWire(Disconnected reason) {
        var kind = Reason.NORMAL.is(reason)
                ? "normal"
                : Reason.SILENT.is(reason) || Reason.HANDSHAKE_TIMEOUT.is(reason)
                        ? "timeout"
                        : "error";
        return Disconnect.of(kind, reason.message()).withCode(reason.code());
    }

    /// What the far side says that it speaks.
    static List<String> capabilities(Message message) {
        var said = switch (message) {
            case Connect connect -> connect.capabilities();
            case Pong pong -> pong.capabilities();
            default -> null;
        };
        return said == null ? List.of() : said;
    }

    static HandshakeMessage fromWire(Message message) {
        return switch (message) {
            case Connect said -> new HandshakeMessage.Connect(said.version(), said.nodeId(),
                    said.realmId(), orEmpty(said.endpoint()), credentials(said.identity()));
            case Pong said -> new HandshakeMessage.Pong(
                    said.nodeId() == null ? Bytes.EMPTY : said.nodeId(), orEmpty(said.endpoint()),
                    credentials(said.identity()), Boolean.TRUE.equals(said.accepted()));
            case Disconnect said -> new HandshakeMessage.Disconnect(fromWire(said));
            default -> new HandshakeMessage.Foreign(message.type().wireName());
        };
    }

    /// Why the far side ended the link. What it wrote is shown to people and logged, so it is cut
    /// to a line.
    static Disconnected fromWire(Disconnect said) {
        var code = said.code() == null ? said.reason() : said.code();
        var safe = code.length() <= CODE_CHARS_MAX && !code.isEmpty() && code.chars()
                .allMatch(
                        c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
        return new Disconnected(safe ? code : "error", line(said.message()));
    }

    private static String line(String text) {
        var line = new StringBuilder();
        text.codePoints()
                .limit(SENTENCE_CHARS_MAX)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        return line.toString();
    }

    private static Identity identity(Credentials said) {
        return new Identity(said.publicKey(), said.nonce(), said.signature(), said.realmProof(),
                said.heartbeatMillis());
    }

    private static Credentials credentials(@Nullable Identity said) {
        return said == null
                ? Credentials.NONE
                : new Credentials(said.publicKey(), said.nonce(), said.signature(),
                        said.realmProof(), said.heartbeatMillis());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
