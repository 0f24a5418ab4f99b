package io.macula.actors.gateway;

import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.Link;
import io.macula.actors.rpc.Party;
import io.macula.actors.wire.TopicPattern;
import io.macula.dht.NodeId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// One peer that came in through the listener, with what it asked for. What it wants and offers is
/// kept here, and not only in the worker that serves it, so that a restarted worker knows it
/// again without the peer noticing. Each field has one writer: the worker it belongs to.
final class ClientSession {

    private final Link link;
    private final Party.Client party;
    private final PeerInbox pubsubInbox;
    private final PeerInbox rpcInbox;
    private final PeerInbox gatewayInbox;
    private volatile Set<TopicPattern> patterns = Set.of();
    private volatile Map<String, Instant> offers = Map.of();
    private volatile boolean closed;

    /// @param number differs for each session of a gateway
    /// @param inboxMax messages of the peer that may wait for one worker
    ClientSession(Link link, long number, int inboxMax) {
        this.link = link;
        this.party = new Party.Client(link.peer(), number);
        this.pubsubInbox = new PeerInbox(inboxMax);
        this.rpcInbox = new PeerInbox(inboxMax);
        this.gatewayInbox = new PeerInbox(inboxMax);
    }

    /// Whether the peer is a node that listens itself: then it is told of what others publish by
    /// whoever publishes, and its wishes are hints that a link to it exists.
    boolean isNode() {
        return !link.peerEndpoint().isEmpty();
    }

    Link link() {
        return link;
    }

    NodeId peer() {
        return link.peer();
    }

    Party.Client party() {
        return party;
    }

    /// Bounds what of this peer waits for `gateway_pubsub`.
    PeerInbox pubsubInbox() {
        return pubsubInbox;
    }

    /// Bounds what of this peer waits for `gateway_rpc`.
    PeerInbox rpcInbox() {
        return rpcInbox;
    }

    /// Bounds what of this peer waits for `gateway`.
    PeerInbox gatewayInbox() {
        return gatewayInbox;
    }

    Set<TopicPattern> patterns() {
        return patterns;
    }

    /// Written by `gateway_pubsub`.
    void patterns(Set<TopicPattern> newPatterns) {
        patterns = newPatterns;
    }

    Map<String, Instant> offers() {
        return offers;
    }

    /// Written by `gateway_rpc`.
    void offers(Map<String, Instant> newOffers) {
        offers = newOffers;
    }

    /// True once the link has closed; what is left to do is to forget the session.
    boolean isClosed() {
        return closed;
    }

    /// Whether a source of wishes and offers is a session that has ended.
    static boolean isGone(Object source) {
        return source instanceof ClientSession session && session.closed;
    }

    void close() {
        closed = true;
    }
}
