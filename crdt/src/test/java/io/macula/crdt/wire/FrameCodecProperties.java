package io.macula.crdt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Batch;
import io.macula.crdt.Bytes;
import io.macula.crdt.Change;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.Leaf;
import io.macula.crdt.Path;
import io.macula.crdt.RangeState;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.Stamp;
import io.macula.crdt.Type;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecProperties {

    private static final ReplicaId SENDER = new ReplicaId(42, 3);
    private static final FrameCodec CODEC = new FrameCodec(7, SENDER, FrameCodec.FRAME_BYTES_MAX);
    private static final FrameCodec NARROW = new FrameCodec(7, SENDER, 1024);

    static LongStream seeds() {
        return LongStream.range(0, 80);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyMessageComesBackAsItWas(long seed) {
        var message = AnyMessage.of(new Random(seed));

        var frames = CODEC.encode(message);

        assertThat(frames).hasSize(1);
        assertThat(FrameCodec.decode(frames.getFirst()))
                .isEqualTo(new Decoded.Ok<>(new Frame(7, SENDER, message)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void brokenFramesAreRefusedAndNeverThrow(long seed) {
        var random = new Random(seed);
        var frame = CODEC.encode(AnyMessage.of(random)).getFirst();

        for (int i = 0; i < 60; i++) {
            var broken = frame.clone();
            int flips = 1 + random.nextInt(3);
            for (int j = 0; j < flips; j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            assertThat(FrameCodec.decode(broken)).isNotNull();
        }
        for (int length = 0; length < frame.length; length += 1 + frame.length / 40) {
            assertThat(FrameCodec.decode(Arrays.copyOf(frame, length)))
                    .isInstanceOf(Decoded.Bad.class);
        }
        assertThat(FrameCodec.decode(Arrays.copyOf(frame, frame.length + 1)))
                .isInstanceOf(Decoded.Bad.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomBytesAreRefused(long seed) {
        var random = new Random(seed);
        var bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);

        assertThat(FrameCodec.decode(bytes)).isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void lengthsThatPromiseMoreThanIsThereAreRefusedBeforeAnythingIsAllocated() {
        var huge = new byte[]{(byte) 0x95, 1, 1, 0, (byte) 0x92, 1, 1, (byte) 0x91, (byte) 0xdd,
            0x7f, (byte) 0xff,
            (byte) 0xff, (byte) 0xff};

        assertThat(FrameCodec.decode(huge)).isInstanceOfSatisfying(Decoded.Bad.class,
                bad -> assertThat(bad.reason()).contains("an array of"));
        assertThat(FrameCodec.decode(new byte[2 << 20])).isInstanceOf(Decoded.Bad.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSnapshotIsSplitIntoSmallerOnesThatTogetherSayTheSame(long seed) {
        var snapshot = AnyMessage.snapshot(new Random(seed), 200);

        long from = 1;
        var known = DotSet.EMPTY;
        var entries = new ArrayList<Entry>();
        var last = snapshot.continuesTo();
        for (var frame : NARROW.encode(snapshot)) {
            assertThat(frame.length).isLessThanOrEqualTo(1024);
            var part = (Message.Snapshot) ((Decoded.Ok<Frame>) FrameCodec.decode(frame)).value()
                    .message();
            assertThat(part.state().range().from()).isEqualTo(from);
            from = part.state().range().to() + 1;
            known = known.union(part.state().known());
            entries.addAll(part.state().entries());
            last = part.continuesTo();
        }

        assertThat(from).isEqualTo(201);
        assertThat(last).isEqualTo(snapshot.continuesTo());
        assertThat(new RangeState(snapshot.state().range(), known, entries))
                .isEqualTo(snapshot.state());
    }

    @Test
    void aPushIsSplitBetweenBatchesAndNoneIsDropped() {
        var random = new Random(1);
        var batches = new ArrayList<Batch>();
        for (int i = 0; i < 100; i++) {
            batches.addAll(AnyMessage.batches(random));
        }

        var back = new ArrayList<Batch>();
        for (var frame : NARROW.encode(new Message.Push(batches))) {
            assertThat(frame.length).isLessThanOrEqualTo(1024);
            back.addAll(((Message.Push) ((Decoded.Ok<Frame>) FrameCodec.decode(frame)).value()
                    .message()).batches());
        }

        assertThat(back).isEqualTo(batches);
    }

    @Test
    void aValueLargerThanAFrameIsCutIntoParts() {
        var path = Path.of(new Path.Step(Bytes.utf8("r"), Type.LWW_REGISTER));
        var value = Bytes.of(new byte[64 << 10]);
        var entry = Entry.of(SENDER.dot(1), path, Bytes.EMPTY,
                new Leaf.Assigned(Stamp.of(1, 0), value));
        var push = new Message.Push(List.of(new Batch(SENDER.dot(1), Stamp.of(1, 0),
                List.of(new Change.Put(entry, DotSet.EMPTY)))));

        var whole = new ByteArrayOutputStream();
        var frames = CODEC.encode(push);
        for (var frame : frames) {
            assertThat(frame.length).isLessThanOrEqualTo(64 << 10);
            var part = (Message.Part) ((Decoded.Ok<Frame>) FrameCodec.decode(frame)).value()
                    .message();
            assertThat(part.count()).isEqualTo(frames.size());
            whole.writeBytes(part.chunk().toBytes());
        }

        assertThat(FrameCodec.decode(whole.toByteArray()))
                .isEqualTo(new Decoded.Ok<>(new Frame(7, SENDER, push)));
    }
}
