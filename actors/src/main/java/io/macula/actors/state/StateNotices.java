package io.macula.actors.state;

import io.macula.crdt.replicator.Notice;
import org.slf4j.Logger;

/// Says in the log what a person may want to know of the replicator.
final class StateNotices {

    private StateNotices() {}

    static void log(Logger log, Notice notice) {
        switch (notice) {
            case Notice.EpochTaken(var before, var now) -> log.atWarn()
                    .addKeyValue("before", before)
                    .addKeyValue("now", now)
                    .log("its name was used by another life of this node, or was retired while it"
                            + " was away; it writes under a new one");
            case Notice.Retired(var node, var replicas) -> log.atInfo()
                    .addKeyValue("node", Long.toHexString(node))
                    .addKeyValue("replicas", replicas)
                    .log("a node that shared state has been away for too long; it is retired");
            case Notice.Compared(var peer, var added, var removed) when added + removed > 0 -> log
                    .atInfo()
                    .addKeyValue("peer", Long.toHexString(peer))
                    .addKeyValue("added", added)
                    .addKeyValue("removed", removed)
                    .log("state repaired by comparison");
            default -> log.atDebug().addKeyValue("notice", notice).log("noticed");
        }
    }
}
