package io.macula.benchmarks.inner;

import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A publish to its frame and back.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {

    private static final int ID_BYTES = 16;

    @Param({"128", "4096"}) int payloadBytes;

    private Message message = publish(0);
    private byte[] frame = FrameCodec.encode(message);

    private static Message publish(int payloadBytes) {
        return Publish.of("site-1.device-7.temp", Bytes.of(new byte[payloadBytes]), 0, false,
                Bytes.of(new byte[ID_BYTES]));
    }

    @Setup
    public void fill() {
        message = publish(payloadBytes);
        frame = FrameCodec.encode(message);
    }

    @Benchmark
    public byte[] encode() {
        return FrameCodec.encode(message);
    }

    @Benchmark
    public Decoded decode() {
        return FrameCodec.decode(frame);
    }
}
