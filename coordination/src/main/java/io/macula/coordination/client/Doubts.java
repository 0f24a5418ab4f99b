package io.macula.coordination.client;

import io.macula.coordination.state.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Requests of which nobody knows what became, because no majority answered. Each is withdrawn as soon as
/// one does; until then its number stays open and its caller's place taken, which bounds them.
final class Doubts {

    private final Line line;
    private final List<Doubt> open = new CopyOnWriteArrayList<>();

    Doubts(Line line) {
        this.line = line;
    }

    private record Doubt(long number, Runnable settled) {}

    /// @param settled
    ///            runs once it is withdrawn, and gives back what it took
    void add(long number, Runnable settled) {
        open.add(new Doubt(number, settled));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /// Withdraws what it can, until the first one that nobody answers.
    void settle(Duration timeout) {
        for (var doubt : List.copyOf(open)) {
            if (line.askOnce(new Request.Withdraw(doubt.number()), timeout).isEmpty()) {
                return;
            }
            open.remove(doubt);
            doubt.settled().run();
        }
    }
}
