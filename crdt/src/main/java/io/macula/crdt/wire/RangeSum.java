package io.macula.crdt.wire;

import io.macula.crdt.DotRange;
import io.macula.crdt.LongTrie;

/// How many live entries somebody has in a range of dots, and their fingerprint.
public record RangeSum(DotRange range, LongTrie.Sum sum) {}
