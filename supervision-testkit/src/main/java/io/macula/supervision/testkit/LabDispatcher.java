package io.macula.supervision.testkit;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/// Lets an actor system run on an executor of the lab. Pekko makes it by its class name, so the
/// executor is found by the number in the dispatcher's configuration.
final class LabDispatcher extends ExecutorServiceConfigurator {

    private static final Map<Integer, Executor> EXECUTORS = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String NUMBER = "lab";

    private final Config config;

    LabDispatcher(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        this.config = config;
    }

    /// The number to put into the configuration.
    static int register(Executor executor) {
        var number = NUMBERS.incrementAndGet();
        EXECUTORS.put(number, executor);
        return number;
    }

    static void forget(int number) {
        EXECUTORS.remove(number);
    }

    /// What makes a system use executor `number`, as HOCON.
    static String hocon(int number) {
        var dispatcher = """
            {
              type = Dispatcher
              executor = "%s"
              throughput = 1
              %s = %d
            }
            """.formatted(LabDispatcher.class.getName(), NUMBER, number);
        return "pekko.actor.default-dispatcher = " + dispatcher
                + "pekko.actor.internal-dispatcher = " + dispatcher;
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        var number = config.getInt(NUMBER);
        var executor = Objects.requireNonNull(EXECUTORS.get(number), "the lab is closed");
        return () -> new Lent(executor);
    }

    /// An executor that its dispatchers share and do not end.
    private static final class Lent extends AbstractExecutorService {

        private final Executor executor;
        private volatile boolean given;

        Lent(Executor executor) {
            this.executor = executor;
        }

        @Override
        public void execute(Runnable task) {
            executor.execute(task);
        }

        @Override
        public void shutdown() {
            given = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown();
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return given;
        }

        @Override
        public boolean isTerminated() {
            return given;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return given;
        }
    }
}
