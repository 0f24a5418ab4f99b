package io.macula.crdt.replicator;

import io.macula.crdt.DotSet;
import io.macula.crdt.wire.Decoded;
import io.macula.crdt.wire.DotsCodec;
import java.util.Base64;
import java.util.Optional;

/// A causal token: where [Replicator#reached] says yes to it, everything it stands for is visible.
/// The token of an update gives read-your-writes on any node, that of a read monotone reads.
public record Version(DotSet dots) {

    public static final Version NONE = new Version(DotSet.EMPTY);

    /// Stands for both.
    public Version and(Version other) {
        return new Version(dots.union(other.dots));
    }

    /// As text of letters, digits, `-` and `_`, to be handed to another node.
    public String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(DotsCodec.encode(dots));
    }

    /// Reads what [#token()] wrote; empty when it is something else.
    public static Optional<Version> parse(String token) {
        try {
            return DotsCodec.decode(
                    Base64.getUrlDecoder().decode(token)) instanceof Decoded.Ok<DotSet>(var dots)
                            ? Optional.of(new Version(dots))
                            : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
