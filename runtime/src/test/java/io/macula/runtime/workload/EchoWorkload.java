package io.macula.runtime.workload;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.workload.Platform;
import io.macula.app.workload.Workload;
import io.macula.supervision.Key;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Offers `echo.say`, and breaks itself in the ways it is asked to. Public, with nothing but app-api, so that a
/// jar made of it alone can be deployed.
public final class EchoWorkload implements Workload {

    /// What [EchoWorkload] asks of its process.
    public enum Wish {
        SLEEP, OVERFLOW, DIE
    }

    private static final Key<Wish> VICTIM = Key.of("victim");

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String version() {
        return "1.2.0";
    }

    @Override
    public Spec processes(Platform platform) {
        var say = platform.rpc()
                .serve("echo.say", argument -> new Rpc.Answer.Result(argument));
        if (say instanceof Rpc.Served.Invalid(var message)) {
            throw new IllegalStateException(message);
        }
        platform.rpc().serve("echo.sees", argument -> sees(argument.text()));
        return Supervisor.oneForOne()
                .intensity(2, Duration.ofSeconds(10))
                .child(VICTIM, refs -> Behaviors.setup(_ -> {
                    platform.rpc().serve("echo.wish", argument -> {
                        refs.get(VICTIM).tell(Wish.valueOf(argument.text()));
                        return new Rpc.Answer.Result(Payload.EMPTY);
                    });
                    return victim();
                }));
    }

    /// Whether a class can be found from here.
    private static Rpc.Answer sees(String className) {
        try {
            Class.forName(className, false, EchoWorkload.class.getClassLoader());
            return new Rpc.Answer.Result(Payload.of("yes"));
        } catch (ClassNotFoundException e) {
            return new Rpc.Answer.Result(Payload.of("no"));
        }
    }

    private static Behavior<Wish> victim() {
        return Behaviors.receiveMessage(wish -> switch (wish) {
            case SLEEP -> Behaviors.same();
            case OVERFLOW -> deeper(1) > 0 ? Behaviors.same() : Behaviors.stopped();
            case DIE -> throw new IllegalStateException("asked to die");
        });
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int deeper(int depth) {
        return deeper(depth + 1) + depth;
    }
}
