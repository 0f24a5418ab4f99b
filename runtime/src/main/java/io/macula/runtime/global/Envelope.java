package io.macula.runtime.global;

import io.macula.app.Payload;
import io.macula.app.global.GlobalServices.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// How requests to a global service and their outcomes travel between nodes, as the content of a call.
///
/// A request is version (1), scope, milliseconds left (4 bytes), argument; a reply is version (1), kind,
/// then its value or sentence.
final class Envelope {

    /// How far a request may still go.
    enum Scope {
        /// The node that gets it leads it to the instance.
        ANY,
        /// It is for an instance on the node that gets it, and goes no further.
        INSTANCE
    }

    /// @param left
    ///            how long the caller still waits
    record Request(Scope scope, Duration left, Payload argument) {}

    /// What a node answers: how the request ended, or that the instance is not there.
    sealed interface Answer {

        record Ended(Reply reply) implements Answer {}

        record NotHere() implements Answer {}
    }

    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 6;
    private static final int REPLY_HEADER_BYTES = 2;

    private static final byte OK = 0;
    private static final byte FAILED = 1;
    private static final byte NO_QUORUM = 2;
    private static final byte NOT_HOSTED = 3;
    private static final byte TIMED_OUT = 4;
    private static final byte REFUSED = 5;
    private static final byte NOT_HERE = 6;

    private Envelope() {}

    static Payload encode(Request request) {
        var argument = request.argument().toBytes();
        return Payload.of(ByteBuffer.allocate(HEADER_BYTES + argument.length)
                .put(VERSION)
                .put((byte) request.scope().ordinal())
                .putInt((int) Math.clamp(request.left().toMillis(), 0, Integer.MAX_VALUE))
                .put(argument)
                .array());
    }

    /// Empty when it is none.
    static Optional<Request> request(Payload payload) {
        var bytes = payload.toBytes();
        if (bytes.length < HEADER_BYTES || bytes[0] != VERSION || bytes[1] < 0
                || bytes[1] >= Scope.values().length) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(bytes, 2, bytes.length - 2);
        var leftMillis = buffer.getInt();
        if (leftMillis < 0) {
            return Optional.empty();
        }
        var argument = new byte[buffer.remaining()];
        buffer.get(argument);
        return Optional.of(new Request(Scope.values()[bytes[1]], Duration.ofMillis(leftMillis),
                Payload.of(argument)));
    }

    static Payload encode(Answer answer) {
        return switch (answer) {
            case Answer.NotHere() -> kind(NOT_HERE, new byte[0]);
            case Answer.Ended(var reply) -> switch (reply) {
                case Reply.Ok(var value) -> kind(OK, value.toBytes());
                case Reply.Failed(var reason) -> kind(FAILED, reason);
                case Reply.NoQuorum(var message) -> kind(NO_QUORUM, message);
                case Reply.NotHosted(var message) -> kind(NOT_HOSTED, message);
                case Reply.TimedOut(var message) -> kind(TIMED_OUT, message);
                case Reply.Refused(var message) -> kind(REFUSED, message);
            };
        };
    }

    private static Payload kind(byte kind, String sentence) {
        return kind(kind, sentence.getBytes(StandardCharsets.UTF_8));
    }

    private static Payload kind(byte kind, byte[] content) {
        return Payload.of(ByteBuffer.allocate(REPLY_HEADER_BYTES + content.length)
                .put(VERSION)
                .put(kind)
                .put(content)
                .array());
    }

    /// Empty when it is none.
    static Optional<Answer> answer(Payload payload) {
        var bytes = payload.toBytes();
        if (bytes.length < REPLY_HEADER_BYTES || bytes[0] != VERSION) {
            return Optional.empty();
        }
        var content = new byte[bytes.length - REPLY_HEADER_BYTES];
        System.arraycopy(bytes, REPLY_HEADER_BYTES, content, 0, content.length);
        var sentence = new String(content, StandardCharsets.UTF_8);
        return switch (bytes[1]) {
            case OK -> ended(new Reply.Ok(Payload.of(content)));
            case FAILED -> ended(new Reply.Failed(sentence));
            case NO_QUORUM -> ended(new Reply.NoQuorum(sentence));
            case NOT_HOSTED -> ended(new Reply.NotHosted(sentence));
            case TIMED_OUT -> ended(new Reply.TimedOut(sentence));
            case REFUSED -> ended(new Reply.Refused(sentence));
            case NOT_HERE -> Optional.of(new Answer.NotHere());
            default -> Optional.empty();
        };
    }

    private static Optional<Answer> ended(Reply reply) {
        return Optional.of(new Answer.Ended(reply));
    }
}
