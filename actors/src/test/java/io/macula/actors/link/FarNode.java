package io.macula.actors.link;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.netty.NettyQuicProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A node in a process of its own, to be killed without a warning.
final class FarNode implements AutoCloseable {

    private final Process process;
    private final int port;

    private FarNode(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts the process and waits until it listens.
    static FarNode start(Path keyFile, int port) throws IOException {
        var process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                FarNode.class.getName(), keyFile.toString(), String.valueOf(port)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready ")) {
                return new FarNode(process, Integer.parseInt(line.substring(6)));
            }
        }
        throw new IOException("the far node did not start");
    }

    int port() {
        return port;
    }

    /// As `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the far node survives its killing");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] args) throws IOException {
        var plan = new TestNode.Plan();
        plan.key = ((NodeKey.Loaded.Ready) NodeKey.loadOrCreate(Path.of(args[0]))).key();
        var node = plan.on(NettyQuicProvider.create(QuicConfig.defaults()));
        var bound = node.listen(Integer.parseInt(args[1]));
        System.out.println(bound instanceof Links.Bound.Listening(var local, _)
                ? "ready " + local.getPort()
                : bound.toString());
        // The process ends when the one who started it does, or kills it.
        while (System.in.read() >= 0) {
            continue;
        }
        node.close();
    }
}
