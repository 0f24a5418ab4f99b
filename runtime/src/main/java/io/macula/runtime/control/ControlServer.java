package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers local tools on the control socket. Bounded in requests, connections and time, so that
/// a stuck or hostile tool costs the node nothing.
public final class ControlServer implements AutoCloseable {

    /// Longest request in bytes.
    public static final int REQUEST_BYTES_MAX = 64 * 1024;

    /// Connections served at once; the next is told to come again.
    public static final int CONNECTIONS_MAX = 16;

    /// Connections that stay open to be told more.
    public static final int STREAMS_MAX = 16;

    /// Longest life of a connection, but for streams.
    static final Duration CONNECTION_TIME_MAX = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    /// What became of a start.
    public sealed interface Started {
        record Listening(ControlServer server) implements Started {}

        /// One sentence.
        record Failed(String message) implements Started {}
    }

    private final Path dataDir;
    private final Path socket;
    private final ServerSocketChannel listener;
    private final ControlAnswers answers;
    private final Duration timeMax;
    private final Semaphore free = new Semaphore(CONNECTIONS_MAX);
    private final Semaphore freeStreams = new Semaphore(STREAMS_MAX);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("control-clock").factory());

    private ControlServer(Path dataDir, Path socket, ServerSocketChannel listener,
            ControlAnswers answers, Duration timeMax) {
        this.dataDir = dataDir;
        this.socket = socket;
        this.listener = listener;
        this.answers = answers;
        this.timeMax = timeMax;
    }

    /// Listens in `dataDir`, which the caller has locked.
    public static Started start(Path dataDir, NodeControl control) {
        return start(dataDir, control, CONNECTION_TIME_MAX);
    }

    static Started start(Path dataDir, NodeControl control, Duration timeMax) {
        try {
            var socket = ControlAddress.prepare(dataDir);
            var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            var server = new ControlServer(dataDir, socket, listener, new ControlAnswers(control),
                    timeMax);
            Thread.ofVirtual().name("control").start(server::accept);
            return new Started.Listening(server);
        } catch (IOException | UnsupportedOperationException e) {
            return new Started.Failed("the control socket in " + dataDir + " cannot be opened: "
                    + e.getMessage());
        }
    }

    /// Stops listening and removes the socket.
    @Override
    public void close() {
        try {
            listener.close();
            ControlAddress.clear(dataDir, socket);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("socket", socket)
                    .setCause(e)
                    .log("control socket left behind");
        }
        clock.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                var connection = listener.accept();
                Thread.ofVirtual().name("control-request").start(() -> serve(connection));
            }
        } catch (IOException e) {
            if (listener.isOpen()) {
                LOG.atError().setCause(e).log("the control socket is dead");
            }
        }
    }

    private void serve(SocketChannel connection) {
        var admitted = free.tryAcquire();
        try (connection) {
            var deadline = clock.schedule(() -> hangUp(connection), timeMax.toMillis(),
                    TimeUnit.MILLISECONDS);
            if (admitted) {
                answer(connection, readLine(connection), deadline);
            } else {
                write(connection, turnAway(connection));
            }
            deadline.cancel(false);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("control connection ended early");
        } finally {
            if (admitted) {
                free.release();
            }
        }
    }

    /// A stream lives as long as its tool; it takes a place among those for streams.
    private void answer(SocketChannel connection, String line, Future<?> deadline)
            throws IOException {
        var stream = answers.stream(line);
        if (stream.isEmpty()) {
            write(connection, answers.answer(line));
        } else if (!freeStreams.tryAcquire()) {
            write(connection, ControlAnswers.error("busy",
                    "the node serves " + STREAMS_MAX + " streams already; end one of them"));
        } else {
            deadline.cancel(false);
            free.release();
            try {
                stream.get().run(connection);
            } finally {
                free.acquireUninterruptibly();
                freeStreams.release();
            }
        }
    }

    /// Reads a little first: closing on unread bytes would lose the answer.
    private static JsonNode turnAway(SocketChannel connection) throws IOException {
        connection.read(ByteBuffer.allocate(1_024));
        return ControlAnswers.error("busy",
                "the node answers " + CONNECTIONS_MAX + " tools already; try again");
    }

    private static void hangUp(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("control connection ended twice");
        }
    }

    /// The first line, or one byte more than is allowed.
    private static String readLine(SocketChannel connection) throws IOException {
        var buffer = ByteBuffer.allocate(REQUEST_BYTES_MAX + 1);
        var end = -1;
        while (end < 0 && buffer.hasRemaining() && connection.read(buffer) >= 0) {
            end = indexOfNewline(buffer);
        }
        var length = end < 0 ? buffer.position() : end;
        return new String(buffer.array(), 0, length, StandardCharsets.UTF_8);
    }

    private static int indexOfNewline(ByteBuffer buffer) {
        for (var i = 0; i < buffer.position(); i++) {
            if (buffer.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static void write(SocketChannel connection, JsonNode json)
            throws IOException {
        var bytes = ByteBuffer.wrap((Json.write(json) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }
}
