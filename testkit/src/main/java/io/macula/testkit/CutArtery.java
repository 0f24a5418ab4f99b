package io.macula.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.function.IntPredicate;
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

    CutArtery(ActorSystem<?> system) {
        this.system = system;
    }

    /// Without it the stages that lose messages are not there.
    static Config prepared(Config real) {
        return real.withValue(TEST_MODE, ConfigValueFactory.fromAnyRef("on"));
    }

    /// @param ports of all members, by their nodes' numbers
    /// @param isCut from this one
    @SuppressWarnings("deprecation") // Artery takes the commands of the transport before it
    void apply(List<Integer> ports, IntPredicate isCut) {
        var classic = Adapter.toClassic(system);
        var transport = ((RARP) RARP.get(classic)).provider().transport();
        for (var node = 0; node < ports.size(); node++) {
            var address = new Address(PROTOCOL, system.name(), "127.0.0.1", ports.get(node));
            var mode = isCut.test(node)
                    ? ThrottlerTransportAdapter.Blackhole$.MODULE$
                    : ThrottlerTransportAdapter.Unthrottled$.MODULE$;
            var _ = transport.managementCommand(new ThrottlerTransportAdapter.SetThrottle(address,
                    ThrottlerTransportAdapter$Direction$Both$.MODULE$, mode));
        }
    }
}
