package io.macula.runtime.cut;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.remote.RARP;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter$Direction$Both$;

/// Makes a member of a Cluster deaf and dumb to others, by the means that Pekko tests itself with: what goes to and comes
/// from their addresses gets lost, and no connection ends by it.
final class CutArtery {

    private static final String TEST_MODE = "pekko.remote.artery.advanced.test-mode";
    private static final String PROTOCOL = "pekko";

    private final ActorSystem<?> system;
    private Set<InetSocketAddress> silenced = Set.of();

    CutArtery(ActorSystem<?> system) {
        this.system = system;
    }

    /// Without it the stages that lose messages are not there.
    static Config prepared(Config real) {
        return real.withValue(TEST_MODE, ConfigValueFactory.fromAnyRef("on"));
    }

    /// From now on it hears whom it can reach, and nobody else.
    synchronized void apply(Reach reach) {
        var wanted = reach.cutMembers();
        difference(silenced, wanted).forEach(
                member -> set(member, ThrottlerTransportAdapter.Unthrottled$.MODULE$));
        difference(wanted, silenced).forEach(
                member -> set(member, ThrottlerTransportAdapter.Blackhole$.MODULE$));
        silenced = Set.copyOf(wanted);
    }

    private static Set<InetSocketAddress> difference(Set<InetSocketAddress> these,
            Set<InetSocketAddress> those) {
        var left = new HashSet<>(these);
        left.removeAll(those);
        return left;
    }

    @SuppressWarnings("deprecation") // Artery takes the commands of the transport before it
    private void set(InetSocketAddress member, ThrottlerTransportAdapter.ThrottleMode mode) {
        var transport = ((RARP) RARP.get(Adapter.toClassic(system))).provider().transport();
        var address = new Address(PROTOCOL, system.name(), member.getHostString(),
                member.getPort());
        var _ = transport.managementCommand(new ThrottlerTransportAdapter.SetThrottle(address,
                ThrottlerTransportAdapter$Direction$Both$.MODULE$, mode));
    }
}
