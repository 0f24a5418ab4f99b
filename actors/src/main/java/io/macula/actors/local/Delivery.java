package io.macula.actors.local;

import io.macula.actors.wire.Bytes;

/// A published message on its way to one subscription of this node.
public record Delivery(String topic, String pattern, Bytes payload) {}
