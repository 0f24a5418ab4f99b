package io.macula.runtime.kept;

import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeeperTest {

    private static final Duration LOOK = Duration.ofMillis(500);

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<Supervisor.Command> asked = kit.createTestProbe();
    private final KeptChildren kept = new KeptChildren(3);

    @AfterEach
    void close() {
        kit.shutdownTestKit();
    }

    /// A supervisor without children, which starts none.
    private Behavior<Supervisor.Command> empty() {
        return Behaviors.monitor(Supervisor.Command.class, asked.ref(),
                Behaviors.receiveMessage(command -> {
                    switch (command) {
                        case Supervisor.WhichChildren(var replyTo) -> replyTo.tell(List.of());
                        case Supervisor.StartChild(_, var replyTo) ->
                            replyTo.tell(new StartResult.Refused("not now"));
                        default -> throw new IllegalArgumentException("not asked: " + command);
                    }
                    return Behaviors.same();
                }));
    }

    @Test
    void looksNoMoreWhileNothingIsKeptAndNothingRuns() {
        kit.spawn(Keeper.create(kept, kit.spawn(empty())));
        asked.expectMessageClass(Supervisor.WhichChildren.class);

        // Time may pass before what the first look found has been heard, and bring a second one.
        kit.createTestProbe().awaitAssert(() -> {
            time.expectNoMessageFor(LOOK.multipliedBy(4), asked);
            return 0;
        });
    }

    @Test
    void looksAgainAndAgainOnceSomethingIsKept() {
        kit.spawn(Keeper.create(kept, kit.spawn(empty())));
        asked.expectMessageClass(Supervisor.WhichChildren.class);
        kit.createTestProbe().awaitAssert(() -> {
            time.expectNoMessageFor(LOOK.multipliedBy(4), asked);
            return 0;
        });

        kept.add(Child.of(Key.<Object>of("echo"), Behaviors.empty()));

        for (var look = 0; look < 3; look++) {
            asked.expectMessageClass(Supervisor.WhichChildren.class);
            asked.expectMessageClass(Supervisor.StartChild.class);
            asked.expectNoMessage(Duration.ofMillis(50)); // its answer is heard meanwhile
            time.timePasses(LOOK);
        }
    }
}
