package io.macula.coordination.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Opening;
import io.macula.coordination.client.FencedClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutualTlsIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }

    @Test
    void membersTalkToEachOtherAndNobodyElseDoes(@TempDir Path directory) {
        Map<String, Member> members = Map.of("n0", Member.named("n0"), "n1", Member.named("n1"),
                "n2", Member.named("n2"), "client", Member.named("client"));
        var trusted = members.values()
                .stream()
                .map(Member::certificate)
                .collect(Collectors.toSet());
        var stranger = Member.named("client").trusting(trusted);

        try (var voters = new RunningVoters(directory, 3,
                name -> Objects.requireNonNull(members.get(name)).trusting(trusted))) {
            var set = voters.set(3);
            voters.startAll(set, Beginning.FORM);
            try (var way = voters.client(set, "client");
                    var client = FencedClient.over(way);
                    var strange = RatisVoters.of(set, stranger, "n0");
                    var open = RatisVoters.of(set, new Transport.Plain(), "n0")) {
                var session = ((Opening.Opened) get(client.open("ann", LONG, LONG))).session();
                assertThat(get(session.acquireLock("l", LONG)))
                        .isInstanceOf(Acquired.Granted.class);

                assertThat(get(FencedClient.over(strange).open("eve", LONG, SHORT)))
                        .as("another certificate of the same name")
                        .isInstanceOf(NoQuorum.class);
                assertThat(get(FencedClient.over(open).open("eve", LONG, SHORT)))
                        .as("no certificate")
                        .isInstanceOf(NoQuorum.class);
            }
        }
    }
}
