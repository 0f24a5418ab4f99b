package io.macula.actors.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every message type that has an id: those of Macula 0.14, the gossip and registry ids that 0.15
/// and 0.16 added, and our own from 0x90 on.
@SuppressWarnings("ImmutableEnumChecker") // decoders are functions without state
public enum MessageType {
    CONNECT(0x01, Connect::decode), DISCONNECT(0x02, Disconnect::decode), PING(0x03,
            Ping::decode), PONG(0x04, Pong::decode), PUBLISH(0x10, Publish::decode), SUBSCRIBE(0x11,
                    Subscribe::decode), UNSUBSCRIBE(0x12, Unsubscribe::decode), PUBSUB_ROUTE(0x13,
                            PubsubRoute::decode), CALL(0x20, Call::decode), REPLY(0x21,
                                    Reply::decode), CAST(0x22, Cast::decode), RPC_ROUTE(0x23,
                                            RpcRoute::decode), RPC_REQUEST(0x24,
                                                    RpcRequest::decode), RPC_REPLY(0x25,
                                                            RpcReply::decode), SWIM_PING(
                                                                    0x30), SWIM_ACK(
                                                                            0x31), SWIM_PING_REQ(
                                                                                    0x32), FIND_NODE(
                                                                                            0x40,
                                                                                            FindNode::decode), FIND_NODE_REPLY(
                                                                                                    0x41,
                                                                                                    FindNodeReply::decode), STORE(
                                                                                                            0x42,
                                                                                                            Store::decode), FIND_VALUE(
                                                                                                                    0x43,
                                                                                                                    FindValue::decode), FIND_VALUE_REPLY(
                                                                                                                            0x44,
                                                                                                                            FindValueReply::decode), NAT_PROBE(
                                                                                                                                    0x50,
                                                                                                                                    NatProbe::decode), NAT_PROBE_REPLY(
                                                                                                                                            0x51,
                                                                                                                                            NatProbeReply::decode), PUNCH_REQUEST(
                                                                                                                                                    0x52,
                                                                                                                                                    PunchRequest::decode), PUNCH_COORDINATE(
                                                                                                                                                            0x53,
                                                                                                                                                            PunchCoordinate::decode), PUNCH_EXECUTE(
                                                                                                                                                                    0x54), PUNCH_RESULT(
                                                                                                                                                                            0x55,
                                                                                                                                                                            PunchResult::decode), RELAY_REQUEST(
                                                                                                                                                                                    0x56,
                                                                                                                                                                                    RelayRequest::decode), RELAY_DATA(
                                                                                                                                                                                            0x57,
                                                                                                                                                                                            RelayData::decode), BRIDGE_RPC(
                                                                                                                                                                                                    0x60,
                                                                                                                                                                                                    BridgeRpc::decode), BRIDGE_DATA(
                                                                                                                                                                                                            0x61,
                                                                                                                                                                                                            BridgeData::decode), GOSSIP_PUSH(
                                                                                                                                                                                                                    0x70,
                                                                                                                                                                                                                    GossipPush::decode), GOSSIP_PULL(
                                                                                                                                                                                                                            0x71,
                                                                                                                                                                                                                            GossipPull::decode), GOSSIP_PULL_REPLY(
                                                                                                                                                                                                                                    0x72,
                                                                                                                                                                                                                                    GossipPullReply::decode), GOSSIP_SYNC(
                                                                                                                                                                                                                                            0x73,
                                                                                                                                                                                                                                            GossipSync::decode), GOSSIP_SYNC_REPLY(
                                                                                                                                                                                                                                                    0x74,
                                                                                                                                                                                                                                                    GossipSyncReply::decode), REGISTRY_PUBLISH(
                                                                                                                                                                                                                                                            0x80,
                                                                                                                                                                                                                                                            RegistryPublish::decode), REGISTRY_PUBLISH_ACK(
                                                                                                                                                                                                                                                                    0x81,
                                                                                                                                                                                                                                                                    RegistryPublishAck::decode), REGISTRY_FETCH(
                                                                                                                                                                                                                                                                            0x82,
                                                                                                                                                                                                                                                                            RegistryFetch::decode), REGISTRY_FETCH_REPLY(
                                                                                                                                                                                                                                                                                    0x83,
                                                                                                                                                                                                                                                                                    RegistryFetchReply::decode), REGISTRY_QUERY(
                                                                                                                                                                                                                                                                                            0x84,
                                                                                                                                                                                                                                                                                            RegistryQuery::decode), REGISTRY_QUERY_REPLY(
                                                                                                                                                                                                                                                                                                    0x85,
                                                                                                                                                                                                                                                                                                    RegistryQueryReply::decode), REGISTRY_VERIFY(
                                                                                                                                                                                                                                                                                                            0x86,
                                                                                                                                                                                                                                                                                                            RegistryVerify::decode), REGISTRY_VERIFY_REPLY(
                                                                                                                                                                                                                                                                                                                    0x87,
                                                                                                                                                                                                                                                                                                                    RegistryVerifyReply::decode), REGISTRY_SYNC(
                                                                                                                                                                                                                                                                                                                            0x88,
                                                                                                                                                                                                                                                                                                                            RegistrySync::decode), REGISTRY_SYNC_REPLY(
                                                                                                                                                                                                                                                                                                                                    0x89,
                                                                                                                                                                                                                                                                                                                                    RegistrySyncReply::decode), STATE_SYNC(
                                                                                                                                                                                                                                                                                                                                            0x90,
                                                                                                                                                                                                                                                                                                                                            StateSync::decode), DELIVER(
                                                                                                                                                                                                                                                                                                                                                    0x91,
                                                                                                                                                                                                                                                                                                                                                    Deliver::decode), ASK(
                                                                                                                                                                                                                                                                                                                                                            0x92,
                                                                                                                                                                                                                                                                                                                                                            Ask::decode), ANSWER(
                                                                                                                                                                                                                                                                                                                                                                    0x93,
                                                                                                                                                                                                                                                                                                                                                                    Answer::decode);

    /// Reads the payload of one type; the map of its fields comes next.
    interface Decoder {
        Message decode(FieldReader in);
    }

    private static final @Nullable MessageType[] BY_ID = new @Nullable MessageType[256];

    static {
        for (var type : values()) {
            BY_ID[type.id] = type;
        }
    }

    private final int id;
    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final Decoder decoder;

    MessageType(int id, Decoder decoder) {
        this.id = id;
        this.decoder = decoder;
    }

    /// A type whose fields nobody defined: see [Opaque].
    MessageType(int id) {
        this.id = id;
        this.decoder = in -> Opaque.decode(this, in);
    }

    /// The second byte of the frame, 1 to 255.
    public int id() {
        return id;
    }

    /// The name in snake_case.
    public String wireName() {
        return wireName;
    }

    /// The type with this id.
    public static Optional<MessageType> of(int id) {
        return id < 0 || id > 255 ? Optional.empty() : Optional.ofNullable(ofId(id));
    }

    /// The type with this name in snake_case.
    public static Optional<MessageType> of(String wireName) {
        return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
    }

    static @Nullable MessageType ofId(int id) {
        return BY_ID[id];
    }

    Message decode(FieldReader in) {
        return decoder.decode(in);
    }
}
