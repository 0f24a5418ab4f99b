package io.macula.actors.gateway;

import io.macula.actors.flow.ListeningPort;
import io.macula.actors.health.NodeStatus;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.Links;
import java.net.InetSocketAddress;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Holds the port on which peers come in, and lets in those that have proved themselves while
/// there is room. Its start is complete when the port is bound; a port that cannot be bound fails
/// the start.
public final class GatewayQuicServer {

    public sealed interface Command {}

    private record BindEnded(Links.Bound result) implements Command {}

    /// The name of its check in `/health`.
    public static final String CHECK = "quic";

    private static final String NOT_OPEN = "the port is not open";

    /// What the process is made of.
    ///
    /// @param address where to listen; port 0 takes any, and keeps it over restarts
    /// @param port the port between incarnations
    record Parts(Links links, InetSocketAddress address, ClientSessions sessions,
            GatewayCounters counters, NodeStatus status, ListeningPort port,
            ClientInbound.Workers workers) {}

    /// The port could not be bound; the message is the sentence for the user.
    public static final class CannotListenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CannotListenException(String message) {
            super(message);
        }
    }

    private final Parts parts;
    private final Runnable ready;

    private GatewayQuicServer(Parts parts, Runnable ready) {
        this.parts = parts;
        this.ready = ready;
    }

    /// @param ready called when the port is bound
    static Behavior<Command> create(Parts parts, Runnable ready) {
        return Behaviors.setup(context -> {
            context.setLoggerName(GatewayQuicServer.class);
            var server = new GatewayQuicServer(parts, ready);
            server.bind(context);
            return server.holding(context);
        });
    }

    private void bind(ActorContext<Command> context) {
        parts.status().failing(CHECK, NOT_OPEN);
        var before = parts.port().address();
        var address = before == null ? parts.address() : before;
        context.pipeToSelf(parts.port().open(() -> parts.links().listen(address, this::admit)),
                (result, failure) -> new BindEnded(result != null
                        ? result
                        : new Links.Bound.Failed("cannot listen: " + failure)));
    }

    private Behavior<Command> holding(ActorContext<Command> context) {
        return Behaviors.receive(Command.class)
                .onMessage(BindEnded.class, ended -> bindEnded(context, ended.result()))
                .onSignal(PostStop.class, _ -> stopped())
                .build();
    }

    private Behavior<Command> bindEnded(ActorContext<Command> context, Links.Bound result) {
        switch (result) {
            case Links.Bound.Failed(var message) -> throw new CannotListenException(message
                    + " Choose another port with --quic-port (0 takes any free one).");
            case Links.Bound.Listening(var local, _) -> {
                parts.status().ok(CHECK);
                context.getLog().atInfo().addKeyValue("address", local).log("listening");
                ready.run();
            }
        }
        return Behaviors.same();
    }

    private Behavior<Command> stopped() {
        parts.status().failing(CHECK, NOT_OPEN);
        parts.port().close();
        return Behaviors.same();
    }

    /// Runs on transport threads.
    private Links.Acceptor.Admission admit(Link link) {
        if (parts.status().isDraining()) {
            return new Links.Acceptor.Admission.Refuse(new Disconnected("draining",
                    "this gateway is shutting down; try another one"));
        }
        return switch (parts.sessions().admit(link)) {
            case ClientSessions.Admitted.Full(var reason) ->
                new Links.Acceptor.Admission.Refuse(reason);
            case ClientSessions.Admitted.In(var session, var replaced) -> {
                if (replaced != null) {
                    replaced.link()
                            .close(new Disconnected("superseded",
                                    "the same peer came in again over a newer link"));
                }
                parts.workers().clients().tell(new GatewayClients.Joined(session));
                yield new Links.Acceptor.Admission.Admit(
                        new ClientInbound(session, parts.workers(), parts.counters()));
            }
        };
    }
}
