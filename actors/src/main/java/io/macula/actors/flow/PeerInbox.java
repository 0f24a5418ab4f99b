package io.macula.actors.flow;

import io.macula.actors.link.Link;
import io.macula.actors.link.StreamClass;
import io.macula.actors.wire.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Bounds what of one peer waits in the mailbox of one process, in messages and in what they carry, and
/// holds the peer up before that is reached: past half of a bound the stream that a message came
/// by is no longer read, so that QUIC's flow control makes the peer wait, until no more than a quarter
/// is left. What QUIC has handed over already still comes; the other half is room for that.
///
/// Streams of [StreamClass#CONTROL] are always read, or a busy peer would seem to be dead: what
/// comes by them is refused when there is no room. Safe to use from any thread.
public final class PeerInbox {

    /// Messages of one peer that wait for one process.
    public static final int MESSAGES_MAX = 32_768;

    /// What they carry; a single message is taken whatever it carries.
    static final long BYTES_MAX = 8 << 20;

    private record Stream(Link link, StreamClass stream) {}

    private final int messagesMax;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /// What is not read; guarded by itself, which also orders what links are told.
    private final Set<Stream> paused = new HashSet<>();
    private volatile boolean isHoldingUp;

    /// @param messagesMax at least 1; 8 MiB in all
    public PeerInbox(int messagesMax) {
        this.messagesMax = messagesMax;
    }

    /// True when one more may be queued, of this node's own code; its reader then calls [#leave].
    public boolean enter(Message message) {
        if (waiting.incrementAndGet() > messagesMax) {
            waiting.decrementAndGet();
            return false;
        }
        var own = message.bodyBytes();
        var held = bytes.addAndGet(own);
        if (held > BYTES_MAX && held != own) {
            leave(message);
            return false;
        }
        return true;
    }

    /// True when one more may be queued that came over this link; its reader then calls [#leave].
    public boolean enter(Link from, Message message) {
        var room = enter(message);
        if (isPast(2)) {
            pause(from, StreamClass.of(message.type()));
        }
        return room;
    }

    /// One was read. Never goes below zero, because of [#clear].
    public void leave(Message message) {
        waiting.updateAndGet(n -> n > 0 ? n - 1 : 0);
        var own = message.bodyBytes();
        if (own > 0) {
            bytes.updateAndGet(n -> Math.max(0, n - own));
        }
        resumeIfCaughtUp();
    }

    /// The process has restarted: what waited in its old mailbox is gone and will not be read.
    public void clear() {
        waiting.set(0);
        bytes.set(0);
        resumeIfCaughtUp();
    }

    public int waiting() {
        return waiting.get();
    }

    private boolean isPast(int part) {
        return waiting.get() > messagesMax / part || bytes.get() > BYTES_MAX / part;
    }

    private void pause(Link link, StreamClass stream) {
        if (stream == StreamClass.CONTROL) {
            return;
        }
        synchronized (paused) {
            if (paused.add(new Stream(link, stream))) {
                link.pause(stream);
            }
            isHoldingUp = true;
        }
        resumeIfCaughtUp(); // the reader may have taken the last one before it could see that
    }

    private void resumeIfCaughtUp() {
        if (!isHoldingUp || isPast(4)) {
            return;
        }
        synchronized (paused) {
            paused.forEach(each -> each.link().resume(each.stream()));
            paused.clear();
            isHoldingUp = false;
        }
    }
}
