package io.macula.testkit;

import io.macula.actors.services.RegistryNames;
import io.macula.crdt.BoundedCounter;
import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Fingerprint;
import io.macula.crdt.GCounter;
import io.macula.crdt.LwwMap;
import io.macula.crdt.LwwRegister;
import io.macula.crdt.OrMap;
import io.macula.crdt.OrSet;
import io.macula.crdt.PnCounter;
import io.macula.crdt.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Says in what the shared state of nodes differs.
///
/// @param states by the nodes' numbers
record Convergence(Map<Integer, Held> states) {

    /// Elements of one set or map that are told.
    private static final int ELEMENTS_MAX = 5;

    /// Values that are told.
    private static final int VALUES_MAX = 10;

    /// The state of one node at one moment.
    record Held(OrMap values, Optional<Fingerprint> fingerprint) {}

    private record Name(Bytes key, Type type) {}

    /// One sentence for each value that is not the same everywhere, at least one unless all are.
    List<String> differences() {
        if (states.values().stream().map(Held::fingerprint).distinct().count() <= 1) {
            return List.of();
        }
        var own = new ArrayList<String>();
        long others = 0;
        for (var name : names()) {
            var byNode = new TreeMap<Integer, Crdt<?>>();
            states.forEach((node, held) -> byNode.put(node,
                    held.values().get(name.key(), name.type())));
            if (byNode.values().stream().map(Crdt::entries).distinct().count() > 1) {
                if (name.key().text().startsWith(RegistryNames.PREFIX)) {
                    others++;
                } else {
                    own.add(sentence(name, byNode));
                }
            }
        }
        return told(own, others);
    }

    private static List<String> told(List<String> own, long others) {
        var told = new ArrayList<>(own.subList(0, Math.min(own.size(), VALUES_MAX)));
        if (own.size() > VALUES_MAX) {
            told.add((own.size() - VALUES_MAX) + " more values differ");
        }
        if (told.isEmpty()) {
            told.add("what the nodes say of themselves differs in " + others + " values");
        }
        return told;
    }

    private List<Name> names() {
        var names = new ArrayList<Name>();
        var keys = new TreeSet<Bytes>();
        states.values().forEach(held -> keys.addAll(held.values().names()));
        for (var key : keys) {
            var types = new HashSet<Type>();
            states.values().forEach(held -> types.addAll(held.values().types(key)));
            new TreeSet<>(types).forEach(type -> names.add(new Name(key, type)));
        }
        return names;
    }

    private static String sentence(Name name, Map<Integer, Crdt<?>> byNode) {
        return byNode.entrySet()
                .stream()
                .map(each -> "node " + each.getKey() + " has " + text(each.getValue()))
                .collect(Collectors.joining(", ", "'" + name.key().text() + "' ("
                        + name.type().name().toLowerCase(Locale.ROOT) + "): ", ""));
    }

    private static String text(Crdt<?> value) {
        return switch (value) {
            case PnCounter counter -> String.valueOf(counter.value());
            case GCounter counter -> String.valueOf(counter.value());
            case BoundedCounter counter -> String.valueOf(counter.value());
            case LwwRegister register -> register.value()
                    .map(content -> "'" + content.text() + "'")
                    .orElse("nothing");
            case OrSet set -> several(set.elements().stream().map(Bytes::text).sorted().toList());
            case LwwMap fields -> several(fields.asMap()
                    .entrySet()
                    .stream()
                    .map(each -> each.getKey().text() + "=" + each.getValue().text())
                    .sorted()
                    .toList());
            case OrMap map -> several(map.names().stream().map(Bytes::text).toList());
        };
    }

    private static String several(List<String> all) {
        return all.size() <= ELEMENTS_MAX
                ? all.toString()
                : all.size() + " entries, such as " + all.subList(0, ELEMENTS_MAX);
    }
}
