package io.macula.actors.gateway;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.dht.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All peers that came in, one session each. Belongs to the node, so that the workers find it
/// again after a crash; bounded by `clientsMax`. Safe to use from any thread.
final class ClientSessions {

    private final int clientsMax;
    private final int inboxMax;
    private final ConcurrentHashMap<NodeId, ClientSession> sessions = new ConcurrentHashMap<>();
    private final Set<ClientSession> replaced = ConcurrentHashMap.newKeySet();
    private final LongAdder refused = new LongAdder();
    private long lastNumber;

    /// @param inboxMax messages of one peer that may wait for one worker
    ClientSessions(int clientsMax, int inboxMax) {
        this.clientsMax = clientsMax;
        this.inboxMax = inboxMax;
    }

    /// What became of an [#admit].
    sealed interface Admitted {
        /// @param replaced an older link of the same peer, which has to be closed
        record In(ClientSession session, @Nullable ClientSession replaced) implements Admitted {}

        record Full(Disconnected reason) implements Admitted {}
    }

    /// Lets a proved peer in, unless there are too many. A peer that is in already comes again
    /// when it has lost its old link and we have not noticed yet: the new link wins.
    synchronized Admitted admit(Link link) {
        if (sessions.size() >= clientsMax && !sessions.containsKey(link.peer())) {
            refused.increment();
            return new Admitted.Full(new Disconnected("limit_reached",
                    "this gateway serves as many peers as it may (" + clientsMax + ")"));
        }
        lastNumber++;
        var session = new ClientSession(link, lastNumber, inboxMax);
        var older = sessions.put(link.peer(), session);
        if (older != null) {
            replaced.add(older);
        }
        return new Admitted.In(session, older);
    }

    /// Forgets a session. The peer stays in when a newer one has taken its place.
    void remove(ClientSession session) {
        replaced.remove(session);
        sessions.remove(session.peer(), session);
    }

    /// The session a peer has now.
    Optional<ClientSession> of(NodeId peer) {
        return Optional.ofNullable(sessions.get(peer));
    }

    /// One session of each peer.
    Collection<ClientSession> all() {
        return sessions.values();
    }

    /// Sessions whose link has closed, replaced ones among them, and that nobody has removed yet.
    List<ClientSession> closed() {
        return Stream.concat(sessions.values().stream(), replaced.stream())
                .filter(ClientSession::isClosed)
                .toList();
    }

    int count() {
        return sessions.size();
    }

    /// Peers turned away because of the bound.
    long refused() {
        return refused.sum();
    }
}
