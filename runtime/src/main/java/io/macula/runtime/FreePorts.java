package io.macula.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// TCP ports of loopback that nobody has just now, for what has to be named before it is bound. Below those that the
/// kernel hands out to others meanwhile.
public final class FreePorts {

    private static final int FIRST = 12_000;
    private static final int LAST = 30_000;

    private FreePorts() {}

    /// So many different ones.
    public static List<Integer> take(int count) {
        var free = new LinkedHashSet<Integer>();
        while (free.size() < count) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) {
                free.add(port);
            }
        }
        return List.copyOf(free);
    }

    /// Whether nobody has it just now.
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
