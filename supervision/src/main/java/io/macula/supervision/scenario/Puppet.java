package io.macula.supervision.scenario;

import io.macula.supervision.Exit;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A child that does what a scenario tells it.
final class Puppet {

    /// Ends the puppet for a reason of the scenario language.
    record Command(String reason) {}

    private Puppet() {}

    static Behavior<Command> create(String id, Stage stage) {
        return Behaviors.setup(context -> {
            if (stage.takeFailure(id)) {
                throw new IllegalStateException("boom");
            }
            if (stage.takeIgnore(id)) {
                return Behaviors.stopped();
            }
            return playing(id, stage, context);
        });
    }

    private static Behavior<Command> playing(String id, Stage stage,
            ActorContext<Command> context) {
        stage.enters(id, context.getSelf());
        var stuck = stage.isStuck(id);
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, command -> end(command.reason()))
                .onSignal(PostStop.class, _ -> {
                    if (stuck) {
                        new CountDownLatch(1).await();
                    }
                    return Behaviors.same();
                })
                .build();
    }

    private static Behavior<Command> end(String reason) {
        return switch (reason) {
            case "normal" -> Behaviors.stopped();
            case "shutdown" -> throw Exit.shutdown("shutdown");
            case "shutdown_x" -> throw Exit.shutdown("x");
            default -> throw new IllegalStateException(reason);
        };
    }
}
