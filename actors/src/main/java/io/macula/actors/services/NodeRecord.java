package io.macula.actors.services;

import io.macula.actors.dht.Provider;
import io.macula.actors.link.PeerAddress;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a node says of itself in the registry. Each field is a register of which the last write wins.
///
/// @param where how it is reached
/// @param untilMillis Unix time; what is older is not believed any more
public record NodeRecord(Provider where, String name, String role, long untilMillis) {

    static final String UNTIL = "until";

    private static final String NAME = "name";
    private static final String ROLE = "role";
    private static final String ADDRESSES = "addresses";
    private static final String RELAYS = "relays";
    private static final String SEPARATOR = " ";

    /// As fields. How busy a node is changes too often to be one.
    Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put(NAME, name);
        fields.put(ROLE, role);
        fields.put(ADDRESSES, text(where.addresses(), Provider.ADDRESSES_MAX,
                PeerAddress::hostPort));
        fields.put(RELAYS, text(where.relays(), Provider.RELAYS_MAX, NodeId::hex));
        fields.put(UNTIL, Long.toString(untilMillis));
        return fields;
    }

    private static <T> String text(List<T> list, int max, Function<T, String> each) {
        return String.join(SEPARATOR, list.stream().limit(max).map(each).toList());
    }

    /// Reads what another node wrote. What is wrong is left out; empty without a time.
    static Optional<NodeRecord> of(NodeId node, Map<String, String> fields) {
        return millis(fields.getOrDefault(UNTIL, "")).map(until -> {
            var addresses = list(fields.get(ADDRESSES), Provider.ADDRESSES_MAX,
                    text -> PeerAddress.parse(text)
                            .map(at -> new PeerAddress(node, at.host(), at.port())));
            var relays = list(fields.get(RELAYS), Provider.RELAYS_MAX, NodeId::parse);
            return new NodeRecord(new Provider(node, addresses, relays, 0),
                    fields.getOrDefault(NAME, ""), fields.getOrDefault(ROLE, ""), until);
        });
    }

    private static <T> List<T> list(@Nullable String text, int max,
            Function<String, Optional<T>> each) {
        var list = new ArrayList<T>();
        for (var part : text == null ? new String[0] : text.split(SEPARATOR, max + 1)) {
            if (list.size() < max) {
                each.apply(part).ifPresent(list::add);
            }
        }
        return list;
    }

    private static Optional<Long> millis(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Whether it is to be believed now. A time further ahead than a node may promise is none.
    boolean isValid(long nowMillis, RegistryTimes times) {
        return untilMillis > nowMillis
                && untilMillis <= nowMillis + 2 * times.ttl().toMillis();
    }
}
