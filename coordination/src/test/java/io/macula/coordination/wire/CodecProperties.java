package io.macula.coordination.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.coordination.state.AnyCommands;
import io.macula.coordination.state.Claim;
import io.macula.coordination.state.Command;
import io.macula.coordination.state.Query;
import io.macula.coordination.state.SessionId;
import io.macula.coordination.state.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecProperties {

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyCommandComesBackAsItWas(long seed) {
        for (var stamped : new AnyCommands(new Random(seed)).list(100)) {
            var command = CommandCodec.encode(stamped.command());

            assertThat(CommandCodec.decode(command))
                    .isEqualTo(new Decoded.Ok<>(stamped.command()));
            assertThat(EntryCodec.decode(EntryCodec.encode(stamped.stamp(), command)))
                    .isEqualTo(new Decoded.Ok<>(
                            new EntryCodec.Entry(stamped.stamp(), stamped.command())));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyReplyComesBackAsItWas(long seed) {
        var state = State.EMPTY;
        for (var stamped : new AnyCommands(new Random(seed)).list(200)) {
            var step = state.apply(stamped.command(), stamped.stamp());

            assertThat(ReplyCodec.decode(ReplyCodec.encode(step.reply())))
                    .isEqualTo(new Decoded.Ok<>(step.reply()));
            state = step.next();
        }
    }

    @Test
    void queriesComeBackAsTheyWere() {
        var reply = new Query.ReplyTo(new SessionId(new UUID(-1, 7)), 3);
        var holder = new Query.HolderOf(Claim.election("e"));

        assertThat(CommandCodec.decodeQuery(CommandCodec.encode(reply)))
                .isEqualTo(new Decoded.Ok<>(reply));
        assertThat(CommandCodec.decodeQuery(CommandCodec.encode(holder)))
                .isEqualTo(new Decoded.Ok<>(holder));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void brokenCommandsAreRefusedAndNeverThrow(long seed) {
        var random = new Random(seed);
        for (var stamped : new AnyCommands(random).list(20)) {
            endure(random, CommandCodec.encode(stamped.command()), CommandCodec::decode);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void brokenSnapshotsAreRefusedOrStillApplyCommands(long seed) {
        var random = new Random(seed);
        var commands = new AnyCommands(random).list(150);
        var state = State.EMPTY;
        for (var stamped : commands) {
            state = state.apply(stamped.command(), stamped.stamp()).next();
        }

        endure(random, SnapshotCodec.encode(state), bytes -> {
            var decoded = SnapshotCodec.decode(bytes);
            if (decoded instanceof Decoded.Ok<State>(var read)) {
                var after = read;
                for (var stamped : commands.subList(0, 30)) {
                    after = after.apply(stamped.command(), Duration.ofHours(1)).next();
                }
            }
            return decoded;
        });
    }

    /// Some bytes changed, cut off at any length, one too many.
    private static void endure(Random random, byte[] good, Function<byte[], Decoded<?>> decode) {
        for (int i = 0; i < 40; i++) {
            var broken = good.clone();
            for (int j = 1 + random.nextInt(3); j > 0; j--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            assertThat(decode.apply(broken)).isNotNull();
        }
        for (int length = 0; length < good.length; length += 1 + good.length / 40) {
            assertThat(decode.apply(Arrays.copyOf(good, length))).isInstanceOf(Decoded.Bad.class);
        }
        assertThat(decode.apply(Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(Decoded.Bad.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomBytesAreRefused(long seed) {
        var bytes = new byte[9 + new Random(seed).nextInt(200)];
        new Random(seed).nextBytes(bytes);
        bytes[0] = 9;

        assertThat(CommandCodec.decode(bytes)).isInstanceOf(Decoded.Bad.class);
        assertThat(CommandCodec.decodeQuery(bytes)).isInstanceOf(Decoded.Bad.class);
        assertThat(ReplyCodec.decode(bytes)).isInstanceOf(Decoded.Bad.class);
        assertThat(SnapshotCodec.decode(bytes)).isInstanceOf(Decoded.Bad.class);
        assertThat(EntryCodec.decode(Arrays.copyOf(bytes, 7))).isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void lengthsThatPromiseMoreThanIsThereAreRefusedBeforeAnythingIsAllocated() {
        var list = new byte[]{1, 0, 0, (byte) 0xdd, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        var text = new byte[]{1, 2, 0, (byte) 0xc6, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};

        assertThat(SnapshotCodec.decode(list)).isInstanceOfSatisfying(Decoded.Bad.class,
                bad -> assertThat(bad.reason()).contains("a list of"));
        assertThat(CommandCodec.decode(text)).isInstanceOfSatisfying(Decoded.Bad.class,
                bad -> assertThat(bad.reason()).contains("a binary of"));
        assertThat(CommandCodec.decode(new byte[CommandCodec.BYTES_MAX + 1]))
                .isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void anUnknownVersionIsRefused() {
        var command = CommandCodec.encode(new Command.Tick());
        command[0] = 2;

        assertThat(CommandCodec.decode(command)).isInstanceOf(Decoded.Bad.class);
    }
}
