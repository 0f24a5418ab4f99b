package io.macula.benchmarks.traffic;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.jspecify.annotations.Nullable;

/// Pekko's own remoting over TCP, with TLS 1.3 both ways or without: an actor for each subscriber.
final class ArteryCarrier implements Carrier {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 6;
    private static final String SYSTEM = "bench";

    private final Plan plan;
    private final boolean isTls;
    private final List<ActorRef> subscribers = new ArrayList<>();
    private final List<ActorSystem> systems = new ArrayList<>();
    private @Nullable ActorRef speaker;

    ArteryCarrier(Plan plan, boolean isTls) {
        this.plan = plan;
        this.isTls = isTls;
    }

    private Config config() {
        var secrets = Secrets.of(plan.folder());
        var tls = """
            transport = tls-tcp
            ssl.config-ssl-engine {
              key-store = "%s", trust-store = "%s"
              key-store-password = %3$s, key-password = %3$s, trust-store-password = %3$s
              protocol = "TLSv1.3", enabled-algorithms = [TLS_AES_128_GCM_SHA256]
              require-mutual-authentication = on, hostname-verification = off
            }
            """.formatted(secrets.keyStore(), secrets.trustStore(), Secrets.PASSWORD);
        return ConfigFactory.parseString("""
            pekko {
              loglevel = ERROR, stdout-loglevel = ERROR
              actor { provider = remote, allow-java-serialization = off }
              remote.artery {
                enabled = on
                canonical { hostname = "127.0.0.1", port = 0 }
                advanced.outbound-message-queue-size = 65536
                %s
              }
            }
            """.formatted(isTls ? tls : "transport = tcp"))
                .withFallback(
                        ConfigFactory.load());
    }

    private ActorSystem system() {
        var system = ActorSystem.create(SYSTEM, config());
        systems.add(system);
        return system;
    }

    private static final class Subscriber extends AbstractActor {

        private final int number;
        private final Hearing hearing;

        Subscriber(int number, Hearing hearing) {
            this.number = number;
            this.hearing = hearing;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(byte[].class, note -> {
                var from = getSender();
                hearing.heard(number, note, back -> from.tell(back, getSelf()));
            }).build();
        }
    }

    private static final class Speaking extends AbstractActor {

        private final Consumer<byte[]> answers;

        Speaking(Consumer<byte[]> answers) {
            this.answers = answers;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(byte[].class, answers::accept).build();
        }
    }

    @Override
    public String hear(Hearing hearing) {
        var places = new ArrayList<String>();
        for (int i = 0; i < plan.nodes(); i++) {
            system();
        }
        for (int i = 0; i < plan.subscribers(); i++) {
            int number = i;
            var on = systems.get(i % plan.nodes());
            var actor = on.actorOf(Props.create(Subscriber.class,
                    () -> new Subscriber(number, hearing)), "s" + i);
            places.add(actor.path()
                    .toSerializationFormatWithAddress(
                            ((ExtendedActorSystem) on).provider().getDefaultAddress()));
        }
        return String.join(",", places);
    }

    @Override
    public void speak(Consumer<byte[]> answers) throws Exception {
        var system = system();
        speaker = system.actorOf(Props.create(Speaking.class, () -> new Speaking(answers)), "p");
        for (var place : plan.address().split(",")) {
            subscribers.add(find(system, place));
        }
    }

    /// The first message of a connection may be lost while it is made.
    private static ActorRef find(ActorSystem system, String place)
            throws InterruptedException, ExecutionException {
        for (int i = 1; i < TRIES; i++) {
            try {
                return resolve(system, place);
            } catch (ExecutionException notYet) {
                // Once more.
            }
        }
        return resolve(system, place);
    }

    private static ActorRef resolve(ActorSystem system, String place)
            throws InterruptedException, ExecutionException {
        return system.actorSelection(place).resolveOne(PATIENCE).toCompletableFuture().get();
    }

    @Override
    public boolean publish(byte[] note) {
        for (var subscriber : subscribers) {
            subscriber.tell(note, speaker);
        }
        return true;
    }

    @Override
    public void call(byte[] note, Runnable answered, Runnable failed) {
        Patterns.ask(subscribers.getFirst(), note, PATIENCE)
                .whenComplete(
                        (reply, _) -> (reply == null ? failed : answered).run());
    }

    @Override
    public void close() {
        systems.forEach(ActorSystem::terminate);
    }
}
