package io.macula.runtime.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/// Answers a request that goes on until the tool hangs up.
@FunctionalInterface
interface ControlStream {

    /// Returns when the tool has hung up.
    void run(SocketChannel connection) throws IOException;
}
