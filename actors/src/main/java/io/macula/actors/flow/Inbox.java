package io.macula.actors.flow;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what one sender has waiting in the mailbox of one process, so that the mailbox, which
/// has no bound of its own, has one all the same: in messages, and in bytes where these can be
/// large. Safe to use from any thread.
public final class Inbox {

    /// Messages of one peer that wait for one process: twice a burst of 16 384, since nothing holds up the
    /// link they come in by.
    public static final int OF_PEER_MAX = 32_768;

    /// What they carry; a single message is taken whatever it carries.
    static final long OF_PEER_BYTES_MAX = 8 << 20;

    private final int waitingMax;
    private final long bytesMax;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /// One for messages that carry little.
    public Inbox(int waitingMax) {
        this(waitingMax, Long.MAX_VALUE);
    }

    private Inbox(int waitingMax, long bytesMax) {
        this.waitingMax = waitingMax;
        this.bytesMax = bytesMax;
    }

    /// One for messages of a peer: so many, of 8 MiB in all.
    public static Inbox ofPeer(int waitingMax) {
        return new Inbox(waitingMax, OF_PEER_BYTES_MAX);
    }

    /// True when one more may be queued; its reader then calls [#leave()].
    public boolean enter() {
        return enter(0);
    }

    /// True when one more that carries so many bytes may be queued; its reader then calls [#leave(int)].
    public boolean enter(int messageBytes) {
        if (waiting.incrementAndGet() > waitingMax) {
            waiting.decrementAndGet();
            return false;
        }
        var held = bytes.addAndGet(messageBytes);
        if (held > bytesMax && held != messageBytes) {
            leave(messageBytes);
            return false;
        }
        return true;
    }

    /// One was read.
    public void leave() {
        leave(0);
    }

    /// One that carried so many bytes was read. Never goes below zero, because of [#clear].
    public void leave(int messageBytes) {
        waiting.updateAndGet(n -> n > 0 ? n - 1 : 0);
        if (messageBytes > 0) {
            bytes.updateAndGet(n -> Math.max(0, n - messageBytes));
        }
    }

    /// The process has restarted: what waited in its old mailbox is gone and will not be read.
    public void clear() {
        waiting.set(0);
        bytes.set(0);
    }

    public int waiting() {
        return waiting.get();
    }
}
