package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.global.Acknowledgement;
import io.macula.app.global.GlobalService;
import io.macula.app.global.GlobalServices.Hosted;
import io.macula.app.global.GlobalServices.Hosting;
import io.macula.app.global.GlobalServices.Reply;
import io.macula.app.global.GlobalState;
import io.macula.runtime.Node;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Prints what a request to a global service on another node takes beside a plain call to that node, one under way at a time and the two
/// in turn. Not a part of the suite: `-Dmacula.coordination.figures=ROUNDS`.
@EnabledIfSystemProperty(named = "macula.coordination.figures", matches = "\\d+")
class GlobalFiguresIT {

    private static final int ROUNDS = Integer.getInteger("macula.coordination.figures", 1);
    private static final int WARM_ROUNDS = 3;
    private static final int REQUESTS = 500;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Payload ARGUMENT = Payload.of("who");

    @TempDir Path folder;

    /// Counts its requests.
    private record Counting(Acknowledgement acknowledgement) implements GlobalService {

        @Override
        public String name() {
            return "figures." + acknowledgement.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Rpc.Answer handle(Payload request, GlobalState state) {
            state.counter("requests").add(1);
            return new Rpc.Answer.Result(request);
        }
    }

    /// What is measured, and the medians of its rounds, in microseconds.
    private record Row(String name, Supplier<CompletionStage<?>> request, List<Long> medians) {

        Row(String name, Supplier<CompletionStage<?>> request) {
            this(name, request, new ArrayList<>());
        }

        long median() {
            return medians.stream().sorted().toList().get(medians.size() / 2);
        }
    }

    @Test
    void aRequestToAServiceOnAnotherNodeBesideAPlainCall() {
        try (var cluster = new ClusterNodes(folder, 3, "macula.realm.name = test")) {
            for (int number = 0; number < 3; number++) {
                cluster.start(number);
            }
            var rows = new ArrayList<Row>();
            for (var acknowledgement : Acknowledgement.values()) {
                var service = new Counting(acknowledgement);
                var instance = instance(cluster, service);
                var asker = cluster.node((instance + 1) % 3);
                var plain = "figures.plain" + acknowledgement.ordinal();
                cluster.node(instance)
                        .rpc()
                        .serve(plain, request -> new Rpc.Answer.Result(request));
                await().atMost(LONG)
                        .until(() -> get(call(asker, plain)) instanceof Rpc.Outcome.Ok);
                rows.add(new Row("plain call to the node of " + service.name(),
                        () -> call(asker, plain)));
                rows.add(new Row("request, " + acknowledgement,
                        () -> asker.globalServices().request(service.name(), ARGUMENT, LONG)));
            }
            for (int round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
                rows.forEach(GlobalFiguresIT::measure);
            }
            rows.forEach(row -> row.medians().subList(0, WARM_ROUNDS).clear());
            print(rows);
        }
    }

    private static int instance(ClusterNodes cluster, GlobalService service) {
        var hostings = new ArrayList<Hosting>();
        for (int number = 0; number < 3; number++) {
            var hosted = cluster.node(number).globalServices().host(service);
            assertThat(hosted).isInstanceOf(Hosted.Active.class);
            hostings.add(((Hosted.Active) hosted).hosting());
        }
        await().atMost(LONG).until(() -> hostings.stream().anyMatch(Hosting::isInstance));
        return hostings.indexOf(hostings.stream()
                .filter(Hosting::isInstance)
                .findFirst()
                .orElseThrow());
    }

    private static CompletionStage<Rpc.Outcome> call(Node node, String procedure) {
        return node.rpc()
                .call(procedure, ARGUMENT, Rpc.CallOptions.DEFAULT.withDeadline(LONG));
    }

    private static void measure(Row row) {
        var micros = new long[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            long began = System.nanoTime();
            var answer = get(row.request().get());
            micros[i] = (System.nanoTime() - began) / 1_000;
            assertThat(answer instanceof Reply.Ok || answer instanceof Rpc.Outcome.Ok)
                    .as("%s: %s", row.name(), answer)
                    .isTrue();
        }
        Arrays.sort(micros);
        row.medians().add(micros[REQUESTS / 2]);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static void print(List<Row> rows) {
        rows.forEach(row -> System.err.println(row.name() + ": p50 " + row.median()
                + " us, median of the rounds " + row.medians()));
        System.err.println("load average "
                + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
