package io.macula.benchmarks.traffic;

import io.macula.actors.identity.NodeCertificate;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkConfig;
import io.macula.actors.link.Links;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.QuicLinks;
import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.netty.NettyQuicProvider;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.Subscribe;
import io.macula.actors.wire.WireCounters;
import io.macula.actors.wire.WireLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Many peers of one gateway in one process: each has an identity of its own and one link, proved like
/// any other, and listens nowhere. They share one UDP socket and one timer; the gateway cannot tell.
final class Crowd implements AutoCloseable {

    /// Handshakes of this process that are under way at once.
    private static final int AT_ONCE = 8;

    private static final int TRIES = 5;
    private static final long SECOND = 1_000_000_000L;

    private final PeerAddress gateway;
    private final Realm realm;
    private final ListenerCertificate certificate;
    private final QuicLinks links;
    private final CrowdHeard heard = new CrowdHeard();
    private final List<Link> up = Collections.synchronizedList(new ArrayList<>());
    private final LongAdder tries = new LongAdder();
    private final MessageIds ids = MessageIds.create();

    Crowd(PeerAddress gateway, String realm, Duration heartbeat) {
        this.gateway = gateway;
        this.realm = Realm.open(realm);
        var first = NodeKey.generate();
        this.certificate = NodeCertificate.issue(first.id(), Instant.now());
        var config = LinkConfig.DEFAULT.withHeartbeat(heartbeat);
        var quic = QuicConfig.defaults().withIdleTimeout(config.quicIdleTimeout());
        this.links = QuicLinks.create(self(first), NettyQuicProvider.create(quic), config,
                WireLimits.DEFAULT, new WireCounters());
    }

    private QuicLinks.Self self(NodeKey key) {
        return new QuicLinks.Self(key, certificate, realm, () -> "", null);
    }

    /// Dials so many times, each time as somebody else; how many of them are up.
    ///
    /// @param perSecond no faster than this
    int dial(int count, int perSecond) throws InterruptedException {
        var room = new Semaphore(AT_ONCE);
        var from = System.nanoTime();
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(from + i * SECOND / perSecond - System.nanoTime());
            room.acquire();
            var me = links.as(self(NodeKey.generate()));
            Thread.ofVirtual().start(() -> {
                try {
                    dial(me);
                } finally {
                    room.release();
                }
            });
        }
        room.acquire(AT_ONCE);
        return up.size();
    }

    private void dial(QuicLinks me) {
        for (int i = 0; i < TRIES; i++) {
            try {
                tries.increment();
                switch (me.dial(gateway, heard).toCompletableFuture().get()) {
                    case Links.Dialled.Up(var link) -> {
                        up.add(link);
                        return;
                    }
                    case Links.Dialled.Unreachable(var why) -> heard.failed("a dial: " + why);
                    case Links.Dialled.Refused(var reason) ->
                        heard.failed("a dial: " + reason.message());
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// How many dials it took so far.
    long tries() {
        return tries.sum();
    }

    /// Each wants the topic of its own number.
    ///
    /// @param first number of the first one here
    /// @return how many were confirmed within a minute
    long subscribe(int first) {
        for (int i = 0; i < up.size(); i++) {
            var sent = up.get(i)
                    .send(Subscribe.of(List.of(topic(first + i)), 0).withRequestId(ids.next()));
            if (sent != Link.Sent.QUEUED) {
                heard.failed("a subscription that could not be sent: " + sent);
            }
        }
        var until = System.nanoTime() + 60 * SECOND;
        while (heard.confirmed() < up.size() && System.nanoTime() < until) {
            LockSupport.parkNanos(10_000_000);
        }
        return heard.confirmed();
    }

    private static String topic(int number) {
        return "bench.crowd.c" + number;
    }

    /// Publishes at a steady rate, each time by anybody here to anybody else of the whole crowd.
    ///
    /// @param first number of the first one here
    /// @param all how many there are in all processes, at least two
    /// @return how many were sent
    long talk(int first, int all, int perSecond, Duration howLong) {
        var random = new Random(first);
        var payload = Bytes.wrap(new byte[128]);
        var period = SECOND / perSecond;
        var from = System.nanoTime();
        var sent = 0L;
        for (var due = from; due - from < howLong.toNanos(); due += period) {
            LockSupport.parkNanos(due - System.nanoTime());
            var speaker = random.nextInt(up.size());
            var hearer = (first + speaker + 1 + random.nextInt(all - 1)) % all;
            var publish = Publish.of(topic(hearer), payload, 0, false, ids.next());
            var queued = up.get(speaker).send(publish);
            if (queued == Link.Sent.QUEUED) {
                sent++;
            } else {
                heard.failed("a message that could not be sent: " + queued);
            }
        }
        return sent;
    }

    /// Messages that came to anybody here.
    long heard() {
        return heard.messages();
    }

    /// Links that have ended.
    long ended() {
        return heard.ended();
    }

    /// What went wrong here, each with how often; empty when nothing did.
    String failures() {
        return heard.failures();
    }

    @Override
    public void close() {
        links.close();
    }
}
