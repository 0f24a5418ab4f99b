package io.macula.actors.wire;

/// What a frame carries.
public interface Message {}
