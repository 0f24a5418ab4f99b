package io.macula.actors.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.Party;
import io.macula.actors.trace.RecordedSpans;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.RpcRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PassSpansTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String UNSAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    private final RecordedSpans recorded = new RecordedSpans();
    private final MessageIds ids = MessageIds.create();
    private final PassSpans spans = new PassSpans(recorded.tracing());

    private RpcRequest request(String traceparent) {
        return RpcRequest.of(ids.next(), "add", Bytes.EMPTY, Bytes.EMPTY)
                .withTimeoutMillis(1_000)
                .withTraceparent(traceparent);
    }

    @Test
    void passesARecordedRequestOnWithinASpanThatEndsWithTheAnswer() {
        var request = request(SAMPLED);

        var passed = spans.begin(Party.Self.SELF, request, NOW);

        assertThat(passed.traceparent()).startsWith(SAMPLED.substring(0, 36)).isNotEqualTo(SAMPLED);
        assertThat(recorded.ended()).isEmpty();
        spans.end(Party.Self.SELF, request.requestId(), new CallOutcome.Ok(Bytes.EMPTY));
        assertThat(recorded.ended()).containsExactly("pass add");
    }

    @Test
    void touchesNeitherAPlainRequestNorOneThatIsNotRecorded() {
        var plain = RpcRequest.of(ids.next(), "add", Bytes.EMPTY, Bytes.EMPTY);
        var unsampled = request(UNSAMPLED);

        assertThat(spans.begin(Party.Self.SELF, plain, NOW)).isSameAs(plain);
        assertThat(spans.begin(Party.Self.SELF, unsampled, NOW)).isSameAs(unsampled);
    }

    @Test
    void passesNothingOnThatOnlyLooksLikeATraceparent() {
        assertThat(spans.begin(Party.Self.SELF, request("\u001b[2J" + SAMPLED), NOW).traceparent())
                .isNull();
    }

    @Test
    void endsWhatNobodyAnswersAtItsDeadline() {
        spans.begin(Party.Self.SELF, request(SAMPLED), NOW);

        spans.sweep(NOW.plusMillis(999));
        assertThat(recorded.ended()).isEmpty();
        spans.sweep(NOW.plusMillis(1_000));

        assertThat(recorded.ended()).containsExactly("pass add");
    }

    @Test
    void theEldestGivesWayWhenTooManyWait() {
        for (var i = 0; i <= PassSpans.OPEN_MAX; i++) {
            spans.begin(Party.Self.SELF, request(SAMPLED), NOW);
        }

        assertThat(recorded.ended()).hasSize(1);
    }

    @Test
    void aRequestIdThatIsUsedTwiceHasOneSpan() {
        var request = request(SAMPLED);
        spans.begin(Party.Self.SELF, request, NOW);

        assertThat(spans.begin(Party.Self.SELF, request, NOW)).isSameAs(request);
        spans.sweep(NOW.plusSeconds(10));

        assertThat(recorded.ended()).hasSize(1);
    }
}
