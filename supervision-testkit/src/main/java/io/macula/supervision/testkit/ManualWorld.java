package io.macula.supervision.testkit;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;

/// An actor system of the lab's own in which time stands still unless the test lets it pass, and turns
/// are taken one by one in an order drawn from the seed.
final class ManualWorld implements World {

    private final LabThreads threads = new LabThreads();
    private final Turns turns;
    private final int number;
    private final ActorTestKit kit;
    private final LabScheduler scheduler;

    ManualWorld(long seed) {
        turns = new Turns(threads.group(), seed);
        number = LabDispatcher.register(turns);
        var config = ConfigFactory
                .parseString(LabDispatcher.hocon(number)
                        + "pekko.scheduler.implementation = " + LabScheduler.class.getName())
                .withFallback(RealWorld.quiet());
        kit = ActorTestKit.create(threads.group().getName(), config);
        scheduler = (LabScheduler) kit.system().classicSystem().scheduler();
        scheduler.runBy(turns);
    }

    /// As new: nothing is due any more, and the order of turns is drawn from another seed.
    void again(long seed) {
        scheduler.clear();
        turns.reseed(seed);
    }

    @Override
    public ActorSystem<?> system() {
        return kit.system();
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public boolean isManual() {
        return true;
    }

    @Override
    public long nanos() {
        return scheduler.nanos();
    }

    @Override
    public void settle() {
        if (!turns.awaitQuiet(PATIENCE)) {
            throw new AssertionError(
                    "the tree does not come to rest: something in it goes on and on, "
                            + "or blocks again and again");
        }
    }

    @Override
    public void during(Runnable stimulus) {
        turns.pause();
        try {
            stimulus.run();
        } finally {
            turns.resume();
        }
        settle();
    }

    @Override
    public void timePasses(Duration time) {
        scheduler.passes(time.toNanos());
        settle();
    }

    @Override
    public Runnable later(Duration delay, Runnable action) {
        var timer = kit.system()
                .scheduler()
                .scheduleOnce(delay, action, kit.system().executionContext());
        return timer::cancel;
    }

    @Override
    public Hung hung(boolean deaf) {
        return new Hung(deaf, turns.lock());
    }

    @Override
    public void hang(Hung hung) throws InterruptedException {
        turns.hang(hung);
    }

    @Override
    public List<String> close() {
        var left = threads.end(kit.system());
        turns.end();
        LabDispatcher.forget(number);
        return left;
    }
}
