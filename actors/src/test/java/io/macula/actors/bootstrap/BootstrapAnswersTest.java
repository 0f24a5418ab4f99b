package io.macula.actors.bootstrap;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.Party;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Call;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindNodeReply;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.FindValueReply;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Value;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapAnswersTest {

    private static final Bytes ID = Bytes.utf8("request");
    private static final Instant SEEN = Instant.ofEpochSecond(1_000);

    private final BootstrapAnswers answers = new BootstrapAnswers(node(0), "10.0.0.1:9443", "lab");

    private static BootstrapRegistry.Entry listed(int number, String endpoint) {
        return new BootstrapRegistry.Entry(node(number), endpoint, SEEN);
    }

    private static List<Bytes> ids(FindNodeReply reply) {
        return reply.nodes().stream().map(each -> each.bytes("node_id").orElseThrow()).toList();
    }

    private static BigInteger distance(Bytes one, Bytes other) {
        return new BigInteger(1, one.toArray()).xor(new BigInteger(1, other.toArray()));
    }

    @Test
    void namesTheTwentyNodesClosestToTheTarget() {
        var listed = IntStream.rangeClosed(1, 100)
                .mapToObj(number -> listed(number, "10.0.1." + number + ":9443"))
                .toList();
        var target = idOf(node(500));

        var reply = (FindNodeReply) answers.closest(
                FindNode.of(target).withRequestId(ID), listed);

        var expected = IntStream.rangeClosed(0, 100)
                .mapToObj(number -> idOf(node(number)))
                .sorted(Comparator.comparing(id -> distance(id, target)))
                .limit(20)
                .toList();
        assertThat(ids(reply)).isEqualTo(expected);
        assertThat(reply.requestId()).isEqualTo(ID);
    }

    @Test
    void namesOnlyNodesThatListenAndAnswersAnyTarget() {
        var silent = List.of(listed(1, ""), listed(2, "10.0.0.2:9443"));

        for (var target : List.of(Bytes.EMPTY, Bytes.utf8("x"), Bytes.of(new byte[64]))) {
            var reply = (FindNodeReply) answers.closest(FindNode.of(target), silent);
            assertThat(ids(reply)).containsExactlyInAnyOrder(idOf(node(0)), idOf(node(2)));
        }
    }

    @Test
    void doesNotNameItselfWhenItDoesNotKnowWhereItListens() {
        var shy = new BootstrapAnswers(node(0), "", "lab");

        assertThat(ids((FindNodeReply) shy.closest(FindNode.of(ID), List.of()))).isEmpty();
    }

    @Test
    void namesTheProvidersOfAProcedure() {
        var reply = (FindValueReply) answers.offered(FindValue.of(ID).withRequestId(ID),
                List.of(Party.Self.SELF, new Party.Client(node(1), 7)));

        assertThat(reply.value()).isInstanceOfSatisfying(Value.Array.class,
                array -> assertThat(array.elements())
                        .extracting(each -> ((Value.Map) each).bytes("node_id").orElseThrow())
                        .containsExactly(idOf(node(0)), idOf(node(1))));
        assertThat(reply.requestId()).isEqualTo(ID);
    }

    @Test
    void namesNoNodesWhenNobodyOffersIt() {
        var reply = (FindValueReply) answers.offered(FindValue.of(ID), List.of());

        assertThat(reply.result()).isEqualTo("nodes");
        assertThat(reply.nodes()).isEmpty();
    }

    @Test
    void listsTheGatewaysOfTheRealm() {
        var reply = (Reply) answers.called(Call.of(ID, "_dht.list_gateways"),
                List.of(listed(1, "[::1]:9444"), listed(2, "not an address"), listed(3, "")));

        var peers = (Value.Array) ((Value.Map) Objects.requireNonNull(reply.result()))
                .get("peers")
                .orElseThrow();
        assertThat(peers.elements()).hasSize(2);
        var second = (Value.Map) peers.elements().getLast();
        assertThat(second.text("host")).contains("::1");
        assertThat(second.number("port")).contains(9444L);
        assertThat(second.text("realm")).contains("lab");
        assertThat(second.number("registered_at")).contains(1_000L);
    }

    @Test
    void refusesEveryOtherProcedure() {
        var reply = (Reply) answers.called(Call.of(ID, "calculator.add"), List.of());

        assertThat(reply.error()).extracting("code").isEqualTo("gateway_bootstrap_only");
    }
}
