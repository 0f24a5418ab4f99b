package io.macula.actors.local;

import io.macula.actors.wire.Bytes;
import org.jspecify.annotations.Nullable;

/// A published message on its way to one subscription of this node.
///
/// @param traceparent as it came with the message
public record Delivery(String topic, String pattern, Bytes payload,
        @Nullable String traceparent) {}
