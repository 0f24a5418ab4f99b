package io.macula.actors.flow;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts what one sender has waiting in the mailbox of one process, so that the mailbox, which
/// has no bound of its own, has one all the same. For messages that carry little; those of a peer
/// are counted by [PeerInbox]. Safe to use from any thread.
public final class Inbox {

    private final int waitingMax;
    private final AtomicInteger waiting = new AtomicInteger();

    public Inbox(int waitingMax) {
        this.waitingMax = waitingMax;
    }

    /// True when one more may be queued; its reader then calls [#leave()].
    public boolean enter() {
        if (waiting.incrementAndGet() > waitingMax) {
            waiting.decrementAndGet();
            return false;
        }
        return true;
    }

    /// One was read. Never goes below zero, because of [#clear].
    public void leave() {
        waiting.updateAndGet(n -> n > 0 ? n - 1 : 0);
    }

    /// The process has restarted: what waited in its old mailbox is gone and will not be read.
    public void clear() {
        waiting.set(0);
    }

    public int waiting() {
        return waiting.get();
    }
}
