package io.macula.testkit;

import com.typesafe.config.Config;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.coordination.raft.Transport;
import io.macula.dht.NodeId;
import io.macula.runtime.Wiring;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// The wiring of one life of a node: its links, its place in the Cluster and its voter hear and reach only those whom the
/// cables let them.
final class CutWiring implements Wiring {

    private final int self;
    private final Cables cables;
    private final List<Integer> memberPorts;
    private final Runnable goOn = this::goOn;
    private volatile @Nullable CutQuic quic;
    private volatile @Nullable CutArtery artery;

    /// @param memberPorts of the Cluster, by the nodes' numbers
    CutWiring(int self, Cables cables, List<Integer> memberPorts) {
        this.self = self;
        this.cables = cables;
        this.memberPorts = List.copyOf(memberPorts);
        cables.listen(goOn);
    }

    @Override
    public QuicProvider links(QuicProvider real) {
        var made = new CutQuic(real, self, cables);
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
        apply(made);
    }

    @Override
    public Transport voters(Transport.MutualTls real) {
        return new Transport.Severable(real,
                caller -> !cables.isCut(cables.nodeOf(id(caller)), self));
    }

    private static NodeId id(X509Certificate caller) {
        return NodeId.ofPublicKey(caller.getPublicKey().getEncoded());
    }

    private void apply(CutArtery member) {
        member.apply(memberPorts, other -> other != self && cables.isCut(self, other));
    }

    private void goOn() {
        var member = artery;
        if (member != null) {
            apply(member);
        }
        var links = quic;
        if (links != null) {
            links.goOn();
        }
    }

    /// Closes what a killed node left open.
    void end() {
        cables.forget(goOn);
        var links = quic;
        if (links != null) {
            links.end();
        }
    }
}
