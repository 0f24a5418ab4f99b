package io.macula.benchmarks.traffic;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// NATS with its own Java client, one connection for each subscriber.
final class NatsCarrier implements Carrier {

    private static final String DATA = "bench.data";
    private static final String BACK = "bench.back";
    private static final String ECHO = "bench.echo";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Plan plan;
    private final boolean isTls;
    private @Nullable Connection speaking;

    NatsCarrier(Plan plan, boolean isTls) {
        this.plan = plan;
        this.isTls = isTls;
    }

    private Connection connect() throws IOException, InterruptedException,
            GeneralSecurityException {
        var options = new Options.Builder()
                .server((isTls ? "tls" : "nats") + "://" + plan.address())
                .connectionTimeout(PATIENCE)
                .noReconnect();
        if (isTls) {
            var tls = SSLContext.getInstance("TLSv1.3");
            tls.init(null, Secrets.of(plan.folder()).trust(), null);
            options.sslContext(tls);
        }
        return Nats.connect(options.build());
    }

    @Override
    public String hear(Hearing hearing) throws Exception {
        for (int i = 0; i < plan.subscribers(); i++) {
            int subscriber = i;
            var connection = connect();
            var dispatcher = connection.createDispatcher(message -> {
                var back = message.getReplyTo() == null ? BACK : message.getReplyTo();
                hearing.heard(subscriber, message.getData(),
                        note -> connection.publish(back, note));
            });
            dispatcher.setPendingLimits(-1, -1);
            dispatcher.subscribe(DATA);
            if (subscriber == 0) {
                dispatcher.subscribe(ECHO);
            }
            connection.flush(PATIENCE);
        }
        return plan.address();
    }

    @Override
    public void speak(Consumer<byte[]> answers) throws Exception {
        var connection = connect();
        connection.createDispatcher(message -> answers.accept(message.getData())).subscribe(BACK);
        connection.flush(PATIENCE);
        speaking = connection;
    }

    private Connection speaking() {
        var connection = speaking;
        if (connection == null) {
            throw new IllegalStateException("not connected");
        }
        return connection;
    }

    @Override
    public boolean publish(byte[] note) {
        speaking().publish(DATA, note);
        return true;
    }

    @Override
    public void call(byte[] note, Runnable answered, Runnable failed) {
        speaking().request(ECHO, note)
                .whenComplete(
                        (reply, _) -> (reply == null ? failed : answered).run());
    }
}
