package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.state.Outcome;
import io.macula.actors.state.SharedState;
import io.macula.actors.state.StateConfig;
import io.macula.actors.state.StateCounters;
import io.macula.actors.state.StateKeeper;
import io.macula.actors.state.StateReplicator;
import io.macula.dht.NodeId;
import io.macula.runtime.control.ControlServer;
import io.macula.runtime.control.IdleControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes that do not know each other, and one that shares nothing, each with a control socket.
class StateCommandsTest {

    private static final ActorTestKit KIT = ActorTestKit.create();

    @TempDir Path home;
    private final List<ControlServer> servers = new ArrayList<>();
    private SharedState node;

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void start() throws Exception {
        node = node(1);
        listen("one", Optional.of(node));
        listen("two", Optional.of(node(2)));
        listen("without", Optional.empty());
    }

    @AfterEach
    void close() {
        servers.forEach(ControlServer::close);
    }

    private static SharedState node(int number) throws InterruptedException {
        var shared = new SharedState(new SharedState.Parts(
                NodeId.hashOf(new byte[]{(byte) number}), StateConfig.DEFAULT,
                StateKeeper.forgetful(), new StateCounters(), Runnable::run));
        var ready = new CountDownLatch(1);
        shared.attach(KIT.spawn(StateReplicator.create(new StateReplicator.Parts(shared,
                StateReplicator.Time.ofMachine(), new Random(number), _ -> {}),
                ready::countDown)));
        assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
        return shared;
    }

    private void listen(String folder, Optional<SharedState> shared) throws IOException {
        var control = new IdleControl() {
            @Override
            public Optional<SharedState> state() {
                return shared;
            }
        };
        var dataDir = Files.createDirectories(home.resolve(folder));
        if (ControlServer.start(dataDir,
                control) instanceof ControlServer.Started.Listening(var server)) {
            servers.add(server);
        }
    }

    private Terminal.Result state(String folder, String... words) {
        var line = new ArrayList<>(List.of("state"));
        line.addAll(List.of(words));
        line.addAll(List.of("--data-dir", home.resolve(folder).toString()));
        return new Terminal(new FakeMesh(), home).run(line.toArray(String[]::new));
    }

    private static void prints(Terminal.Result result, String... lines) {
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).containsExactly(lines);
    }

    private static void fails(Terminal.Result result, int code, String reason) {
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("macula: ").contains(reason);
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void whatThePlatformKeepsIsNotWrittenAndListedOnlyOnDemand() {
        for (var words : List.of(List.of("put", "macula/x", "1"), List.of("add", "macula/x", "1"),
                List.of("remove", "macula/x"), List.of("incr", "macula/x"))) {
            fails(state("one", words.toArray(String[]::new)), 2, "belong to the platform");
        }
        prints(state("one", "put", "owner", "ada"));
        var platform = node.update(List.of((root, tick) -> root.set("macula/x")
                .add(tick.dot(), "here"))).toCompletableFuture().join();
        assertThat(platform).isInstanceOf(Outcome.Done.class);

        assertThat(state("one", "get").out()).contains("owner").doesNotContain("macula/x");
        assertThat(state("one", "get", "--prefix", "macula/").out()).contains("macula/x");
        prints(state("one", "get", "macula/x"), "here");
    }

    @Test
    void whatIsWrittenIsRead() {
        prints(state("one", "put", "owner", "ada"));
        prints(state("one", "add", "cart", "milk"));
        prints(state("one", "add", "cart", "tea"));
        prints(state("one", "incr", "visits"), "1");
        prints(state("one", "incr", "visits", "-3"), "-2");

        prints(state("one", "get", "owner"), "ada");
        prints(state("one", "get", "cart"), "milk", "tea");
        prints(state("one", "get", "--prefix", "c"), "KEY   TYPE", "cart  set");
        assertThat(state("one", "get", "visits", "--json").out())
                .contains("\"key\":\"visits\"", "\"version\":\"", "\"values\":{\"counter\":-2}");
    }

    @Test
    void valuesOfSeveralTypesUnderOneNameAreToldApart() {
        state("one", "put", "x", "text");
        state("one", "incr", "x", "5");

        prints(state("one", "get", "x"), "counter 5", "register text");
    }

    @Test
    void removesAnElementOrAllOfIt() {
        state("one", "add", "cart", "milk");
        state("one", "add", "cart", "tea");

        prints(state("one", "remove", "cart", "milk"));
        prints(state("one", "get", "cart"), "tea");
        fails(state("one", "remove", "cart", "milk"), 3, "nothing to change");
        prints(state("one", "remove", "cart"));
        fails(state("one", "get", "cart"), 3, "nothing is kept under 'cart'");
    }

    @Test
    void bytesThatAreNoTextAreShownAsDigits() {
        state("one", "put", "raw", "hex:00ff");

        prints(state("one", "get", "raw"), "hex:00ff");
    }

    @Test
    void aVersionIsWaitedFor() {
        var out = state("one", "add", "cart", "milk", "--json").out();
        var version = out.replaceAll("(?s).*\"version\":\"([^\"]*)\".*", "$1");

        prints(state("one", "get", "cart", "--at-least", version), "milk");
        fails(state("one", "get", "cart", "--at-least", "nonsense"), 2, "no version");
    }

    @Test
    void watchTellsWhatIsThereAndEndsWhenItHasToldEnough() {
        state("one", "add", "cart", "milk");
        state("one", "incr", "visits");

        prints(state("one", "watch", "cart", "--count", "1"), "added cart milk");
        assertThat(state("one", "watch", "--count", "2", "--json").out().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("\"change\":\"counted\",\"value\":1"));
        var late = state("one", "watch", "cart", "--count", "2", "--timeout", "100ms");
        assertThat(late.code()).isEqualTo(5);
        assertThat(late.err()).contains("only 1 of 2 changes");
    }

    @Test
    void limitsAreToldInOneSentence() {
        fails(state("one", "add", "cart", "x".repeat(5_000)), 2,
                "element is 5000 and may be 4096");
        fails(state("one", "incr", "visits", "0"), 2, "other than 0");
        fails(state("one", "watch", "--count", "0"), 2, "--count");
    }

    @Test
    void diffTellsWhatTwoNodesHoldDifferently() {
        var one = home.resolve("one").toString();
        var two = home.resolve("two").toString();
        prints(new Terminal(new FakeMesh(), home).run("state", "diff", one, one, "--json"),
                "{\"equal\":true,\"fingerprints\":[\"" + "0".repeat(32) + "\",\"" + "0".repeat(32)
                        + "\"],\"differences\":[]}");
        state("one", "add", "cart", "milk");

        var result = new Terminal(new FakeMesh(), home).run("state", "diff", one, two);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().lines()).containsExactly(
                "KEY   TYPE  ENTRIES HERE  ENTRIES THERE", "cart  set   1             0");
        assertThat(result.err()).contains("hold 1 values differently");
    }

    @Test
    void saysWhatItCannotDo() {
        fails(state("without", "get", "cart"), 1, "shares no state");
        fails(state("nowhere", "get", "cart"), 3, "no node is running");
        fails(state("one", "snapshot", home.resolve("copy").toString()), 1, "in memory only");
        fails(state("one", "restore", home.resolve("nothing").toString()), 3, "there is no folder");
    }
}
