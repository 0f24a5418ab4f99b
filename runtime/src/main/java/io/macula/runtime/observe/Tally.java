package io.macula.runtime.observe;

import io.macula.runtime.observe.Histogram.Counts;
import io.macula.runtime.observe.Traffic.Ends;
import io.macula.runtime.observe.Traffic.Fault;
import java.util.Collection;
import java.util.Map;

/// One kind of work at one moment, all names together: what ended well and what did not.
///
/// @param all times of both
/// @param failed how many of them did not end well
record Tally(Counts all, long failed) {

    static Tally of(Map<Fault, Counts> ends) {
        var all = Counts.NONE;
        var failed = 0L;
        for (var end : ends.entrySet()) {
            all = all.plus(end.getValue());
            failed += end.getKey() == Fault.NONE ? 0 : end.getValue().count();
        }
        return new Tally(all, failed);
    }

    static Tally of(Collection<Ends> named) {
        return named.stream()
                .map(ends -> of(ends.counts()))
                .reduce(new Tally(Counts.NONE, 0),
                        (one, other) -> new Tally(one.all.plus(other.all),
                                one.failed + other.failed));
    }
}
