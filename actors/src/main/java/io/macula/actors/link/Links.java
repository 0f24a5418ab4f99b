package io.macula.actors.link;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/// Makes links: dials peers and listens for them, with the node's identity and realm proved on
/// both sides before anybody hears of the link.
public interface Links extends AutoCloseable {

    /// What became of a dial. Never a failed stage: all outcomes are expected ones.
    sealed interface Dialled {
        /// The peer proved its id and its realm, and accepted ours.
        record Up(Link link) implements Dialled {}

        /// One side refused the other, with a stable code and one sentence; trying again without
        /// a change does not help.
        record Refused(Disconnected reason) implements Dialled {}

        /// Nobody answered in time, or the connection broke during the handshake.
        record Unreachable(String message) implements Dialled {}
    }

    /// What became of a bind.
    sealed interface Bound {
        record Listening(InetSocketAddress local, AutoCloseable listener) implements Bound {}

        /// The port is in use, the address is not ours, ...: one sentence.
        record Failed(String message) implements Bound {}
    }

    /// Decides on a link whose peer has proved itself.
    interface Acceptor {

        /// What to do with a proved peer.
        sealed interface Admission {
            record Admit(LinkListener listener) implements Admission {}

            /// The peer is told the reason in a frame.
            record Refuse(Disconnected reason) implements Admission {}
        }

        Admission admit(Link link);
    }

    /// Dials once; whoever wants the link to stay dials again.
    CompletionStage<Dialled> dial(PeerAddress address, LinkListener listener);

    /// Listens until the returned listener or this is closed.
    CompletionStage<Bound> listen(InetSocketAddress local, Acceptor acceptor);

    /// Closes every link and listener.
    @Override
    void close();
}
