package io.macula.runtime.global;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one incarnation of a process has to give back, even when it is killed: sessions, candidacies, watches. Safe to
/// use from any thread.
final class Debts {

    private final Map<String, Runnable> owed = new HashMap<>();
    private boolean isOver;

    /// @param what
    ///            what was owed under this name before is given back now
    /// @param giveBack
    ///            runs once: when the incarnation is over, and now if it is over already
    void owes(String what, Runnable giveBack) {
        var now = put(what, giveBack);
        if (now != null) {
            now.run();
        }
    }

    private synchronized @Nullable Runnable put(String what,
            Runnable giveBack) {
        return isOver ? giveBack : owed.put(what, giveBack);
    }

    /// The incarnation is over.
    void settle() {
        all().forEach(Runnable::run);
    }

    private synchronized List<Runnable> all() {
        isOver = true;
        var all = List.copyOf(owed.values());
        owed.clear();
        return all;
    }
}
