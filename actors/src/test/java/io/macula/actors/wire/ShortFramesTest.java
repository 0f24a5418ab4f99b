package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The frames with keys of one letter.
class ShortFramesTest {

    private static final Bytes ID = Bytes.wrap(new byte[16]);
    private static final Bytes NODE = Bytes.wrap(new byte[20]);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static Bytes payload(int bytes) {
        return Bytes.wrap(new byte[bytes]);
    }

    private static RpcRequest request(int bytes) {
        return RpcRequest.of(ID, "shop.price", payload(bytes), NODE)
                .withTargetNode(NODE)
                .withTimeoutMillis(30_000)
                .withIdempotent(false);
    }

    @Test
    void knowHowLongTheyWillBeSoThatTheyAreWrittenOnce() {
        for (var bytes : new int[]{0, 1, 255, 256, 65_535, 65_536}) {
            var reply = RpcReply.result(ID, NODE, payload(bytes));
            for (var message : List.of(Ask.of(request(bytes)),
                    Ask.of(request(bytes).withIdempotent(true).withTraceparent(TRACE)),
                    Ask.of(request(bytes).withTimeoutMillis(1)),
                    Ask.of(request(bytes).withTimeoutMillis(100_000)),
                    Answer.of(reply), Answer.of(reply.withTraceparent(TRACE)),
                    Answer.of(RpcReply.error(ID, NODE, "busy", "later")),
                    Deliver.of(Publish.of("a.b", payload(bytes), 1, true, ID)))) {
                assertThat(FrameCodec.encode(message)).as(message.type().wireName())
                        .hasSize(message.frameBytes());
            }
        }
    }

    @Test
    void growWhereTheyHaveMistakenThemselves() {
        var ask = new Ask("a", Bytes.EMPTY, ID, -1L, null, "äöü");

        assertThat(FrameCodec.decode(FrameCodec.encode(ask))).isEqualTo(new Decoded.Ok(ask));
    }

    @Test
    void sayACallAndItsAnswerInLessThanTwoThirds() {
        var reply = RpcReply.result(ID, NODE, payload(128)).withToNode(NODE);

        assertThat(FrameCodec.encode(Ask.of(request(128)))).hasSizeLessThan(
                FrameCodec.encode(request(128)).length * 2 / 3);
        assertThat(FrameCodec.encode(Answer.of(reply))).hasSizeLessThan(
                FrameCodec.encode(reply).length * 2 / 3);
        assertThat(Answer.of(reply).reply(NODE).result()).isEqualTo(reply.result());
    }
}
