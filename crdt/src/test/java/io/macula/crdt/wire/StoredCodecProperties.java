package io.macula.crdt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Batch;
import io.macula.crdt.Change;
import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.OrMap;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.ReplicaMap;
import io.macula.crdt.Stamp;
import io.macula.crdt.replicator.Version;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredCodecProperties {

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    private static DotSet anyDots(Random random) {
        var dots = DotSet.EMPTY;
        for (int i = 0; i < random.nextInt(20); i++) {
            long from = 1 + random.nextInt(1_000);
            dots = dots.plus(new DotRange(anyReplica(random), from, from + random.nextInt(50)));
        }
        return dots;
    }

    private static ReplicaId anyReplica(Random random) {
        return new ReplicaId(random.nextInt(3) - 1, 1 + random.nextInt(2));
    }

    private static Entry anyEntry(Random random) {
        var dot = anyReplica(random).dot(1 + random.nextInt(1_000));
        var name = "k" + random.nextInt(5);
        var root = OrMap.EMPTY;
        var delta = switch (random.nextInt(5)) {
            case 0 -> root.set(name).add(dot, "e" + random.nextInt(100));
            case 1 -> root.register(name).assign(dot, Stamp.of(random.nextInt(9_999), 3), "v");
            case 2 -> root.counter(name).increment(dot, 1 + random.nextInt(1_000));
            case 3 -> root.boundedCounter(name).increment(dot, 1 + random.nextInt(1_000));
            default -> root.map(name).lwwMap("inner").put(dot, Stamp.of(7, 1), "f", "v");
        };
        return delta.entries().getFirst();
    }

    private static StoredCodec.Head anyHead(Random random) {
        var retired = ReplicaMap.<Long>empty();
        for (int i = 0; i < random.nextInt(3); i++) {
            retired = retired.with(anyReplica(random), (long) random.nextInt(1_000));
        }
        var members = new TreeMap<Long, Long>();
        for (int i = 0; i < random.nextInt(4); i++) {
            members.put(random.nextLong(), (long) random.nextInt(2) * random.nextInt(1_000));
        }
        return new StoredCodec.Head(anyReplica(random), anyDots(random), anyDots(random),
                random.nextInt(100_000), Stamp.of(random.nextInt(9_999), 3), retired, members);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRecordComesBackAsItWas(long seed) {
        var random = new Random(seed);
        var entry = anyEntry(random);
        var batch = new Batch(entry.dot(), Stamp.of(5, 0), List.of(
                new Change.Put(entry, anyDots(random)), new Change.Drop(anyDots(random))));
        var head = anyHead(random);

        assertThat(StoredCodec.decodeEntry(StoredCodec.encode(entry)))
                .isEqualTo(new Decoded.Ok<>(entry));
        assertThat(StoredCodec.decodeBatch(StoredCodec.encode(batch)))
                .isEqualTo(new Decoded.Ok<>(batch));
        assertThat(StoredCodec.decodeHead(StoredCodec.encode(head)))
                .isInstanceOfSatisfying(Decoded.Ok.class, decoded -> {
                    var again = (StoredCodec.Head) decoded.value();
                    assertThat(again.self()).isEqualTo(head.self());
                    assertThat(again.seen()).isEqualTo(head.seen());
                    assertThat(again.known()).isEqualTo(head.known());
                    assertThat(again.reservedTo()).isEqualTo(head.reservedTo());
                    assertThat(again.clock()).isEqualTo(head.clock());
                    assertThat(again.retired().replicas()).isEqualTo(head.retired().replicas());
                    assertThat(again.members()).isEqualTo(head.members());
                });
    }

    /// As it was written before anybody was retired: replica 1/1, nothing seen, 9 reserved.
    @Test
    void aHeadWithoutMembersIsRead() {
        var older = HexFormat.of().parseHex("9301" + "920101" + "9500" + "90" + "90" + "09" + "00");

        assertThat(StoredCodec.decodeHead(older))
                .isInstanceOfSatisfying(Decoded.Ok.class, decoded -> {
                    var head = (StoredCodec.Head) decoded.value();
                    assertThat(head.self()).isEqualTo(ReplicaId.of(1));
                    assertThat(head.reservedTo()).isEqualTo(9);
                    assertThat(head.members()).isEmpty();
                    assertThat(head.retired().isEmpty()).isTrue();
                });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void brokenRecordsAreRefusedAndNeverThrow(long seed) {
        var random = new Random(seed);
        var bytes = StoredCodec.encode(anyHead(random));

        for (int i = 0; i < 200; i++) {
            var broken = bytes.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            assertThat(StoredCodec.decodeHead(broken)).isNotNull();
            assertThat(StoredCodec.decodeEntry(broken)).isNotNull();
            assertThat(StoredCodec.decodeBatch(broken)).isNotNull();
        }
        assertThat(StoredCodec.decodeHead(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(Decoded.Bad.class);
        assertThat(StoredCodec.decodeHead(new byte[0])).isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void keysOfOneReplicaStandInTheOrderOfTheirDots() {
        var one = StoredCodec.key(ReplicaId.of(7).dot(255));
        var next = StoredCodec.key(ReplicaId.of(7).dot(256));
        var other = StoredCodec.key(ReplicaId.of(8).dot(1));

        assertThat(Arrays.compareUnsigned(one, next)).isNegative();
        assertThat(Arrays.compareUnsigned(next, other)).isNegative();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aVersionComesBackFromItsToken(long seed) {
        var version = new Version(anyDots(new Random(seed)));

        assertThat(version.token()).matches("[A-Za-z0-9_-]*");
        assertThat(Version.parse(version.token())).contains(version);
        assertThat(Version.parse(version.token() + "AA")).isEmpty();
        assertThat(Version.parse("no token!")).isEmpty();
    }
}
