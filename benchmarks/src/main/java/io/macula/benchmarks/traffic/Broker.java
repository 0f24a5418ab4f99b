package io.macula.benchmarks.traffic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The server of a contestant that has one, with the settings that suit it best.
final class Broker implements AutoCloseable {

    private static final int TRIES = 100;

    private final Process process;
    private final String address;

    private Broker(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static Broker start(Contestant contestant, Path folder)
            throws IOException, InterruptedException {
        var address = "127.0.0.1:" + freePort();
        var config = folder.resolve("broker.conf");
        Files.writeString(config, switch (contestant) {
            case NATS -> "listen: " + address + "\n";
            case NATS_TLS -> """
                listen: %s
                tls { cert_file: "%s", key_file: "%s" }
                """.formatted(address, Secrets.of(folder).certificateFile(),
                    Secrets.of(folder).keyFile());
            case MOSQUITTO -> """
                listener %s 127.0.0.1
                allow_anonymous true
                persistence false
                max_queued_messages 0
                set_tcp_nodelay true
                log_dest none
                """.formatted(address.split(":")[1]);
            case MACULA, KWIK, ARTERY, ARTERY_TLS, QUIC ->
                throw new IllegalArgumentException(contestant + " has no server");
        });
        var process = new ProcessBuilder(List.of(contestant.executable().orElseThrow().toString(),
                "-c", config.toString())).redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker.log").toFile())
                .start();
        var broker = new Broker(process, address);
        broker.await();
        return broker;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await() throws IOException, InterruptedException {
        var place = address.split(":");
        for (int i = 0; i < TRIES; i++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(place[0], Integer.parseInt(place[1])), 1_000);
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        close();
        throw new IOException("the server does not listen at " + address);
    }

    String address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
