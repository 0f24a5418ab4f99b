package io.macula.actors.cluster;

import io.macula.dht.NodeId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries byte frames between the members of a Cluster: at most once, in the order they were sent,
/// never more than [SendWindow] allows on their way to one member. Belongs to the node and outlives
/// the incarnations of `cluster_member`; while there is none, nobody is in reach. Safe to use from any
/// thread.
public final class ClusterChannel {

    /// Longest frame.
    public static final int FRAME_BYTES_MAX = 64 << 10;

    /// What became of a frame.
    public enum Sent {
        /// On its way, behind what was sent before to the same member.
        QUEUED,
        /// Refused, too much is on its way; [Listener#writable] tells when it is not.
        FULL,
        /// Refused, the node is no member in reach.
        CLOSED
    }

    /// Hears of frames. Called on threads of the Cluster's actor system; must not block.
    public interface Listener {

        /// A frame of another member came in. The array belongs to the listener.
        void received(NodeId from, byte[] frame);

        /// A member that was [Sent#FULL] takes frames again.
        default void writable(NodeId to) {}

        /// Other members are in reach than before.
        default void reachableAre(Set<NodeId> members) {}
    }

    /// Where packets to one member go; an end of Artery.
    @FunctionalInterface
    interface Wire {
        void tell(Packet packet);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClusterChannel.class);

    private static final Listener NOBODY = (_, _) -> {};

    private final NodeId self;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<NodeId, Outlet> outlets = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Byte, Listener> marked = new ConcurrentHashMap<>();
    private volatile Listener listener = NOBODY;

    public ClusterChannel(NodeId self, LongSupplier nanoTime) {
        this.self = self;
        this.nanoTime = nanoTime;
    }

    /// From now on this one hears of frames, and nobody else but those who listen for a mark.
    public void listen(Listener next) {
        listener = next;
        next.reachableAre(reachable());
    }

    /// From now on this one, and nobody else, hears of frames whose first byte is `mark`.
    public void listen(byte mark, Listener next) {
        marked.put(mark, next);
        next.reachableAre(reachable());
    }

    /// The members that frames may be sent to.
    public Set<NodeId> reachable() {
        return Set.copyOf(outlets.keySet());
    }

    /// Sends a frame, which the caller does not write to any more.
    ///
    /// @throws IllegalArgumentException when it is longer than [#FRAME_BYTES_MAX]
    public Sent send(NodeId to, byte[] frame) {
        if (frame.length > FRAME_BYTES_MAX) {
            throw new IllegalArgumentException("a frame has at most " + FRAME_BYTES_MAX
                    + " bytes, not " + frame.length);
        }
        var outlet = outlets.get(to);
        return outlet == null ? Sent.CLOSED : outlet.send(frame);
    }

    /// A member came in reach over `wire`. The same session again changes nothing.
    void opened(NodeId member, long session, Wire wire) {
        outlets.compute(member, (_, known) -> known != null && known.session == session
                ? known
                : new Outlet(session, wire));
    }

    /// Only these members are in reach any more.
    void only(Set<NodeId> members) {
        outlets.keySet().retainAll(members);
    }

    /// Tells the listener who is in reach.
    void changed() {
        everybody(each -> each.reachableAre(reachable()));
    }

    /// Sends what is no frame; it takes no room in the window, and is lost when nobody is there.
    void answer(NodeId to, Packet.Seen seen) {
        var outlet = outlets.get(to);
        if (outlet != null) {
            outlet.wire.tell(seen);
        }
    }

    /// A frame came in.
    void arrived(Packet.Frame frame) {
        var content = frame.content();
        var hearer = content.length == 0 ? listener : marked.getOrDefault(content[0], listener);
        guarded(() -> hearer.received(frame.from(), content));
    }

    /// A member tells what it has seen.
    void seen(Packet.Seen seen) {
        var outlet = outlets.get(seen.from());
        if (outlet != null && outlet.seen(seen)) {
            everybody(each -> each.writable(seen.from()));
        }
    }

    /// Time went by: gives up on frames nobody has heard of.
    void ticked() {
        outlets.forEach((member, outlet) -> {
            if (outlet.ticked()) {
                everybody(each -> each.writable(member));
            }
        });
    }

    private void everybody(Consumer<Listener> call) {
        guarded(() -> call.accept(listener));
        marked.values().forEach(each -> guarded(() -> call.accept(each)));
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the listener of the Cluster's channel failed");
        }
    }

    /// The way to one member within one session.
    private final class Outlet {

        private final long session;
        private final Wire wire;
        private SendWindow window = SendWindow.empty(nanoTime.getAsLong());
        private boolean refused;

        Outlet(long session, Wire wire) {
            this.session = session;
            this.wire = wire;
        }

        /// Counts and tells under one lock, so that counts and order agree.
        synchronized Sent send(byte[] frame) {
            var now = nanoTime.getAsLong();
            window = window.after(now);
            if (!window.hasRoomFor(frame.length)) {
                refused = true;
                return Sent.FULL;
            }
            window = window.sent(frame.length, now);
            wire.tell(new Packet.Frame(self, session, window.sentFrames(), window.sentBytes(),
                    frame));
            return Sent.QUEUED;
        }

        synchronized boolean seen(Packet.Seen seen) {
            if (seen.session() != session) {
                return false;
            }
            window = window.seen(seen.frames(), seen.bytes(), nanoTime.getAsLong());
            return reopened();
        }

        synchronized boolean ticked() {
            window = window.after(nanoTime.getAsLong());
            return reopened();
        }

        private boolean reopened() {
            if (!refused || !window.hasRoomFor(FRAME_BYTES_MAX)) {
                return false;
            }
            refused = false;
            return true;
        }
    }
}
