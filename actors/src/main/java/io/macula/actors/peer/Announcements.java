package io.macula.actors.peer;

import io.macula.actors.local.Confirmation;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a peer has to be told over its present link, and what it was told and has not answered
/// yet. A pure core, used alike for subscriptions and for offered procedures; owned by one process.
///
/// It holds names only: whether a name is wanted or withdrawn is read from the node's tables when
/// it is told, so the order in which two threads changed their minds does not matter.
///
/// Bounded by `namesMax`: more than that are not taken, and of more unanswered requests the
/// oldest are forgotten, which only means that nobody is told when they are answered.
final class Announcements {

    private final int namesMax;
    private final Set<String> untold = new LinkedHashSet<>();
    private final Map<Bytes, List<String>> unanswered = new LinkedHashMap<>();

    Announcements(int namesMax) {
        this.namesMax = namesMax;
    }

    /// A new link: the peer behind it knows nothing yet.
    void restart(Collection<String> names) {
        unanswered.clear();
        untold.clear();
        add(names);
    }

    /// Names to be told, again perhaps. False when they are too many and not all were taken.
    boolean add(Collection<String> names) {
        for (var name : names) {
            if (untold.size() >= namesMax && !untold.contains(name)) {
                return false;
            }
            untold.add(name);
        }
        return true;
    }

    /// The names to be told next, oldest first: at most `countMax`, and no more after
    /// `charsMax` characters. Empty when there is nothing to tell.
    List<String> next(int countMax, int charsMax) {
        var names = new ArrayList<String>();
        var chars = 0;
        for (var name : untold) {
            if (names.size() >= countMax || chars >= charsMax) {
                break;
            }
            names.add(name);
            chars += name.length();
        }
        return names;
    }

    /// The peer was told of names and is not going to answer.
    void told(Collection<String> names) {
        names.forEach(untold::remove);
    }

    /// The peer was told of names under a request id, which it is going to answer.
    void told(Bytes requestId, List<String> names) {
        told(names);
        unanswered.put(requestId, List.copyOf(names));
        if (unanswered.size() > namesMax) {
            unanswered.remove(unanswered.keySet().iterator().next());
        }
    }

    /// What an answer says, and of which names.
    record Answered(List<String> names, Confirmation confirmation) {}

    /// Reads an answer; empty when it belongs to something else.
    Optional<Answered> answered(Reply reply) {
        var names = unanswered.remove(reply.callId());
        if (names == null) {
            return Optional.empty();
        }
        var error = reply.error();
        return Optional.of(new Answered(names, error == null
                ? new Confirmation.Known()
                : new Confirmation.Refused(error.code(), sentence(error))));
    }

    private static String sentence(Reply.Failure error) {
        var message = error.message();
        return message == null ? error.code() : message;
    }
}
