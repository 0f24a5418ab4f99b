package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import io.macula.crdt.Dot;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.ReplicaMap;
import io.macula.crdt.Stamp;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a replicator keeps on disk, as values.
public final class Durable {

    private Durable() {}

    /// One atomic write, in the order of its parts: a damaged entry is removed and put under its own
    /// dot, a batch may be logged and leave the log at once.
    ///
    /// @param number
    ///            counts up by one
    /// @param unlogged
    ///            dots whose batches leave the log
    /// @param now
    ///            whether it has to be durable at once
    public record Write(long number, List<Dot> removed, List<Entry> added, List<Batch> logged,
            DotSet unlogged,
            Meta meta, boolean now) {
        public Write {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
            logged = List.copyOf(logged);
        }

        /// About what it takes on disk, its meta left out.
        public long sizeBytes() {
            return added.stream().mapToLong(Entry::sizeBytes).sum()
                    + logged.stream().mapToLong(Batch::sizeBytes).sum();
        }
    }

    /// The part that every write replaces.
    ///
    /// @param reservedTo
    ///            no dot of `self` up to this one is ever used again after a restart
    /// @param retired
    ///            replicas that are gone, and their last change that counts
    public record Meta(ReplicaId self, DotSet seen, DotSet known, long reservedTo, Stamp clock,
            ReplicaMap<Long> retired) {}

    /// All that was on disk.
    public record Image(Meta meta, List<Entry> entries, List<Batch> log) {
        public Image {
            entries = List.copyOf(entries);
            log = List.copyOf(log);
        }

        /// The same, to be continued by a new replica: for a backup, whose dots may have been used
        /// after it was taken.
        public Image inNewEpoch(RandomGenerator random) {
            var self = ReplicaId.fresh(meta.self().node(), random);
            return new Image(
                    new Meta(self, meta.seen(), meta.known(), 0, meta.clock(), meta.retired()),
                    entries,
                    log);
        }
    }
}
