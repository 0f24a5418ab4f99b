package io.macula.dht.node;

import io.macula.dht.Contact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The requests under way and their time-outs. A soft time-out repeats the request and frees its
/// slot; only the hard one is a failure. The list is in the order of the numbers.
final class Requests {

    private final Core core;
    private final RoundTrips roundTrips;
    private final ArrayList<Rpc> underWay = new ArrayList<>(4);
    private long nextNumber;
    private long nextMillis = Long.MAX_VALUE;

    Requests(Core core) {
        this.core = core;
        this.roundTrips = new RoundTrips(core.config);
    }

    void send(Contact to, Message.Request request, Rpc.Owner owner) {
        send(to, request, owner, core.now() + roundTrips.softMillis());
    }

    /// Without a repetition: for pings that only confirm what a lookup found.
    void sendOnce(Contact to, Message.Request request, Rpc.Owner owner) {
        send(to, request, owner, core.now() + core.config.hard().toMillis());
    }

    /// The request that `from` answers, no longer under way; null when it is not one of ours, is
    /// too late, or was sent to somebody else.
    @Nullable
    Rpc answered(Contact from, long number) {
        var index = indexOf(number);
        if (index < 0 || !underWay.get(index).to.id().equals(from.id())) {
            return null;
        }
        var rpc = underWay.remove(index);
        if (!rpc.isRepeated) {
            roundTrips.measured(core.now() - rpc.sentAtMillis);
        }
        return rpc;
    }

    @Nullable
    Rpc abandon(long number) {
        var index = indexOf(number);
        return index < 0 ? null : underWay.remove(index);
    }

    long nextMillis() {
        return nextMillis;
    }

    int count() {
        return underWay.size();
    }

    /// Repeats the slow ones, and returns those that failed.
    List<Rpc> timeOut() {
        if (core.now() < nextMillis) {
            return List.of();
        }
        var failed = new ArrayList<Rpc>(0);
        var slow = new ArrayList<Rpc>(0);
        nextMillis = Long.MAX_VALUE;
        for (var rpc : underWay) {
            if (rpc.nextAtMillis <= core.now()) {
                (rpc.isRepeated ? failed : slow).add(rpc);
            }
            if (rpc.nextAtMillis > core.now()) {
                nextMillis = Math.min(nextMillis, rpc.nextAtMillis);
            }
        }
        if (!failed.isEmpty()) {
            underWay.removeIf(rpc -> rpc.isRepeated && rpc.nextAtMillis <= core.now());
        }
        slow.forEach(this::repeat);
        return failed;
    }

    private int indexOf(long number) {
        int low = 0;
        int high = underWay.size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var found = underWay.get(middle).number;
            if (found == number) {
                return middle;
            }
            low = found < number ? middle + 1 : low;
            high = found < number ? high : middle - 1;
        }
        return -1;
    }

    private void repeat(Rpc rpc) {
        rpc.isRepeated = true;
        rpc.nextAtMillis = rpc.hardAtMillis;
        nextMillis = Math.min(nextMillis, rpc.nextAtMillis);
        core.effect(new Effect.Send(rpc.to, rpc.number, rpc.request));
        rpc.owner.slow(rpc);
    }

    private void send(Contact to, Message.Request request, Rpc.Owner owner, long softAt) {
        var hardAt = core.now() + core.config.hard().toMillis();
        var rpc = new Rpc(nextNumber++, to, request, owner, core.now(), softAt, hardAt);
        underWay.add(rpc);
        nextMillis = Math.min(nextMillis, softAt);
        core.effect(new Effect.Send(to, rpc.number, request));
    }
}
