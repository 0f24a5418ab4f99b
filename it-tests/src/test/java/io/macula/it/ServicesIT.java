package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Services;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ServicesIT {

    @AutoClose private final ThreeNodes nodes = new ThreeNodes();

    private Services services(int node) {
        return nodes.get(node).services();
    }

    private Services.Registration register(int node, Services.HealthCheck health) {
        var name = Payload.of(("node " + node).getBytes(StandardCharsets.UTF_8));
        var registered = services(node).register("greet", _ -> new Rpc.Answer.Result(name), health);
        return ((Services.Registered.Active) registered).registration();
    }

    private List<String> found(int by) throws Exception {
        return services(by).discover("greet")
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .stream()
                .map(Services.Instance::node)
                .toList();
    }

    private String called(int by) throws Exception {
        var outcome = services(by)
                .call("greet", Payload.of(new byte[0]), Rpc.CallOptions.DEFAULT)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return outcome instanceof Rpc.Outcome.Ok(var value)
                ? new String(value.toBytes(), StandardCharsets.UTF_8)
                : outcome.toString();
    }

    @Test
    void aServiceIsFoundAndCalledByNameAsLongAsItIsFit() throws Exception {
        var isFit = new AtomicBoolean();
        var health = new Services.HealthCheck(isFit::get, Duration.ofMillis(20),
                Duration.ofSeconds(5), 2);
        var one = register(1, health);
        register(2, Services.HealthCheck.NONE);
        await().atMost(Mesh.PATIENCE)
                .untilAsserted(() -> assertThat(found(0)).containsExactly(nodes.id(2)));
        assertThat(one.isOffered()).isFalse();
        assertThat(called(0)).isEqualTo("node 2");

        isFit.set(true);
        await().atMost(Mesh.PATIENCE)
                .untilAsserted(() -> assertThat(found(0)).containsExactlyInAnyOrder(nodes.id(1),
                        nodes.id(2)));
        assertThat(called(1)).as("the nearest is the one at home").isEqualTo("node 1");

        isFit.set(false);
        await().atMost(Mesh.PATIENCE).until(() -> !one.isOffered());
        assertThat(called(1)).isEqualTo("node 2");
        one.close();
        isFit.set(true);
        assertThat(one.isOffered()).isFalse();
    }

    @Test
    void aRegistrationSurvivesACrashOfTheProcessThatChecksIt() throws Exception {
        var isFit = new AtomicBoolean(true);
        var one = register(1, new Services.HealthCheck(isFit::get, Duration.ofMillis(20),
                Duration.ofSeconds(5), 1));
        await().atMost(Mesh.PATIENCE).until(one::isOffered);

        assertThat(nodes.get(1).crash("macula/platform_system/service_health")).isTrue();
        isFit.set(false);

        await().atMost(Mesh.PATIENCE).until(() -> !one.isOffered());
    }

    @Test
    void aNameIsRegisteredOnceOnANode() {
        register(1, Services.HealthCheck.NONE);

        assertThat(services(1).register("greet", _ -> new Rpc.Answer.Failure("no"),
                Services.HealthCheck.NONE)).isInstanceOf(Services.Registered.Invalid.class);
        assertThat(services(1).register("no name", _ -> new Rpc.Answer.Failure("no"),
                Services.HealthCheck.NONE)).isInstanceOf(Services.Registered.Invalid.class);
    }
}
