package io.macula.actors.cluster;

import io.macula.dht.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What nodes of a Cluster say to each other beside Pekko's own messages, in a form of our own: one
/// byte for the kind, then fixed fields in network order, then the rest.
sealed interface Packet {

    /// Is there a Cluster at your place? From one that looks for it.
    record Ask(ClusterAddress from) implements Packet {}

    /// The reply.
    ///
    /// @param isMember whether the sender is one and can let others in
    record Answer(ClusterAddress from, boolean isMember) implements Packet {}

    /// One frame of the channel.
    ///
    /// @param session differs for each incarnation of the sender
    /// @param frames sent in this session, with this one
    /// @param bytes sent in this session, with this one
    /// @param content owned by the packet: not to be written to
    record Frame(NodeId from, long session, long frames, long bytes, byte[] content)
            implements
                Packet {}

    /// What was seen of a session.
    record Seen(NodeId from, long session, long frames, long bytes) implements Packet {}

    /// Longest packet: the longest frame with its fields.
    int BYTES_MAX = ClusterChannel.FRAME_BYTES_MAX + 64;

    byte ASK = 1;
    byte ANSWER = 2;
    byte FRAME = 3;
    byte SEEN = 4;

    /// Length of a frame's fields, its kind included.
    int FIELDS_BYTES = 1 + NodeId.SIZE_BYTES + 3 * Long.BYTES;

    default byte[] encode() {
        return switch (this) {
            case Ask(var from) -> text(ASK, from.toString());
            case Answer(var from, var isMember) -> text(ANSWER, (isMember ? "+" : "-") + from);
            case Frame(var from, var session, var frames, var bytes, var content) ->
                fields(FRAME, from, session, frames, bytes, content.length).put(content).array();
            case Seen(var from, var session, var frames, var bytes) ->
                fields(SEEN, from, session, frames, bytes, 0).array();
        };
    }

    private static byte[] text(byte kind, String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + utf8.length).put(kind).put(utf8).array();
    }

    private static ByteBuffer fields(byte kind, NodeId from, long session, long frames, long bytes,
            int more) {
        return ByteBuffer.allocate(FIELDS_BYTES + more)
                .put(kind)
                .put(from.toBytes())
                .putLong(session)
                .putLong(frames)
                .putLong(bytes);
    }

    /// The packet, or empty for anything that is none: too long, too short, or of unknown kind.
    static Optional<Packet> decode(byte[] bytes) {
        if (bytes.length < 2 || bytes.length > BYTES_MAX) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(bytes);
        return switch (buffer.get()) {
            case ASK -> ClusterAddress.parse(rest(buffer)).map(Ask::new);
            case ANSWER -> answer(rest(buffer));
            case FRAME -> frame(buffer);
            case SEEN -> seen(buffer);
            default -> Optional.empty();
        };
    }

    private static Optional<Packet> answer(String text) {
        var isMember = text.startsWith("+");
        return isMember || text.startsWith("-")
                ? ClusterAddress.parse(text.substring(1)).map(from -> new Answer(from, isMember))
                : Optional.empty();
    }

    private static Optional<Packet> frame(ByteBuffer buffer) {
        if (buffer.limit() < FIELDS_BYTES) {
            return Optional.empty();
        }
        var from = node(buffer);
        var session = buffer.getLong();
        var frames = buffer.getLong();
        var bytes = buffer.getLong();
        var content = new byte[buffer.remaining()];
        buffer.get(content);
        return content.length > ClusterChannel.FRAME_BYTES_MAX
                ? Optional.empty()
                : Optional.of(new Frame(from, session, frames, bytes, content));
    }

    private static Optional<Packet> seen(ByteBuffer buffer) {
        return buffer.limit() == FIELDS_BYTES
                ? Optional.of(new Seen(node(buffer), buffer.getLong(), buffer.getLong(),
                        buffer.getLong()))
                : Optional.empty();
    }

    private static NodeId node(ByteBuffer buffer) {
        var id = new byte[NodeId.SIZE_BYTES];
        buffer.get(id);
        return NodeId.of(id);
    }

    private static String rest(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer).toString();
    }
}
