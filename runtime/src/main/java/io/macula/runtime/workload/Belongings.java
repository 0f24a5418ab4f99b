package io.macula.runtime.workload;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a workload has registered on its node and not closed yet, so that it ends with the workload. Safe to use
/// from any thread.
final class Belongings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Belongings.class);

    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    /// What is added after the end is closed at once.
    <T extends AutoCloseable> T add(T thing) {
        open.add(thing);
        if (isClosed) {
            closeAll();
        }
        return thing;
    }

    /// The workload has closed it by itself.
    void forget(AutoCloseable thing) {
        open.remove(thing);
    }

    @Override
    public void close() {
        isClosed = true;
        closeAll();
    }

    private void closeAll() {
        for (var thing : List.copyOf(open)) {
            if (open.remove(thing)) {
                try {
                    thing.close();
                } catch (Exception e) {
                    LOG.atWarn().setCause(e).log("what a workload had registered did not close");
                }
            }
        }
    }
}
