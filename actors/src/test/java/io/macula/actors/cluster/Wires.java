package io.macula.actors.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.remote.transport.ThrottlerTransportAdapter;

/// Where packets between the members of this JVM can be made to vanish: Artery's own test transport.
/// A cut is made at both ends and survives in one of them when the other begins a new incarnation: a
/// transport that ever knew a cut drops the handshakes of everybody it has not met before.
@SuppressWarnings("deprecation") // Artery takes the commands of the transport it replaced
public final class Wires extends AbstractExtensionId<Wires.Taken> implements ExtensionIdProvider {

    /// What is done to the way from one member to another.
    interface Act {
        void on(ClusterAddress from, ClusterAddress to);
    }

    private static final Map<ClusterAddress, Taken> ENDS = new ConcurrentHashMap<>();

    /// The end of one incarnation.
    public static final class Taken implements Extension {

        private final ExtendedActorSystem system;

        Taken(ExtendedActorSystem system) {
            this.system = system;
        }

        private void make(Object mode, ClusterAddress to) {
            var address = new Address("pekko", system.name(), to.host(), to.port());
            ((RemoteActorRefProvider) system.provider()).transport()
                    .managementCommand(new ThrottlerTransportAdapter.SetThrottle(address,
                            both(),
                            (ThrottlerTransportAdapter.ThrottleMode) mode));
        }
    }

    /// A Scala object nested in the companion of a trait has a name that Java cannot write.
    private static ThrottlerTransportAdapter.Direction both() {
        try {
            return (ThrottlerTransportAdapter.Direction) Class
                    .forName(ThrottlerTransportAdapter.Direction.class.getName() + "$Both$")
                    .getField("MODULE$")
                    .get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A configuration under which packets can vanish.
    static Config taken(Config config) {
        return ConfigFactory.parseString("""
            pekko.remote.artery.advanced.test-mode = on
            pekko.extensions = ["%s"]
            """.formatted(Wires.class.getName())).withFallback(config);
    }

    static void cut(ClusterAddress from, ClusterAddress to) {
        var end = ENDS.get(from);
        if (end != null) {
            end.make(ThrottlerTransportAdapter.Blackhole$.MODULE$, to);
        }
    }

    static void heal(ClusterAddress from, ClusterAddress to) {
        var end = ENDS.get(from);
        if (end != null) {
            end.make(ThrottlerTransportAdapter.Unthrottled$.MODULE$, to);
        }
    }

    static void forget() {
        ENDS.clear();
    }

    @Override
    public Wires lookup() {
        return this;
    }

    @Override
    public Taken createExtension(ExtendedActorSystem system) {
        var taken = new Taken(system);
        var own = Views.addressOf(system.provider().getDefaultAddress()).orElseThrow();
        ENDS.put(own, taken);
        return taken;
    }
}
