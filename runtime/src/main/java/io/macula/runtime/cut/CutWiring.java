package io.macula.runtime.cut;

import io.macula.actors.cluster.ClusterAddress;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.coordination.raft.Transport;
import io.macula.dht.NodeId;
import io.macula.runtime.Wiring;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// The wiring of one life of a node: its links, its place in the Cluster and its voter hear and reach only those whom it
/// can reach.
public final class CutWiring implements Wiring {

    private final Reach reach;
    private final Runnable goOn = this::goOn;
    private volatile @Nullable CutQuic quic;

    /// @param reach of the node; may outlive the wiring
    public CutWiring(Reach reach) {
        this.reach = reach;
        reach.listen(goOn);
    }

    @Override
    public QuicProvider links(QuicProvider real) {
        var made = new CutQuic(real, reach);
        quic = made;
        return made;
    }

    @Override
    public SSLEngine members(ClusterAddress other, SSLEngine real) {
        var at = new InetSocketAddress(other.host(), other.port());
        return new CutEngine(real, () -> reach.isMemberCut(at));
    }

    @Override
    public Transport voters(Transport.MutualTls real) {
        return new Transport.Severable(real,
                caller -> !reach.isCut(id(caller)));
    }

    private static NodeId id(X509Certificate caller) {
        return NodeId.ofPublicKey(caller.getPublicKey().getEncoded());
    }

    private void goOn() {
        var links = quic;
        if (links != null) {
            links.goOn();
        }
    }

    /// Closes what a killed node left open.
    public void end() {
        reach.forget(goOn);
        var links = quic;
        if (links != null) {
            links.end();
        }
    }
}
