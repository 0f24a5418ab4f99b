package io.macula.actors.link;

import io.macula.actors.wire.MessageType;

/// What a stream of a link carries. A link has one long-lived stream per class, so that a bulk
/// transfer never delays a call. The class follows from the QUIC stream id: the dialler opens
/// them in this order.
public enum StreamClass {
    /// Handshake, heartbeats, subscriptions, the directory.
    CONTROL,
    /// Requests and replies.
    CALL,
    /// Published messages.
    PUBLISH,
    /// Anything large that may wait.
    BULK;

    /// The class of a dialler-opened bidirectional stream (RFC 9000, 2.1): id 0, 4, 8 or 12.
    public static StreamClass ofStreamId(long id) {
        if (id % 4 != 0 || id < 0 || id / 4 >= values().length) {
            throw new IllegalArgumentException("no stream class has the stream id " + id);
        }
        return values()[(int) (id / 4)];
    }

    /// The class a message of this type travels in.
    public static StreamClass of(MessageType type) {
        return switch (type) {
            case CONNECT, DISCONNECT, PING, PONG, SUBSCRIBE, UNSUBSCRIBE, SWIM_PING, SWIM_ACK,
                    SWIM_PING_REQ, FIND_NODE, FIND_NODE_REPLY, STORE, FIND_VALUE, FIND_VALUE_REPLY,
                    NAT_PROBE, NAT_PROBE_REPLY, PUNCH_REQUEST, PUNCH_COORDINATE, PUNCH_EXECUTE,
                    PUNCH_RESULT, RELAY_REQUEST ->
                CONTROL;
            case CALL, REPLY, CAST, RPC_ROUTE, RPC_REQUEST, RPC_REPLY, BRIDGE_RPC, ASK, ANSWER ->
                CALL;
            case PUBLISH, PUBSUB_ROUTE, DELIVER, GOSSIP_PUSH, GOSSIP_PULL, GOSSIP_PULL_REPLY,
                    GOSSIP_SYNC,
                    GOSSIP_SYNC_REPLY ->
                PUBLISH;
            case RELAY_DATA, BRIDGE_DATA, REGISTRY_PUBLISH, REGISTRY_PUBLISH_ACK, REGISTRY_FETCH,
                    REGISTRY_FETCH_REPLY, REGISTRY_QUERY, REGISTRY_QUERY_REPLY, REGISTRY_VERIFY,
                    REGISTRY_VERIFY_REPLY, REGISTRY_SYNC, REGISTRY_SYNC_REPLY, STATE_SYNC ->
                BULK;
        };
    }
}
