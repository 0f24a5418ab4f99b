package io.macula.actors.link.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/// A dialling and a listening provider, made for each test and closed after it. Netty reports every
/// buffer that was not released; a report fails the class.
abstract class QuicPair {

    static {
        LeakWatch.start();
    }

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration DIAL_TIMEOUT = Duration.ofSeconds(10);
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    static final QuicConfig CONFIG = QuicConfig.defaults().withSendQueueBytes(256 * 1024);

    final ListenerCertificate certificate = TestCertificates.fresh("listener");
    final List<Side> accepted = new CopyOnWriteArrayList<>();
    QuicProvider dialling = diallingProvider(CONFIG);
    QuicProvider listening = listeningProvider(CONFIG);

    abstract QuicProvider diallingProvider(QuicConfig config);

    abstract QuicProvider listeningProvider(QuicConfig config);

    @AfterEach
    void close() {
        dialling.close();
        listening.close();
    }

    @AfterAll
    static void nothingLeaked() {
        assertThat(LeakWatch.leaks()).isEmpty();
    }

    QuicListener listen(BiFunction<Side, QuicStream, QuicStreamHandler> opened) {
        return get(listening.listen(new InetSocketAddress(LOOPBACK, 0), certificate,
                connection -> accept(connection, opened)));
    }

    QuicListener listenForEcho() {
        return listen((_, stream) -> new Side.Echo(stream));
    }

    Side accept(QuicConnection connection,
            BiFunction<Side, QuicStream, QuicStreamHandler> opened) {
        var side = new Side(connection, opened);
        accepted.add(side);
        return side;
    }

    Side dial(InetSocketAddress remote) {
        var sides = new ArrayList<Side>();
        get(dialling.dial(remote, DIAL_TIMEOUT, connection -> {
            sides.add(new Side(connection, (_, _) -> new Heard()));
            return sides.getFirst();
        }));
        return sides.getFirst();
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static Throwable failureOf(CompletionStage<?> stage) {
        try {
            var value = stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("expected a failure, got " + value);
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static void writePatiently(QuicStream stream, byte[] frame) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> stream.write(frame) == QuicStream.Offer.QUEUED);
    }
}
