package io.macula.actors.lan;

import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Consumer;

/// The presence of a node on one local network: it is announced there until closed.
public interface Lan extends AutoCloseable {

    /// Takes the announcement back. May take some seconds.
    @Override
    void close();

    /// Joins a local network.
    @FunctionalInterface
    interface Opener {

        /// Announces this node on the network of `local` and tells `heard`, on any thread, of every
        /// node seen there, this one included. May take some seconds.
        ///
        /// @throws IOException when there is no multicast on that network
        Lan open(InetAddress local, Announcement self, Consumer<Sighting> heard)
                throws IOException;
    }
}
