package io.macula.runtime;

import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.http.Routes;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.mesh.Choice;
import io.macula.actors.mesh.MeshCalls;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.wire.Bytes;
import io.macula.dht.NodeId;
import io.macula.runtime.console.Allowed;
import io.macula.runtime.console.NodeConsole;
import io.macula.runtime.console.OtherNodes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;

/// How the console of a node reaches those of the other nodes: the DHT knows which nodes the realm has, and
/// each is asked by a call that nobody else may answer.
final class ConsoleAssembly implements OtherNodes {

    /// A node that does not answer a console within that time counts as one that does not answer.
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    /// What is done for a console may take longer.
    private static final Duration ACT_PATIENCE = Duration.ofSeconds(8);

    private final NodeMesh mesh;
    private final String realm;
    private volatile Map<NodeId, Provider> known = Map.of();

    ConsoleAssembly(NodeMesh mesh, String realm) {
        this.mesh = mesh;
        this.realm = realm;
    }

    /// Opens the console of a node that wants one.
    ///
    /// @param routes
    ///            where it is served, if the node serves HTTP
    static void open(NodeSettings settings, Optional<NodeMesh> mesh, LocalProcedures procedures,
            Node node, ActorSystem<?> system, Routes routes) {
        var console = settings.tuning().http().console();
        if (!console.enabled()) {
            return;
        }
        var others = mesh
                .<OtherNodes>map(nodes -> new ConsoleAssembly(nodes, settings.realm().name()))
                .orElseGet(ConsoleAssembly::none);
        NodeConsole.open(new NodeConsole.Parts(node, system,
                new Allowed(console.allowActions(), settings.faultInjection()),
                settings.dataDirectory().map(Object::toString).orElse(""), others, procedures,
                ConsoleToken.of(settings)), node.web(),
                settings.httpAddress().map(_ -> routes));
    }

    /// For a node that does not listen for others.
    static OtherNodes none() {
        return new OtherNodes() {
            @Override
            public CompletionStage<List<NodeId>> all() {
                return CompletableFuture.completedStage(List.of());
            }

            @Override
            public CompletionStage<Optional<String>> ask(NodeId node, String request) {
                return CompletableFuture.completedStage(Optional.empty());
            }
        };
    }

    @Override
    public CompletionStage<List<NodeId>> all() {
        return mesh.discovery()
                .providers(RealmKey.peers(realm))
                .handle((found, _) -> remembered(found == null ? List.of() : found));
    }

    private List<NodeId> remembered(List<Provider> found) {
        var self = mesh.mesh().self();
        var all = new LinkedHashMap<NodeId, Provider>();
        found.forEach(each -> all.put(each.node(), each));
        mesh.peers()
                .forEach(peer -> all.computeIfAbsent(peer.node(),
                        node -> new Provider(node, List.of(), List.of(), 0)));
        all.remove(self);
        var kept = new HashMap<>(known);
        kept.putAll(all);
        known = Map.copyOf(kept);
        return new ArrayList<>(all.keySet());
    }

    @Override
    public CompletionStage<Optional<String>> ask(NodeId node, String request) {
        var patience = request.startsWith("{\"act\"") ? ACT_PATIENCE : PATIENCE;
        var answer = new CompletableFuture<Optional<String>>();
        var provider = known.getOrDefault(node, new Provider(node, List.of(), List.of(), 0));
        mesh.calls()
                .callAt(provider, new MeshCalls.Call(PROCEDURE, Bytes.utf8(request),
                        System.nanoTime() + patience.toNanos(), false, Choice.CLOSEST, patience,
                        false, node, null), outcome -> answer.complete(text(outcome)));
        return answer.completeOnTimeout(Optional.empty(), patience.toMillis() + 200,
                TimeUnit.MILLISECONDS);
    }

    private static Optional<String> text(CallOutcome outcome) {
        return outcome instanceof CallOutcome.Ok(var value)
                ? Optional.of(new String(value.toArray(), StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
