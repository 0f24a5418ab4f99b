/// Delta CRDTs with exact causal contexts: counters, registers, sets and maps, all values.
/// A change is itself a small value of the same type; merging it anywhere, in any order and as
/// often as it comes gives the same result.
@NullMarked
package io.macula.crdt;

import org.jspecify.annotations.NullMarked;
