package io.macula.crdt.wire;

import io.macula.crdt.Batch;
import io.macula.crdt.Bytes;
import io.macula.crdt.Dot;
import io.macula.crdt.DotSet;
import io.macula.crdt.LongTrie;
import io.macula.crdt.RangeState;
import io.macula.crdt.ReplicaId;
import java.util.List;

/// What replicators say to each other.
public sealed interface Message {

    /// New changes, or those that were asked for.
    record Push(List<Batch> batches) implements Message {
        public Push {
            batches = List.copyOf(batches);
        }
    }

    /// Everything the sender has seen, and the sum of what it holds.
    record Clock(DotSet seen, LongTrie.Sum total) implements Message {}

    /// Changes the sender misses.
    record Want(DotSet dots) implements Message {}

    /// Changes that were asked for, were seen, and are no longer in the sender's log.
    record Gone(DotSet dots) implements Message {}

    /// Opens a comparison with the sum of everything the sender has.
    record Compare(long session, LongTrie.Sum total) implements Message {}

    /// Answers [Compare]: which life of itself the answerer is in, what it has seen, what else it knows the fate of, whether the
    /// totals are equal, and if not the sums of its ranges.
    record Opened(long session, Dot life, DotSet seen, DotSet unseen, boolean equal,
            List<RangeSum> ranges) implements Message {
        public Opened {
            ranges = List.copyOf(ranges);
        }
    }

    /// Asks about ranges, telling what the asker has there.
    record Probe(long session, List<RangeSum> ranges) implements Message {
        public Probe {
            ranges = List.copyOf(ranges);
        }
    }

    /// Answers [Probe] with the answerer's sums, of the same or of smaller ranges.
    record Sums(long session, Dot life, List<RangeSum> ranges) implements Message {
        public Sums {
            ranges = List.copyOf(ranges);
        }
    }

    /// Answers [Probe] with all the answerer knows of a range. When `continuesTo` lies past the
    /// range, the rest up to there is left for another question.
    record Snapshot(long session, Dot life, RangeState state,
            long continuesTo) implements Message {}

    /// The sender goes, perhaps for good: nothing needs to be kept at hand for it.
    record Leaving() implements Message {}

    /// The receiver was away for too long; it is not to go on as this replica.
    record Retired(ReplicaId replica) implements Message {}

    /// A piece of a frame that would have been too large.
    record Part(long message, int index, int count, Bytes chunk) implements Message {}
}
