package io.macula.it.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A node in a process of its own whose shared state the test reads and changes. It can be killed,
/// paused and started again in its folder.
final class StateNode {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Terminals terminals;
    private final String program;
    private final List<String> arguments;
    private final Path dataDir;
    private MaculaProcess process;

    private StateNode(Terminals terminals, String program, List<String> arguments, Path dataDir) {
        this.terminals = terminals;
        this.program = program;
        this.arguments = arguments;
        this.dataDir = dataDir;
        this.process = run(arguments);
    }

    /// @param program how `./macula` is started, such as in a network of its own
    static StateNode gateway(Terminals terminals, String program) {
        return new StateNode(terminals, program, List.of("--role", "gateway", "--quic-port", "0"),
                terminals.newDataDir());
    }

    /// Starts while others start; [#ready] waits for it.
    static StateNode peer(Terminals terminals, String program, StateNode seed) {
        return new StateNode(terminals, program,
                List.of("--role", "peer", "--peer", seed.ready().address()),
                terminals.newDataDir());
    }

    private MaculaProcess run(List<String> more) {
        var line = new ArrayList<>(List.of("exec " + program, "node start --json --http-port 0",
                "--data-dir", dataDir.toString()));
        line.addAll(more);
        return terminals.shell(String.join(" ", line));
    }

    /// Once more in the same folder; a gateway on the same port.
    void startAgain() {
        var again = new ArrayList<>(arguments);
        if (again.contains("gateway")) {
            again.set(again.size() - 1, ready().quicPort());
        }
        process = run(again);
        ready();
    }

    /// Waits until it says that it is ready.
    Gateway ready() {
        return Gateway.ready(process);
    }

    void kill() {
        process.kill();
        process.awaitEnd();
    }

    /// A signal by its name, such as STOP.
    void signal(String name) {
        process.signal(name);
    }

    Path dataDir() {
        return dataDir;
    }

    List<String> talk() {
        return process.err();
    }

    /// How many nodes it shares state with.
    long peers() {
        return client().status() instanceof Answer.Ok(var json)
                ? json.path("status").path("state_peers").asLong()
                : 0;
    }

    /// How many members of the Cluster it counts as up and reachable.
    long members() {
        return client().cluster() instanceof Answer.Ok(var json)
                ? json.path("view")
                        .path("members")
                        .valueStream()
                        .filter(member -> member.path("status").asText().equalsIgnoreCase("up")
                                && member.path("reachable").asBoolean())
                        .count()
                : 0;
    }

    /// True when the node says that it is done.
    boolean add(String key, String element) {
        return ask("add", key, element) instanceof Answer.Ok;
    }

    boolean remove(String key, String element) {
        return ask("remove", key, element) instanceof Answer.Ok;
    }

    private Answer ask(String what, String key, String element) {
        return client().state(request(what, key).put("element", element));
    }

    /// The elements of a set.
    Set<String> elements(String key) {
        var elements = new TreeSet<String>();
        answer(request("get", key)).ifPresent(answer -> answer.path("values")
                .path("set")
                .forEach(element -> elements.add(element.asText())));
        return elements;
    }

    /// Equal on two nodes that hold the same.
    Optional<String> fingerprint() {
        return answer(request("keys", ""))
                .map(answer -> answer.path("fingerprint").asText());
    }

    private Optional<JsonNode> answer(ObjectNode request) {
        return client().state(request) instanceof Answer.Ok(var json)
                ? Optional.of(json)
                : Optional.empty();
    }

    private static ObjectNode request(String what, String key) {
        return Json.object().put("do", what).put("key", key);
    }

    private ControlClient client() {
        return new ControlClient(dataDir, PATIENCE);
    }
}
