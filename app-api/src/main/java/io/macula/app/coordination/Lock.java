package io.macula.app.coordination;

/// A lock that was granted. Hand [#fence()] to every resource that is written under it.
public record Lock(String name, Fence fence) {}
