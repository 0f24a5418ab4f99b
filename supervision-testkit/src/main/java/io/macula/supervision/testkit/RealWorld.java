package io.macula.supervision.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;

/// An actor system in real time, the lab's own or one that ran before.
final class RealWorld implements World {

    private static final int THREADS = 16;

    private final Object lock = new Object();
    private final ActorSystem<?> system;
    private final Calm calm;
    private final boolean ours;
    private final Ending ending;

    /// How the system ends with the lab.
    private interface Ending {
        List<String> end();
    }

    private RealWorld(ActorSystem<?> system, boolean ours, Ending ending) {
        this.system = system;
        this.ours = ours;
        this.calm = new Calm(system);
        this.ending = ending;
    }

    /// A system that others own.
    static RealWorld joining(ActorSystem<?> system) {
        return new RealWorld(system, false, List::of);
    }

    /// A system of the lab's own.
    static RealWorld own() {
        var threads = new LabThreads();
        var pool = pool(threads.group());
        var number = LabDispatcher.register(pool);
        var config = ConfigFactory.parseString(LabDispatcher.hocon(number)).withFallback(quiet());
        var kit = ActorTestKit.create(threads.group().getName(), config);
        return new RealWorld(kit.system(), true, () -> {
            var left = threads.end(kit.system());
            LabDispatcher.forget(number);
            return left;
        });
    }

    private static ThreadPoolExecutor pool(ThreadGroup group) {
        var names = new AtomicInteger();
        var pool = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    var name = group.getName() + "-real-" + names.incrementAndGet();
                    var thread = new Thread(group, task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// Settings of every system of a lab's own: faults are no news, and no JVM ends of them.
    static Config quiet() {
        return ConfigFactory.parseString("""
            pekko.log-dead-letters = off
            pekko.jvm-exit-on-fatal-error = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            """).withFallback(ConfigFactory.load());
    }

    @Override
    public ActorSystem<?> system() {
        return system;
    }

    @Override
    public boolean isOurs() {
        return ours;
    }

    @Override
    public boolean isManual() {
        return false;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void settle() {
        calm.await(PATIENCE);
    }

    @Override
    public void during(Runnable stimulus) {
        stimulus.run();
    }

    @Override
    public void timePasses(Duration time) {
        throw new IllegalStateException(
                "time passes by itself here; only Lab.withManualTime lets a test move it");
    }

    @Override
    public Runnable later(Duration delay, Runnable action) {
        var timer = system.scheduler().scheduleOnce(delay, action, system.executionContext());
        return timer::cancel;
    }

    @Override
    public Hung hung(boolean deaf) {
        return new Hung(deaf, lock);
    }

    @Override
    public void hang(Hung hung) throws InterruptedException {
        synchronized (lock) {
            if (hung.hang()) {
                throw new InterruptedException("killed while it hung");
            }
        }
    }

    @Override
    public List<String> close() {
        return ending.end();
    }
}
