package io.macula.actors.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Frames that the Erlang Macula 0.14.3 encoder wrote, and what they say.
final class OriginalFrames {

    static final Bytes A = repeated(0xaa);
    static final Bytes B = repeated(0xbb);
    static final Bytes M = Bytes.parseHex("000102030405060708090a0b0c0d0e0f").orElseThrow();

    private static final Map<String, byte[]> FRAMES = load();

    private OriginalFrames() {}

    static List<String> names() {
        return List.copyOf(FRAMES.keySet());
    }

    static byte[] frame(String name) {
        var frame = FRAMES.get(name);
        if (frame == null) {
            throw new AssertionError("no frame is called " + name);
        }
        return frame.clone();
    }

    static List<byte[]> all() {
        return new ArrayList<>(FRAMES.values());
    }

    static Message message(String name) {
        return switch (name) {
            case "ping" -> new Ping(1_234_567_890);
            case "pong" -> Pong.of(1, 2);
            case "disconnect" -> Disconnect.of("normal", "bye");
            case "connect" -> Connect.of("1.0", A, "com.example.realm", List.of("pubsub", "rpc"))
                    .withEndpoint("https://localhost:9443");
            case "publish" -> publish();
            case "subscribe" -> Subscribe.of(List.of("a.*"), 0);
            case "subscribe_empty" -> Subscribe.of(List.of(), 0);
            case "unsubscribe" -> Unsubscribe.of(List.of("a.*"));
            case "pubsub_route" -> new PubsubRoute(B, A, 0, 10, "a.b", publish());
            case "call" -> Call.of(M, "p").withArgs(Value.of("{}"));
            case "reply_ok" -> Reply.result(M, Value.of("8"));
            case "reply_err" -> Reply.error(M, "no_handler", "x");
            case "cast" -> new Cast("p", Value.of("{}"));
            case "rpc_route" -> new RpcRoute(B, A, 0, 10, "call", Value.Map.EMPTY.with("args", "{}")
                    .with("call_id", M)
                    .with("procedure", "p")
                    .with("realm", "r"));
            case "rpc_request" -> rpcRequest();
            case "rpc_reply" ->
                new RpcReply(M, A, Bytes.utf8("8"), null, null, null, null, null, null);
            default -> directoryAndNat(name);
        };
    }

    private static Message directoryAndNat(String name) {
        return switch (name) {
            case "find_node" -> FindNode.of(A);
            case "find_node_reply" -> FindNodeReply
                    .of(List.of(Value.Map.EMPTY.with("address", "h:1").with("node_id", A)));
            case "store" -> Store.of(B, Value.Map.EMPTY.with("endpoint", "e")
                    .with("node_id", A)
                    .with("ttl", 300));
            case "find_value" -> FindValue.of(B);
            case "find_value_reply_value" -> FindValueReply
                    .value(Value.of(List.of(Value.Map.EMPTY.with("node_id", A))));
            case "find_value_reply_nodes_empty" -> FindValueReply.nodes(List.of());
            case "nat_probe" -> NatProbe.of(A, 9443).withRequestId(M);
            case "nat_probe_reply" ->
                NatProbeReply.of(A, "203.0.113.7", 40_001, 1).withRequestId(M);
            case "punch_coordinate" -> new PunchCoordinate(Bytes.utf8("s"), A, "h",
                    List.of(4433, 4434), 1, "initiator");
            case "punch_coordinate_surrogate_ports" -> new PunchCoordinate(Bytes.utf8("s"), A, "h",
                    List.of(56_000), 1, "target");
            case "relay_request" -> RelayRequest.of(Bytes.utf8("s"), A);
            case "relay_data" ->
                new RelayData(Bytes.utf8("s"), Bytes.of((byte) 1, (byte) 2, (byte) 3));
            case "bridge_rpc" -> new BridgeRpc("_dht.find_value", Value.Map.EMPTY.with("key", B), M,
                    5000L, null);
            case "bridge_data" -> BridgeData.of(Bytes.utf8("x"));
            default -> throw new AssertionError("no message is known for " + name);
        };
    }

    static Publish publish() {
        return Publish.of("a.b", Bytes.utf8("hi"), 0, false, M);
    }

    /// Its sender left out `type`, which [RpcRequest#of] would write.
    private static RpcRequest rpcRequest() {
        return new RpcRequest(M, "p", Bytes.utf8("{}"), A, null, null, null, null, null, null,
                null, null);
    }

    private static Bytes repeated(int value) {
        var bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) value);
        return Bytes.of(bytes);
    }

    private static Map<String, byte[]> load() {
        var frames = new LinkedHashMap<String, byte[]>();
        for (var file : List.of("macula-0.14-frames.json", "macula-0.14-more-frames.json")) {
            try (var in = OriginalFrames.class.getResourceAsStream("/vectors/" + file)) {
                new ObjectMapper().readTree(in)
                        .get("frames")
                        .properties()
                        .forEach(
                                frame -> frames.put(frame.getKey(),
                                        HexFormat.of().parseHex(frame.getValue().asText())));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return frames;
    }
}
