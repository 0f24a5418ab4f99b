package io.macula.runtime.why;

import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.Optional;

/// One subscription to a topic, or one offer of a service, as the node it is on tells of it.
///
/// @param place
///            the node by which others reach it: its own, or the gateway it hangs on
/// @param what
///            the pattern, or the name of the service
/// @param isReady
///            false for a service that is registered and not offered
/// @param lastUsed
///            how long ago a message was delivered or a request answered; empty when none was, or nobody knows
/// @param trouble
///            what is wrong with it, one sentence; else empty
public record Standing(NodeId place, String what, boolean isReady, Optional<Duration> lastUsed,
        String trouble) {}
