package io.macula.actors.rpc;

import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Value;
import io.macula.dht.NodeId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/// How an offered procedure stands in a `store` frame: key SHA-256 of the name, value node id,
/// endpoint and ttl in seconds (Macula 0.14), with the name itself and a request id as our extra
/// keys. A ttl of 0 withdraws the offer.
public final class Offers {

    private Offers() {}

    public static Store offer(NodeId provider, String endpoint, String procedure, Duration ttl,
            Bytes requestId) {
        var value = Value.Map.EMPTY
                .with("node_id", Bytes.of(provider.toBytes()))
                .with("endpoint", endpoint)
                .with("ttl", ttl.toSeconds());
        return Store.of(key(procedure), value)
                .withProcedure(procedure)
                .withRequestId(requestId);
    }

    public static Store withdrawal(NodeId provider, String procedure, Bytes requestId) {
        return offer(provider, "", procedure, Duration.ZERO, requestId);
    }

    /// The directory key of a procedure: SHA-256 of its name, 32 bytes.
    public static Bytes key(String procedure) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256")
                    .digest(procedure.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
