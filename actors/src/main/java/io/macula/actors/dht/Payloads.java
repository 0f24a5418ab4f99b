package io.macula.actors.dht;

import io.macula.actors.link.PeerAddress;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.PackedValue;
import io.macula.actors.wire.Value;
import io.macula.actors.wire.WireLimits;
import io.macula.dht.NodeId;
import io.macula.dht.record.SignedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stands inside the records of a realm: always its name, and for a provider how it is
/// reached, for a value the value.
final class Payloads {

    /// Longest value that is kept under a name.
    static final int VALUE_BYTES_MAX = 4_096;

    /// Longest address that is believed: that of a host name (RFC 1035, 2.3.4) with its port.
    private static final int ADDRESS_CHARS_MAX = 262;

    private static final WireLimits LIMITS = new WireLimits(SignedRecord.PAYLOAD_MAX_BYTES, 4,
            64);

    private static final String REALM = "realm";
    private static final String ADDRESSES = "addresses";
    private static final String RELAYS = "relays";
    private static final String LOAD = "load";
    private static final String VALUE = "value";

    private Payloads() {}

    static Bytes ofProvider(String realm, Provider provider) {
        var addresses = provider.addresses()
                .stream()
                .limit(Provider.ADDRESSES_MAX)
                .map(address -> Value.of(address.hostPort()))
                .toList();
        var relays = provider.relays()
                .stream()
                .limit(Provider.RELAYS_MAX)
                .map(relay -> Value.of(NodeIds.toWire(relay)))
                .toList();
        return PackedValue.encode(Value.Map.EMPTY.with(REALM, realm)
                .with(ADDRESSES, Value.of(addresses))
                .with(RELAYS, Value.of(relays))
                .with(LOAD, provider.load()));
    }

    static Bytes ofValue(String realm, Bytes value) {
        return PackedValue.encode(Value.Map.EMPTY.with(REALM, realm).with(VALUE, value));
    }

    /// The realm a record was made in; empty when its payload is none of ours.
    static Optional<String> realmOf(SignedRecord signed) {
        return map(signed).flatMap(map -> map.text(REALM));
    }

    /// The provider a genuine record speaks of; what it says wrongly is left out.
    static Provider provider(SignedRecord signed) {
        var map = map(signed).orElse(Value.Map.EMPTY);
        var addresses = new ArrayList<PeerAddress>();
        for (var address : list(map, ADDRESSES, Provider.ADDRESSES_MAX)) {
            text(address).filter(text -> text.length() <= ADDRESS_CHARS_MAX)
                    .flatMap(PeerAddress::parse)
                    .map(parsed -> new PeerAddress(signed.publisher(), parsed.host(),
                            parsed.port()))
                    .ifPresent(addresses::add);
        }
        var relays = new ArrayList<NodeId>();
        for (var relay : list(map, RELAYS, Provider.RELAYS_MAX)) {
            if (relay instanceof Value.Binary(var bytes)) {
                NodeIds.of(bytes).ifPresent(relays::add);
            }
        }
        return new Provider(signed.publisher(), addresses, relays,
                map.number(LOAD).filter(load -> load >= 0).orElse(0L));
    }

    /// The value a genuine record holds.
    static Optional<Bytes> value(SignedRecord signed) {
        return map(signed).flatMap(map -> map.bytes(VALUE));
    }

    private static Optional<Value.Map> map(SignedRecord signed) {
        return PackedValue.decode(Bytes.of(signed.payload().toArray()), LIMITS)
                .filter(Value.Map.class::isInstance)
                .map(Value.Map.class::cast);
    }

    private static List<Value> list(Value.Map map, String key, int max) {
        return map.get(key)
                .filter(Value.Array.class::isInstance)
                .map(Value.Array.class::cast)
                .map(array -> array.elements().stream().limit(max).toList())
                .orElse(List.of());
    }

    private static Optional<String> text(Value value) {
        return value instanceof Value.Binary(var bytes) ? bytes.text() : Optional.empty();
    }
}
