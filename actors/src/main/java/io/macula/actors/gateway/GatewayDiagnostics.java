package io.macula.actors.gateway;

import io.macula.actors.local.LocalProcedures;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.wire.Bytes;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Offers `com.macula.diagnostics.hello`, `.echo` and `.info` to the realm, so that whoever can
/// call can see that calling works.
public final class GatewayDiagnostics {

    /// Nobody tells this process anything: it answers calls.
    public sealed interface Command permits Nothing {}

    private record Nothing() implements Command {}

    static final String HELLO = "com.macula.diagnostics.hello";
    static final String ECHO = "com.macula.diagnostics.echo";
    static final String INFO = "com.macula.diagnostics.info";

    private GatewayDiagnostics() {}

    /// @param info the node described as JSON, made when it is asked for
    static Behavior<Command> create(LocalProcedures procedures, Supplier<String> info,
            ActorRef<GatewayRpc.Command> directory) {
        return Behaviors.setup(_ -> {
            offer(procedures, directory, HELLO, () -> "\"hello\"");
            procedures.offer(ECHO, CallOutcome.Ok::new);
            directory.tell(new GatewayRpc.OfferedHere(ECHO));
            offer(procedures, directory, INFO, info);
            return Behaviors.receive(Command.class).onSignal(PostStop.class, _ -> {
                withdraw(procedures, directory);
                return Behaviors.same();
            }).build();
        });
    }

    private static void offer(LocalProcedures procedures, ActorRef<GatewayRpc.Command> directory,
            String name, Supplier<String> json) {
        procedures.offer(name, _ -> new CallOutcome.Ok(Bytes.utf8(json.get())));
        directory.tell(new GatewayRpc.OfferedHere(name));
    }

    private static void withdraw(LocalProcedures procedures,
            ActorRef<GatewayRpc.Command> directory) {
        for (var name : new String[]{HELLO, ECHO, INFO}) {
            procedures.withdraw(name);
            directory.tell(new GatewayRpc.WithdrawnHere(name));
        }
    }
}
