package io.macula.coordination.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Released;
import io.macula.coordination.client.FencedClient;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Prints how long a free lock takes, with and without TLS, fsync on. Not a part of the suite:
/// `-Dmacula.coordination.figures=ANY`.
@EnabledIfSystemProperty(named = "macula.coordination.figures", matches = "\\d+")
class LatencyFiguresIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int WARM = 300;
    private static final int MEASURED = 500;

    @Test
    void inTheOpen(@TempDir Path directory) {
        try (var voters = RunningVoters.plain(directory, 3)) {
            measure("lock acquire, plain", voters);
        }
    }

    @Test
    void underMutualTls(@TempDir Path directory) {
        var member = Member.named("member");
        var tls = member.trusting(Set.of(member.certificate()));
        try (var voters = new RunningVoters(directory, 3, _ -> tls)) {
            measure("lock acquire, mutual TLS", voters);
        }
    }

    private static void measure(String what, RunningVoters voters) {
        var set = voters.set(3);
        voters.startAll(set, Beginning.FORM);
        try (var way = voters.client(set, "n0"); var client = FencedClient.over(way)) {
            var session = ((Opening.Opened) get(client.open("figures", LONG, LONG))).session();
            var micros = new long[WARM + MEASURED];
            for (int i = 0; i < micros.length; i++) {
                long began = System.nanoTime();
                var acquired = get(session.acquireLock("l" + i % 50, LONG));
                micros[i] = (System.nanoTime() - began) / 1_000;
                var lock = ((Acquired.Granted) acquired).lock();
                assertThat(get(session.release(lock, LONG))).isEqualTo(new Released.Done());
            }
            print(what, Arrays.copyOfRange(micros, WARM, micros.length));
        }
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }

    private static void print(String what, long[] micros) {
        Arrays.sort(micros);
        System.err.println(what + ": p50 " + micros[MEASURED / 2] / 1_000.0 + " ms, p99 "
                + micros[MEASURED * 99 / 100] / 1_000.0 + " ms, load average "
                + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
