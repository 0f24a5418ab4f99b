package io.macula.runtime.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.workload.Platform;
import io.macula.app.workload.Workload;
import io.macula.runtime.MaculaNode;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import io.macula.runtime.workload.WorkloadView.State;
import io.macula.supervision.Key;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workloads on a real node: they come and go, break, and take nothing with them.
class WorkloadsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path folder;

    private @Nullable Node running;

    @BeforeEach
    void begin() {
        running = start();
    }

    @AfterEach
    void stop() {
        node().close();
    }

    private Node node() {
        return Objects.requireNonNull(running);
    }

    private Node start() {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var settings = new NodeSettings("node", Role.PEER,
                NodeSettings.RealmSettings.open("test"), folder, anyPort, null, List.of(), true,
                Tuning.DEFAULT);
        return switch (MaculaNode.start(settings)) {
            case MaculaNode.Started.Running(var running) -> running;
            case MaculaNode.Started.Failed(var failure) ->
                throw new AssertionError(failure.message());
        };
    }

    private Workloads workloads() {
        return node().workloads().orElseThrow();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private Rpc.Outcome call(String procedure, String argument) {
        return get(node().rpc().call(procedure, Payload.of(argument), Rpc.CallOptions.DEFAULT));
    }

    private WorkloadView view(String name) {
        return workloads().views()
                .stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Workloads.Result deploy(Class<?> workload) {
        return workloads().deploy(new WorkloadSource.OnClassPath(workload.getName()), 0);
    }

    private static void assertRuns(Workloads.Result result) {
        assertThat(result).isInstanceOf(Workloads.Result.Done.class);
        assertThat(((Workloads.Result.Done) result).view().state()).isEqualTo(State.RUNNING);
    }

    private static String message(Workloads.Result result) {
        assertThat(result).isInstanceOf(Workloads.Result.Failed.class);
        return ((Workloads.Result.Failed) result).message();
    }

    /// A jar with the classes of the echo workload.
    private Path jar(String name, String service) throws IOException {
        var file = folder.resolve(name);
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (var type : List.of("EchoWorkload", "EchoWorkload$1", "EchoWorkload$Wish")) {
                var path = "io/macula/runtime/workload/" + type + ".class";
                try (var in = getClass().getClassLoader().getResourceAsStream(path)) {
                    if (in != null) {
                        put(jar, path, in.readAllBytes());
                    }
                }
            }
            put(jar, "META-INF/services/" + Workload.class.getName(),
                    service.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void put(JarOutputStream jar, String path, byte[] content)
            throws IOException {
        jar.putNextEntry(new JarEntry(path));
        ((OutputStream) jar).write(content);
        jar.closeEntry();
    }

    private Path echoJar() throws IOException {
        return jar("echo.jar", EchoWorkload.class.getName());
    }

    @Test
    void aWorkloadOfAJarServesUntilItIsStoppedAndAgainAfterARestart() throws IOException {
        assertRuns(workloads().deploy(new WorkloadSource.Jar(echoJar()), 0));
        assertThat(call("echo.say", "hello")).isEqualTo(new Rpc.Outcome.Ok(Payload.of("hello")));
        assertThat(node().trees().toString()).contains("id=victim");

        assertThat(workloads().stop("echo", 0)).isInstanceOf(Workloads.Result.Done.class);
        assertThat(call("echo.say", "hello")).isInstanceOf(Rpc.Outcome.NoSuchProcedure.class);
        assertThat(view("echo").state()).isEqualTo(State.STOPPED);

        assertRuns(workloads().restart("echo", 0));
        assertThat(call("echo.say", "again")).isEqualTo(new Rpc.Outcome.Ok(Payload.of("again")));
    }

    @Test
    void aNodeThatStartsAgainRunsWhatWasDeployedEvenWhenTheJarIsGone() throws IOException {
        var jar = echoJar();
        assertRuns(workloads().deploy(new WorkloadSource.Jar(jar), 0));
        node().close();
        Files.delete(jar);

        running = start();

        await().atMost(LONG).until(() -> view("echo").state() == State.RUNNING);
        assertThat(call("echo.say", "back")).isEqualTo(new Rpc.Outcome.Ok(Payload.of("back")));
    }

    @Test
    void theCodeOfAJarSeesAppApiAndNothingElseOfTheNode() throws IOException {
        assertRuns(workloads().deploy(new WorkloadSource.Jar(echoJar()), 0));

        assertThat(call("echo.sees", "io.macula.app.Rpc"))
                .isEqualTo(new Rpc.Outcome.Ok(Payload.of("yes")));
        assertThat(call("echo.sees", "org.apache.pekko.actor.typed.Behavior"))
                .isEqualTo(new Rpc.Outcome.Ok(Payload.of("yes")));
        assertThat(call("echo.sees", "io.macula.runtime.Node"))
                .isEqualTo(new Rpc.Outcome.Ok(Payload.of("no")));
        assertThat(call("echo.sees", "com.fasterxml.jackson.databind.JsonNode"))
                .isEqualTo(new Rpc.Outcome.Ok(Payload.of("no")));
    }

    @Test
    void aStackOverflowEndsOneProcessWhichIsStartedAgain() {
        assertRuns(deploy(EchoWorkload.class));

        assertThat(call("echo.wish", "OVERFLOW")).isInstanceOf(Rpc.Outcome.Ok.class);

        await().atMost(LONG).until(() -> node().trees().toString().contains("StackOverflowError"));
        assertThat(call("echo.say", "alive")).isEqualTo(new Rpc.Outcome.Ok(Payload.of("alive")));
        assertThat(node().isReady()).isTrue();
        assertThat(view("echo").restarts()).isZero();
    }

    @Test
    void aTreeThatGivesUpIsStartedAgainWhileTheNodeGoesOn() {
        assertRuns(deploy(EchoWorkload.class));

        // A wish that comes while the process is away is lost.
        await().atMost(LONG).until(() -> {
            call("echo.wish", "DIE");
            return view("echo").restarts() >= 1;
        });
        await().atMost(LONG).until(() -> view("echo").state() == State.RUNNING);
        assertThat(call("echo.say", "alive")).isEqualTo(new Rpc.Outcome.Ok(Payload.of("alive")));
        assertThat(node().isReady()).isTrue();
    }

    /// Cannot even start.
    public static final class Stillborn implements Workload {

        @Override
        public String name() {
            return "stillborn";
        }

        @Override
        public String version() {
            return "0";
        }

        @Override
        public Spec processes(Platform platform) {
            platform.rpc().serve("stillborn.any", _ -> new Rpc.Answer.Result(Payload.EMPTY));
            throw new StackOverflowError("too deep");
        }
    }

    @Test
    void aWorkloadThatCannotStartIsTriedMoreAndMoreSlowlyAndLeavesNothingBehind() {
        var problem = message(deploy(Stillborn.class));

        assertThat(problem).contains("was deployed and does not run", "too deep",
                "again and again");
        await().atMost(LONG).until(() -> view("stillborn").restarts() >= 2);
        assertThat(node().isReady()).isTrue();
        assertThat(workloads().stop("stillborn", 0)).isInstanceOf(Workloads.Result.Done.class);
        assertThat(call("stillborn.any", "")).isInstanceOf(Rpc.Outcome.NoSuchProcedure.class);
    }

    private static final AtomicInteger STEPS = new AtomicInteger();

    /// Takes note of the order in which it is ended.
    public static final class Careful implements Workload {

        static final CompletableFuture<String> LAST = new CompletableFuture<>();

        private static int drainedAt;

        @Override
        public String name() {
            return "careful";
        }

        @Override
        public String version() {
            return "2";
        }

        @Override
        public Spec processes(Platform platform) {
            return Supervisor.oneForOne()
                    .child(Key.<String>of("idle"), Behaviors.<String>ignore());
        }

        @Override
        public boolean isHealthy() {
            return false;
        }

        @Override
        public CompletionStage<?> drain() {
            drainedAt = STEPS.incrementAndGet();
            return CompletableFuture.completedStage(true);
        }

        @Override
        public void stop() {
            LAST.complete(drainedAt + "," + STEPS.incrementAndGet());
        }
    }

    @Test
    void aWorkloadIsDrainedThenStopped() {
        assertRuns(deploy(Careful.class));

        workloads().stop("careful", 0);

        assertThat(get(Careful.LAST)).isEqualTo("1,2");
    }

    @Test
    void anOlderFenceChangesNothing() {
        var source = new WorkloadSource.OnClassPath(EchoWorkload.class.getName());
        assertRuns(workloads().deploy(source, 8));

        assertThat(workloads().stop("echo", 7)).isInstanceOf(Workloads.Result.Outdated.class);
        assertThat(workloads().restart("echo", 0)).isInstanceOf(Workloads.Result.Outdated.class);
        assertThat(workloads().deploy(source, 7)).isInstanceOf(Workloads.Result.Outdated.class);
        assertThat(call("echo.say", "still")).isEqualTo(new Rpc.Outcome.Ok(Payload.of("still")));
        assertThat(workloads().stop("echo", 8)).isInstanceOf(Workloads.Result.Done.class);
    }

    @Test
    void whatIsNoWorkloadIsRefusedInASentenceAndWhatRanRunsOn() throws IOException {
        assertRuns(deploy(EchoWorkload.class));
        var noJar = folder.resolve("noise.jar");
        Files.writeString(noJar, "this is no jar");

        assertThat(message(workloads().deploy(new WorkloadSource.Jar(noJar), 0)))
                .contains("holds no workload", "META-INF/services");
        assertThat(message(workloads().deploy(
                new WorkloadSource.Jar(folder.resolve("missing.jar")), 0)))
                .contains("there is no file");
        assertThat(message(workloads().deploy(
                new WorkloadSource.Jar(jar("wrong.jar", "no.such.Thing")), 0)))
                .contains("no.such.Thing");
        assertThat(message(workloads().deploy(new WorkloadSource.Jar(jar("empty.jar", "")), 0)))
                .contains("names 0 workloads");
        assertThat(message(deploy(String.class))).contains("does not implement");
        assertThat(message(workloads().deploy(new WorkloadSource.OnClassPath("no.Class"), 0)))
                .contains("there is no class no.Class");
        assertThat(workloads().stop("nobody", 0)).isInstanceOf(Workloads.Result.NotThere.class);
        assertThat(call("echo.say", "on")).isEqualTo(new Rpc.Outcome.Ok(Payload.of("on")));
    }
}
