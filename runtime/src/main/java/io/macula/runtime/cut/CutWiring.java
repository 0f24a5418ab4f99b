package io.macula.runtime.cut;

import com.typesafe.config.Config;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.coordination.raft.Transport;
import io.macula.dht.NodeId;
import io.macula.runtime.Wiring;
import java.security.cert.X509Certificate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// The wiring of one life of a node: its links, its place in the Cluster and its voter hear and reach only those whom it
/// can reach.
public final class CutWiring implements Wiring {

    private final Reach reach;
    private final Runnable goOn = this::goOn;
    private volatile @Nullable CutQuic quic;
    private volatile @Nullable CutArtery artery;

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
    public Config member(Config real) {
        return CutArtery.prepared(real);
    }

    @Override
    public void memberBegan(ActorSystem<?> system) {
        var made = new CutArtery(system);
        artery = made;
        made.apply(reach);
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
        var member = artery;
        if (member != null) {
            member.apply(reach);
        }
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
