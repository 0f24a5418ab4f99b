package io.macula.runtime;

import io.macula.actors.peer.Uplink;
import io.macula.dht.NodeId;
import io.macula.runtime.Node.Joined;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// How the first of the wanted peers answers.
final class FirstContact {

    private FirstContact() {}

    static CompletionStage<Joined> of(NodeId self, Collection<Uplink> uplinks, Duration patience) {
        if (uplinks.isEmpty()) {
            return CompletableFuture.completedStage(new Joined.Connected(self));
        }
        var first = new CompletableFuture<Joined>();
        for (var uplink : uplinks) {
            uplink.firstContact().thenAccept(contact -> first.complete(switch (contact) {
                case Uplink.Contact.Connected(var link) -> new Joined.Connected(link.peer());
                case Uplink.Contact.Refused(var reason) ->
                    new Joined.Refused(reason.code(), reason.message());
            }));
        }
        var addresses = String.join(", ",
                uplinks.stream().map(uplink -> uplink.address().toString()).toList());
        return first.completeOnTimeout(new Joined.Unreachable("nobody answered at " + addresses
                + " within " + patience.toMillis() + " ms; is a gateway running there?"),
                patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
