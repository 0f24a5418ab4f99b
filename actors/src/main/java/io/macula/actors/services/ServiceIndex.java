package io.macula.actors.services;

import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.crdt.Difference;
import io.macula.crdt.Path;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The registry as this node sees it, in the order in which it is asked. Kept up by the differences of
/// shared state; belongs to the node. What it cannot read it passes over. As large as the registry is.
/// Safe to use from any thread; reading takes no lock.
public final class ServiceIndex {

    private final String realm;
    private final RegistryTimes times;
    private final ConcurrentHashMap<NodeId, Set<NodeId>> byKey = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<NodeId, NodeRecord> records = new ConcurrentHashMap<>();
    private final Map<NodeId, Set<String>> namesOf = new HashMap<>();
    private final Map<NodeId, Map<String, String>> fieldsOf = new HashMap<>();

    public ServiceIndex(String realm, RegistryTimes times) {
        this.realm = realm;
        this.times = times;
    }

    /// Who provides a key, of the nodes that are believed.
    public List<Provider> providers(RealmKey key, long nowMillis) {
        var nodes = byKey.get(key.id());
        if (nodes == null) {
            return List.of();
        }
        var providers = new ArrayList<Provider>(nodes.size());
        for (var node : nodes) {
            var found = records.get(node);
            if (found != null && found.isValid(nowMillis, times)) {
                providers.add(found.where());
            }
        }
        return providers;
    }

    /// What the nodes say of themselves, believed or not.
    public Map<NodeId, NodeRecord> records() {
        return Map.copyOf(records);
    }

    /// The nodes of which there is anything in the registry.
    synchronized Set<NodeId> nodes() {
        var nodes = new TreeSet<>(namesOf.keySet());
        nodes.addAll(fieldsOf.keySet());
        return nodes;
    }

    /// The sets in which a node stands.
    synchronized Set<String> namesOf(NodeId node) {
        return Set.copyOf(namesOf.getOrDefault(node, Set.of()));
    }

    /// Takes over what changed; returns the nodes of which something did.
    synchronized Set<NodeId> apply(List<Difference> differences) {
        var touched = new HashSet<NodeId>();
        for (var difference : differences) {
            apply(difference).ifPresent(touched::add);
        }
        return touched;
    }

    private Optional<NodeId> apply(Difference difference) {
        var name = name(difference.path());
        return switch (difference) {
            case Difference.Added(_, var element) ->
                NodeId.parse(element.text()).map(node -> stands(name, node));
            case Difference.Removed(_, var element) ->
                NodeId.parse(element.text()).map(node -> left(name, node));
            case Difference.Assigned(_, var field, var value) -> RegistryNames.node(name)
                    .map(node -> says(node, field.text(), value.text()));
            case Difference.Cleared(_, var field) -> RegistryNames.node(name)
                    .map(node -> saysNothing(node, field.text()));
            case Difference.Counted _ -> Optional.empty();
        };
    }

    private static String name(Path path) {
        return path.depth() == 1 ? path.steps().getFirst().name().text() : "";
    }

    private NodeId stands(String name, NodeId node) {
        RegistryNames.key(realm, name).ifPresent(key -> {
            namesOf.computeIfAbsent(node, _ -> new HashSet<>()).add(name);
            byKey.computeIfAbsent(key.id(), _ -> ConcurrentHashMap.newKeySet()).add(node);
        });
        return node;
    }

    private NodeId left(String name, NodeId node) {
        RegistryNames.key(realm, name).ifPresent(key -> {
            namesOf.computeIfPresent(node, (_, names) -> {
                names.remove(name);
                return names.isEmpty() ? null : names;
            });
            byKey.computeIfPresent(key.id(), (_, nodes) -> {
                nodes.remove(node);
                return nodes.isEmpty() ? null : nodes;
            });
        });
        return node;
    }

    private NodeId says(NodeId node, String field, String value) {
        fieldsOf.computeIfAbsent(node, _ -> new TreeMap<>()).put(field, value);
        return read(node);
    }

    private NodeId saysNothing(NodeId node, String field) {
        fieldsOf.computeIfPresent(node, (_, fields) -> {
            fields.remove(field);
            return fields.isEmpty() ? null : fields;
        });
        return read(node);
    }

    private NodeId read(NodeId node) {
        NodeRecord.of(node, fieldsOf.getOrDefault(node, Map.of()))
                .ifPresentOrElse(its -> records.put(node, its), () -> records.remove(node));
        return node;
    }
}
