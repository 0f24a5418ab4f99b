package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.PubsubRoute;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.RpcRoute;
import io.macula.actors.wire.Value;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RouteFramesTest {

    private static final Bytes ID = Bytes.utf8("id");
    private static final Bytes CALLER = idOf(node(1));
    private static final RpcRequest REQUEST = RpcRequest
            .of(ID, "add", Bytes.utf8("[1,2]"), CALLER)
            .withTimeoutMillis(5_000)
            .withIdempotent(true);
    private static final Value.Map CALL = RouteFrames.call(node(2), CALLER, REQUEST).payload();

    @SuppressWarnings("unchecked")
    private static <M extends Message> M overTheWire(M message) {
        var decoded = FrameCodec.decode(FrameCodec.encode(message));
        return (M) ((Decoded.Ok) decoded).message();
    }

    private static RpcRoute route(String payloadType, Value.Map payload) {
        return new RpcRoute(idOf(node(2)), CALLER, 0, 5, payloadType, payload);
    }

    @Test
    void carriesAPublishToANode() {
        var publish = Publish.of("a.b", Bytes.utf8("21"), 0, false, ID);

        var route = overTheWire(RouteFrames.publish(node(2), CALLER, publish));

        assertThat(route.destinationNodeId()).isEqualTo(idOf(node(2)));
        assertThat(route.sourceNodeId()).isEqualTo(CALLER);
        assertThat(route.hopCount()).isZero();
        assertThat(route.maxHops()).isEqualTo(RouteFrames.HOPS_MAX);
        assertThat(route.payload()).isEqualTo(publish);
    }

    @Test
    void carriesACallWithItsDeadlineAndWhetherItMayRunTwice() {
        var call = RouteFrames.callOf(overTheWire(RouteFrames.call(node(2), CALLER, REQUEST)));

        assertThat(call).hasValue(REQUEST);
    }

    @Test
    void carriesAResultAndAnErrorBack() {
        var result = RpcReply.result(ID, idOf(node(2)), Bytes.utf8("3"));
        var error = RpcReply.error(ID, idOf(node(2)), "busy", "too much to do");

        var routed = Stream.of(result, error)
                .map(reply -> overTheWire(RouteFrames.reply(CALLER, idOf(node(2)), reply)))
                .toList();

        assertThat(routed).extracting(RpcRoute::destinationNodeId).containsOnly(CALLER);
        assertThat(RouteFrames.replyOf(routed.getFirst())).hasValue(result);
        assertThat(RouteFrames.replyOf(routed.getLast())).hasValue(error);
        assertThat(routed).allSatisfy(
                route -> assertThat(RouteFrames.callOf(route)).as("no call").isEmpty());
    }

    @Test
    void namesTheSenderOfTheRouteAndNotWhoeverThePayloadNames() {
        var forged = CALL.with("from_node", idOf(node(66)));

        assertThat(RouteFrames.callOf(route("call", forged))).hasValueSatisfying(
                request -> assertThat(request.fromNode()).isEqualTo(CALLER));
        assertThat(RouteFrames.replyOf(route("reply", forged))).hasValueSatisfying(
                reply -> assertThat(reply.fromNode()).isEqualTo(CALLER));
    }

    static Stream<Value.Map> notCalls() {
        var list = Value.of(List.of(Value.of(1)));
        return Stream.of(Value.Map.EMPTY, Value.Map.EMPTY.with("request_id", ID),
                Value.Map.EMPTY.with("procedure", "add"), CALL.with("request_id", 7),
                CALL.with("request_id", Value.Nil.NIL), CALL.with("request_id", list),
                CALL.with("procedure", list), CALL.with("procedure", new Value.Float(1)),
                CALL.with("procedure", Bytes.of(new byte[]{(byte) 0xff})));
    }

    @ParameterizedTest
    @MethodSource("notCalls")
    void takesNothingForACallThatLacksWhatACallNeeds(Value.Map payload) {
        assertThat(RouteFrames.callOf(route("call", payload))).isEmpty();
    }

    @Test
    void takesNoCallForAReplyNorWhatIsNeither() {
        assertThat(RouteFrames.replyOf(route("call", CALL))).isEmpty();
        assertThat(RouteFrames.callOf(route("reply", CALL))).isEmpty();
        for (var type : new String[]{"", "CALL", "cast"}) {
            assertThat(RouteFrames.callOf(route(type, CALL))).isEmpty();
            assertThat(RouteFrames.replyOf(route(type, CALL))).isEmpty();
        }
        assertThat(RouteFrames.replyOf(route("reply", Value.Map.EMPTY))).isEmpty();
        assertThat(RouteFrames.replyOf(route("reply", Value.Map.EMPTY.with("request_id", 7))))
                .isEmpty();
    }

    @Test
    void leavesOutWhatACallSaysWronglyButCanDoWithout() {
        var odd = Value.Map.EMPTY.with("request_id", ID)
                .with("procedure", "add")
                .with("args", 7)
                .with("timeout_ms", "soon")
                .with("idempotent", 1);

        assertThat(RouteFrames.callOf(route("call", odd)))
                .hasValue(RpcRequest.of(ID, "add", Bytes.EMPTY, CALLER));
    }

    @Test
    void doesNotTakeAnErrorItCannotReadForAResult() {
        var unreadable = Value.Map.EMPTY.with("request_id", ID).with("result", "3");

        assertThat(RouteFrames.replyOf(route("reply", unreadable.with("error", 7)))).isEmpty();
        assertThat(RouteFrames.replyOf(route("reply",
                unreadable.with("error", Bytes.of(new byte[]{(byte) 0xff}))))).isEmpty();
        assertThat(RouteFrames.replyOf(route("reply",
                unreadable.with("error", "busy").with("error_message", 7))))
                .hasValue(RpcReply.error(ID, CALLER, "busy", "busy"));
    }

    @ParameterizedTest
    @CsvSource({"0,10,true", "0,1,true", "9,10,true", "9,2147483647,true", "0,0,false",
        "1,1,false", "10,10,false", "10,2147483647,false", "2147483647,2147483647,false",
        "-1,10,false", "-2147483648,10,false", "0,-1,false", "0,-2147483648,false"})
    void goesOnForSoManyHopsAndNeverForMoreThanTen(int hops, int hopsMax, boolean goesOn) {
        assertThat(RouteFrames.mayGoOn(hops, hopsMax)).isEqualTo(goesOn);
    }

    @Test
    void countsEachHopAndChangesNothingElse() {
        var publish = new PubsubRoute(idOf(node(2)), CALLER, 3, 5, "a",
                Publish.of("a", Bytes.EMPTY, 0, false, ID));

        assertThat(RouteFrames.onward(publish)).isEqualTo(new PubsubRoute(idOf(node(2)), CALLER,
                4, 5, "a", publish.payload()));
        assertThat(RouteFrames.onward(route("call", CALL))).isEqualTo(
                new RpcRoute(idOf(node(2)), CALLER, 1, 5, "call", CALL));
    }

    @Test
    void answersACallThatFindsNoWayAndNothingElse() {
        var answer = RouteFrames.noRoute(route("call", CALL), idOf(node(3))).orElseThrow();

        assertThat(answer.destinationNodeId()).isEqualTo(CALLER);
        assertThat(RouteFrames.replyOf(answer)).hasValueSatisfying(reply -> {
            assertThat(reply.requestId()).isEqualTo(ID);
            assertThat(reply.error()).isEqualTo(RpcError.NO_ROUTE.code());
        });
        assertThat(RouteFrames.noRoute(answer, idOf(node(3)))).isEmpty();
        assertThat(RouteFrames.noRoute(route("call", Value.Map.EMPTY), CALLER)).isEmpty();
    }

    @Test
    void readsOnlyIdsOfTheRightLengthAsNodes() {
        assertThat(RouteFrames.node(CALLER)).contains(node(1));
        assertThat(RouteFrames.node(Bytes.EMPTY)).isEmpty();
        assertThat(RouteFrames.node(Bytes.of(new byte[21]))).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void survivesWhateverAPayloadHolds(long seed) {
        var random = new Random(seed);
        var payload = Value.Map.EMPTY;
        for (var key : new String[]{"request_id", "procedure", "args", "timeout_ms",
            "idempotent", "result", "error", "error_message"}) {
            payload = random.nextInt(4) == 0 ? payload : payload.with(key, any(random, 3));
        }

        var call = RouteFrames.callOf(overTheWire(route("call", payload)));
        var reply = RouteFrames.replyOf(overTheWire(route("reply", payload)));

        var hasId = payload.bytes("request_id").isPresent();
        assertThat(call.isPresent()).isEqualTo(hasId && payload.text("procedure").isPresent());
        assertThat(reply.isPresent()).isEqualTo(hasId
                && (payload.get("error").isEmpty() || payload.text("error").isPresent()));
    }

    private static Value any(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> Value.Nil.NIL;
            case 1 -> new Value.Bool(random.nextBoolean());
            case 2 -> new Value.Int(random.nextLong());
            case 3 -> new Value.Float(random.nextDouble());
            case 4 -> {
                var bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                yield new Value.Binary(Bytes.of(bytes));
            }
            case 5 -> new Value.Text("text-" + random.nextInt());
            case 6 -> Value.of(List.of(any(random, depth - 1), any(random, depth - 1)));
            default -> Value.Map.EMPTY.with("request_id", any(random, depth - 1));
        };
    }
}
