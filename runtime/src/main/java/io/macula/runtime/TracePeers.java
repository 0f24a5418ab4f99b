package io.macula.runtime;

import io.macula.actors.dht.Provider;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.link.Link;
import io.macula.actors.mesh.Choice;
import io.macula.actors.mesh.Mesh;
import io.macula.actors.mesh.MeshCalls;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.RpcRequest;
import io.macula.dht.NodeId;
import io.macula.runtime.trace.SpanLine;
import io.macula.runtime.trace.TraceQuestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Asks the nodes around this one a question that each answers for itself: those it has a link to, those that
/// hang on its gateway, and those it reaches through one.
final class TracePeers {

    /// Nodes that are asked for one question.
    static final int ASKED_MAX = 256;

    private final NodePlane plane;

    TracePeers(NodePlane plane) {
        this.plane = plane;
    }

    /// The spans of a trace that the nodes around have kept.
    CompletionStage<List<SpanLine>> spans(String traceId, Duration patience) {
        return ask(TraceQuestion.PROCEDURE, TraceQuestion.of(traceId), patience)
                .thenApply(answers -> answers.values()
                        .stream()
                        .flatMap(answer -> TraceQuestion.read(answer, traceId).stream())
                        .toList());
    }

    /// What each said. The stage never fails and completes within `patience`, without those that did not
    /// answer until then.
    ///
    /// @param procedure
    ///            one that every node answers without offering it
    CompletionStage<Map<NodeId, CallOutcome>> ask(String procedure, Bytes argument,
            Duration patience) {
        var answers = new LinkedHashMap<NodeId, CompletableFuture<CallOutcome>>();
        links().forEach((node, link) -> answers.put(node,
                asked(link, procedure, argument, patience)));
        plane.mesh()
                .ifPresent(mesh -> mesh.mesh()
                        .reached()
                        .stream()
                        .map(Mesh.Reached::node)
                        .limit(ASKED_MAX)
                        .forEach(node -> answers.computeIfAbsent(node,
                                _ -> asked(mesh, node, procedure, argument, patience))));
        return CompletableFuture
                .allOf(answers.values().toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(_ -> heard(answers));
    }

    private static Map<NodeId, CallOutcome> heard(
            Map<NodeId, CompletableFuture<CallOutcome>> answers) {
        var heard = new LinkedHashMap<NodeId, CallOutcome>();
        answers.forEach((node, answer) -> {
            if (answer.isDone()) {
                heard.put(node, answer.join());
            }
        });
        return heard;
    }

    private Map<NodeId, Link> links() {
        var all = new ArrayList<>(plane.uplinks().up());
        plane.mesh().ifPresent(mesh -> all.addAll(mesh.mesh().neighbours().all()));
        all.addAll(plane.gateway().map(GatewaySystem::behind).orElse(List.of()));
        var byNode = new LinkedHashMap<NodeId, Link>();
        all.stream().limit(ASKED_MAX).forEach(link -> byNode.putIfAbsent(link.peer(), link));
        return byNode;
    }

    private CompletableFuture<CallOutcome> asked(Link link, String procedure, Bytes argument,
            Duration patience) {
        var answer = new CompletableFuture<CallOutcome>();
        var id = plane.ids().next();
        var deadlineNanos = System.nanoTime() + patience.toNanos();
        if (!plane.local()
                .calls()
                .open(id, link, deadlineNanos,
                        outcome -> plane.complete(answer, outcome))) {
            answer.complete(new CallOutcome.Failed(RpcError.BUSY,
                    "this node has as many open calls as it may"));
            return answer;
        }
        var request = RpcRequest.of(id, procedure, argument, Bytes.of(plane.self().toBytes()))
                .withTargetNode(Bytes.of(link.peer().toBytes()))
                .withTimeoutMillis(Math.max(1, patience.toMillis()));
        if (link.send(request) != Link.Sent.QUEUED) {
            plane.local()
                    .calls()
                    .settle(id, new CallOutcome.Failed(RpcError.GONE,
                            "the link takes nothing"));
        }
        return answer;
    }

    /// Asks a node that has no link to this one just now.
    CompletableFuture<CallOutcome> asked(NodeMesh mesh, NodeId node, String procedure,
            Bytes argument, Duration patience) {
        var answer = new CompletableFuture<CallOutcome>();
        var provider = new Provider(node, List.of(), List.of(), 0);
        mesh.calls()
                .callAt(provider, new MeshCalls.Call(procedure, argument,
                        System.nanoTime() + patience.toNanos(), false, Choice.CLOSEST),
                        outcome -> plane.complete(answer, outcome));
        return answer;
    }
}
