package io.macula.actors.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Whether a node is ready, and which of its parts are not. Belongs to the node; processes report
/// to it, and reading it never asks an actor. Safe to use from any thread.
public final class NodeStatus {

    private static final String OK = "ok";

    private final Map<String, String> checks = new ConcurrentHashMap<>();
    private volatile boolean draining;

    /// A part that must be fine before the node is ready; it is not yet.
    public void expect(String check) {
        checks.putIfAbsent(check, "starting");
    }

    /// The part is fine.
    public void ok(String check) {
        checks.put(check, OK);
    }

    /// The part is not fine, with one sentence why.
    public void failing(String check, String why) {
        checks.put(check, why);
    }

    /// The node takes nothing new from now on.
    public void drain() {
        draining = true;
    }

    public boolean isDraining() {
        return draining;
    }

    /// True while every part is fine and the node is not draining.
    public boolean isReady() {
        return !draining && !checks.isEmpty() && checks.values().stream().allMatch(OK::equals);
    }

    /// Each part with `ok` or the sentence why not, in alphabetical order.
    public Map<String, String> checks() {
        return new TreeMap<>(checks);
    }
}
