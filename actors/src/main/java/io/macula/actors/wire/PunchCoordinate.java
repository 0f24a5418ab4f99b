package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells one side of a hole punch whom to dial and when.
///
/// @param peerPorts ports to try, in order
/// @param punchTimeMillis milliseconds since 1970
/// @param role `initiator` or `target`
public record PunchCoordinate(
        Bytes sessionId, Bytes peerId, String peerHost, List<Integer> peerPorts,
        long punchTimeMillis, String role) implements Message {

    public PunchCoordinate {
        peerPorts = List.copyOf(peerPorts);
    }

    @Override
    public MessageType type() {
        return MessageType.PUNCH_COORDINATE;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.SESSION_ID, sessionId);
        out.bytes(Field.PEER_ID, peerId);
        out.text(Field.PEER_HOST, peerHost);
        out.numbers(Field.PEER_PORTS, peerPorts);
        out.number(Field.PUNCH_TIME, punchTimeMillis);
        out.text(Field.ROLE, role);
        out.endMap(outer);
    }

    static PunchCoordinate decode(FieldReader in) {
        @Nullable Bytes sessionId = null;
        @Nullable Bytes peerId = null;
        @Nullable String peerHost = null;
        @Nullable List<Integer> peerPorts = null;
        @Nullable Long punchTimeMillis = null;
        @Nullable String role = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case SESSION_ID -> sessionId = in.id();
                case PEER_ID -> peerId = in.id();
                case PEER_HOST -> peerHost = in.text();
                case PEER_PORTS -> peerPorts = in.numbers();
                case PUNCH_TIME -> punchTimeMillis = in.number();
                case ROLE -> role = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new PunchCoordinate(in.required(sessionId, Field.SESSION_ID),
                in.required(peerId, Field.PEER_ID), in.required(peerHost, Field.PEER_HOST),
                in.required(peerPorts, Field.PEER_PORTS),
                in.required(punchTimeMillis, Field.PUNCH_TIME), in.required(role, Field.ROLE));
    }
}
