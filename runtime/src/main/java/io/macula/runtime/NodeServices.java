package io.macula.runtime;

import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.services.CheckedService;
import io.macula.actors.wire.ProcedureName;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Services;
import io.macula.dht.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// [Services] of a running node: procedures, whose offer follows a health check, and calls that spare
/// those who fail.
final class NodeServices implements Services {

    private final NodePlane plane;
    private final NodeRpc rpc;

    NodeServices(NodePlane plane, NodeRpc rpc) {
        this.plane = plane;
        this.rpc = rpc;
    }

    @Override
    public Registered register(String name, Rpc.Handler handler, HealthCheck health) {
        if (ProcedureName.parse(name) instanceof ProcedureName.Parsed.Invalid(var why)) {
            return new Registered.Invalid(why);
        }
        if (plane.local().procedures().answers(name)) {
            return new Registered.Invalid(name + " is served by this node already");
        }
        var offer = new Offer(name, handler);
        var service = new CheckedService(name, health.check()::isHealthy, health.every(),
                health.patience(), health.failuresMax(), offer::begin, offer::end,
                offer::isOffered);
        return plane.checked()
                .add(service)
                .<Registered>map(Registered.Invalid::new)
                .orElseGet(() -> new Registered.Active(new Running(service, offer)));
    }

    /// The offer of one service, which comes and goes.
    private final class Offer {

        private final String name;
        private final Rpc.Handler handler;
        private Rpc.@Nullable Registration current;
        private boolean isClosed;

        Offer(String name, Rpc.Handler handler) {
            this.name = name;
            this.handler = handler;
        }

        /// A name that is served here otherwise, by [Rpc#serve], is tried again with the next check.
        synchronized void begin() {
            if (current == null && !isClosed
                    && rpc.serve(name, handler) instanceof Rpc.Served.Active(var registration)) {
                current = registration;
            }
        }

        synchronized void end() {
            if (current != null) {
                current.close();
                current = null;
            }
        }

        synchronized void close() {
            isClosed = true;
            end();
        }

        synchronized boolean isOffered() {
            return current != null;
        }
    }

    private final class Running implements Registration {

        private final CheckedService service;
        private final Offer offer;

        Running(CheckedService service, Offer offer) {
            this.service = service;
            this.offer = offer;
        }

        @Override
        public String name() {
            return service.name();
        }

        @Override
        public boolean isOffered() {
            return offer.isOffered();
        }

        @Override
        public void close() {
            plane.checked().remove(service);
            offer.close();
        }
    }

    @Override
    public CompletionStage<List<Instance>> discover(String name) {
        if (ProcedureName.parse(name) instanceof ProcedureName.Parsed.Invalid) {
            return CompletableFuture.completedStage(List.of());
        }
        return plane.mesh()
                .map(mesh -> providers(mesh.discovery(), name))
                .orElseGet(() -> CompletableFuture.completedStage(List.of()))
                .thenApply(found -> instances(name, found));
    }

    private static CompletionStage<List<Provider>> providers(Discovery discovery, String name) {
        var key = RealmKey.procedure(discovery.realm(), name);
        var known = discovery.known(key);
        return known.isEmpty()
                ? discovery.providers(key)
                : CompletableFuture.completedStage(known);
    }

    /// Of this node it is certain whether it offers the service.
    private List<Instance> instances(String name, List<Provider> found) {
        var instances = new LinkedHashMap<NodeId, Instance>();
        if (plane.local().procedures().answers(name)) {
            var addresses = plane.mesh()
                    .map(mesh -> mesh.described().addresses())
                    .orElse(List.of());
            instances.put(plane.self(), instance(plane.self(), addresses));
        }
        found.stream()
                .filter(provider -> !provider.node().equals(plane.self()))
                .forEach(provider -> instances.putIfAbsent(provider.node(),
                        instance(provider.node(), provider.addresses())));
        return List.copyOf(instances.values());
    }

    private static Instance instance(NodeId node, List<PeerAddress> addresses) {
        return new Instance(node.hex(), addresses.stream().map(PeerAddress::hostPort).toList());
    }

    @Override
    public CompletionStage<Rpc.Outcome> call(String name, Payload argument,
            Rpc.CallOptions options) {
        return rpc.call(name, argument, options, true);
    }
}
