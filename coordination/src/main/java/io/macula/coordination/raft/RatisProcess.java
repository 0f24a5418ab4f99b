package io.macula.coordination.raft;

import org.apache.ratis.util.ExitUtils;

/// Keeps Ratis from ending the whole process. By itself it does so when a port is taken, and, from the moment
/// its classes are loaded, when any thread of the process ends by an exception.
final class RatisProcess {

    static {
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
