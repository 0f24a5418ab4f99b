package io.macula.actors.flow;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The links one process has dialled, over all its incarnations. Belongs to the node: an
/// incarnation that was killed could not close its links, nor take those that came through after
/// its end. Safe to use from any thread.
public final class OpenLinks {

    private final Set<Link> links = new HashSet<>();
    private long incarnation;

    /// A new incarnation begins, or the last one ends: what earlier ones opened is closed, and
    /// what still comes through for them will be.
    ///
    /// @return the number of the new incarnation
    public long begin(Disconnected why) {
        long number;
        List<Link> left;
        synchronized (this) {
            incarnation++;
            number = incarnation;
            left = List.copyOf(links);
            links.clear();
        }
        left.forEach(link -> link.close(why));
        return number;
    }

    /// A link came through. False, and the link closed, when its incarnation is over.
    public boolean opened(long by, Link link) {
        synchronized (this) {
            if (by == incarnation) {
                links.add(link);
                return true;
            }
        }
        link.close(new Disconnected("superseded", "the process that dialled is gone"));
        return false;
    }

    public synchronized void closed(Link link) {
        links.remove(link);
    }

    public synchronized int count() {
        return links.size();
    }
}
