package io.macula.runtime.global;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.global.GlobalServices.Reply;
import io.macula.crdt.DotSet;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.replicator.Version;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What nodes say to each other about global services can be read again, and nothing else is taken for it.
class EnvelopeTest {

    static List<Envelope.Answer> answers() {
        return List.of(new Envelope.Answer.NotHere(),
                new Envelope.Answer.Ended(new Reply.Ok(Payload.of("8"))),
                new Envelope.Answer.Ended(new Reply.Ok(Payload.EMPTY)),
                new Envelope.Answer.Ended(new Reply.Failed("no such player: ü")),
                new Envelope.Answer.Ended(new Reply.NoQuorum("nobody there")),
                new Envelope.Answer.Ended(new Reply.NotHosted("nobody hosts it")),
                new Envelope.Answer.Ended(new Reply.TimedOut("too late")),
                new Envelope.Answer.Ended(new Reply.Refused("too many")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerComesBackAsItWas(Envelope.Answer answer) {
        assertThat(Envelope.answer(Envelope.encode(answer))).contains(answer);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4_999, Integer.MAX_VALUE})
    void aRequestComesBackAsItWas(long leftMillis) {
        for (var scope : Envelope.Scope.values()) {
            var request = new Envelope.Request(scope, Duration.ofMillis(leftMillis),
                    Payload.of("{}"));

            assertThat(Envelope.request(Envelope.encode(request))).contains(request);
        }
    }

    @Test
    void whatIsTruncatedOrOfAnotherVersionIsNoRequest() {
        var whole = Envelope.encode(new Envelope.Request(Envelope.Scope.ANY,
                Duration.ofSeconds(1), Payload.of("argument"))).toBytes();
        for (var length = 0; length < 6; length++) {
            assertThat(Envelope.request(Payload.of(Arrays.copyOf(whole, length)))).isEmpty();
        }
        whole[0] = 2;
        assertThat(Envelope.request(Payload.of(whole))).isEmpty();
        whole[0] = 1;
        whole[1] = 9;
        assertThat(Envelope.request(Payload.of(whole))).isEmpty();
        assertThat(Envelope.answer(Payload.of(new byte[]{1, 77}))).isEmpty();
        assertThat(Envelope.answer(Payload.EMPTY)).isEmpty();
    }

    @Test
    void whatMembersAskEachOtherComesBackAsItWas() {
        var version = new Version(DotSet.of(ReplicaId.of(4).dot(9)));
        for (var word : List.of(new ReplicaWord.AskVersion(1),
                new ReplicaWord.AskReached(2, Duration.ofMillis(750), version),
                new ReplicaWord.HasVersion(3, version), new ReplicaWord.HasReached(4, true),
                new ReplicaWord.HasReached(5, false))) {
            assertThat(ReplicaWord.decode(word.encode())).contains(word);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noiseIsRefusedWithoutHarm(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++) {
            var noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            if (noise.length > 1) {
                noise[0] = i % 2 == 0 ? ReplicaWord.MARK : 1;
                noise[1] = (byte) random.nextInt(8);
            }
            var word = ReplicaWord.decode(noise);
            word.ifPresent(read -> assertThat(read.encode()).startsWith(ReplicaWord.MARK));
            assertThat(Envelope.answer(Payload.of(noise))).isNotNull();
            assertThat(Envelope.request(Payload.of(noise))).isNotNull();
        }
    }
}
