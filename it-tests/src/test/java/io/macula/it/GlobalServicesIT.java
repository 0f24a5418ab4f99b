package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Standing;
import io.macula.app.global.Acknowledgement;
import io.macula.app.global.Availability;
import io.macula.app.global.GlobalService;
import io.macula.app.global.GlobalServices.Hosted;
import io.macula.app.global.GlobalServices.Hosting;
import io.macula.app.global.GlobalServices.Reply;
import io.macula.app.global.GlobalState;
import io.macula.runtime.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service of which a Cluster runs one, called from everywhere, while its nodes go.
class GlobalServicesIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path folder;

    @AutoClose
    @Nullable ClusterNodes cluster;
    private final Map<Integer, Hosting> hostings = new TreeMap<>();

    /// Numbers what it is asked for, and remembers who asked.
    private record Tickets(String name, Acknowledgement acknowledgement, Availability availability)
            implements
                GlobalService {

        @Override
        public void init(GlobalState state) {
            state.text("motto").set("one at a time");
        }

        @Override
        public Rpc.Answer handle(Payload request, GlobalState state) {
            if (request.text().isEmpty()) {
                state.counter("given").add(1_000);
                return new Rpc.Answer.Failure("say who you are");
            }
            state.counter("given").add(1);
            state.set("holders").add(request.text());
            state.fields("numbers").put(request.text(), "" + state.counter("given").value());
            return new Rpc.Answer.Result(Payload.of(state.counter("given").value() + " of "
                    + state.set("holders").elements().size() + ", "
                    + state.text("motto").value().orElse("no motto")));
        }
    }

    @BeforeEach
    void prepare() {
        cluster = new ClusterNodes(folder, 3, "macula.realm.name = test");
    }

    private ClusterNodes cluster() {
        return Objects.requireNonNull(cluster);
    }

    private Node node(int number) {
        return cluster().node(number);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }

    private static Reply ask(Node node, String service, String who) {
        return get(node.globalServices().request(service, Payload.of(who), LONG));
    }

    private static String text(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Ok.class);
        return ((Reply.Ok) reply).value().text();
    }

    private void host(int number, GlobalService service) {
        var hosted = node(number).globalServices().host(service);
        assertThat(hosted).isInstanceOf(Hosted.Active.class);
        hostings.put(number, ((Hosted.Active) hosted).hosting());
    }

    private List<Integer> instances() {
        var all = new ArrayList<Integer>();
        hostings.forEach((number, hosting) -> {
            if (hosting.isInstance()) {
                all.add(number);
            }
        });
        return all;
    }

    /// One test, because starting nodes is what takes the time.
    @Test
    void oneInstanceAnswersEverybodyAndItsSuccessorGoesOn() {
        var tickets = new Tickets("shop.tickets", Acknowledgement.AFTER_MAJORITY,
                Availability.FENCED);
        for (var number = 0; number < 3; number++) {
            cluster().start(number);
            host(number, tickets);
        }
        try (var edge = Mesh.peerOf(node(2), "edge")) {
            await().atMost(LONG).until(() -> instances().size() == 1);
            assertThat(get(edge.joined(LONG))).isInstanceOf(Node.Joined.Connected.class);

            assertThat(text(ask(node(0), "shop.tickets", "ann")))
                    .isEqualTo("1 of 1, one at a time");
            assertThat(text(ask(node(1), "shop.tickets", "bob")))
                    .isEqualTo("2 of 2, one at a time");
            assertThat(text(ask(edge, "shop.tickets", "cyd"))).startsWith("3 of 3");
            assertThat(get(edge.rpc()
                    .call("shop.tickets", Payload.of("dan"),
                            Rpc.CallOptions.DEFAULT.withDeadline(LONG))))
                    .isEqualTo(new Rpc.Outcome.Ok(Payload.of("4 of 4, one at a time")));
            assertThat(ask(edge, "shop.tickets", ""))
                    .isEqualTo(new Reply.Failed("say who you are"));
            assertThat(ask(edge, "shop.nothing", "ann")).isInstanceOf(Reply.NotHosted.class);

            crashTheProcess();
            assertThat(text(ask(edge, "shop.tickets", "eve"))).startsWith("5 of 5");

            var first = instances().getFirst();
            var asker = first == 2 ? node(1) : edge;
            var stopped = first;
            drains(stopped, asker);
            hostings.remove(stopped);
            cluster().stop(stopped);
            assertThat(text(ask(asker, "shop.tickets", "fay"))).startsWith("6 of 6");
            assertThat(instances()).hasSize(1).doesNotContain(stopped);

            var last = cluster().running()
                    .keySet()
                    .stream()
                    .filter(each -> !each.equals(instances().getFirst()));
            var gone = last.findFirst().orElseThrow();
            hostings.remove(gone);
            cluster().stop(gone);
            var alone = cluster().running().values().iterator().next();
            var began = System.nanoTime();
            assertThat(get(alone.globalServices()
                    .request("shop.tickets", Payload.of("gus"), Duration.ofSeconds(5))))
                    .isInstanceOf(Reply.NoQuorum.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    /// Who leads has passed that on while a request is still answered; until then the node is not ready, but there.
    private void drains(int number, Node asker) {
        var leaving = node(number);
        var successor = cluster().running()
                .values()
                .stream()
                .filter(each -> each != leaving)
                .findFirst()
                .orElseThrow();
        var held = new CountDownLatch(1);
        var steps = new CopyOnWriteArrayList<String>();
        leaving.rpc().serve("shop.slow", _ -> {
            steps.add("asked");
            held.await();
            return new Rpc.Answer.Result(Payload.of("done"));
        });
        try (var next = session(successor, "next"); var manager = session(leaving, "manager")) {
            var first = get(manager.electLeader("shop.manager", LONG));
            assertThat(first).isInstanceOf(Standing.Leads.class);
            assertThat(get(next.electLeader("shop.manager", LONG)))
                    .isInstanceOf(Standing.Follows.class);
            var answer = asker.rpc()
                    .call("shop.slow", Payload.of(""), Rpc.CallOptions.DEFAULT.withDeadline(LONG))
                    .toCompletableFuture();
            await().atMost(LONG).until(() -> steps.contains("asked"));

            var drained = leaving.drain(LONG, steps::add).toCompletableFuture();
            await().atMost(LONG)
                    .until(() -> get(next.isLeader("shop.manager",
                            LONG)) instanceof Standing.Leads(var fence)
                            && fence.compareTo(((Standing.Leads) first).fence()) > 0);
            await().atMost(LONG).until(() -> steps.contains("finishes 1 requests and messages"));
            assertThat(leaving.isReady()).isFalse();
            assertThat(drained).isNotDone();
            assertThat(answer).isNotDone();
            held.countDown();

            assertThat(get(answer)).isEqualTo(new Rpc.Outcome.Ok(Payload.of("done")));
            assertThat(get(drained)).isTrue();
            assertThat(steps).containsSubsequence("takes nothing new",
                    "1 global services handed over", "locks and leadership given back",
                    "all requests finished", "leaving", "stopped");
        }
    }

    private static FencedSession session(Node node, String owner) {
        var opened = get(node.coordination().orElseThrow().open(owner, LONG, LONG));
        assertThat(opened).isInstanceOf(Opening.Opened.class);
        return ((Opening.Opened) opened).session();
    }

    /// Its requests go on: the process is started again and takes its own state over.
    private void crashTheProcess() {
        var instance = instances().getFirst();
        assertThat(node(instance).crash("macula/platform_system/global_services/shop.tickets"))
                .isTrue();
    }

    @Test
    void withoutAClusterAServiceMayHaveTwoInstancesThatMerge() {
        var tickets = new Tickets("fair.tickets", Acknowledgement.AFTER_LOCAL,
                Availability.ADVISORY);
        try (var three = new ThreeNodes()) {
            for (var number = 0; number < 3; number++) {
                var hosted = three.get(number).globalServices().host(tickets);
                assertThat(hosted).isInstanceOf(Hosted.Active.class);
                hostings.put(number, ((Hosted.Active) hosted).hosting());
            }
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(instances()).hasSize(1));

            assertThat(text(ask(three.get(0), "fair.tickets", "ann"))).endsWith("one at a time");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(text(ask(three.get(1), "fair.tickets", "ann")))
                            .contains(" of 1,"));

            var invalid = three.get(0)
                    .globalServices()
                    .host(new Tickets("fair.other", Acknowledgement.AFTER_LOCAL,
                            Availability.FENCED));
            assertThat(invalid).isInstanceOf(Hosted.Invalid.class);
            assertThat(((Hosted.Invalid) invalid).message()).contains("macula.cluster.enabled");
        }
    }

    @Test
    void aPeerThatHangsOnAGatewayCannotHost() {
        try (var gateway = Mesh.gateway(); var edge = Mesh.peerOf(gateway, "edge")) {
            var hosted = edge.globalServices()
                    .host(new Tickets("any", Acknowledgement.AFTER_LOCAL, Availability.ADVISORY));

            assertThat(hosted).isInstanceOf(Hosted.Invalid.class);
            assertThat(((Hosted.Invalid) hosted).message()).contains("shares no state");
        }
    }
}
