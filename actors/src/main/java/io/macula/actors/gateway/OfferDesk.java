package io.macula.actors.gateway;

import io.macula.actors.rpc.Directory;
import io.macula.actors.rpc.Offers;
import io.macula.actors.rpc.Party;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.ProcedureName;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Value;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Takes what peers say they offer into the directory, or says why not. Pure: no clock, no I/O.
///
/// @param proceduresMax procedures one peer may offer, as in the directory
/// @param ttlMax the longest an offer is believed without being renewed
record OfferDesk(Directory directory, int proceduresMax, Duration ttlMax) {

    /// A peer offers, renews or, with a ttl of 0, withdraws. Empty when that is done.
    Optional<Reply.Failure> stored(Party.Client peer, Store store, Instant now) {
        var procedure = store.procedure();
        if (procedure == null) {
            return refused("not_supported",
                    "this gateway stores offered procedures only, and the name is missing");
        }
        if (ProcedureName.parse(procedure) instanceof ProcedureName.Parsed.Invalid(var why)) {
            return refused("invalid_procedure", why);
        }
        if (!Offers.key(procedure).equals(store.key())) {
            return refused("invalid_key", "the key is not the hash of the procedure's name");
        }
        if (!isOwner(peer.id(), store.value())) {
            return refused("identity_invalid",
                    "a peer may offer procedures under its own id only");
        }
        return taken(peer, procedure, ttl(store.value()), now);
    }

    private Optional<Reply.Failure> taken(Party peer, String procedure, Duration ttl,
            Instant now) {
        if (ttl.isZero()) {
            directory.withdrawn(peer, procedure);
            return Optional.empty();
        }
        return directory.offered(peer, procedure, ttl, now)
                ? Optional.empty()
                : refused("limit_reached", "one peer may offer " + proceduresMax + " procedures");
    }

    private static boolean isOwner(NodeId peer, Value value) {
        return value instanceof Value.Map map
                && map.bytes("node_id").filter(Bytes.of(peer.toBytes())::equals).isPresent();
    }

    /// What the offer asks for, within bounds; one that does not say gets the longest.
    private Duration ttl(Value value) {
        var longest = ttlMax.toSeconds();
        var asked = value instanceof Value.Map map ? map.number("ttl").orElse(longest) : longest;
        return Duration.ofSeconds(Math.clamp(asked, 0, longest));
    }

    private static Optional<Reply.Failure> refused(String code, String message) {
        return Optional.of(new Reply.Failure(code, message));
    }
}
