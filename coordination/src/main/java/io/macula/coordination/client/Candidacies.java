package io.macula.coordination.client;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// In which elections a session stands, each by the number of the request that made it a candidate.
/// That number stays open as long as it stands, so that asking again tells how the election goes.
final class Candidacies {

    static final int MAX = 24;

    private final Map<String, Long> numbers = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MAX);
    private final Line line;

    Candidacies(Line line) {
        this.line = line;
    }

    OptionalLong number(String election) {
        var number = numbers.get(election);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /// The number of a new candidacy, or of the one there is; empty when there are too many.
    OptionalLong begin(String election) {
        var number = numbers.computeIfAbsent(election,
                _ -> places.tryAcquire() ? line.numbers().begin() : null);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /// It no longer stands; its number stays open until [#free].
    void leave(String election, long number) {
        numbers.remove(election, number);
    }

    void free(long number) {
        line.numbers().end(number);
        places.release();
    }
}
