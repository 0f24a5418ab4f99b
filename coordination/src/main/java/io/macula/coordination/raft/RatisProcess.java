package io.macula.coordination.raft;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.ratis.util.ExitUtils;

/// Keeps Ratis from talking on stderr, and from ending the whole process. By itself it does so when a port is taken, and, from the moment
/// its classes are loaded, when any thread of the process ends by an exception.
final class RatisProcess {

    /// Its gRPC logs to the JDK; held, because a logger that nobody holds forgets its level.
    private static final Logger GRPC = Logger.getLogger("org.apache.ratis.thirdparty");

    static {
        GRPC.setLevel(Level.SEVERE);
        var before = Thread.getDefaultUncaughtExceptionHandler();
        ExitUtils.disableSystemExit();
        ExitUtils.setTerminateOnUncaughtException(false);
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    private RatisProcess() {}

    /// To be called before anything of Ratis is used.
    static void isAGuest() {
        // the work is done once, when this class is loaded
    }
}
