package io.macula.actors.cluster;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node knows of its Cluster, for everybody to read without asking a process. Belongs to the
/// node and outlives every incarnation of `cluster_member`. Safe to use from any thread.
public final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    /// Listeners at once: parts of the node, not of its users.
    static final int LISTENERS_MAX = 100;

    /// Ends the listening; a second call does nothing.
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private final CopyOnWriteArrayList<Consumer<ClusterView>> listeners = new CopyOnWriteArrayList<>();
    private volatile ClusterView view;

    public Membership(String name) {
        view = ClusterView.starting(name, 0, 0, "");
    }

    public ClusterView view() {
        return view;
    }

    /// Tells every later change. `listener` runs on the publisher's thread, must not block, and a
    /// failure of it is logged and troubles nobody else.
    public Subscription subscribe(Consumer<ClusterView> listener) {
        if (listeners.size() >= LISTENERS_MAX) {
            throw new IllegalStateException("more than " + LISTENERS_MAX + " listen already");
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Publishes a view unless it says what the last one said. An incarnation that is over may still
    /// have something to say for a moment: that is not published.
    ///
    /// @return whether the view is of the incarnation that counts
    synchronized boolean publish(ClusterView next) {
        var isOver = next.incarnation() < view.incarnation()
                || next.incarnation() == view.incarnation()
                        && view.state() == ClusterView.State.STOPPED;
        if (isOver || next.equals(view)) {
            return !isOver;
        }
        view = next;
        for (var listener : listeners) {
            try {
                listener.accept(next);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("a listener to the membership failed");
            }
        }
        return true;
    }
}
