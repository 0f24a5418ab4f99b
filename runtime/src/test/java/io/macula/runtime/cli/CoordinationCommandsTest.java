package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Standing;
import io.macula.coordination.client.FencedClient;
import io.macula.coordination.client.Voters;
import io.macula.coordination.raft.VoterAddress;
import io.macula.coordination.state.Command;
import io.macula.coordination.state.Query;
import io.macula.coordination.state.Reply;
import io.macula.coordination.state.State;
import io.macula.runtime.control.ControlServer;
import io.macula.runtime.control.IdleControl;
import io.macula.runtime.coordination.CoordinationView;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lock`, `leader` and `cluster voters` at a node whose voters are one state in memory.
class CoordinationCommandsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path home;

    private final MemoryVoters voters = new MemoryVoters();
    private final FencedClient client = FencedClient.over(voters);
    private CoordinationView view = view("", CoordinationView.State.VOTER);
    private boolean takesPart = true;
    private Optional<ControlServer> server = Optional.empty();

    /// What a majority would decide; there may be none.
    private static final class MemoryVoters implements Voters {

        private State state = State.EMPTY;
        private volatile boolean hasQuorum = true;

        @Override
        public synchronized Optional<Reply> decide(Command command, Duration timeout) {
            if (!hasQuorum) {
                return Optional.empty();
            }
            var step = state.apply(command, state.clock());
            state = step.next();
            return Optional.of(step.reply());
        }

        @Override
        public synchronized Optional<Reply> look(Query query, Duration timeout) {
            return hasQuorum ? Optional.of(state.look(query)) : Optional.empty();
        }
    }

    private final class Control extends IdleControl {

        @Override
        public Optional<FencedCoordination> coordination() {
            return takesPart ? Optional.of(client) : Optional.empty();
        }

        @Override
        public Optional<CoordinationView> coordinationView() {
            return takesPart ? Optional.of(view) : Optional.empty();
        }
    }

    @BeforeEach
    void listen() {
        if (ControlServer.start(home,
                new Control()) instanceof ControlServer.Started.Listening(var listening)) {
            server = Optional.of(listening);
        }
        assertThat(server).isPresent();
    }

    @AfterEach
    void close() {
        client.close();
        server.ifPresent(ControlServer::close);
    }

    private static CoordinationView view(String problem, CoordinationView.State state) {
        return new CoordinationView("g", 7, List.of(
                new VoterAddress("1".repeat(40) + "-aa", "127.0.0.1", 9_454),
                new VoterAddress("2".repeat(40) + "-bb", "127.0.0.1", 9_455)),
                "2".repeat(40) + "-bb", state, problem);
    }

    private Terminal terminal() {
        return new Terminal(new FakeMesh(), home);
    }

    private String[] line(String... words) {
        var line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--data-dir", home.toString()));
        return line.toArray(String[]::new);
    }

    private Terminal.Result run(String... words) {
        return terminal().run(line(words));
    }

    private static JsonNode json(Terminal.Result result) {
        return ((Json.Parsed.Value) Json.parse(result.out())).node();
    }

    @Test
    void aLockIsTakenAndGivenBackAndTheNextFenceIsGreater() {
        var first = run("lock", "acquire", "printer", "--hold", "1ms");
        var second = run("lock", "acquire", "printer", "--hold", "1ms", "--owner", "ann", "--json");

        assertThat(first.code()).isZero();
        assertThat(first.out()).matches("granted printer fence [0-9]+\n");
        assertThat(second.code()).isZero();
        assertThat(json(second).path("owner").asText()).isEqualTo("ann");
        assertThat(json(second).path("fence").asLong())
                .isGreaterThan(Long.parseLong(first.out().replaceAll("[^0-9]", "")));
    }

    @Test
    void aLockIsHeldUntilCtrlCAndNobodyElseHasItMeanwhile() {
        var ann = terminal();
        var holding = ann.start(line("lock", "acquire", "printer", "--owner", "ann"));
        await().until(() -> ann.out().startsWith("granted"));

        var bob = run("lock", "acquire", "printer", "--timeout", "50ms");
        ann.pressCtrlC();

        assertThat(holding.join().code()).isZero();
        assertThat(bob.code()).isEqualTo(5);
        assertThat(bob.err()).contains("'ann' holds the lock");
        assertThat(run("lock", "acquire", "printer", "--hold", "1ms").code()).isZero();
    }

    @Test
    void whoLosesALockIsTold() {
        var ann = terminal();
        var holding = ann.start(line("lock", "acquire", "printer"));
        await().until(() -> ann.out().startsWith("granted"));

        client.close();

        assertThat(holding.join().code()).isEqualTo(1);
        assertThat(ann.err()).contains("the lock is lost");
    }

    @Test
    void withoutAMajorityNothingIsGrantedAndNobodyLeads() {
        voters.hasQuorum = false;

        var lock = run("lock", "acquire", "printer", "--timeout", "50ms");
        var leader = run("leader", "mayor");

        assertThat(lock.code()).isEqualTo(5);
        assertThat(lock.err()).contains("no majority");
        assertThat(lock.out()).isEmpty();
        assertThat(leader.code()).isEqualTo(5);
    }

    @Test
    void aLeaderIsShownWithItsFence() {
        var session = ((Opening.Opened) client.open("ann", LONG, LONG)
                .toCompletableFuture()
                .join()).session();
        var standing = session.electLeader("mayor", LONG).toCompletableFuture().join();
        var shown = run("leader", "mayor");

        assertThat(standing).isInstanceOf(Standing.Leads.class);
        assertThat(shown.out()).matches("ann fence [0-9]+\n");
        assertThat(json(run("leader", "mayor", "--json")).path("leader").asText())
                .isEqualTo("ann");
        assertThat(run("leader", "nobody").code()).isEqualTo(3);
    }

    @Test
    void thoseWhoVoteAreShown() {
        view = view("", CoordinationView.State.LEADER);

        assertThat(run("cluster", "voters").out()).isEqualTo("""
            VOTER     ADDRESS
            11111111  127.0.0.1:9454
            22222222  127.0.0.1:9455  this node, leads
            """);
        assertThat(json(run("cluster", "voters", "--json")).path("voters").size()).isEqualTo(2);
    }

    @Test
    void whatKeepsANodeFromVotingIsSaid() {
        view = view("the port is taken", CoordinationView.State.CLIENT);

        assertThat(run("cluster", "voters").out())
                .contains("this node cannot vote: the port is taken");
    }

    @Test
    void aNodeThatTakesNoPartSaysHowItWould() {
        takesPart = false;

        for (var command : List.of(List.of("lock", "acquire", "l"), List.of("leader", "l"),
                List.of("cluster", "voters"))) {
            var shown = run(command.toArray(String[]::new));
            assertThat(shown.code()).isEqualTo(1);
            assertThat(shown.err()).contains("macula.coordination.enabled=true");
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(run("lock", "acquire", "").code()).isEqualTo(2);
        assertThat(run("leader").code()).isEqualTo(2);
        assertThat(run("lock", "acquire", "l", "--owner", "").code()).isEqualTo(2);
        assertThat(run("lock", "acquire", "l", "--timeout", "11m").code()).isEqualTo(2);
        assertThat(run("lock", "acquire").code()).isEqualTo(2);
    }

    @Test
    void whereNoNodeRunsThereIsNobodyToAsk() {
        var nowhere = home.resolve("nowhere").toString();

        assertThat(terminal().run("lock", "acquire", "l", "--data-dir", nowhere).code())
                .isEqualTo(3);
        assertThat(terminal().run("leader", "l", "--data-dir", nowhere).code()).isEqualTo(3);
    }
}
