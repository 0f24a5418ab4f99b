package io.macula.actors.mesh;

import io.macula.actors.flow.ListeningPort;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.Links;
import io.macula.actors.link.StreamClass;
import io.macula.actors.wire.Message;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Holds the port on which a node without the gateway role is dialled directly. Lets in nodes that
/// listen themselves, while there is room; a peer that does not is told to dial a gateway, because
/// nothing is relayed here. Its start is complete when the port is bound.
public final class MeshListener {

    public sealed interface Command {}

    private record BindEnded(Links.Bound result) implements Command {}

    /// What the process is made of.
    ///
    /// @param address where to listen; port 0 takes any, and keeps it over restarts
    /// @param port the port between incarnations
    /// @param linksMax links let in at once
    public record Parts(Links links, InetSocketAddress address, ListeningPort port, int linksMax,
            BooleanSupplier isDraining) {}

    /// The port could not be bound; the message is the sentence for the user.
    public static final class CannotListenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CannotListenException(String message) {
            super(message);
        }
    }

    private final Parts parts;
    private final Runnable ready;
    private final AtomicInteger open = new AtomicInteger();

    private MeshListener(Parts parts, Runnable ready) {
        this.parts = parts;
        this.ready = ready;
    }

    /// @param ready called when the port is bound
    public static Behavior<Command> create(Parts parts, Runnable ready) {
        return Behaviors.setup(context -> {
            context.setLoggerName(MeshListener.class);
            var listener = new MeshListener(parts, ready);
            listener.bind(context);
            return listener.holding(context);
        });
    }

    private void bind(ActorContext<Command> context) {
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
                .onSignal(PostStop.class, _ -> {
                    parts.port().close();
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> bindEnded(ActorContext<Command> context, Links.Bound result) {
        switch (result) {
            case Links.Bound.Failed(var message) -> throw new CannotListenException(message
                    + " Choose another port with macula.mesh.port (0 takes any free one).");
            case Links.Bound.Listening(var local, _) -> {
                context.getLog().atInfo().addKeyValue("address", local).log("listening");
                ready.run();
            }
        }
        return Behaviors.same();
    }

    /// Runs on transport threads.
    private Links.Acceptor.Admission admit(Link link) {
        if (parts.isDraining().getAsBoolean()) {
            return refusal("draining", "this node is shutting down; dial another one");
        }
        if (link.peerEndpoint().isEmpty()) {
            return refusal("not_a_gateway", "this node relays for nobody, and you listen nowhere;"
                    + " dial a gateway");
        }
        if (open.incrementAndGet() > parts.linksMax()) {
            open.decrementAndGet();
            return refusal("limit_reached",
                    "this node holds as many links as it may (" + parts.linksMax() + ")");
        }
        return new Links.Acceptor.Admission.Admit(new Hearer(open));
    }

    private static Links.Acceptor.Admission refusal(String code, String message) {
        return new Links.Acceptor.Admission.Refuse(new Disconnected(code, message));
    }

    /// What the mesh itself does not take from such a link has no meaning here.
    private record Hearer(AtomicInteger open) implements LinkListener {

        @Override
        public void received(Link link, Message message) {}

        @Override
        public void writable(Link link, StreamClass stream) {}

        @Override
        public void closed(Link link, Disconnected reason) {
            open.decrementAndGet();
        }
    }
}
