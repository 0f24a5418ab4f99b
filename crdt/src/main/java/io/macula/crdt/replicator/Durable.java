package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import io.macula.crdt.Dot;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.ReplicaMap;
import io.macula.crdt.Stamp;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
            long size = 0;
            for (var entry : added) {
                size += entry.sizeBytes();
            }
            for (var batch : logged) {
                size += batch.sizeBytes();
            }
            return size;
        }
    }

    /// The part that every write replaces.
    ///
    /// @param reservedTo
    ///            no dot of `self` up to this one is ever used again after a restart
    /// @param retired
    ///            replicas of nodes that were away for too long, and when they were retired, by the wall
    ///            clock
    /// @param members
    ///            the other nodes that share the state, and since when each is away, by the wall clock; 0
    ///            for one that is here
    public record Meta(ReplicaId self, DotSet seen, DotSet known, long reservedTo, Stamp clock,
            ReplicaMap<Long> retired, SortedMap<Long, Long> members) {
        public Meta {
            members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        }
    }

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
                    new Meta(self, meta.seen(), meta.known(), 0, meta.clock(), meta.retired(),
                            meta.members()),
                    entries,
                    log);
        }
    }
}
