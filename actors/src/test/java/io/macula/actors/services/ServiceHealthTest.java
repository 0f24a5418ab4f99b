package io.macula.actors.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceHealthTest {

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final CheckedServices services = new CheckedServices(2);
    private final List<Runnable> running = new ArrayList<>();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private ActorRef<ServiceHealth.Command> process;
    private volatile boolean isOffered;

    /// What is to be run waits for [#check].
    private final Executor executor = task -> {
        synchronized (running) {
            running.add(task);
        }
    };

    @BeforeEach
    void start() {
        process = kit.spawn(ServiceHealth.create(services, executor));
        services.attach(process);
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private CheckedService service(String name, Callable<Boolean> check) {
        return new CheckedService(name, check, EVERY, PATIENCE, 2, () -> {
            isOffered = true;
            done.add("offered");
        }, () -> {
            isOffered = false;
            done.add("withdrawn");
        }, () -> isOffered);
    }

    private Runnable begun() {
        Awaitility.await().until(() -> !running.isEmpty());
        synchronized (running) {
            return running.removeFirst();
        }
    }

    /// Lets the check that is due run to its end.
    private void check() {
        begun().run();
        settle();
    }

    /// The process has read what it was told so far: it asks of a service it hears of whether that is
    /// offered.
    private void settle() {
        var isRead = new CountDownLatch(1);
        process.tell(
                new ServiceHealth.Added(new CheckedService("nobody", () -> true, EVERY, PATIENCE,
                        1, () -> {}, () -> {}, () -> {
                            isRead.countDown();
                            return false;
                        })));
        try {
            assertThat(isRead.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void pass(Duration span) {
        time.timePasses(span);
        settle();
    }

    private void awaitDone(String... what) {
        Awaitility.await().untilAsserted(() -> assertThat(done).containsExactly(what));
    }

    @Test
    void aServiceIsOfferedOnceItsCheckPasses() {
        var isFit = new boolean[]{false};
        services.add(service("add", () -> isFit[0]));
        check();
        assertThat(done).isEmpty();

        isFit[0] = true;
        pass(EVERY);
        check();

        awaitDone("offered");
    }

    @Test
    void isWithdrawnAfterTwoFailuresRunningAndComesBack() {
        var isFit = new boolean[]{true};
        services.add(service("add", () -> {
            if (!isFit[0]) {
                throw new IllegalStateException("the disk is full");
            }
            return true;
        }));
        check();
        awaitDone("offered");

        isFit[0] = false;
        pass(EVERY);
        check();
        assertThat(done).as("one failure is none").containsExactly("offered");
        pass(EVERY);
        check();
        awaitDone("offered", "withdrawn");
        isFit[0] = true;
        pass(EVERY);
        check();

        awaitDone("offered", "withdrawn", "offered");
    }

    @Test
    void aCheckThatHangsFailsOnceAndIsNotRunTwice() {
        services.add(service("add", () -> true));
        check();
        awaitDone("offered");
        pass(EVERY);
        var hangs = begun();

        pass(PATIENCE);
        pass(EVERY.multipliedBy(5));

        assertThat(running).isEmpty();
        assertThat(done).containsExactly("offered");
        hangs.run();
        settle();
        pass(EVERY);
        var again = begun();
        again.run();
        settle();
        assertThat(done).as("one late check is one failure").containsExactly("offered");
    }

    @Test
    void aProcessThatCrashedKnowsWhatIsOffered() {
        var isFit = new boolean[]{true};
        services.add(service("add", () -> isFit[0]));
        check();
        awaitDone("offered");
        kit.stop(process);

        isFit[0] = false;
        start();
        check();
        pass(EVERY);
        check();

        awaitDone("offered", "withdrawn");
    }

    @Test
    void whatWasRemovedIsNotOfferedByACheckThatEndsLater() {
        var service = service("add", () -> true);
        services.add(service);
        var late = begun();

        services.remove(service);
        late.run();
        settle();

        assertThat(done).isEmpty();
    }

    @Test
    void thereIsOneOfANameAndABoundToAll() {
        assertThat(services.add(service("add", () -> true))).isEmpty();
        assertThat(services.add(service("add", () -> true)))
                .contains("add is registered on this node already");
        assertThat(services.add(service("sub", () -> true))).isEmpty();
        assertThat(services.add(service("mul", () -> true)))
                .contains("this node has as many services as it may (2)");
    }
}
