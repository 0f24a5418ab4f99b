package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// What a frame carries: one record per [MessageType]. A component that may be null stands for a
/// key that may be absent; absent and empty are different things and both survive a round trip.
///
/// Reading is tolerant (`docs/reference/wire.md`): keys we do not know are passed over, and only
/// the fields a message makes no sense without are required.
public sealed interface Message permits
        Opaque, Connect, Disconnect, Ping, Pong, Publish, Subscribe, Unsubscribe, PubsubRoute,
        Call, Reply, Cast, RpcRoute, RpcRequest, RpcReply, FindNode, FindNodeReply, Store,
        FindValue, FindValueReply, NatProbe, NatProbeReply, PunchRequest, PunchCoordinate,
        PunchResult, RelayRequest, RelayData, BridgeRpc, BridgeData, GossipPush, GossipPull,
        GossipPullReply, GossipSync, GossipSyncReply, RegistryPublish, RegistryPublishAck,
        RegistryFetch, RegistryFetchReply, RegistryQuery, RegistryQueryReply, RegistryVerify,
        RegistryVerifyReply, RegistrySync, RegistrySyncReply,
        StateSync, Deliver {

    MessageType type();

    /// Writes the payload.
    void encode(FieldWriter out);

    /// About how many bytes the message's larger fields take, to size the buffer once.
    default int bodyBytes() {
        return 0;
    }

    static int sizeBytes(@Nullable Bytes bytes) {
        return bytes == null ? 0 : bytes.sizeBytes();
    }
}
