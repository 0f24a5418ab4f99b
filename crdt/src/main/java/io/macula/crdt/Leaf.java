package io.macula.crdt;

import java.util.List;

/// What one dot says.
public sealed interface Leaf {

    /// That its element is in the set.
    record Presence() implements Leaf {
        static final Presence HERE = new Presence();
    }

    /// That a register or field has this value.
    record Assigned(Stamp stamp, Bytes value) implements Leaf {}

    /// How much a replica has counted up and down since its change `since`. Of several tallies of
    /// one replica and one beginning the last holds the others.
    record Tally(long since, long up, long down) implements Leaf {
        public Tally {
            if (since < 1 || up < 0 || down < 0) {
                throw new IllegalArgumentException("a tally only grows");
            }
        }
    }

    /// A tally, and how much of its rights the replica gave to others so far.
    record Escrow(Tally tally, List<Gift> gifts) implements Leaf {
        public Escrow {
            gifts = List.copyOf(gifts);
        }

        long given() {
            return gifts.stream().mapToLong(Gift::amount).sum();
        }
    }

    /// Rights given to `to` so far, in all.
    record Gift(ReplicaId to, long amount) {
        public Gift {
            if (amount < 0) {
                throw new IllegalArgumentException("a gift only grows");
            }
        }
    }

    /// Whether a value of `type` is made of leaves like this.
    default boolean fits(Type type) {
        return switch (this) {
            case Presence _ -> type == Type.OR_SET;
            case Assigned _ -> type == Type.LWW_REGISTER || type == Type.LWW_MAP;
            case Tally tally ->
                type == Type.PN_COUNTER || (type == Type.G_COUNTER && tally.down() == 0);
            case Escrow _ -> type == Type.BOUNDED_COUNTER;
        };
    }

    /// Mixes the leaf's kind and content.
    private static Mixer mix(Leaf leaf, Mixer mixer) {
        return switch (leaf) {
            case Presence _ -> mixer.mix(1);
            case Assigned(var stamp, var value) -> value.mixInto(mixer.mix(2).mix(stamp.bits()));
            case Tally(var since, var up, var down) -> mixer.mix(3).mix(since).mix(up).mix(down);
            case Escrow(var tally, var gifts) -> {
                mix(tally, mixer.mix(4));
                for (var gift : gifts) {
                    mixer.mix(gift.to().node()).mix(gift.to().epoch()).mix(gift.amount());
                }
                yield mixer;
            }
        };
    }

    /// Mixes an entry's whole meaning; lives here to keep the kinds in one place.
    static Fingerprint fingerprint(Entry entry) {
        var mixer = new Mixer().mix(entry.replica().node())
                .mix(entry.replica().epoch())
                .mix(entry.n());
        entry.slot().mixInto(entry.path().mixInto(mixer));
        return mix(entry.leaf(), mixer).fingerprint();
    }
}
