package io.macula.runtime;

import com.typesafe.config.Config;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.coordination.raft.Transport;
import org.apache.pekko.actor.typed.ActorSystem;

/// What a node's ways to other nodes run over. A test kit gives a node another one, to cut it off as a broken cable
/// would; no setting, command or frame does. What is asked here is asked when something starts, never per message.
public interface Wiring {

    /// What every node has that was not given another one.
    Wiring REAL = new Wiring() {};

    /// Carries the links of the node.
    default QuicProvider links(QuicProvider real) {
        return real;
    }

    /// What Pekko reads for the actor system of a member of a Cluster; asked for each one.
    default Config member(Config real) {
        return real;
    }

    /// A member begins another incarnation in `system`, and has not been let in yet.
    default void memberBegan(ActorSystem<?> system) {}

    /// Between the voters of a Cluster and those who ask them.
    default Transport voters(Transport.MutualTls real) {
        return real;
    }
}
