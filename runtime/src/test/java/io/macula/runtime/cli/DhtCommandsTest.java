package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.DhtConfig;
import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.InterestKeys;
import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.dht.RoutingServer;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.TopicPattern;
import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.NodeId;
import io.macula.runtime.control.ControlServer;
import io.macula.runtime.control.IdleControl;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Three nodes whose frames stay in this JVM; the first two have a control socket.
class DhtCommandsTest {

    private static final ActorTestKit KIT = ActorTestKit.create();

    private final Map<NodeId, Discovery> nodes = new ConcurrentHashMap<>();
    private final List<ControlServer> servers = new ArrayList<>();
    @TempDir Path home;
    private Discovery first;
    private Discovery second;

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void start() throws Exception {
        var seed = new Contact(NodeKey.generate().id(), Endpoint.of("127.0.0.1", 1));
        first = node(1, seed);
        second = node(2, seed);
        node(3, seed);
        listen("one", Optional.of(first));
        listen("two", Optional.of(second));
        listen("without", Optional.empty());
    }

    @AfterEach
    void close() {
        servers.forEach(ControlServer::close);
    }

    private Discovery node(int number, Contact stranger) throws Exception {
        var key = NodeKey.generate();
        var self = new Contact(key.id(), Endpoint.of("127.0.0.1", 7_000 + number));
        var address = new PeerAddress(key.id(), "127.0.0.1", 7_000 + number);
        var discovery = new Discovery(new Discovery.Parts(key, Realm.open("home"),
                () -> new Provider(key.id(), List.of(address), List.of(), number),
                DhtConfig.DEFAULT, Clock.systemUTC(), Runnable::run));
        discovery.attach(KIT.spawn(RoutingServer.create(new RoutingServer.Parts(self, discovery,
                (to, frame, undeliverable) -> send(self, to, frame, undeliverable), List::of,
                new Random(number)))));
        var seeds = new ArrayList<>(List.of(stranger));
        nodes.keySet().forEach(id -> seeds.add(new Contact(id, self.endpoint())));
        nodes.put(key.id(), discovery);
        discovery.join(seeds).toCompletableFuture().get(20, TimeUnit.SECONDS);
        return discovery;
    }

    private void send(Contact from, Contact to, Message frame, Runnable undeliverable) {
        var receiver = nodes.get(to.id());
        if (receiver == null) {
            undeliverable.run();
        } else {
            receiver.received(from, true, frame);
        }
    }

    private void listen(String folder, Optional<Discovery> discovery) throws IOException {
        var control = new IdleControl() {
            @Override
            public Optional<Discovery> discovery() {
                return discovery;
            }
        };
        var dataDir = Files.createDirectories(home.resolve(folder));
        if (ControlServer.start(dataDir,
                control) instanceof ControlServer.Started.Listening(var server)) {
            servers.add(server);
        }
    }

    private Terminal.Result dht(String folder, String... words) {
        var line = new ArrayList<>(List.of("dht"));
        line.addAll(List.of(words));
        line.addAll(List.of("--data-dir", home.resolve(folder).toString()));
        return new Terminal(new FakeMesh(), home).run(line.toArray(String[]::new));
    }

    @Test
    void whatOneNodeStoresAnotherFinds() {
        var put = dht("one", "put", "greeting", "hello there", "--ttl", "10m");
        var got = dht("two", "get", "greeting");

        assertThat(put.out()).startsWith("kept by 3 of 3 nodes until 20");
        assertThat(put.code()).isZero();
        assertThat(got.out()).isEqualTo("hello there\n");
        assertThat(got.code()).isZero();
    }

    @Test
    void programsReadJson() {
        dht("one", "put", "greeting", "hello");
        var got = dht("two", "get", "greeting", "--json");

        assertThat(Json.parse(got.out())).isInstanceOfSatisfying(Json.Parsed.Value.class,
                json -> {
                    assertThat(json.node().path("value").asText()).isEqualTo("hello");
                    assertThat(json.node().path("owner").asText()).hasSize(40);
                    assertThat(json.node().has("ok")).isFalse();
                });
    }

    @Test
    void whatNobodyStoredIsNotFound() {
        var got = dht("two", "get", "nothing");

        assertThat(got.code()).isEqualTo(3);
        assertThat(got.err()).contains("nobody keeps a value under 'nothing'");
        assertThat(got.out()).isEmpty();
    }

    @Test
    void aKeyOfAnotherNodeCannotBeTaken() {
        dht("one", "put", "greeting", "hello");

        var refused = dht("two", "put", "greeting", "mine now");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("belongs to another node until its value expires");
        assertThat(dht("two", "get", "greeting").out()).isEqualTo("hello\n");
    }

    @Test
    void aLookupTellsWhomItAsked() {
        var target = NodeId.hashOf(new byte[]{1}).hex();

        var nearest = dht("one", "lookup", target);
        var traced = dht("one", "lookup", "greeting", "--trace");

        assertThat(nearest.out()).startsWith("NODE").contains("127.0.0.1:", " requests, ");
        assertThat(nearest.out().lines()).hasSize(4);
        assertThat(traced.out()).contains("HOP", "answered");
    }

    @Test
    void theTableShowsTheOthers() {
        var table = dht("one", "table");

        assertThat(table.out()).startsWith("BUCKET").contains(": 2 contacts, 0 values");
        assertThat(dht("one", "table", "--json").out()).contains("\"contacts\":[{\"bucket\":0");
    }

    @Test
    void providersAreShownWithTheirAddresses() throws Exception {
        first.advertise(RealmKey.procedure("home", "add"))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        second.advertise(new InterestKeys("home").keyOf(TopicPattern.of("a.*").orElseThrow()))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        assertThat(dht("two", "providers", "add").out()).contains("127.0.0.1:7001",
                "procedure add");
        assertThat(dht("one", "providers", "a.b", "--topic").out()).contains("127.0.0.1:7002",
                "topic-prefix a");
        assertThat(dht("one", "providers", "a.**", "--topic").out()).contains("127.0.0.1:7002");
        var nobody = dht("one", "providers", "mul");
        assertThat(nobody.code()).isEqualTo(3);
        assertThat(nobody.err()).contains("nobody is known under 'mul'");
    }

    @Test
    void badInputIsOneSentence() {
        assertRefused(dht("one", "providers", "a..b"), "empty segment");
        assertRefused(dht("one", "providers", "a.b*", "--topic"), "not a whole segment");
        assertRefused(dht("one", "get", ""), "1 to 255 characters");
        assertRefused(dht("one", "get", "k".repeat(256)), "1 to 255 characters");
        assertRefused(dht("one", "put", "k", "v".repeat(4_097)), "at most 4096 bytes");
        assertRefused(dht("one", "put", "k", "v", "--ttl", "0s"), "not a time");
        assertRefused(dht("one", "providers", "a", "--topic", "--procedure"), "--topic");
    }

    private static void assertRefused(Terminal.Result result, String because) {
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().asString().contains(because);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get k", "put k v", "lookup k", "table", "providers p"})
    void withoutANodeOrItsPartInTheDhtThereIsNoAnswer(String line) {
        var words = line.split(" ", -1);

        assertThat(dht("nowhere", words)).satisfies(nowhere -> {
            assertThat(nowhere.code()).isEqualTo(3);
            assertThat(nowhere.err()).contains("no node is running in");
        });
        assertThat(dht("without", words)).satisfies(without -> {
            assertThat(without.code()).isEqualTo(1);
            assertThat(without.err()).contains("takes no part in the DHT");
        });
    }
}
