package io.macula.actors.services;

import io.macula.crdt.Bytes;
import io.macula.crdt.Edit;
import io.macula.crdt.OrMap;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has to change in the registry so that it says what is so. Pure.
final class Upkeep {

    /// So many names make a rest of a millisecond, some twenty times as long as it takes to look at them: 10 000 names are
    /// looked at twice a second, a few hundred at once.
    private static final int NAMES_PER_MILLI = 20;
    private static final int REST_MIN_MILLIS = 10;

    private Upkeep() {}

    /// How long not to look again after a look, which compares all names.
    static Duration rest(int names) {
        var millis = names / NAMES_PER_MILLI;
        return millis < REST_MIN_MILLIS ? Duration.ZERO : Duration.ofMillis(millis);
    }

    /// What is so of this node.
    ///
    /// @param names the sets it should stand in
    /// @param says what it should say of itself, as of now
    record Own(NodeId self, Set<String> names, NodeRecord says) {}

    /// Makes the registry say what is so of this node.
    ///
    /// @param standsIn the sets it may stand in now
    static List<Edit> own(OrMap values, Own own, Set<String> standsIn, long nowMillis,
            RegistryTimes times) {
        var edits = new ArrayList<Edit>();
        var hex = own.self().hex();
        for (var name : own.names()) {
            if (!values.set(name).contains(hex)) {
                edits.add((root, tick) -> root.set(name).add(tick.dot(), hex));
            }
        }
        for (var name : standsIn) {
            if (!own.names().contains(name) && values.set(name).contains(hex)) {
                edits.add((root, _) -> root.set(name).remove(hex));
            }
        }
        says(values, own, nowMillis, times, edits);
        return edits;
    }

    private static void says(OrMap values, Own own, long nowMillis, RegistryTimes times,
            List<Edit> edits) {
        var name = RegistryNames.of(own.self());
        var said = values.lwwMap(name);
        own.says().fields().forEach((field, value) -> {
            var before = said.get(field).map(Bytes::text);
            var isSame = field.equals(NodeRecord.UNTIL)
                    ? before.filter(until -> isFarEnough(until, nowMillis, times)).isPresent()
                    : before.filter(value::equals).isPresent();
            if (!isSame) {
                edits.add((root, tick) -> root.lwwMap(name)
                        .put(tick.dot(), tick.stamp(), field, value));
            }
        });
    }

    /// Whether what was promised lasts at least until it would be said again anyway.
    private static boolean isFarEnough(String until, long nowMillis, RegistryTimes times) {
        try {
            var left = Long.parseLong(until) - nowMillis;
            return left > times.ttl().minus(times.refresh()).toMillis()
                    && left <= times.ttl().toMillis();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /// Takes a node out of the registry: first out of the sets, last what it says of itself.
    static List<Edit> without(NodeId node, Set<String> standsIn) {
        var hex = node.hex();
        var edits = new ArrayList<Edit>();
        for (var name : standsIn) {
            edits.add((root, _) -> root.set(name).remove(hex));
        }
        edits.add((root, _) -> root.remove(RegistryNames.of(node)));
        return edits;
    }

    /// The nodes that are to be taken out by `self`: those that have said nothing for twice as long
    /// as they are believed. Only the believed node with the least id does it.
    static List<NodeId> gone(NodeId self, ServiceIndex index, long nowMillis,
            RegistryTimes times) {
        var records = index.records();
        var isLeast = records.entrySet()
                .stream()
                .filter(each -> each.getValue().isValid(nowMillis, times))
                .allMatch(each -> each.getKey().compareTo(self) >= 0);
        return isLeast
                ? index.nodes()
                        .stream()
                        .filter(node -> !node.equals(self))
                        .filter(node -> isGone(records.get(node), nowMillis, times))
                        .toList()
                : List.of();
    }

    private static boolean isGone(@Nullable NodeRecord its,
            long nowMillis, RegistryTimes times) {
        return its == null || (!its.isValid(nowMillis, times)
                && Math.abs(nowMillis - its.untilMillis()) > times.ttl().toMillis());
    }
}
