package io.macula.actors.lan;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Multicast DNS by JmDNS: the service `_macula._udp`, one instance for each node, with `id` and
/// `realm` in its TXT record.
public final class JmdnsLan implements Lan {

    static final String SERVICE = "_macula._udp.local.";
    static final String ID = "id";
    static final String REALM = "realm";

    private static final Logger LOG = LoggerFactory.getLogger(JmdnsLan.class);

    private final JmDNS dns;

    private JmdnsLan(JmDNS dns) {
        this.dns = dns;
    }

    /// Joins the network of `local` and announces this node there.
    ///
    /// @throws IOException when there is no multicast on that network
    public static Lan open(InetAddress local, Announcement self, Consumer<Sighting> heard)
            throws IOException {
        var dns = JmDNS.create(local, "macula-" + self.node().hex().substring(0, 12));
        try {
            dns.addServiceListener(SERVICE, new Listener(dns, heard));
            dns.registerService(ServiceInfo.create(SERVICE, self.node().hex(), self.port(), 0, 0,
                    Map.of(ID, self.node().hex(), REALM, self.realmTag())));
        } catch (IOException e) {
            new JmdnsLan(dns).close();
            throw e;
        }
        return new JmdnsLan(dns);
    }

    @Override
    public void close() {
        try {
            dns.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the announcement on the local network did not close");
        }
    }

    private record Listener(JmDNS dns, Consumer<Sighting> heard) implements ServiceListener {

        @Override
        public void serviceAdded(ServiceEvent event) {
            dns.requestServiceInfo(event.getType(), event.getName());
        }

        @Override
        public void serviceRemoved(ServiceEvent event) {
            // A link to it says sooner and more surely that it is gone.
        }

        @Override
        public void serviceResolved(ServiceEvent event) {
            var info = event.getInfo();
            heard.accept(new Sighting(info.getPropertyString(ID), info.getPropertyString(REALM),
                    info.getPort(), List.of(info.getInetAddresses())));
        }
    }
}
