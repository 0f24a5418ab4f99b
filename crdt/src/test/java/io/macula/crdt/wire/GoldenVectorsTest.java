package io.macula.crdt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Batch;
import io.macula.crdt.BoundedCounter;
import io.macula.crdt.Bytes;
import io.macula.crdt.Change;
import io.macula.crdt.Crdt;
import io.macula.crdt.Dot;
import io.macula.crdt.DotRange;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.Fingerprint;
import io.macula.crdt.GCounter;
import io.macula.crdt.Leaf;
import io.macula.crdt.LongTrie;
import io.macula.crdt.LwwMap;
import io.macula.crdt.LwwRegister;
import io.macula.crdt.OrMap;
import io.macula.crdt.OrSet;
import io.macula.crdt.Path;
import io.macula.crdt.PnCounter;
import io.macula.crdt.RangeState;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.Stamp;
import io.macula.crdt.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The bytes of version 1, as committed. They may be added to and never changed: other nodes and
/// disks have them.
class GoldenVectorsTest {

    private static final ReplicaId A = ReplicaId.of(1);
    private static final ReplicaId B = new ReplicaId(0xFEDCBA9876543210L, 2);
    private static final Stamp STAMP = Stamp.of(1_767_225_600_000L, 3);

    @Test
    void valuesHaveTheCommittedBytes() throws IOException {
        var vectors = vectors("/vectors/values-v1.txt");

        assertThat(hex(values())).isEqualTo(vectors);
        values().forEach((name,
                value) -> assertThat(ValueCodec.decode(HexFormat.of().parseHex(vectors.get(name))))
                        .as(name)
                        .isEqualTo(new Decoded.Ok<Crdt<?>>(value)));
    }

    @Test
    void framesHaveTheCommittedBytes() throws IOException {
        var vectors = vectors("/vectors/frames-v1.txt");
        var codec = new FrameCodec(0x4D4143554C41L, A, FrameCodec.FRAME_BYTES_MAX);
        var frames = new LinkedHashMap<String, String>();
        messages().forEach((name, message) -> frames.put(name,
                HexFormat.of().formatHex(codec.encode(message).getFirst())));

        assertThat(frames).isEqualTo(vectors);
        messages().forEach((name, message) -> assertThat(
                FrameCodec.decode(HexFormat.of().parseHex(vectors.get(name)))).as(name)
                .isEqualTo(new Decoded.Ok<>(new Frame(0x4D4143554C41L, A, message))));
    }

    private static Map<String, Crdt<?>> values() {
        var values = new LinkedHashMap<String, Crdt<?>>();
        values.put("g-counter",
                GCounter.ZERO.increment(A.dot(1), 300).merge(GCounter.ZERO.increment(B.dot(1), 2)));
        values.put("pn-counter", PnCounter.ZERO.decrement(A.dot(5), 7));
        var ten = BoundedCounter.ZERO.increment(A.dot(1), 10);
        values.put("bounded-counter", ten.merge(ten.give(A.dot(2), B, 4).orElseThrow()));
        values.put("lww-register", LwwRegister.EMPTY.assign(B.dot(1), STAMP, "on"));
        var set = OrSet.EMPTY.add(A.dot(1), "milk").merge(OrSet.EMPTY.add(B.dot(9), "bread"));
        values.put("or-set", set);
        values.put("or-set-remove-delta", set.remove("bread"));
        values.put("or-set-empty", OrSet.EMPTY);
        values.put("lww-map", LwwMap.EMPTY.put(A.dot(1), STAMP, "color", "red"));
        var map = OrMap.EMPTY.of(OrMap.EMPTY.set("tags").add(A.dot(1), "new"));
        values.put("or-map", map.merge(map.of(map.map("in").gCounter("n").increment(B.dot(1)))));
        return values;
    }

    private static Map<String, Message> messages() {
        var path = Path.of(new Path.Step(Bytes.utf8("cart"), Type.OR_SET));
        var entry = Entry.of(A.dot(7), path, Bytes.utf8("milk"), new Leaf.Presence());
        var dots = DotSet.of(new DotRange(A, 1, 6))
                .plus(new DotRange(A, 10_001, 10_002))
                .plus(B.dot(3));
        var sum = new LongTrie.Sum(2, new Fingerprint(-1, 0x0123456789ABCDEFL));
        var ranges = List.of(new RangeSum(new DotRange(B, 16, 31), sum));
        Dot life = A.dot(1);
        var messages = new LinkedHashMap<String, Message>();
        messages.put("push", new Message.Push(List.of(new Batch(A.dot(7), STAMP,
                List.of(new Change.Put(entry, DotSet.of(B.dot(3))),
                        new Change.Drop(DotSet.of(A.dot(2))))))));
        messages.put("clock", new Message.Clock(dots, sum));
        messages.put("want", new Message.Want(dots));
        messages.put("gone", new Message.Gone(DotSet.EMPTY));
        messages.put("compare", new Message.Compare(99, sum));
        messages.put("opened",
                new Message.Opened(99, life, dots, DotSet.of(B.dot(5)), false, ranges));
        messages.put("probe", new Message.Probe(99, ranges));
        messages.put("sums", new Message.Sums(99, life, ranges));
        messages.put("snapshot", new Message.Snapshot(99, life,
                new RangeState(new DotRange(A, 5, 9), DotSet.of(A.dot(5), A.dot(7)),
                        List.of(entry)),
                20));
        messages.put("part", new Message.Part(5, 0, 2, Bytes.utf8("piece")));
        messages.put("leaving", new Message.Leaving());
        messages.put("retired", new Message.Retired(B));
        return messages;
    }

    private static Map<String, String> hex(Map<String, Crdt<?>> values) {
        var hex = new LinkedHashMap<String, String>();
        values.forEach(
                (name, value) -> hex.put(name, HexFormat.of().formatHex(ValueCodec.encode(value))));
        return hex;
    }

    private static Map<String, String> vectors(String resource) throws IOException {
        var vectors = new LinkedHashMap<String, String>();
        try (var in = GoldenVectorsTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .forEach(parts -> vectors.put(parts[0], parts[1]));
        }
        return vectors;
    }
}
