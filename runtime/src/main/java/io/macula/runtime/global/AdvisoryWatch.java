package io.macula.runtime.global;

import io.macula.supervision.Key;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Looks at the elections without a quorum again and again, and at once when a candidate comes or goes.
public final class AdvisoryWatch {

    public static final Key<Command> KEY = Key.of("advisory_elections");

    public sealed interface Command {}

    private record LookDue() implements Command {}

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private AdvisoryWatch() {}

    public static Behavior<Command> create(Advisory advisory) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new LookDue(), LOOK_EVERY);
            var self = context.getSelf();
            advisory.nudging(() -> self.tell(new LookDue()));
            return Behaviors.receiveMessage(command -> switch (command) {
                case LookDue() -> {
                    advisory.look();
                    yield Behaviors.same();
                }
            });
        }));
    }
}
