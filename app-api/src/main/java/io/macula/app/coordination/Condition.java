package io.macula.app.coordination;

import io.macula.app.Payload;

/// What must hold for a transaction's first operations to run.
public sealed interface Condition {

    /// Nothing stands under `key`.
    record Absent(String key) implements Condition {}

    /// What stands under `key` was written at `revision`, and not since.
    record RevisionIs(String key, long revision) implements Condition {}

    /// Under `key` stands `value`.
    record ValueIs(String key, Payload value) implements Condition {}

    /// The lock `name` is held under `fence`: this store checks fences itself.
    record LockHeld(String name, Fence fence) implements Condition {}

    /// The election `name` is led under `fence`.
    record Leads(String name, Fence fence) implements Condition {}
}
