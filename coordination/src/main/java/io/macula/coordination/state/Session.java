package io.macula.coordination.state;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One owner's session, and what is remembered of its requests so that none runs twice.
///
/// A request is new when its number is the highest so far, or when a request with a higher number
/// said that it is still wanted. Any other number was answered, or given up, and never runs.
///
/// @param deadline
///            the time at which it ends unless it is heard of
/// @param highest
///            the highest number seen
/// @param missing
///            lower numbers that are wanted and have not arrived
/// @param replies
///            what was answered to those that are still wanted
public record Session(SessionId id, String owner, Duration timeToLive, Duration deadline,
        long highest, SortedSet<Long> missing, SortedMap<Long, Reply> replies) {

    public Session {
        missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
        replies = Collections.unmodifiableSortedMap(new TreeMap<>(replies));
    }

    static Session opened(Command.Open open, Duration now) {
        return new Session(open.session(), open.owner(), open.timeToLive(),
                now.plus(open.timeToLive()), 0, new TreeSet<>(), new TreeMap<>());
    }

    Session renewed(Duration now) {
        return new Session(id, owner, timeToLive, now.plus(timeToLive), highest, missing, replies);
    }

    boolean isNew(long sequence) {
        return sequence > highest || missing.contains(sequence);
    }

    /// A new request begins. If its number is the highest, what it no longer lists as `open` is
    /// forgotten.
    Session begun(long sequence, SortedSet<Long> open) {
        if (sequence < highest) {
            var fewer = new TreeSet<>(missing);
            fewer.remove(sequence);
            return new Session(id, owner, timeToLive, deadline, highest, fewer, replies);
        }
        var wanted = new TreeMap<>(replies);
        wanted.keySet().retainAll(open);
        var awaited = new TreeSet<>(open.headSet(sequence));
        awaited.removeIf(number -> wanted.containsKey(number) || !isNew(number));
        return new Session(id, owner, timeToLive, deadline, sequence, awaited, wanted);
    }

    Session withReply(long sequence, Reply reply) {
        var more = new TreeMap<>(replies);
        more.put(sequence, reply);
        return new Session(id, owner, timeToLive, deadline, highest, missing, more);
    }

    /// A reply that takes another's place; one that is no longer wanted is not kept.
    Session settled(long sequence, Reply reply) {
        return replies.containsKey(sequence) ? withReply(sequence, reply) : this;
    }

    /// A request that has not arrived will not run when it does.
    Session barred(long sequence) {
        return missing.contains(sequence)
                ? begun(sequence, missing).withReply(sequence, new Reply.Withdrawn())
                : this;
    }

    int keptBytes() {
        return replies.values().stream().mapToInt(Reply::sizeBytes).sum();
    }
}
