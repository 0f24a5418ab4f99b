package io.macula.runtime.observe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// The state of the counters in each of the last seconds, from which rates and percentiles of just now follow.
/// Pure: the time is given, in nanoseconds of any clock that never goes back. Not safe for several threads.
final class Recent {

    /// How far back "just now" reaches.
    static final int SAMPLES_MAX = 11;

    /// @param topics messages by topic
    record Sample(long nanos, Tally published, Tally handled, Tally called, Tally served,
            Map<String, Long> topics, Map<String, Long> procedures) {

        Sample {
            topics = Map.copyOf(topics);
            procedures = Map.copyOf(procedures);
        }

        static Sample of(Traffic traffic, long nanos) {
            var topics = new HashMap<String, Long>();
            traffic.topics().all().forEach((name, topic) -> topics.put(name, topic.messages()));
            var procedures = new HashMap<String, Long>();
            traffic.calls().forEach((name, ends) -> procedures.merge(name, count(ends), Long::sum));
            traffic.served()
                    .forEach((name, ends) -> procedures.merge(name, count(ends), Long::sum));
            return new Sample(nanos, Tally.of(traffic.published()), Tally.of(traffic.handled()),
                    Tally.of(traffic.calls().values()), Tally.of(traffic.served().values()), topics,
                    procedures);
        }

        private static long count(Traffic.Ends ends) {
            return Tally.of(ends.counts()).all().count();
        }
    }

    private final Deque<Sample> samples = new ArrayDeque<>();

    Recent(Sample first) {
        samples.add(first);
    }

    void add(Sample sample) {
        if (samples.size() == SAMPLES_MAX) {
            samples.removeFirst();
        }
        samples.addLast(sample);
    }

    Sample oldest() {
        return samples.getFirst();
    }
}
