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
        StateSync, Deliver, Ask, Answer {

    MessageType type();

    /// Writes the payload.
    void encode(FieldWriter out);

    /// About how many bytes the message's larger fields take, to size the buffer once.
    default int bodyBytes() {
        return 0;
    }

    /// About how many bytes the frame takes: when it is exactly so many, it is not copied once more.
    default int frameBytes() {
        return 256 + bodyBytes();
    }

    /// A key of one letter.
    int SHORT_KEY_BYTES = 3;

    static int shortField(@Nullable Bytes bytes) {
        return bytes == null ? 0 : shortField(bytes.sizeBytes());
    }

    /// Of a text in ASCII.
    static int shortField(@Nullable String text) {
        return text == null ? 0 : shortField(text.length());
    }

    private static int shortField(int length) {
        return SHORT_KEY_BYTES + (length <= 0xff ? 2 : length <= 0xffff ? 3 : 5) + length;
    }

    static int shortField(@Nullable Long number) {
        if (number == null) {
            return 0;
        }
        return SHORT_KEY_BYTES + (number <= 0x7f
                ? 1
                : number <= 0xff ? 2 : number <= 0xffff ? 3 : number <= 0xffff_ffffL ? 5 : 9);
    }

    static int sizeBytes(@Nullable Bytes bytes) {
        return bytes == null ? 0 : bytes.sizeBytes();
    }
}
