package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.TopicMessage;
import io.macula.app.Topics;
import io.macula.app.global.GlobalServices.Reply;
import io.macula.arcade.Arcade;
import io.macula.runtime.Node;
import io.macula.runtime.config.SettingsReader;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsSources;
import io.macula.runtime.workload.WorkloadSource;
import io.macula.runtime.workload.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Arcade on three nodes of a Cluster, without its pages: the matchmaker pairs two players, the match runs on one
/// node and goes on when that node is gone, and its result is written once.
class ArcadeIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String MATCHMAKER = "arcade.matchmaking";
    private static final Pattern STATE = Pattern.compile("\"epoch\":(\\d+),\"host\":\"(\\w+)\"");
    private static final Pattern PAIRING = Pattern.compile(
            "\"match\":\"([^\"]+)\".*\"host\":\"(\\w+)\",\"standby\":\"(\\w*)\"");

    @TempDir Path folder;

    private final Map<Integer, Node> nodes = new TreeMap<>();
    private final List<Integer> ports = FreePorts.take(3);
    private final List<State> states = new CopyOnWriteArrayList<>();
    private final List<String> results = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /// What a page would have been shown.
    private record State(long nanos, long epoch, String host) {}

    @AfterEach
    void stop() {
        clock.shutdownNow();
        nodes.values().parallelStream().forEach(Node::close);
    }

    @Test
    void aMatchGoesOnWhenItsNodeIsGoneAndHasOneResult() {
        for (var number = 0; number < 3; number++) {
            start(number);
            deploy(node(number));
        }
        await().atMost(LONG).until(this::isEverybodyKnown);
        assertThat(text(join("a1", "Ann"))).contains("\"standing\":\"queued\"");
        var pairing = PAIRING.matcher(text(join("b2", "Ben")));
        assertThat(pairing.find()).isTrue();
        var match = pairing.group(1);
        var host = pairing.group(2);
        assertThat(pairing.group(3)).isNotEmpty().isNotEqualTo(host);
        // The page's node beats, so that its players are not taken for gone.
        var beating = clock.scheduleWithFixedDelay(() -> ask(beat("a1", "b2")), 0, 1,
                TimeUnit.SECONDS);
        follow(match, host);
        await().atMost(LONG).until(() -> states.size() > 20);
        assertThat(states.getLast()).satisfies(state -> {
            assertThat(state.epoch()).isEqualTo(1);
            assertThat(state.host()).isEqualTo(host);
        });

        close(host);

        await().atMost(LONG)
                .until(() -> states.getLast().epoch() == 2 || !results.isEmpty());
        await().atMost(LONG).until(() -> !results.isEmpty());
        assertThat(beating.isDone()).as("the page's node has beaten all the time").isFalse();
        assertThat(states.getLast().epoch()).isEqualTo(2);
        assertThat(states.getLast().host()).isNotEqualTo(host);
        assertThat(longestGap()).isLessThan(Duration.ofSeconds(4));
        var written = results.getFirst();
        assertThat(results).containsOnly(written);
        assertThat(text(ask("{\"ask\":\"finish\",\"result\":{\"match\":\"" + match
                + "\",\"epoch\":9,\"winner\":0,\"reason\":\"LOST\"}}"))).isEqualTo(written);
    }

    private boolean isEverybodyKnown() {
        return ask(beat()) instanceof Reply.Ok(var pulse) && nodes.values()
                .stream()
                .allMatch(node -> pulse.text().contains(node.id().hex()));
    }

    private static String beat(String... players) {
        return "{\"ask\":\"beat\",\"node\":\"page\",\"hosted\":[],\"matches\":[],\"players\":["
                + List.of(players)
                        .stream()
                        .map(each -> "\"" + id(each) + "\"")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private Reply join(String player, String name) {
        return ask("{\"ask\":\"join\",\"player\":{\"id\":\"" + id(player) + "\",\"name\":\"" + name
                + "\",\"node\":\"page\"}}");
    }

    private static String id(String player) {
        return "00000000000000" + player;
    }

    private Reply ask(String request) {
        var asker = nodes.values().iterator().next();
        return asker.globalServices()
                .request(MATCHMAKER, Payload.of(request), Duration.ofSeconds(10))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static String text(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Ok.class);
        return ((Reply.Ok) reply).value().text();
    }

    private void follow(String match, String except) {
        var watcher = nodes.values()
                .stream()
                .filter(node -> !node.id().hex().equals(except))
                .findFirst()
                .orElseThrow();
        assertThat(watcher.topics().subscribe("arcade.match." + match + ".*", this::hear))
                .isInstanceOf(Topics.Subscribed.Active.class);
    }

    private void hear(TopicMessage message) {
        var text = message.payload().text();
        var found = STATE.matcher(text);
        if (message.topic().endsWith(".state") && found.find()) {
            states.add(new State(System.nanoTime(), Long.parseLong(found.group(1)),
                    found.group(2)));
        } else if (message.topic().endsWith(".over")) {
            results.add(text);
        }
    }

    private Duration longestGap() {
        var longest = 0L;
        for (var i = 1; i < states.size(); i++) {
            longest = Math.max(longest, states.get(i).nanos() - states.get(i - 1).nanos());
        }
        return Duration.ofNanos(longest);
    }

    private void close(String id) {
        var number = nodes.entrySet()
                .stream()
                .filter(entry -> entry.getValue().id().hex().equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        Objects.requireNonNull(nodes.remove(number)).close();
    }

    private static void deploy(Node node) {
        var result = node.workloads()
                .orElseThrow()
                .deploy(new WorkloadSource.OnClassPath(Arcade.class.getName()), 0);
        assertThat(result).isInstanceOf(Workloads.Result.Done.class);
    }

    private void start(int number) {
        var file = """
            macula {
              role = gateway
              realm.name = test
              data-dir = %s
              quic.port = 0
              http.enabled = false
              peers = [%s]
              cluster {
                enabled = true
                port = %d
                seeds = [%s]
                silence-max = 2 s
                stable-after = 2 s
              }
              coordination { enabled = true, port = 0 }
            }
            """.formatted(folder.resolve("node" + number),
                number == 0 ? "" : "\"" + Mesh.addressOf(node(0)).hostPort() + "\"",
                ports.get(number),
                ports.stream()
                        .map(port -> "\"127.0.0.1:" + port + "\"")
                        .collect(Collectors.joining(", ")));
        var sources = new SettingsSources(Map.of(), Map.of(),
                new SettingsSources.File("macula.conf", file), folder);
        nodes.put(number, switch (SettingsReader.read(sources, Purpose.NODE)) {
            case SettingsReader.Read.Ok(var settings) -> Mesh.start(settings.node());
            case SettingsReader.Read.Wrong(var problems) -> throw new AssertionError(problems);
        });
    }

    private Node node(int number) {
        return Objects.requireNonNull(nodes.get(number));
    }
}
