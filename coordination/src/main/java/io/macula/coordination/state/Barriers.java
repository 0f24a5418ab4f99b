package io.macula.coordination.state;

import java.util.List;
import java.util.SortedMap;

/// Who waits at which barrier, during one step.
final class Barriers {

    private final Turn turn;
    private final Table<String, Gathering> table;

    Barriers(Turn turn, SortedMap<String, Gathering> before) {
        this.turn = turn;
        table = new Table<>(before);
    }

    SortedMap<String, Gathering> now() {
        return table.now();
    }

    Reply enter(Waiter waiter, String barrier, int parties) {
        var gathering = table.get(barrier);
        if (gathering == null) {
            if (!Limits.isName(barrier) || parties < 1 || parties > Limits.PARTIES_MAX) {
                return new Reply.Refused("a barrier has a name of 1 to " + Limits.NAME_CHARS_MAX
                        + " characters and 1 to " + Limits.PARTIES_MAX + " parties");
            }
            if (table.size() == Limits.BARRIERS_MAX) {
                return new Reply.Refused("there are " + Limits.BARRIERS_MAX + " barriers already");
            }
            gathering = new Gathering(turn.count(), parties, List.of());
        }
        if (gathering.parties() != parties) {
            return new Reply.Refused("others wait there for " + gathering.parties() + " parties");
        }
        if (gathering.isAwaitedBy(waiter.session())) {
            return new Reply.Refused("this session waits there already");
        }
        var gathered = gathering.withEntered(waiter);
        if (!gathered.isComplete()) {
            table.put(barrier, gathered);
            return new Reply.Entered(barrier);
        }
        table.remove(barrier);
        var passed = new Reply.Passed(gathered.generation());
        gathered.entered().forEach(party -> turn.settle(party, passed));
        return passed;
    }

    /// All who wait there are told that it is broken.
    void breakUp(String barrier) {
        var gathering = table.get(barrier);
        if (gathering != null) {
            table.remove(barrier);
            gathering.entered().forEach(party -> turn.settle(party, new Reply.Broken()));
        }
    }

    void leaveAll(SessionId session) {
        for (var barrier : List.copyOf(table.now().keySet())) {
            var gathering = table.get(barrier);
            if (gathering != null && gathering.isAwaitedBy(session)) {
                breakUp(barrier);
            }
        }
    }
}
