package io.macula.runtime.global;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.state.Outcome;
import io.macula.actors.state.SharedState;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.coordination.Fence;
import io.macula.app.global.Availability;
import io.macula.app.global.GlobalService;
import io.macula.app.global.GlobalServices.Hosted;
import io.macula.app.global.GlobalServices.Hosting;
import io.macula.app.global.GlobalServices.Reply;
import io.macula.app.global.GlobalState;
import io.macula.crdt.Edit;
import io.macula.runtime.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Global services on one node.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeGlobalServicesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Node node = OneNode.started();

    @AfterAll
    void stop() {
        node.close();
    }

    /// Counts its requests, and does what they say.
    private record Counting(String name) implements GlobalService {

        @Override
        public Availability availability() {
            return Availability.ADVISORY;
        }

        @Override
        public Rpc.Answer handle(Payload request, GlobalState state) {
            state.counter("asked").add(1);
            return switch (request.text()) {
                case "overflow" -> new Rpc.Answer.Result(Payload.of("" + deeper(1)));
                case "large" -> {
                    state.set("names").add("x".repeat(5_000));
                    yield new Rpc.Answer.Result(Payload.EMPTY);
                }
                case "many" -> {
                    for (var i = 0; i < 200; i++) {
                        state.set("names").add("n" + i);
                    }
                    yield new Rpc.Answer.Result(Payload.EMPTY);
                }
                default -> new Rpc.Answer.Result(
                        Payload.of("" + state.counter("asked").value()));
            };
        }

        @SuppressWarnings("InfiniteRecursion")
        private static int deeper(int depth) {
            return deeper(depth + 1) + depth;
        }
    }

    private Hosting host(String name) {
        var hosted = node.globalServices().host(new Counting(name));
        assertThat(hosted).isInstanceOf(Hosted.Active.class);
        return ((Hosted.Active) hosted).hosting();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private Reply ask(String name, String what) {
        return get(node.globalServices().request(name, Payload.of(what), LONG));
    }

    @Test
    void aServiceThatIsHostedAgainAtOnceGoesOnWithItsState() {
        host("again").close();
        for (var life = 1; life <= 5; life++) {
            try (var hosting = host("again")) {
                assertThat(ask("again", "")).isEqualTo(new Reply.Ok(Payload.of("" + life)));
                assertThat(hosting.isInstance()).isTrue();
            }
        }
        assertThat(ask("again", "")).isInstanceOf(Reply.NotHosted.class);
    }

    @Test
    void aRequestThatFailsChangesNothing() {
        try (var hosting = host("failing")) {
            assertThat(ask(hosting.name(), "overflow")).isInstanceOf(Reply.Failed.class);
            assertThat(ask(hosting.name(), "large").toString())
                    .contains("the element has 5000 bytes and may have 4096");
            assertThat(ask(hosting.name(), "many").toString()).contains("at most 120 changes");

            assertThat(ask(hosting.name(), "")).isEqualTo(new Reply.Ok(Payload.of("1")));
        }
    }

    @Test
    void aNameThatCannotBeHostedIsRefusedInASentence() {
        try (var hosting = host("taken")) {
            for (var name : List.of(hosting.name(), "", "no spaces", "macula.mine",
                    "x".repeat(300))) {
                assertThat(node.globalServices().host(new Counting(name))).as(name)
                        .isInstanceOf(Hosted.Invalid.class);
            }
            assertThat(ask("no spaces", "")).isInstanceOf(Reply.Refused.class);
        }
    }

    @Test
    void anAttemptThatWasBrokenOffLeavesNothingInTheBranchOfTheNextOne() {
        var shared = node.sharedState().orElseThrow();
        Awaitility.await().atMost(LONG).until(() -> shared.replicator().isPresent());
        var service = new Counting("broken");
        var branches = Branches.ofService("broken");
        var before = Branches.branch(new Fence(3));
        make(shared, branches.begin(shared.values(), before));
        var draft = new Draft(shared.values(), branches.prefix(before));
        draft.counter("asked").add(7);
        draft.set("names").add("ann");
        make(shared, draft.edits());
        var next = Branches.branch(new Fence(9));
        make(shared, branches.copy(shared.values(), before, next));

        assertThat(new TakeOver(service, shared, Optional.empty()).run(next))
                .isEqualTo(new TakeOver.Result.Begun());

        var now = new Draft(shared.values(), branches.prefix(next));
        assertThat(now.counter("asked").value()).isEqualTo(7);
        assertThat(now.set("names").elements()).containsExactly("ann");
        assertThat(new TakeOver(service, shared, Optional.empty()).run(before))
                .isEqualTo(new TakeOver.Result.Outdated());
    }

    private static void make(SharedState shared, List<Edit> edits) {
        assertThat(get(shared.update(new ArrayList<>(edits)))).isInstanceOf(Outcome.Done.class);
    }
}
