package io.macula.crdt.replicator;

import io.macula.crdt.ReplicaId;
import io.macula.crdt.wire.Message;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which nodes share this state, also while they are not there. A node is a member from the moment it
/// is a peer, and is in one of these phases:
///
/// - *here*: a peer. Changes stay in the log until it has seen them.
/// - *awaited*: was here before our restart and has not come yet. The same, for so long as `absence`;
///   then it is away.
/// - *away*: no peer any more, or said that it leaves. Nothing is kept for it; when it comes, it is
///   compared with.
/// - *retired*: away for longer than `retireAfter`. No member any more; when it comes, it is told so and
///   goes on as a new replica.
///
/// Every node decides for itself and nothing is thrown away by it, so retiring too early, because a clock
/// jumped, costs an epoch and nothing else.
final class Membership {

    /// Stands for the end of a time that has not begun.
    static final long NOT_YET = Long.MAX_VALUE;

    /// More are not remembered: who is away longest is retired.
    static final int MEMBERS_MAX = 256;

    private static final long HERE = 0;

    private final Turn turn;
    private final State state;

    Membership(Turn turn) {
        this.turn = turn;
        this.state = turn.state;
    }

    /// @param before the peers so far
    void peersAre(Set<Long> before) {
        for (var peer : state.peers.keySet()) {
            if (!before.contains(peer) || !state.members.containsKey(peer)) {
                put(peer, HERE);
            }
        }
        before.stream().filter(peer -> !state.peers.containsKey(peer)).forEach(this::away);
    }

    void heard(long peer, ReplicaId sender, Message message) {
        if (message instanceof Message.Leaving) {
            away(peer);
        } else if (message instanceof Message.Clock) {
            put(peer, HERE);
            if (new Epochs(turn).isRetired(sender)) {
                turn.send(peer, new Message.Retired(sender));
            }
        }
    }

    /// Whether changes are kept until this peer has seen them.
    boolean isHere(long peer) {
        return state.members.getOrDefault(peer, HERE) == HERE;
    }

    boolean awaits() {
        return !awaited().isEmpty();
    }

    /// Whether there is anybody for whom changes are kept.
    boolean keepsChanges() {
        for (var peer : state.peers.keySet()) {
            if (isHere(peer)) {
                return true;
            }
        }
        return awaits();
    }

    private Set<Long> awaited() {
        return state.awaitedUntilMillis == Long.MIN_VALUE
                ? Set.of()
                : state.members.keySet()
                        .stream()
                        .filter(member -> isHere(member) && !state.peers.containsKey(member))
                        .collect(Collectors.toSet());
    }

    /// What time does to members.
    void run() {
        if (state.awaitedUntilMillis == NOT_YET) {
            state.awaitedUntilMillis = turn.nowMillis() + state.config.absence().toMillis();
        } else if (state.awaitedUntilMillis <= turn.nowMillis()
                && state.awaitedUntilMillis > Long.MIN_VALUE) {
            awaited().forEach(this::away);
            state.awaitedUntilMillis = Long.MIN_VALUE;
        }
        retire();
    }

    private void retire() {
        long before = turn.now.wallMillis() - state.config.retireAfter().toMillis();
        for (var member : Set.copyOf(state.members.keySet())) {
            if (!isHere(member) && !state.peers.containsKey(member)
                    && state.members.getOrDefault(member, HERE) <= before) {
                retire(member);
            }
        }
    }

    private void away(long member) {
        if (isHere(member)) {
            put(member, Math.max(HERE + 1, turn.now.wallMillis()));
            new Clocks(turn).trimLog();
        }
    }

    private void put(long member, long awaySinceMillis) {
        var had = state.members.get(member);
        if (had != null && had == awaySinceMillis) {
            return;
        }
        var members = new TreeMap<>(state.members);
        members.put(member, awaySinceMillis);
        state.members = members;
        turn.dirty();
        if (members.size() > MEMBERS_MAX) {
            members.entrySet()
                    .stream()
                    .filter(each -> each.getValue() != HERE)
                    .min(Map.Entry.comparingByValue())
                    .ifPresent(longest -> retire(longest.getKey()));
        }
    }

    private void retire(long member) {
        var members = new TreeMap<>(state.members);
        members.remove(member);
        state.members = members;
        turn.notice(new Notice.Retired(member, new Epochs(turn).retire(member)));
        turn.dirty();
    }

    /// Hands over what waits, to all, and says goodbye.
    void leave() {
        new Rounds(turn).pushToAll();
        state.peers.keySet().forEach(peer -> turn.send(peer, new Message.Leaving()));
        state.hasLeft = true;
    }
}
