package io.macula.actors.link;

import io.macula.actors.wire.Message;

/// A message to be sent over many links, encoded once.
public record OutFrame(Message message) {}
