package io.macula.app.coordination;

/// Who leads.
///
/// @param owner
///            the name its session was opened under
/// @param fence
///            newer than that of every leader before
public record Leader(String owner, Fence fence) {}
